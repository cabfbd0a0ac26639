package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.StreamedFeed;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.journal.JournalCompression;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.MarketFlow;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A year of one instrument at trade resolution through the inline engine with a journal and daily
 * snapshots, then its journal replayed, compressed, and replayed again.
 */
public final class BackfillRun {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final long EVENTS = 500_000_000;
  private static final long MIN_EVENTS = 1_000;
  private static final int DAYS = 365;
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final int TIERS = 10;
  private static final double RESOLUTION_BPS = 5;
  private static final int PARTS = 10;

  private final long events;
  private final Path folder;
  private final PrintStream out;
  private final EngineSettings settings;

  private BackfillRun(final long events, final Path folder, final PrintStream out) {
    this.events = events;
    this.folder = folder;
    this.out = out;
    final Task task =
        new Task(
            Work.SCALE, folder, events, TIERS, 1, RESOLUTION_BPS, DAYS, WaitMode.PARK, folder, 0);
    final EngineSettings same = EngineStage.settings(task, ThreadingMode.INLINE);
    settings =
        new EngineSettings(
            same.maxInstruments(),
            same.map(),
            same.levels(),
            DAY_NANOS,
            same.pipeline(),
            same.journal());
  }

  /** Runs a command line; the exit code is 0 done, 1 failed, 2 wrong usage. */
  public static int execute(final String... args) throws Exception {
    long events = EVENTS;
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    for (int i = 0; i < args.length; i += 2) {
      final String value = i + 1 < args.length ? args[i + 1] : "";
      if (args[i].equals("--events") && value.matches("[0-9]{1,15}")) {
        events = Long.parseLong(value);
      } else if (args[i].equals("--folder") && !value.isEmpty()) {
        folder = Path.of(value);
      } else {
        System.err.println("backfill: " + args[i] + ": no such option, or it needs another value");
        return USAGE;
      }
    }
    if (events < MIN_EVENTS) {
      System.err.println("backfill: --events has to be " + MIN_EVENTS + " or more");
      return USAGE;
    }
    try {
      execute(events, folder, System.out);
      return 0;
    } catch (final IllegalStateException | IOException | EngineException e) {
      System.err.println("backfill: " + e.getMessage());
      return FAILED;
    }
  }

  /** Measures and reports; an {@link IllegalStateException} says which state differs. */
  static void execute(final long events, final Path folder, final PrintStream out)
      throws IOException, EngineException {
    final Path place = Files.createTempDirectory(folder, "backfill-");
    try {
      new BackfillRun(events, place, out).run();
    } finally {
      Folders.delete(place);
    }
  }

  private void run() throws IOException, EngineException {
    final Path journal = folder.resolve("journal");
    final long hash;
    final long bytes;
    try (Engine engine = Engine.launch(settings, journal, Outputs.NONE)) {
      final Watched feed =
          new Watched(new StreamedFeed(new MarketFlow(7, 1, DAYS * DAY_NANOS / events, 1), events));
      final long start = System.nanoTime();
      engine.run(feed, ReplayPace.max());
      engine.finish();
      final long nanos = System.nanoTime() - start - feed.nanos();
      EngineStage.requireWhole(engine, events);
      hash = engine.report().journaled().stateHash();
      bytes = engine.report().journalBytes();
      line(
          "run",
          "%.1f ns an event, journal %.1f B an event, %,d snapshots",
          nanos / (double) events,
          bytes / (double) events,
          engine.report().snapshots());
    }
    replay("replay", journal, hash);
    final long start = System.nanoTime();
    final JournalCompression.Compressed compressed = JournalCompression.compress(journal);
    line(
        "compress",
        "%.0f MB/s, %.1f B an event",
        compressed.before() * 1e3 / (System.nanoTime() - start),
        compressed.after() / (double) events);
    replay("replay, compressed", journal, hash);
  }

  private void replay(final String name, final Path journal, final long hash) throws IOException {
    final long start = System.nanoTime();
    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay =
          new Replay(
              reader,
              BenchmarkSettings.map(TIERS, RESOLUTION_BPS),
              ClusterSettings.DEFAULT,
              settings.maxInstruments());
      replay.fromStart(Until.END);
      Checks.require(
          replay.matches() && replay.map().stateHash() == hash, name + ": the state differs");
    }
    line(
        name,
        "%.1f ns an event, the same state %s",
        (System.nanoTime() - start) / (double) events,
        Long.toHexString(hash));
  }

  private void line(final String name, final String format, final Object... values) {
    out.printf(Locale.ROOT, "%-20s%s%n", name, String.format(Locale.ROOT, format, values));
  }

  /** Prints rate and heap after each tenth. */
  private final class Watched extends ForwardedSource {
    private final StreamedFeed feed;
    private long sent;
    private long partStart = System.nanoTime();
    private long partFeedNanos;
    private long outside;
    private int part = 1;

    Watched(final StreamedFeed feed) {
      super(feed);
      this.feed = feed;
    }

    @Override
    public boolean nextBlock() throws IOException {
      if (sent >= part * events / PARTS) {
        final long now = System.nanoTime();
        final double nanos = now - partStart - (feed.nanos() - partFeedNanos);
        line(
            "  day " + part * DAYS / PARTS,
            "%.1f ns an event, heap %.1f MiB",
            nanos / (events / (double) PARTS),
            ScaleStage.heap());
        part++;
        partStart = System.nanoTime();
        partFeedNanos = feed.nanos();
        outside += partStart - now;
      }
      final boolean isMore = super.nextBlock();
      sent += StreamedFeed.BLOCK_EVENTS;
      return isMore;
    }

    long nanos() {
      return feed.nanos() + outside;
    }
  }
}
