package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapWriter;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;

/** Invalid states: refused, or resumed in bounded time and memory. */
@Tag("fuzz")
final class StateFuzzTest {
  private static final int CHANGE = 12;
  private static final int MOST_CHANGES = 16;
  private static final int INSTRUMENTS = 2;
  private static final int EVENTS = 400;
  private static final int EVENTS_MORE = 100;
  private static final MapSettings SETTINGS =
      TestSettings.of(20, TestSettings.undated(), TestSettings.allKinds(1e6));
  private static final FreshWriters WRITERS =
      new FreshWriters(SETTINGS, ClusterSettings.DEFAULT, INSTRUMENTS);
  private static final byte[] GOOD = good();

  /**
   * The bytes say which word of a state that was changed to what: four for where, eight for how.
   */
  @FuzzTest
  void shouldResumeFromOrRefuseAChangedState(final byte[] changes) {
    final byte[] bytes = GOOD.clone();
    final UnsafeBuffer state = new UnsafeBuffer(bytes);
    final UnsafeBuffer input = new UnsafeBuffer(changes);
    for (int i = 0; i + CHANGE <= changes.length && i < CHANGE * MOST_CHANGES; i += CHANGE) {
      final int word = 8 * ((input.getInt(i) >>> 1) % (bytes.length / 8));
      final long how = input.getLong(i + 4);
      state.putLong(word, (input.getInt(i) & 1) == 0 ? how : state.getLong(word) ^ how);
    }
    goOnFrom(bytes, GOOD.length);
  }

  @FuzzTest
  void shouldResumeFromOrRefuseAnyState(final byte[] bytes) {
    goOnFrom(bytes, bytes.length);
  }

  private static void goOnFrom(final byte[] bytes, final int length) {
    final MapWriter map = WRITERS.next();
    final FeedAdapter adapter = new FeedAdapter(INSTRUMENTS);
    try {
      map.decode(new StateReader(new UnsafeBuffer(bytes), 0, length), adapter);
    } catch (final IllegalStateException refused) {
      assertTrue(refused.getMessage().contains("the state"), refused.getMessage());
      return;
    }
    final RandomFeed feed = new RandomFeed(7, EVENTS_MORE, EVENTS_MORE, false, 6_000);
    final FeedEvent event = new FeedEvent();
    feed.nextBlock();
    adapter.resumeAfter(0, TestSettings.START);
    adapter.wrap(feed.buffer(), feed.offset(), feed.length());
    while (adapter.next(event)) {
      map.onEvent(event);
    }
    assertTrue(bytes(map).length < 1 << 22);
  }

  private static byte[] good() {
    final MapWriter map = WRITERS.next();
    final FeedAdapter adapter = new FeedAdapter(INSTRUMENTS);
    final FeedEvent event = new FeedEvent();
    final RandomFeed feed = new RandomFeed(3, EVENTS, EVENTS, false, 4_000);
    feed.nextBlock();
    adapter.wrap(feed.buffer(), feed.offset(), feed.length());
    while (adapter.next(event)) {
      map.onEvent(event);
    }
    assertEquals(EVENTS, map.events());
    return bytes(map);
  }

  private static byte[] bytes(final MapWriter map) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    map.encode(out);
    final byte[] bytes = new byte[out.position()];
    out.buffer().getBytes(0, bytes);
    return bytes;
  }
}
