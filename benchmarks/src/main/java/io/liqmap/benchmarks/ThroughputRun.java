package io.liqmap.benchmarks;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.levels.LevelSettings;
import io.liqmap.engine.map.MapSettings;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.EngineReport;
import io.liqmap.engine.pipeline.EngineSettings;
import io.liqmap.engine.pipeline.MapWriter;
import io.liqmap.engine.pipeline.Outlets;
import io.liqmap.engine.pipeline.Pace;
import io.liqmap.engine.pipeline.PipelineSettings;
import io.liqmap.engine.pipeline.Replay;
import io.liqmap.engine.pipeline.ThreadingMode;
import io.liqmap.engine.pipeline.Until;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends one prepared flow through every route in turn, round after round, so that what the machine
 * does meanwhile falls on all of them.
 *
 * <p>A route that ends with a map has to end with the same state each time: otherwise the run
 * fails, and no figure is shown.
 */
public final class ThroughputRun {
  private static final long SEED = 42;
  private static final long SNAPSHOT_INTERVAL = 3_600_000_000_000L;
  private static final JournalSettings JOURNAL = new JournalSettings(1 << 16, 1 << 28);
  private static final String SETTINGS_TEXT = "settings of a throughput run";

  private final ThroughputOptions options;
  private final PreparedFeed feed;
  private final MapSettings map;
  private final Map<Route, Long> answers = new EnumMap<>(Route.class);
  private long stateHash;

  private ThroughputRun(final ThroughputOptions options) {
    this.options = options;
    feed = new PreparedFeed(SEED, options.events());
    map = BenchmarkSettings.map(options.tiers());
  }

