package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.peer.BareJson;
import io.liqmap.benchmarks.venue.FrameBatch;
import io.liqmap.benchmarks.venue.FrameFeed;
import io.liqmap.benchmarks.venue.SessionVenues;
import io.liqmap.benchmarks.venue.SummedMarket;
import io.liqmap.benchmarks.venue.VenueMix;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.venue.ControlSink;
import io.liqmap.gateway.venue.FrameOutcome;
import io.liqmap.gateway.venue.VenueDecoder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Venues' frames to the map, and parts of the way, per frame; beside a bare parse of the same
 * frames. New frames are written before each call, outside of the measurement; {@code -prof gc}
 * counts bytes, and writing them allocates none.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {
  private static final int FRAMES = 10_000;
  private static final long SEED = 42;
  private static final int TIERS = 10;
  private static final long SNAPSHOT_INTERVAL = 3_600_000_000_000L;

  @Param({"ALL", "BINANCE", "BYBIT", "OKX", "HYPERLIQUID"})
  private VenueMix mix;

  private final BareJson json = new BareJson();
  private final SummedMarket market = new SummedMarket();
  private final VenueDecoder[] decoders = new VenueDecoder[SessionVenues.COUNT];
  private FrameBatch batch;
  private FrameFeed feed;
  private Engine engine;

  @Setup
  public void make() throws IOException {
    batch = new FrameBatch(SEED, mix, FRAMES);
    feed = new FrameFeed(batch);
    for (int i = 0; i < decoders.length; i++) {
      decoders[i] = SessionVenues.venue(i).decoder(List.of(SessionVenues.instrument(i)));
    }
    engine =
        Engine.launch(
            new EngineSettings(
                SessionVenues.COUNT,
                BenchmarkSettings.map(TIERS),
                ClusterSettings.DEFAULT,
                SNAPSHOT_INTERVAL,
                new PipelineSettings(ThreadingMode.INLINE, 1024, 256, WaitMode.PARK, true),
                new JournalSettings(1 << 16, 1 << 28)),
            null,
            Outputs.NONE);
  }

  /** Other frames for each call: decoders drop what they have seen. */
  @Setup(Level.Invocation)
  public void write() {
    batch.refill();
  }

  @TearDown
  public void close() throws IOException {
    engine.close();
  }

  /** A parser made and closed for each frame, without a token. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long parserAlone() throws IOException {
    long sum = 0;
    for (int i = 0; i < FRAMES; i++) {
      sum += json.open(batch.bytes(), batch.offset(i), batch.length(i));
    }
    return sum;
  }

  /** All tokens, no value. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long bareParse() throws IOException {
    long sum = 0;
    for (int i = 0; i < FRAMES; i++) {
      sum += json.parse(batch.bytes(), batch.offset(i), batch.length(i));
    }
    return sum;
  }

  /** Decoded, and what the frames say added up. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long decode() {
    for (int i = 0; i < FRAMES; i++) {
      final FrameOutcome outcome =
          decoders[batch.venue(i)].decode(
              batch.bytes(),
              batch.offset(i),
              batch.length(i),
              batch.time(i),
              market,
              ControlSink.NONE);
      if (outcome == FrameOutcome.INVALID || outcome == FrameOutcome.UNKNOWN) {
        throw new IllegalStateException("a frame was " + outcome);
      }
    }
    return market.sum();
  }

  /** Decoded to messages of the feed. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long decodeToFeed() {
    return feed.encodeAll();
  }

  /** Decoded to messages of the feed, those checked by its adapter and applied to the maps. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long decodeToMap() throws IOException, EngineException {
    engine.run(feed.rewind(), ReplayPace.max());
    final long applied = engine.map().sequence();
    if (applied != feed.count(VenueCounter.EVENTS)) {
      throw new IllegalStateException("the map has fewer events than were decoded");
    }
    return applied;
  }
}
