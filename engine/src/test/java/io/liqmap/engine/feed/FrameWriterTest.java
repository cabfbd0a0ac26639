package io.liqmap.engine.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that are copied and frames that are encoded are the same. */
final class FrameWriterTest {
  private static final int MESSAGES = 250;
  private static final int START = 24;

  /** Some values are implausible, most aren't. */
  private static final JumpLimits LIMITS =
      new JumpLimits(40, 40, 63, FeedAdapter.MAX_TIME, FeedAdapter.MAX_TIME, 4);

  private final FeedBytes feed = new FeedBytes();
  private final FeedEvent event = new FeedEvent();
  private final FrameWriter writer = new FrameWriter();
  private final FeedEncoder encoder = new FeedEncoder();
  private final UnsafeBuffer written = new UnsafeBuffer(new byte[1 << 18]);
  private final UnsafeBuffer expected = new UnsafeBuffer(new byte[1 << 18]);
  private final int[] kinds = new int[FeedEvent.LAST_KIND + 1];
  private int length;

  private void fill(final SplittableRandom random) {
    long sequence = 1;
    feed.instrument(sequence);
    for (int i = 0; i < MESSAGES; i++) {
      final int skipped = random.nextInt(20);
      sequence += skipped < 18 ? 1 : skipped - 17;
      RandomEvents.fill(event, sequence, random);
      feed.add(event);
      switch (random.nextInt(40)) {
        case 0, 1 -> feed.withHeader(FeedBytes.VERSION_AT, random.nextInt(2));
        case 2, 3 -> feed.withLongerBlock(random.nextInt(1, 12));
        case 4 -> feed.with("receiveTime", 0);
        case 5 -> feed.add(event);
        case 6 -> feed.withHeader(FeedBytes.TEMPLATE_AT, 90);
        case 7 -> feed.instrument(++sequence);
        case 8 -> feed.instrument(++sequence).asVersion1();
        default -> padWithAnything(random);
      }
    }
  }

  private void padWithAnything(final SplittableRandom random) {
    // Only a trade's, whose padding is its last byte.
    if (event.kind() == FeedEvent.TRADE && random.nextInt(8) == 0) {
      feed.buffer().putByte(feed.length() - 1, (byte) random.nextInt(256));
    }
  }

  private void write(final FeedAdapter adapter) {
    final int wanted = encoder.encode(event, expected, START + length);
    assertEquals(
        wanted,
        writer.add(event, adapter, written, START + length),
        () -> FeedBytes.describe(event));
    length += wanted;
    kinds[event.kind()]++;
  }

  private void compare() {
    writer.finish();
    assertEquals(expected, written);
  }

  /** Frames that wait are written once, and where they belong, however many there are. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldWriteTheBytesOfTheEncoder(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    fill(random);
    final FeedAdapter adapter = new FeedAdapter(1, LIMITS);
    // The last frame may lack its padding.
    adapter.wrap(feed.buffer(), 0, feed.length() - random.nextInt(2));
    while (adapter.next(event)) {
      write(adapter);
      if (random.nextInt(30) == 0) {
        compare();
      }
    }
    if (adapter.flush(event)) {
      write(adapter);
    }
    compare();
    assertTrue(adapter.events() > MESSAGES / 2);
    for (final int kind : new int[] {FeedEvent.TRADE, FeedEvent.GAP, FeedEvent.INSTRUMENT}) {
      assertTrue(kinds[kind] > 5, kinds[kind] + " of kind " + kind);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldWriteTheLastFaultsBeforeAndBehindAnyFrame(final boolean isBefore) {
    final FeedAdapter adapter = new FeedAdapter(1);
    feed.trade(1);
    if (!isBefore) {
      feed.trade(2).instrument(3).heartbeat(4).trade(3);
    }
    adapter.wrap(feed.buffer(), 0, feed.length());
    while (adapter.next(event)) {
      write(adapter);
    }
    assertTrue(adapter.flush(event));
    write(adapter);
    compare();
    assertEquals(FeedEvent.GAP, event.kind());
  }

  @ParameterizedTest
  @ValueSource(ints = {1_023, 1_024, 1_025, 3_000})
  void shouldCopyMoreThanWaitAtOnce(final int heartbeats) {
    final UnsafeBuffer block = new UnsafeBuffer(new byte[1 << 18]);
    int end = 0;
    for (int i = 1; i <= heartbeats; i++) {
      event.heartbeat(i, FeedBytes.TIME, FeedBytes.TIME);
      end += encoder.encode(event, block, end);
    }
    final FeedAdapter adapter = new FeedAdapter(1);
    adapter.wrap(block, 0, end);
    while (adapter.next(event)) {
      write(adapter);
    }
    compare();
    assertEquals(heartbeats, kinds[FeedEvent.HEARTBEAT]);
  }
}
