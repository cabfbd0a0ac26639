package io.liqmap.tools.command;

import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.journal.ExistingJournal;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.EngineReport;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.PacedSource;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.settings.WaitMode;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Lines;
import io.liqmap.tools.answer.MapAnswer;
import io.liqmap.tools.answer.MapTable;
import io.liqmap.tools.laboratory.Contest;
import io.liqmap.tools.laboratory.Findings;
import io.liqmap.tools.venue.Scenario;
import io.liqmap.tools.venue.Scenarios;
import io.liqmap.tools.venue.SimulatedVenue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap demo}: a simulated venue through the whole engine. */
@Command(
    name = "demo",
    description = {
      "Runs a simulated venue, whose true positions are known, through feed, ring, map and"
          + " journal.",
      "Prints the map, how fast it was made, and how it compares with the true positions and with"
          + " controls. Ends by itself."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int SIMULATED_SECONDS_PER_SECOND = 2 * 3_600;
  private static final int PACED_EVENTS_PER_SECOND = 20_000;
  private static final int PACED_RATE = 50_000;
  private static final int MAX_SECONDS = 600;
  private static final int DRAWS = 8;

  /** Dense, with everything a little; too dense for a laboratory. */
  public static final String SCENARIO = "mixed";

  /** One for the feed that keeps time, one for the map, one for the journal. */
  private static final int SPINNING_PROCESSORS = 3;

  private static final long START =
      Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;
  private static final long MAX_LATENCY = 10_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      paramLabel = "N",
      description =
          "About how long it takes, 1 to 600; two hours are simulated for each second (default:"
              + " ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Same seed, same market (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--scenario",
      defaultValue = SCENARIO,
      paramLabel = "NAME",
      description = "Market of config/laboratory.conf (default: ${DEFAULT-VALUE}).")
  private String scenario;

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      description = "Keep the journal here (default: it is removed at the end).")
  private Path journal;

  @Option(
      names = "--speed",
      defaultValue = "60",
      paramLabel = "FACTOR",
      description =
          "With --serve, times the simulated pace at which the last stretch is shown (default:"
              + " ${DEFAULT-VALUE}).")
  private double speed;

  @Mixin private final ServeOptions serve = new ServeOptions();

  private PrintWriter out;
  private EngineSettings settings;
  private SimulatedVenue venue;
  private Contest contest;

  @Override
  public Integer call() throws IOException, EngineException {
    if (seconds < 1 || seconds > MAX_SECONDS) {
      throw new ParameterException(
          spec.commandLine(), "--seconds has to be 1 to " + MAX_SECONDS + ", was " + seconds);
    }
    if (!(speed > 0 && speed < Double.POSITIVE_INFINITY)) {
      throw new ParameterException(
          spec.commandLine(), "--speed has to be a number above 0, was " + speed);
    }
    out = spec.commandLine().getOut();
    final LiqmapConfig config = LiqmapConfig.load(null, Home.config());
    final InstrumentDefinition definition = config.instruments().get(0);
    final Scenario market =
        scenario(spec.commandLine(), Scenarios.load(Home.laboratory()), scenario);
    settings = withSpinning(config.engine(), definition.venue(), market.forcedPerReported());
    final Dated<BracketTable> brackets = settings.map().brackets().of(definition.name());
    venue =
        new SimulatedVenue(
            seed, definition, brackets.value(brackets.indexAt(START)), START, market);
    contest = new Contest(settings, definition, market.forcedPerReported(), DRAWS, ~seed);
    final Path folder = Files.createTempDirectory("liqmap-demo");
    final Path kept = journal == null ? folder.resolve("journal") : journal;
    serve.require(kept);
    final SignalExit exit =
        serve.isWanted() ? SignalExit.on(spec.commandLine(), () -> remove(folder)) : null;
    try (serve) {
      final int code = run(folder, kept, definition.name().toString());
      if (exit != null) {
        exit.cancel();
      }
      return serve.await(code, () -> remove(folder));
    } finally {
      remove(folder);
    }
  }

  private static void remove(final Path folder) {
    IoUtil.delete(folder.toFile(), true);
  }

  /** A scenario, as a command's option names it. */
  static Scenario scenario(final CommandLine line, final Scenarios scenarios, final String name) {
    try {
      return scenarios.of(name);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(line, "--scenario: " + e.getMessage(), e);
    }
  }

  private int run(final Path folder, final Path kept, final String symbol)
      throws IOException, EngineException {
    final Path feed = folder.resolve("history.feed");
    if (ExistingJournal.isAt(kept)) {
      throw new JournalException(
          kept
              + ": holds a journal already, and the venue starts from the beginning; choose another folder");
    }
    final Path last = folder.resolve("last.feed");
    final long history = simulate(feed, last);
    final Histogram latency = new Histogram(MAX_LATENCY, 3);
    final EngineReport report;
    final double perSecond;
    try (FeedFileReader stretch = new FeedFileReader(last)) {
      final PacedSource paced = new PacedSource(stretch, PACED_RATE, DemoCommand::giveWay);
      final MapListener listener =
          (event, map) -> record(event, paced.due(event.sequence() - history), latency);
      try (Engine engine = Engine.launch(settings, kept, Outputs.to(listener))) {
        serve.start(kept, false);
        final long started = System.nanoTime();
        try (FeedFileReader reader = new FeedFileReader(feed)) {
          engine.run(reader, ReplayPace.max());
        }
        perSecond = history * 1e9 / (System.nanoTime() - started);
        latency.reset();
        if (serve.isWanted()) {
          engine.run(stretch, ReplayPace.times(speed));
          latency.reset();
        } else {
          engine.run(paced, ReplayPace.max());
        }
        engine.finish();
        report = engine.report();
        if (engine.journalFailure() != null) {
          throw engine.journalFailure();
        }
      }
    }
    try (JournalReplay opened = JournalReplay.open(kept)) {
      final Replay replay = opened.replay();
      replay.fromStart(Until.END);
      final MapWriter map = replay.map();
      MapTable.print(MapAnswer.of(map, map.maps().of(symbol), 0, Window.ALL, true), out);
      printSpeed(report, history, perSecond, latency);
      printComparison();
      return printJournal(report, replay);
    }
  }

  /**
   * Writes the history, and the last stretch that is sent at a fixed rate; events of the history.
   */
  private long simulate(final Path history, final Path last) throws IOException {
    final FeedEvent event = new FeedEvent();
    final long end = START + seconds * (long) SIMULATED_SECONDS_PER_SECOND * 1_000_000_000L;
    try (FeedFileWriter writer = new FeedFileWriter(history);
        FeedFileWriter lastWriter = new FeedFileWriter(last);
        Progress progress =
            new Progress(
                spec.commandLine().getErr(),
                "simulate",
                () -> (double) (venue.time() - START) / (end - START))) {
      progress.start();
      while (venue.time() < end) {
        venue.next(event);
        contest.onEvent(event);
        writer.write(event);
      }
      writer.complete();
      for (int i = 0; i < seconds * PACED_EVENTS_PER_SECOND; i++) {
        venue.next(event);
        contest.onEvent(event);
        lastWriter.write(event);
      }
      lastWriter.complete();
      return writer.events();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // On two processors the map and the journal need theirs.
  private static void giveWay() {
    Thread.yield();
  }

  private static void record(final FeedEvent event, final long due, final Histogram latency) {
    if (event.kind() != FeedEvent.NONE) {
      latency.recordValue(Math.min(MAX_LATENCY, Math.max(0, System.nanoTime() - due)));
    }
  }

  private static EngineSettings withSpinning(
      final EngineSettings configured, final String venue, final double forcedPerReported) {
    final PipelineSettings pipeline = configured.pipeline();
    final WaitMode wait =
        Runtime.getRuntime().availableProcessors() < SPINNING_PROCESSORS
            ? WaitMode.PARK
            : WaitMode.YIELD;
    final MapSettings map = configured.map();
    return new EngineSettings(
        configured.maxInstruments(),
        Contest.assuming(map, map.models(), venue, forcedPerReported),
        configured.levels(),
        configured.snapshotIntervalNanos(),
        new PipelineSettings(
            ThreadingMode.PIPELINED,
            pipeline.shards(),
            pipeline.ringSize(),
            pipeline.claim(),
            wait,
            false),
        configured.journal());
  }

  private void printSpeed(
      final EngineReport report,
      final long history,
      final double perSecond,
      final Histogram latency) {
    out.println();
    final Lines lines = new Lines(out, 13);
    lines.line(
        "speed",
        "%s events in a row: %s events/s through feed checks, ring, map and journal"
            + " (first run of a cold JVM)",
        Format.count(history),
        Format.count(Math.round(perSecond)));
    if (latency.getTotalCount() > 0) {
      lines.line(
          "latency",
          "%s events at %s/s, from the time each was due to the map, which waits by %s:"
              + " p50 %s, p90 %s, p99 %s, p99.9 %s, max %s%s",
          Format.count(latency.getTotalCount()),
          Format.count(PACED_RATE),
          settings.pipeline().waitMode(),
          micros(latency.getValueAtPercentile(50)),
          micros(latency.getValueAtPercentile(90)),
          micros(latency.getValueAtPercentile(99)),
          micros(latency.getValueAtPercentile(99.9)),
          micros(latency.getMaxValue()),
          settings.pipeline().waitMode() == WaitMode.PARK
              ? " (a parked thread has to wake up first: with free processors preset = latency"
                  + " spins instead)"
              : "");
    }
    lines.line(
        "venue",
        "liquidated %s long and %s short; the map swept %s and %s",
        Format.amount(report.journaled().observedLiquidationNotionalLong()),
        Format.amount(report.journaled().observedLiquidationNotionalShort()),
        Format.amount(report.journaled().sweptNotionalLong()),
        Format.amount(report.journaled().sweptNotionalShort()));
  }

  private static String micros(final long nanos) {
    return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
  }

  private void printComparison() {
    contest.compare(venue.truth());
    out.println();
    final Lines lines = new Lines(out, 13);
    lines.text(
        0,
        "The maps beside the true positions, which only a simulation knows: error of the"
            + " cumulative quantity outward from mark, 0 is exact, 1 an empty map; shape: how far"
            + " it would have to be moved, %% of mark; expected: liquidations over those that"
            + " were, so far. Of %d random profiles the median.",
        DRAWS);
    out.printf(
        "%-20s %16s %17s %9s %14s %14s%n",
        "", "error within 3 %", "error within 10 %", "shape, %", "expected long", "short");
    for (final Findings.Model model : Findings.models(contest.scores(venue.truth()))) {
      out.printf(
          Locale.ROOT,
          "%-20s %16.2f %17.2f %9.2f %14.2f %14.2f%n",
          model.name(),
          model.within3().median(),
          model.within10().median(),
          model.shape().median(),
          model.expectedLong().median(),
          model.expectedShort().median());
    }
  }

  private int printJournal(final EngineReport report, final Replay replay) {
    out.println();
    out.printf(
        "journal      %s events in %s bytes, %s snapshots; replayed: %s%n",
        Format.count(report.journaled().events()),
        Format.count(report.journalBytes()),
        Format.count(report.snapshots()),
        replay.matches()
            ? "the same state " + Format.hash(replay.map().stateHash())
            : "ANOTHER STATE");
    if (journal != null) {
      out.printf(
          "             kept in %s; try 'liqmap map --journal %s --at …'%n", journal, journal);
    }
    out.flush();
    return replay.matches() ? ExitCodes.DONE : ExitCodes.FAILED;
  }
}
