package io.liqmap.engine.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.liqmap.codecs.feed.MessageHeaderEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedFileTest {
  private static final long WHOLE = 1L << 29;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {65_600, 65_601, 70_000, 131_072, WHOLE})
  void shouldReadBackWhatWasWrittenThroughAnyWindow(final long window) throws IOException {
    final Path file = folder.resolve("sub/some.feed");
    final List<String> written = write(file, 6_000);
    assertTrue(Files.size(file) > 4 * 65_536);
    assertEquals(written, read(file, window));
  }

  @Test
  void shouldReadAnEmptyFeed() throws IOException {
    final Path file = folder.resolve("empty.feed");
    assertEquals(List.of(), write(file, 0));
    assertEquals(List.of(), read(file, WHOLE));
    try (FeedFileReader reader = new FeedFileReader(file)) {
      assertFalse(reader.nextBlock());
      assertFalse(reader.nextBlock());
      assertEquals(reader.size(), reader.position());
      assertEquals(file, reader.file());
    }
  }

  @Test
  void shouldReadAFileOfTheVersionBefore() throws IOException {
    final Path file = folder.resolve("new.feed");
    final List<String> written = write(file, 3_000);
    final List<byte[]> blocks = blocks(Files.readAllBytes(file));
    final Envelope envelope = new Envelope();
    int previous = 0;
    for (int i = 0; i < blocks.size(); i++) {
      final byte[] block = blocks.get(i);
      final UnsafeBuffer buffer = new UnsafeBuffer(block);
      assertEquals(null, envelope.read(buffer, 0, block.length));
      assertEquals(MessageHeaderEncoder.SCHEMA_VERSION, envelope.schemaVersion());
      envelope
          .set(
              envelope.kind(),
              envelope.schemaId(),
              0,
              envelope.count(),
              envelope.firstEvent(),
              envelope.firstSequence(),
              envelope.lastSequence(),
              envelope.payloadLength())
          .write(buffer, ByteBuffer.wrap(block), 0, i, previous);
      previous = envelope.checksum();
    }
    Files.write(folder.resolve("old.feed"), joined(blocks.toArray(new byte[0][])));
    assertEquals(written, read(folder.resolve("old.feed"), WHOLE));
  }

  @Test
  void shouldSayWhereAFileWasCutOff() throws IOException {
    final Path file = folder.resolve("small.feed");
    write(file, 5);
    final byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      final FeedFileException refused = assertRefused(Arrays.copyOf(bytes, length));
      final String message = refused.getMessage();
      assertTrue(
          message.contains(length < Envelope.LENGTH ? length + " bytes are too few" : ": byte "),
          "length " + length + ": " + message);
    }
  }

  @Test
  void shouldNoticeAnyFlippedBit() throws IOException {
    final Path file = folder.resolve("small.feed");
    write(file, 5);
    final byte[] bytes = Files.readAllBytes(file);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      if (bit >= Envelope.LENGTH * 8 && (bit & 7) != (bit >> 3) % 8) {
        // Each bit of the first header, and of each other byte one.
        continue;
      }
      final byte[] flipped = bytes.clone();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      final Path damaged = Files.write(folder.resolve("damaged.feed"), flipped);
      try {
        read(damaged, WHOLE);
      } catch (final FeedFileException refused) {
        assertTrue(
            refused.getMessage().contains(": byte ")
                || refused.getMessage().contains("not a feed file")
                || refused.getMessage().contains("messages of schema"),
            refused.getMessage());
        continue;
      }
      fail("bit " + (bit & 7) + " of byte " + (bit >> 3) + " was flipped unnoticed");
    }
  }

  @Test
  void shouldHandOutWhatIsWholeBeforeTheDamage() throws IOException {
    final Path file = folder.resolve("large.feed");
    final List<String> written = write(file, 3_000);
    final byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - Envelope.LENGTH - 1] ^= 1;
    Files.write(file, bytes);
    final List<String> events = new ArrayList<>();
    final FeedFileException refused =
        assertThrows(FeedFileException.class, () -> readInto(file, WHOLE, events));
    assertEquals(written.subList(0, events.size()), events);
    assertTrue(events.size() > 1_000 && events.size() < 3_000);
    assertTrue(
        refused.getMessage().contains("the " + events.size() + " events before are whole"),
        refused.getMessage());
  }

  @Test
  void shouldRefuseBlocksOutOfTheirPlace() throws IOException {
    final Path file = folder.resolve("large.feed");
    write(file, 4_000);
    final byte[] bytes = Files.readAllBytes(file);
    final List<byte[]> blocks = blocks(bytes);
    assertTrue(blocks.size() >= 4);
    assertRefused(joined(blocks.get(1), blocks.get(0), blocks.get(2)), "out of its place");
    assertRefused(joined(blocks.get(0), blocks.get(0), blocks.get(1)), "out of its place");
    assertRefused(
        joined(blocks.get(0), blocks.get(2)),
        "byte " + blocks.get(0).length + ": the block is out of its place");
    assertRefused(joined(blocks.get(0), blocks.get(blocks.size() - 1)), "out of its place");
  }

  @Test
  void shouldRefuseBytesBehindTheEnd() throws IOException {
    final Path file = folder.resolve("small.feed");
    write(file, 5);
    final byte[] bytes = Files.readAllBytes(file);
    for (final int more : new int[] {1, 63, 64, 1_000}) {
      assertRefused(
          Arrays.copyOf(bytes, bytes.length + more), more + " bytes follow the end block");
    }
    assertRefused(joined(bytes, bytes));
  }

  @Test
  void shouldRefuseAFolder() {
    final FeedFileException refused =
        assertThrows(FeedFileException.class, () -> new FeedFileReader(folder));
    assertEquals(folder + ": is a folder; name a feed file in it", refused.getMessage());
  }

  @Test
  void shouldRefuseForeignFiles() throws IOException {
    assertRefused(new byte[0], "0 bytes are too few");
    final byte[] text = "ts,price,quantity\n".repeat(50).getBytes(StandardCharsets.US_ASCII);
    assertRefused(text, "not a feed file", "import the data first");
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      final byte[] noise = new byte[random.nextInt(500)];
      random.nextBytes(noise);
      assertRefused(noise);
    }
    assertThrows(
        NoSuchFileException.class, () -> new FeedFileReader(folder.resolve("nowhere.feed")));
  }

  @Test
  void shouldRefuseAnotherSchema() throws IOException {
    final byte[] block = block(Envelope.EVENTS, 4102, 0);
    assertRefused(block, "messages of schema 4102");
  }

  @Test
  void shouldRefuseBlocksThatBelongIntoAJournal() throws IOException {
    final byte[] block = block(Envelope.SNAPSHOT, MessageHeaderEncoder.SCHEMA_ID, 16);
    assertRefused(block, "kind 3 has no place");
  }

  @Test
  void shouldRefuseABlockLargerThanAnyMayBe() throws IOException {
    final byte[] block =
        block(Envelope.EVENTS, MessageHeaderEncoder.SCHEMA_ID, Envelope.MAX_EVENTS_PAYLOAD + 8);
    assertRefused(block, "larger than any block");
  }

  @Test
  void shouldLeaveNoFileWhenTheFeedWasNotCompleted() throws IOException {
    final Path file = folder.resolve("some.feed");
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      for (int sequence = 1; sequence < 3_000; sequence++) {
        event.heartbeat(sequence, FeedBytes.TIME, FeedBytes.TIME);
        writer.write(event);
      }
      assertFalse(Files.exists(file));
    }
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void shouldKeepTheOldFileUntilTheNewOneIsWhole() throws IOException {
    final Path file = folder.resolve("some.feed");
    final List<String> old = write(file, 10);
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      event.heartbeat(1, FeedBytes.TIME, FeedBytes.TIME);
      writer.write(event);
      assertEquals(1, writer.events());
    }
    assertEquals(old, read(file, WHOLE));
    final List<String> replaced = write(file, 20);
    assertEquals(replaced, read(file, WHOLE));
  }

  private FeedFileException assertRefused(final byte[] bytes, final String... parts)
      throws IOException {
    final Path file = Files.write(folder.resolve("refused.feed"), bytes);
    final FeedFileException refused =
        assertThrows(FeedFileException.class, () -> read(file, WHOLE));
    for (final String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
    return refused;
  }

  /** Writes a definition and random events behind it. */
  private static List<String> write(final Path file, final int events) throws IOException {
    final SplittableRandom random = new SplittableRandom(1);
    final List<String> written = new ArrayList<>();
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      for (int sequence = 1; sequence <= events; sequence++) {
        if (sequence == 1) {
          event.instrument(sequence, FeedBytes.TIME, FeedBytes.TIME, FeedBytes.BITCOIN);
        } else {
          RandomEvents.fill(event, sequence, random);
        }
        writer.write(event);
        written.add(FeedBytes.describe(event));
        event.clear();
        writer.write(event);
      }
      assertEquals(events, writer.events());
      writer.complete();
    }
    return written;
  }

  private static List<String> read(final Path file, final long window) throws IOException {
    final List<String> events = new ArrayList<>();
    readInto(file, window, events);
    return events;
  }

  private static void readInto(final Path file, final long window, final List<String> events)
      throws IOException {
    final FeedAdapter adapter = new FeedAdapter(4);
    final FeedEvent event = new FeedEvent();
    try (FeedFileReader reader = new FeedFileReader(file, window)) {
      while (reader.nextBlock()) {
        adapter.wrap(reader.buffer(), reader.offset(), reader.length());
        while (adapter.next(event)) {
          events.add(FeedBytes.describe(event));
        }
      }
    }
  }

  private static List<byte[]> blocks(final byte[] file) {
    final List<byte[]> blocks = new ArrayList<>();
    final UnsafeBuffer buffer = new UnsafeBuffer(file);
    final Envelope envelope = new Envelope();
    int position = 0;
    while (position < file.length) {
      assertEquals(null, envelope.read(buffer, position, file.length - position));
      final int end = position + Envelope.LENGTH + envelope.payloadLength();
      blocks.add(Arrays.copyOfRange(file, position, end));
      position = end;
    }
    return blocks;
  }

  private static byte[] joined(final byte[]... parts) {
    int length = 0;
    for (final byte[] part : parts) {
      length += part.length;
    }
    final byte[] whole = new byte[length];
    int position = 0;
    for (final byte[] part : parts) {
      System.arraycopy(part, 0, whole, position, part.length);
      position += part.length;
    }
    return whole;
  }

  private static byte[] block(final int kind, final int schema, final int payload) {
    final byte[] bytes = new byte[Envelope.LENGTH + payload];
    new Envelope()
        .set(kind, schema, 0, 0, 0, 1, 1, payload)
        .write(new UnsafeBuffer(bytes), ByteBuffer.wrap(bytes), 0, 0, 0);
    return bytes;
  }
}
