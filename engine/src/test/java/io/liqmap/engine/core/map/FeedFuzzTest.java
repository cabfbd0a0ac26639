package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.pipeline.FreshWriters;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;

/** Random bytes of a feed, through adapter and map writer. */
@Tag("fuzz")
final class FeedFuzzTest {
  private static final int INSTRUMENTS = 2;
  private static final long START = TestSettings.START;
  private static final MapSettings SETTINGS =
      TestSettings.of(50, TestSettings.LADDER, .2, .5, TestSettings.undated());
  private static final FreshWriters WRITERS =
      new FreshWriters(SETTINGS, ClusterSettings.DEFAULT, INSTRUMENTS);

  private final FeedEvent event = new FeedEvent();
  private final FeedEvent read = new FeedEvent();
  private final FeedEncoder encoder = new FeedEncoder();
  private final UnsafeBuffer frame = new UnsafeBuffer(new byte[FeedEncoder.MAX_FRAME_LENGTH]);

  @FuzzTest
  void shouldHoldTheMapWhateverTheBytes(final byte[] bytes) {
    final FeedAdapter adapter = new FeedAdapter(INSTRUMENTS, JumpLimits.STANDARD);
    final FeedAdapter journal = new FeedAdapter(INSTRUMENTS);
    final MapWriter map = WRITERS.next();
    final MapWriter replayed = WRITERS.next();
    final UnsafeBuffer buffer = new UnsafeBuffer(begun(bytes));
    adapter.wrap(buffer, 0, buffer.capacity());
    int updated = -1;
    int events = 0;
    boolean isMore = true;
    while (isMore) {
      isMore = adapter.next(event);
      if (isMore || adapter.flush(event)) {
        assertInRange();
        map.onEvent(event);
        journal.wrap(frame, 0, encoder.encode(event, frame, 0));
        while (journal.next(read)) {
          replayed.onEvent(read);
        }
        updated = event.kind() == FeedEvent.OPEN_INTEREST ? event.instrument() : -1;
        assertTrue(++events <= buffer.capacity() / 16 + 1, "more events than frames");
      }
    }
    for (int id = 0; id < INSTRUMENTS; id++) {
      if (map.maps().of(id) != null) {
        MapInvariants.assertNothingOpenBeyondMark("instrument " + id, map.maps().of(id));
        if (updated == id) {
          final double openInterest = map.maps().of(id).openInterest();
          if (!Double.isNaN(openInterest)) {
            MapInvariants.assertAddsUp("at the end", map.maps().of(id), openInterest);
          }
        }
      }
    }
    assertEquals(map.stateHash(), replayed.stateHash());
  }

  /** A definition, a mark and an open interest ahead of the bytes, so that they find a market. */
  private byte[] begun(final byte[] bytes) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024 + bytes.length]);
    int length = 0;
    event.instrument(1, START, START, CorruptedMessage.definition(false, 1));
    length += encoder.encode(event, buffer, length);
    event.markPrice(2, START, START, 0, 0, 6_000_000, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
    length += encoder.encode(event, buffer, length);
    event.openInterest(3, START, START, 0, 0, 50_000);
    length += encoder.encode(event, buffer, length);
    final byte[] begun = new byte[length + bytes.length];
    buffer.getBytes(0, begun, 0, length);
    System.arraycopy(bytes, 0, begun, length, bytes.length);
    return begun;
  }

  private void assertInRange() {
    assertTrue(event.sequence() >= 0);
    assertTrue(
        event.exchangeTime() >= 946_684_800_000_000_000L
            && event.exchangeTime() <= 4_102_444_800_000_000_000L);
    switch (event.kind()) {
      case FeedEvent.TRADE, FeedEvent.LIQUIDATION ->
          assertTrue(isMantissa(event.price()) && isMantissa(event.quantity()));
      case FeedEvent.MARK_PRICE -> assertTrue(isMantissa(event.markPrice()));
      case FeedEvent.KNOWN_POSITION -> {
        assertTrue(isMantissa(event.quantity() + 1));
        assertTrue(event.quantity() == 0 || isMantissa(event.entryPrice()));
        assertTrue(
            event.liquidationPrice() == FeedEvent.ABSENT || isMantissa(event.liquidationPrice()));
      }
      case FeedEvent.OPEN_INTEREST -> assertTrue(isMantissa(event.openInterest() + 1));
      default ->
          assertTrue(event.kind() >= FeedEvent.INSTRUMENT && event.kind() <= FeedEvent.LAST_KIND);
    }
  }

  private static boolean isMantissa(final long value) {
    return value > 0 && value <= FeedAdapter.MAX_MANTISSA + 1;
  }
}
