package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.peer.BareJson;
import io.liqmap.benchmarks.venue.FrameBatch;
import io.liqmap.benchmarks.venue.FrameFeed;
import io.liqmap.benchmarks.venue.SessionVenues;
import io.liqmap.benchmarks.venue.SummedMarket;
import io.liqmap.benchmarks.venue.VenueMix;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.venue.ControlSink;
import io.liqmap.gateway.venue.VenueDecoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * What a frame costs on its way to the map, beside a bare parse of the same frames: all ways take
 * turns on the same batch, by the processor time of their thread, so that a loaded machine bends
 * their ratio little. One thread.
 */
final class FrameCost implements AutoCloseable {
  /** Ways of a round, in their order. */
  enum Way {
    /** A parser made and closed. */
    PARSER,
    /** All tokens, no value. */
    BARE_PARSE,
    /** The venues' decoders. */
    DECODE,
    /** The same, to messages of the feed. */
    TO_FEED,
    /** The same, through the feed's adapter to the maps. */
    TO_MAP
  }

  private static final long SEED = 42;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final BareJson json = new BareJson();
  private final SummedMarket market = new SummedMarket();
  private final VenueDecoder[] decoders = new VenueDecoder[SessionVenues.COUNT];
  private final FrameBatch batch;
  private final FrameFeed toFeed;
  private final FrameFeed toMap;
  private final Engine engine;

  FrameCost(final Task task, final VenueMix mix, final int frames) throws IOException {
    batch = new FrameBatch(SEED, mix, frames);
    toFeed = new FrameFeed(batch);
    toMap = new FrameFeed(batch);
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = SessionVenues.venue(i).decoder(List.of(SessionVenues.instrument(i)));
    }
    engine =
        Engine.launch(
            EngineStage.settings(task.withInstruments(SessionVenues.COUNT), ThreadingMode.INLINE),
            null,
            Outputs.NONE);
  }

  /** Takes every way over new frames; ns of processor time for each frame, by way. */
  double[] round() throws IOException, EngineException {
    batch.refill();
    final double[] nanos = new double[Way.values().length];
    for (final Way way : Way.values()) {
      final long before = threads.getCurrentThreadCpuTime();
      Checks.require(take(way), way + " has not read all");
      nanos[way.ordinal()] = (threads.getCurrentThreadCpuTime() - before) / (double) batch.size();
    }
    return nanos;
  }

  private boolean take(final Way way) throws IOException, EngineException {
    return switch (way) {
      case PARSER -> open() != 0;
      case BARE_PARSE -> parse() > 10L * batch.size();
      case DECODE -> decode() > 0;
      case TO_FEED -> toFeed.encodeAll() > 30L * batch.size();
      case TO_MAP -> {
        engine.run(toMap.rewind(), ReplayPace.max());
        yield engine.map().sequence() == toMap.count(VenueCounter.EVENTS);
      }
    };
  }

  private long open() throws IOException {
    long sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum |= json.open(batch.bytes(), batch.offset(i), batch.length(i));
    }
    return sum;
  }

  private long parse() throws IOException {
    long tokens = 0;
    for (int i = 0; i < batch.size(); i++) {
      tokens += json.parse(batch.bytes(), batch.offset(i), batch.length(i));
    }
    return tokens;
  }

  private long decode() {
    final long before = market.calls();
    for (int i = 0; i < batch.size(); i++) {
      decoders[batch.venue(i)].decode(
          batch.bytes(), batch.offset(i), batch.length(i), batch.time(i), market, ControlSink.NONE);
    }
    return market.calls() - before;
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