  public static void main(final String[] args) throws Exception {
    final ThroughputOptions options;
    try {
      options = ThroughputOptions.parse(args);
    } catch (final IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + ThroughputOptions.USAGE);
      System.exit(2);
      return;
    }
    System.out.println(Machine.describe());
    run(options, System.err).print(System.out);
  }

  /**
   * Measures.
   *
   * @param progress hears of each round
   * @throws IllegalStateException if two routes or rounds end with different states
   */
  static ThroughputReport run(final ThroughputOptions options, final PrintStream progress)
      throws IOException, EngineException, InterruptedException {
    final ThroughputRun run = new ThroughputRun(options);
    for (int round = 0; round < options.warmUps(); round++) {
      progress.println("warm-up " + (round + 1) + " of " + options.warmUps());
      run.round();
    }
    final ThroughputReport report = new ThroughputReport(options);
    for (int round = 0; round < options.rounds(); round++) {
      progress.println("round " + (round + 1) + " of " + options.rounds());
      report.add(run.round());
    }
    report.stateHash(run.stateHash);
    return report;
  }

  private Map<Route, Passage> round() throws IOException, EngineException, InterruptedException {
    final Map<Route, Passage> passages = new EnumMap<>(Route.class);
    add(passages, decode());
    add(passages, adapter());
    add(passages, ring(Route.RING_ALONE));
    add(passages, ring(Route.BARE_RING));
    add(passages, engine(Route.INLINE, null));
    add(passages, engine(Route.PIPELINED, null));
    inFolder((folder) -> add(passages, engine(Route.INLINE_JOURNAL, folder)));
    inFolder(
        (folder) -> {
          add(passages, engine(Route.PIPELINED_JOURNAL, folder));
          add(passages, replay(folder));
        });
    inFolder((folder) -> add(passages, documents(folder)));
    return passages;
  }

  private void add(final Map<Route, Passage> passages, final Passage passage) {
    final Route route = passage.route();
    if (route.isMapping() && stateHash == 0) {
      stateHash = passage.answer();
    }
    final long expected =
        route.isMapping() ? stateHash : answers.computeIfAbsent(route, (r) -> passage.answer());
    if (passage.answer() != expected) {
      throw new IllegalStateException(
          route.title()
              + " ended with "
              + Long.toHexString(passage.answer())
              + " instead of "
              + Long.toHexString(expected));
    }
    passages.put(route, passage);
  }

  private Passage decode() {
    final BareDecoder decoder = new BareDecoder();
    feed.rewind();
    final AllocationMeter meter = new AllocationMeter();
    final long start = System.nanoTime();
    long sum = 0;
    while (feed.nextBlock()) {
      sum += decode(decoder, feed.buffer());
    }
    return passage(Route.BARE_DECODE, System.nanoTime() - start, sum, meter);
  }

  private static long decode(final BareDecoder decoder, final UnsafeBuffer block) {
    long sum = 0;
    for (int frame = 0; frame < block.capacity(); frame = decoder.behind(block, frame)) {
      sum += decoder.sum(block, frame);
    }
    return sum;
  }

  private Passage adapter() {
    final FeedAdapter adapter = new FeedAdapter(1);
    final FeedEvent slot = new FeedEvent();
    feed.rewind();
    final AllocationMeter meter = new AllocationMeter();
    final long start = System.nanoTime();
    long sum = 0;
    while (feed.nextBlock()) {
      adapter.wrap(feed.buffer(), feed.offset(), feed.length());
      while (adapter.next(slot)) {
        sum += slot.price();
      }
    }
    return passage(Route.ADAPTER, System.nanoTime() - start, sum, meter);
  }

  private Passage ring(final Route route) throws InterruptedException {
    final boolean decoding = route == Route.BARE_RING;
    final BareRing ring = new BareRing(pipeline(ThreadingMode.PIPELINED));
    feed.rewind();
    final AllocationMeter meter = new AllocationMeter();
    final long start = System.nanoTime();
    final long sum = ring.carry(feed, decoding);
    return passage(route, System.nanoTime() - start, sum, meter);
  }

  private PipelineSettings pipeline(final ThreadingMode mode) {
    return new PipelineSettings(
        mode, options.ringSize(), options.claim(), options.waitMode(), false);
  }

  private Passage engine(final Route route, final Path folder) throws IOException, EngineException {
    final ThreadingMode mode =
        route == Route.PIPELINED || route == Route.PIPELINED_JOURNAL
            ? ThreadingMode.PIPELINED
            : ThreadingMode.INLINE;
    final EngineSettings settings =
        new EngineSettings(
            1,
            map,
            LevelSettings.DEFAULT,
            SNAPSHOT_INTERVAL,
            pipeline(mode),
            JOURNAL,
            SETTINGS_TEXT);
    try (Engine engine = Engine.launch(settings, folder, Outlets.NONE)) {
      feed.rewind();
      final AllocationMeter meter = new AllocationMeter();
      final long start = System.nanoTime();
      engine.run(feed, Pace.max());
      final long nanos = System.nanoTime() - start;
      final long[] bytes = meter.read();
      engine.finish();
      require(engine.journalFailure() == null, route + ": the journal failed");
      final EngineReport report = engine.report();
      requireWhole(route, report.journaled().events(), report.journaled().rejected());
      return new Passage(
          route, nanos, report.journaled().stateHash(), bytes[0], bytes[1], bytes[2]);
    }
  }

  private Passage replay(final Path folder) throws IOException {
    final AllocationMeter meter = new AllocationMeter();
    final long start = System.nanoTime();
    try (JournalReader journal = JournalReader.open(folder)) {
      final Replay replay = new Replay(journal, map, LevelSettings.DEFAULT, 1);
      replay.fromStart(Until.END);
      final long nanos = System.nanoTime() - start;
      final long[] bytes = meter.read();
      require(replay.matches(), "the replay differs from the run");
      requireWhole(Route.REPLAY, replay.map().events(), replay.map().rejected());
      return new Passage(Route.REPLAY, nanos, replay.map().stateHash(), bytes[0], 0, 0);
    }
  }

  private Passage documents(final Path folder) {
    final FeedAdapter adapter = new FeedAdapter(1);
    final MapWriter writer = new MapWriter(map, LevelSettings.DEFAULT, 1);
    final FeedEvent slot = new FeedEvent();
    try (DocumentAppender appender = new DocumentAppender(folder)) {
      feed.rewind();
      final AllocationMeter meter = new AllocationMeter();
      final long start = System.nanoTime();
      while (feed.nextBlock()) {
        adapter.wrap(feed.buffer(), feed.offset(), feed.length());
        while (adapter.next(slot)) {
          writer.onEvent(slot);
          appender.append(slot);
        }
      }
      final long nanos = System.nanoTime() - start;
      requireWhole(Route.DOCUMENT_PER_EVENT, writer.events(), writer.rejected());
      return passage(Route.DOCUMENT_PER_EVENT, nanos, writer.stateHash(), meter);
    }
  }

  private static Passage passage(
      final Route route, final long nanos, final long answer, final AllocationMeter meter) {
    return new Passage(route, nanos, answer, meter.read()[0], 0, 0);
  }

  private void requireWhole(final Route route, final long events, final long rejected) {
    require(
        events == options.events() && rejected == 0,
        route.title() + " applied " + events + " events and rejected " + rejected);
  }

  private static void require(final boolean holds, final String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private void inFolder(final FolderTask task)
      throws IOException, EngineException, InterruptedException {
    final Path folder = Files.createTempDirectory(options.folder(), "liqmap-throughput-");
    try {
      task.run(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  @FunctionalInterface
  private interface FolderTask {
    void run(Path folder) throws IOException, EngineException, InterruptedException;
  }
}
