package io.liqmap.tools.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HistoryFileTest {
  @TempDir static Path folder;
  private static Path journal;
  private static Path file;
  private static byte[] whole;
  private static Seen cold;

  /** What a reader of the journal sees, and the notes that it gets. */
  private record Seen(ByteBuffer heatmap, List<HistoryEvent> events, List<String> notes) {}

  @BeforeAll
  static void make() throws Exception {
    journal = SampleJournal.make(folder, new SampleFeed(5, 1_300, 5));
    file = new HistoryFile(journal).path();
    cold = see(journal);
    whole = Files.readAllBytes(file);
  }

  @BeforeEach
  void putBack() throws Exception {
    Files.write(file, whole);
  }

  private static Seen see(final Path of) throws Exception {
    final List<String> notes = new CopyOnWriteArrayList<>();
    try (JournalFollower follower = JournalFollower.start(of, notes::add)) {
      while (!(follower.status().isRead() && follower.status().progress() == 1)) {
        LockSupport.parkNanos(5_000_000);
      }
      final HeatmapRequest request =
          new HeatmapRequest(
              MapChoice.first(SampleFeed.FIRST),
              Long.MIN_VALUE,
              Long.MAX_VALUE,
              Double.NaN,
              Double.NaN,
              2_000,
              500,
              0);
      final ByteArrayOutputStream heatmap = new ByteArrayOutputStream();
      follower.heatmap(request).writeTo(heatmap);
      return new Seen(
          ByteBuffer.wrap(heatmap.toByteArray()),
          follower
              .events(
                  SampleFeed.FIRST,
                  Long.MIN_VALUE,
                  Long.MAX_VALUE,
                  EnumSet.allOf(HistoryEvent.Kind.class),
                  5_000)
              .events(),
          notes);
    }
  }

  private static void requireSame(final Seen wanted, final Seen seen) {
    assertEquals(wanted.heatmap(), seen.heatmap());
    assertEquals(wanted.events(), seen.events());
  }

  @Test
  void shouldShowTheSameWhenItBeginsWithWhatWasSaved() throws Exception {
    assertNotNull(new HistoryFile(journal).read());
    final Seen warm = see(journal);
    requireSame(cold, warm);
    assertEquals(List.of(), warm.notes());
  }

  @Test
  void shouldRejectWhateverWasChanged() throws Exception {
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      Files.write(file, changed(random));
      assertThrows(IOException.class, () -> new HistoryFile(journal).read());
    }
  }

  private static byte[] changed(final SplittableRandom random) {
    final int at = random.nextInt(whole.length);
    switch (random.nextInt(4)) {
      case 0 -> {
        final byte[] cut = new byte[at];
        System.arraycopy(whole, 0, cut, 0, at);
        return cut;
      }
      case 1 -> {
        final byte[] longer = new byte[whole.length + 1 + random.nextInt(64)];
        System.arraycopy(whole, 0, longer, 0, whole.length);
        return longer;
      }
      case 2 -> {
        final byte[] noise = new byte[random.nextInt(1, 512)];
        random.nextBytes(noise);
        return noise;
      }
      default -> {
        final byte[] other = whole.clone();
        for (int i = at; i < Math.min(other.length, at + 1 + random.nextInt(8)); i++) {
          other[i] ^= (byte) (1 + random.nextInt(255));
        }
        return other;
      }
    }
  }

  @Test
  void shouldReadTheJournalAgainWhereTheFileIsDamaged() throws Exception {
    Files.write(file, changed(new SplittableRandom(2)));
    final Seen seen = see(journal);
    requireSame(cold, seen);
    assertEquals(1, seen.notes().size());
    assertTrue(seen.notes().get(0).startsWith(file + ": isn't used"));
    assertArrayEquals(whole, Files.readAllBytes(file));
  }

  @Test
  void shouldNotUseTheFileOfAnotherJournal(@TempDir final Path other) throws Exception {
    final Path second = SampleJournal.make(other, new SampleFeed(6, 1_000, 5));
    final Seen wanted = see(second);
    Files.copy(file, new HistoryFile(second).path(), StandardCopyOption.REPLACE_EXISTING);
    final Seen seen = see(second);
    requireSame(wanted, seen);
    assertEquals(1, seen.notes().size());
    assertTrue(seen.notes().get(0).contains("of another journal"));
  }

  @Test
  void shouldKeepTheHistoryInMemoryWhereItCantBeSaved(@TempDir final Path other) throws Exception {
    final Path second = SampleJournal.make(other, new SampleFeed(5, 1_300, 5));
    Files.writeString(second.resolve("history"), "");
    final Seen seen = see(second);
    requireSame(cold, seen);
    assertTrue(seen.notes().get(seen.notes().size() - 1).contains("kept in memory alone"));
  }

  @Test
  void shouldLeaveNoOtherFileBehind() throws Exception {
    see(journal);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
