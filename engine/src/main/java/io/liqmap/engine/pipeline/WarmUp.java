package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.settings.EngineSettings;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Has Java compile an event's path before a feed's first one: made-up events go through a checked
 * decode into a map of the same settings, which is dropped.
 *
 * <p>It takes as long as the first events of a feed would, so it pays where those must not wait: a
 * feed at its own pace. It touches no file, counter or state of an engine. Any thread; same
 * settings, same events.
 */
public final class WarmUp {
  /** Enough that most is compiled: some half a second. */
  public static final int EVENTS = 300_000;

  private static final int BLOCK_EVENTS = 256;

  private WarmUp() {}

  /**
   * Applies made-up events.
   *
   * @param settings of the engine that will run
   * @param events how many, 0 or more
   */
  public static void run(final EngineSettings settings, final int events) {
    map(settings, events);
  }

  /** The map that they make. */
  static MapWriter map(final EngineSettings settings, final int events) {
    final MarketFlow flow = MarketFlow.ofOneInstrument();
    final FeedAdapter adapter = new FeedAdapter(settings.maxInstruments(), JumpLimits.STANDARD);
    final MapWriter map =
        new MapWriter(settings.map(), settings.levels(), settings.maxInstruments());
    final FeedEncoder encoder = new FeedEncoder();
    final FeedEvent event = new FeedEvent();
    final UnsafeBuffer block =
        new UnsafeBuffer(new byte[BLOCK_EVENTS * FeedEncoder.MAX_FRAME_LENGTH]);
    for (int left = events; left > 0; left -= BLOCK_EVENTS) {
      int length = 0;
      for (int i = Math.min(left, BLOCK_EVENTS); i > 0; i--) {
        flow.next(event);
        length += encoder.encode(event, block, length);
      }
      adapter.wrap(block, 0, length);
      while (adapter.next(event)) {
        map.onEvent(event);
      }
    }
    return map;
  }
}
