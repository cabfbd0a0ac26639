package io.liqmap.engine.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;

/** Changed feed files and documents: refused, or read as they were written. */
@Tag("fuzz")
final class FeedFileFuzzTest {
  private static final int EVENTS = 600;
  private static final byte[] GOOD = good();

  @FuzzTest
  void shouldReadOrRefuseAnyFile(final byte[] bytes) throws IOException {
    final Path file = Files.createTempFile("liqmap", ".feed");
    try {
      Files.write(file, bytes);
      read(file);
    } catch (final FeedFileException refused) {
      assertTrue(refused.getMessage().contains(file.toString()));
    } finally {
      Files.delete(file);
    }
  }

  /** The bytes say what is changed: two for a place, two for how, as often as they last. */
  @FuzzTest
  void shouldNeverMisreadAChangedFile(final byte[] changes) throws IOException {
    final byte[] bytes = changed(GOOD, changes);
    final Path file = Files.createTempFile("liqmap", ".feed");
    try {
      Files.write(file, bytes);
      read(file);
      assertTrue(Arrays.equals(GOOD, bytes), "read as if it were whole");
    } catch (final FeedFileException refused) {
      assertTrue(refused.getMessage().contains(file.toString()));
    } finally {
      Files.delete(file);
    }
  }

  /** The same for a document of a journal, which has the same envelope. */
  @FuzzTest
  void shouldNeverMisreadAChangedDocument(final byte[] changes) {
    final Envelope envelope = new Envelope();
    final int length = Envelope.LENGTH + 1_000;
    final UnsafeBuffer document = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
    document.setMemory(Envelope.LENGTH, 1_000, (byte) 0x5A);
    envelope.set(Envelope.SNAPSHOT, 1, 1, 1, 2, 3, 4, 1_000);
    envelope.write(document, document.byteBuffer().order(ByteOrder.nativeOrder()), 0, 7, 0x1234);
    final byte[] whole = new byte[length];
    document.getBytes(0, whole);
    final byte[] bytes = changed(whole, changes);
    final ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    final UnsafeBuffer buffer = new UnsafeBuffer(direct);
    final String flaw =
        bytes.length < Envelope.LENGTH ? "short" : envelope.read(buffer, 0, bytes.length);
    final boolean isIntact =
        flaw == null
            && (long) envelope.payloadLength() + Envelope.LENGTH <= bytes.length
            && envelope.isIntact(direct, 0);
    assertTrue(!isIntact || Arrays.equals(whole, bytes), "taken for intact");
  }

  private static byte[] changed(final byte[] whole, final byte[] changes) {
    final byte[] bytes = whole.clone();
    for (int i = 0; i + 3 < changes.length; i += 4) {
      final int at = (((changes[i] & 0xFF) << 8) | (changes[i + 1] & 0xFF)) % bytes.length;
      bytes[at] ^= changes[i + 2];
      bytes[(at + (changes[i + 3] & 0xFF)) % bytes.length] ^= changes[i + 3];
    }
    return changes.length % 4 == 1
        ? Arrays.copyOf(bytes, (changes[0] & 0xFF) * bytes.length / 256)
        : bytes;
  }

  private static void read(final Path file) throws IOException {
    final FeedAdapter adapter = new FeedAdapter(4);
    final FeedEvent event = new FeedEvent();
    try (FeedFileReader reader = new FeedFileReader(file)) {
      while (reader.nextBlock()) {
        adapter.wrap(reader.buffer(), reader.offset(), reader.length());
        while (adapter.next(event)) {
          assertTrue(event.kind() != FeedEvent.NONE);
        }
      }
    }
  }

  private static byte[] good() {
    try {
      final Path file = Files.createTempFile("liqmap", ".feed");
      try (FeedFileWriter writer = new FeedFileWriter(file)) {
        final FeedEvent event = new FeedEvent();
        event.instrument(1, FeedBytes.TIME, FeedBytes.TIME, FeedBytes.BITCOIN);
        writer.write(event);
        for (int i = 2; i <= EVENTS; i++) {
          event.heartbeat(i, FeedBytes.TIME + i, FeedBytes.TIME + i);
          writer.write(event);
        }
        writer.complete();
      }
      final byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      assertEquals(0, bytes.length % 8);
      return bytes;
    } catch (final IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
