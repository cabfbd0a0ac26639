package io.liqmap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.Envelope;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPiecesTest {
  private static final JournalSettings SETTINGS = new JournalSettings(4096, 1 << 24);

  /** Sixteen blocks. */
  private static final int PIECE = 1 << 16;

  @TempDir private Path folder;

  private static UnsafeBuffer state(final int length, final long seed) {
    final byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return new UnsafeBuffer(bytes);
  }

  private Path journal() {
    return folder.resolve("journal");
  }

  private void write(final UnsafeBuffer... states) throws Exception {
    try (JournalWriter writer = JournalWriter.create(journal(), SETTINGS, "settings")) {
      for (int i = 0; i < states.length; i++) {
        writer.appendSnapshot(0, i, i, 100 + i, states[i], states[i].capacity());
      }
      assertEquals(states.length, writer.snapshots());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, PIECE - 8, PIECE, PIECE + 8, 2 * PIECE, 1_000_000})
  void shouldGiveBackAStateOfAnySize(final int length) throws Exception {
    final UnsafeBuffer state = state(length, length);
    write(state);

    try (JournalReader reader = JournalReader.open(journal())) {
      int pieces = 0;
      while (reader.next() && reader.kind() != Envelope.SNAPSHOT) {
        assertEquals(Envelope.PIECE, reader.kind());
        pieces++;
      }
      assertEquals((length - 1) / PIECE, pieces);
      assertEquals(100, reader.snapshot().stateHash());
      assertEquals(state, new UnsafeBuffer(reader.state()));
      assertFalse(reader.next());
    }
  }

  @Test
  void shouldListASnapshotByItsFirstPiece() throws Exception {
    write(state(8, 1), state(3 * PIECE, 2), state(16, 3));

    try (JournalReader reader = JournalReader.open(journal())) {
      final long[] documents =
          reader.snapshots().stream().mapToLong(SnapshotIndex.Entry::document).toArray();
      assertEquals(3, documents.length);
      assertEquals(1, documents[0]);
      assertEquals(2, documents[1]);
      assertEquals(5, documents[2]);
    }
  }

  @Test
  void shouldNotMixTheStateWithPiecesThatWereReadBefore() throws Exception {
    final UnsafeBuffer large = state(3 * PIECE, 2);
    write(large, state(16, 3));

    try (JournalReader reader = JournalReader.open(journal())) {
      assertTrue(reader.next());
      assertEquals(Envelope.PIECE, reader.kind());
      assertTrue(reader.pass());
      assertTrue(reader.pass());
      assertTrue(reader.next());
      assertEquals(state(16, 3), new UnsafeBuffer(reader.state()));
      reader.rewind();
      for (int document = 0; document < 3; document++) {
        assertTrue(reader.next());
      }
      assertEquals(large, new UnsafeBuffer(reader.state()));
    }
  }
}
