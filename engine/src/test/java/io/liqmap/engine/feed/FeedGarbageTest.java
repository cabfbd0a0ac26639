package io.liqmap.engine.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bytes that no one meant: nothing is thrown, nothing is lost from the count. */
@Tag("slow")
final class FeedGarbageTest {
  private static final int RANDOM = 80_000;
  private static final int CORRUPTED = 25_000;

  private final FeedEvent event = new FeedEvent();

  @Test
  void shouldThrowNothingOnRandomBytes() {
    final SplittableRandom random = new SplittableRandom(1);
    final byte[] bytes = new byte[512];
    for (int i = 0; i < RANDOM; i++) {
      random.nextBytes(bytes);
      final int length = random.nextInt(bytes.length + 1);
      final UnsafeBuffer buffer = new UnsafeBuffer(bytes, 0, length);
      if (length >= 16 && random.nextBoolean()) {
        // A frame and header that hold, so that the block is looked at.
        buffer.putInt(0, random.nextInt(length), ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(8, (short) random.nextInt(160), ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(10, (short) random.nextInt(12), ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(12, (short) 4101, ByteOrder.LITTLE_ENDIAN);
      }
      final FeedAdapter adapter = new FeedAdapter(1 + random.nextInt(4));
      adapter.wrap(buffer, 0, length);
      readAll(adapter, "case " + i);
    }
  }

  @Test
  void shouldEmitTheSameEventsWhenAnInvalidFeedIsReplayed() {
    for (int i = 0; i < CORRUPTED; i++) {
      final SplittableRandom random = new SplittableRandom(i);
      final String place = "seed " + i;
      final FeedBytes invalid = invalid(random);
      final FeedAdapter live = new FeedAdapter(4);
      live.wrap(invalid.buffer(), 0, invalid.length());
      final List<String> events = new ArrayList<>();
      final FeedBytes journal = new FeedBytes();
      while (live.next(event)) {
        events.add(FeedBytes.describe(event));
        journal.add(event);
      }
      if (live.flush(event)) {
        events.add(FeedBytes.describe(event));
        journal.add(event);
      }
      final FeedAdapter replay = new FeedAdapter(4);
      assertEquals(events, journal.readBy(replay), place);
      assertFalse(replay.flush(event), place);
      assertSameTotals(live, replay, place);
    }
  }

  /** A good feed of some ten messages, in part reordered, repeated, left out and overwritten. */
  private static FeedBytes invalid(final SplittableRandom random) {
    final FeedBytes bytes = new FeedBytes();
    final FeedEvent event = new FeedEvent();
    final int first = random.nextInt(3);
    int sequence = first;
    for (int message = 0; message < 12; message++) {
      sequence += random.nextInt(12) == 0 ? random.nextInt(-3, 4) : 1;
      if (message == 0 || random.nextInt(15) == 0) {
        bytes.instrument(sequence, FeedBytes.definition(random.nextInt(5) == 0 ? 1 : 0, "BTCUSDT"));
      } else {
        RandomEvents.fill(event, sequence, random);
        bytes.add(event);
      }
    }
    for (int flips = random.nextInt(8); flips > 0; flips--) {
      final int at = random.nextInt(bytes.length());
      bytes.buffer().putByte(at, (byte) (bytes.buffer().getByte(at) ^ 1 << random.nextInt(8)));
    }
    return random.nextInt(10) == 0 ? bytes.cut(random.nextInt(60)) : bytes;
  }

  private void readAll(final FeedAdapter adapter, final String place) {
    int events = 0;
    while (adapter.next(event)) {
      assertTrue(
          event.kind() >= FeedEvent.INSTRUMENT && event.kind() <= FeedEvent.LAST_KIND, place);
      assertTrue(++events <= 64, place);
    }
    assertTrue(adapter.isDrained(), place);
    adapter.flush(event);
  }

  private static void assertSameTotals(
      final FeedAdapter live, final FeedAdapter replay, final String place) {
    for (final FeedFault fault :
        List.of(FeedFault.MISSING, FeedFault.DUPLICATE, FeedFault.REORDERED)) {
      assertEquals(live.count(fault), replay.count(fault), place + ", " + fault);
    }
    assertEquals(unknown(live), unknown(replay), place + ", unknown");
    assertEquals(rejected(live), rejected(replay), place + ", rejected");
    assertEquals(live.events(), replay.events(), place);
    assertEquals(live.lastSequence(), replay.lastSequence(), place);
  }

  private static long unknown(final FeedAdapter adapter) {
    return adapter.count(FeedFault.TEMPLATE) + adapter.count(FeedFault.INSTRUMENT);
  }

  private static long rejected(final FeedAdapter adapter) {
    long sum = 0;
    for (final FeedFault fault :
        List.of(
            FeedFault.LENGTH,
            FeedFault.SCHEMA,
            FeedFault.DEFINITION,
            FeedFault.PRICE,
            FeedFault.QUANTITY,
            FeedFault.TIME,
            FeedFault.SCALE,
            FeedFault.VALUE)) {
      sum += adapter.count(fault);
    }
    return sum;
  }
}
