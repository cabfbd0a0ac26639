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

  /** Some values are implausible, most aren't. */
  private static final JumpLimits LIMITS =
      new JumpLimits(40, 40, 63, FeedAdapter.MAX_TIME, FeedAdapter.MAX_TIME, 4);

  private final FeedBytes feed = new FeedBytes();
  private final FeedEvent event = new FeedEvent();
  private final UnsafeBuffer written = new UnsafeBuffer(new byte[512]);
  private final UnsafeBuffer expected = new UnsafeBuffer(new byte[512]);
  private final FeedEncoder encoder = new FeedEncoder();
  private final int[] kinds = new int[FeedEvent.IMPLAUSIBLE + 1];

  private void fill(final SplittableRandom random) {
    long sequence = 1;
    feed.instrument(sequence);
    for (int i = 0; i < MESSAGES; i++) {
      final int skipped = random.nextInt(20);
      sequence += skipped < 18 ? 1 : skipped - 17;
      RandomEvents.fill(event, sequence, random);
      feed.add(event);
      switch (random.nextInt(20)) {
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
    if (event.kind() == FeedEvent.TRADE && random.nextBoolean()) {
      feed.buffer().putByte(feed.length() - 1, (byte) random.nextInt(256));
    }
  }

  private void compare(final int length) {
    final int wanted = encoder.encode(event, expected, 8);
    assertEquals(wanted, length, FeedBytes.describe(event));
    for (int i = 8; i < 8 + wanted; i++) {
      assertEquals(
          expected.getByte(i),
          written.getByte(i),
          "byte " + i + " of " + FeedBytes.describe(event));
    }
    assertEquals(0x77, written.getByte(8 + length), "the byte behind");
    kinds[event.kind()]++;
  }

  private int written(final FeedAdapter adapter) {
    written.setMemory(0, written.capacity(), (byte) 0x77);
    return adapter.encode(event, written, 8);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldWriteTheBytesOfTheEncoder(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    fill(random);
    final FeedAdapter adapter = new FeedAdapter(1, LIMITS);
    // The last frame may lack its padding.
    adapter.wrap(feed.buffer(), 0, feed.length() - random.nextInt(2));
    while (adapter.next(event)) {
      compare(written(adapter));
    }
    if (adapter.flush(event)) {
      compare(written(adapter));
    }
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
      compare(written(adapter));
    }
    assertTrue(adapter.flush(event));
    compare(written(adapter));
    assertEquals(FeedEvent.GAP, event.kind());
  }
}
