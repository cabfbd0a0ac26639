package io.liqmap.engine.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamFeedTest {
  private static final int TRADES = 4_000;
  private static final String NAME = "stream";

  @TempDir private Path folder;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void writeFeed() throws IOException {
    file = write("feed", TRADES);
    bytes = Files.readAllBytes(file);
  }

  private Path write(final String name, final int trades) throws IOException {
    final Path target = folder.resolve(name);
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(target)) {
      event.instrument(1, FeedBytes.TIME, FeedBytes.TIME, FeedBytes.BITCOIN);
      writer.write(event);
      for (int i = 2; i <= trades + 1; i++) {
        final long time = FeedBytes.TIME + i;
        event.trade(i, time, time, 0, -2, -3, 6_000_000 + i, i, FeedEvent.BUY);
        writer.write(event);
      }
      writer.complete();
    }
    return target;
  }

  private static byte[] read(final BlockSource source) throws IOException {
    final ByteArrayOutputStream frames = new ByteArrayOutputStream();
    while (source.nextBlock()) {
      final byte[] block = new byte[source.length()];
      source.buffer().getBytes(source.offset(), block);
      frames.write(block);
    }
    return frames.toByteArray();
  }

  private static StreamFeed stream(final byte[] content, final int longest) {
    return new StreamFeed(NAME, new ChoppedBytes(content, longest, 5));
  }

  private static String refusal(final byte[] content) {
    return assertThrows(FeedFileException.class, () -> read(stream(content, 9_000))).getMessage();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 5_000, 1 << 20})
  void shouldPassOnWhatTheFileHoldsHoweverItArrives(final int longest) throws Exception {
    try (FeedFileReader reader = new FeedFileReader(file)) {
      assertArrayEquals(read(reader), read(stream(bytes, longest)));
    }
  }

  @Test
  void shouldReturnAnEmptyBlockAfterOneReadThatBringsNoWholeBlock() throws Exception {
    final StreamFeed feed = stream(bytes, 1);
    final int first = Envelope.LENGTH + new UnsafeBuffer(bytes).getInt(40);
    int calls = 0;
    do {
      assertTrue(feed.nextBlock());
      calls++;
      assertTrue(feed.received() <= calls);
    } while (feed.length() == 0);
    assertEquals(first, feed.received());
  }

  @Test
  void shouldReportAWriterThatLeftBetweenTwoBlocksWithTheEventsBefore() {
    final int end = bytes.length - Envelope.LENGTH;
    final String message = refusal(Arrays.copyOf(bytes, end));

    assertTrue(
        message.contains("stream: byte " + end + ": it ended without an end block"), message);
    assertTrue(message.contains("the " + (TRADES + 1) + " events before are whole"), message);
  }

  @Test
  void shouldReportHalfABlockWithItsPlaceAndApplyNothingOfIt() {
    final int first = Envelope.LENGTH + new UnsafeBuffer(bytes).getInt(40);
    final int second = Envelope.LENGTH + new UnsafeBuffer(bytes).getInt(first + 40);
    final String block = refusal(Arrays.copyOf(bytes, first + second - 100));
    final String header = refusal(Arrays.copyOf(bytes, first + 24));

    assertTrue(block.contains("byte " + first + ": "), block);
    assertTrue(block.contains("inside a block: 100 of " + second + " bytes are missing"), block);
    assertTrue(header.contains("a block's header: 40 of 64 bytes are missing"), header);
  }

  @Test
  void shouldRefuseWhatIsNoBlockAsSoonAsFourBytesAreThere() {
    for (final String text : List.of("{\"e\":", "timestamp,price\n", "LQMC")) {
      assertTrue(
          refusal(text.getBytes(StandardCharsets.UTF_8)).contains("byte 0: no block starts here"));
    }
  }

  @Test
  void shouldRefuseABlockThatIsTooLongBeforeItArrives() {
    final byte[] header = Arrays.copyOf(bytes, Envelope.LENGTH);
    new UnsafeBuffer(header).putInt(40, Envelope.MAX_EVENTS_PAYLOAD + 1);

    assertTrue(refusal(header).contains("larger than any block may be"));
  }

  @Test
  void shouldRefuseAStreamWithAnyByteOfABlockChanged() {
    final SplittableRandom random = new SplittableRandom(3);
    final int first = Envelope.LENGTH + new UnsafeBuffer(bytes).getInt(40);
    for (int i = 0; i < 200; i++) {
      final byte[] changed = bytes.clone();
      changed[random.nextInt(first)] ^= (byte) (1 << random.nextInt(8));
      refusal(changed);
    }
  }

  @Test
  void shouldRefuseAStreamWhoseFirstBlockIsMissing() {
    final int first = Envelope.LENGTH + new UnsafeBuffer(bytes).getInt(40);
    final byte[] withoutFirst = Arrays.copyOfRange(bytes, first, bytes.length);

    assertTrue(refusal(withoutFirst).contains("out of its place"));
  }

  @Test
  void shouldReadNothingBehindTheEndBlock() throws Exception {
    final byte[] more = Arrays.copyOf(bytes, bytes.length + 500);
    final StreamFeed feed = stream(more, 10_000);
    read(feed);

    assertFalse(feed.nextBlock());
    assertEquals(TRADES + 1, feed.lastSequence());
  }

  @Test
  void shouldContinueWithTheNextWriter() throws Exception {
    final StreamFeed feed = stream(Arrays.copyOf(bytes, bytes.length - 10), 9_000);
    assertThrows(FeedFileException.class, () -> read(feed));
    feed.continueWith(new ChoppedBytes(bytes, 9_000, 1));

    try (FeedFileReader reader = new FeedFileReader(file)) {
      assertArrayEquals(read(reader), read(feed));
    }
  }

  @Test
  void shouldReportAFailingChannelAsAWriterThatLeft() {
    final StreamFeed feed =
        new StreamFeed(NAME, new FailingChannel(new ChoppedBytes(bytes, 500, 1), (n) -> n > 3));

    final String message = assertThrows(FeedFileException.class, () -> read(feed)).getMessage();
    assertTrue(message.contains("its writer is gone (planned)"), message);
  }

  /** Fails at a read. */
  private static final class FailingChannel implements ReadableByteChannel {
    private final ReadableByteChannel channel;
    private final IntPredicate fails;
    private int reads;

    FailingChannel(final ReadableByteChannel channel, final IntPredicate fails) {
      this.channel = channel;
      this.fails = fails;
    }

    @Override
    public int read(final ByteBuffer to) throws IOException {
      if (fails.test(reads++)) {
        throw new IOException("planned");
      }
      return channel.read(to);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // Nothing to close.
    }
  }
}
