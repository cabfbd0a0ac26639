package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.MergedFeed;
import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.EngineReport;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.replay.Recovered;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.counters.WatchedTime;
import io.liqmap.tools.config.LiqmapConfig;
import io.liqmap.tools.config.SharingSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap run}: the engine over one feed or several. */
@Command(
    name = "run",
    description = {
      "Runs the engine over a feed and journals it; several feeds are merged by time.",
      "Ctrl-C ends the run cleanly: what was taken in stays journaled.",
      "Resumes an existing journal and skips the messages of the feed that it holds: the feed has",
      "to be the journal's own, or to begin behind its end. The order of feeds doesn't matter."
    })
public final class RunCommand implements Callable<Integer> {
  private static final long CLOSING_NANOS = 30_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--feed",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Feed files.")
  private List<Path> feeds;

  @Option(
      names = "--journal",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the journal: new, empty, or with a journal to go on with.")
  private Path journal;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over config/engine.conf.")
  private Path config;

  @Option(
      names = "--speed",
      defaultValue = "max",
      paramLabel = "max|FACTOR",
      description =
          "As fast as can be, or a multiple of the pace at which it happened (default: ${DEFAULT-VALUE}).")
  private String speed;

  @Option(
      names = "--mode",
      paramLabel = "inline|pipelined",
      description = "Threads (default: as configured).")
  private ThreadingMode mode;

  @Option(
      names = "--share",
      paramLabel = "DIR",
      description =
          "Folder in which other processes find the view and the events, better in memory: /dev/shm/liqmap.")
  private Path share;

  @Option(
      names = "--allow-foreign-writers",
      description =
          "Write to folders that other users may write to as well; they could replace what is written.")
  private boolean allowForeignWriters;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, EngineException {
    final ReplayPace pace = pace();
    final LiqmapConfig loaded = LiqmapConfig.load(config, Home.config());
    final EngineSettings settings = (mode == null ? loaded : loaded.withMode(mode)).engine();
    final List<FeedFileReader> readers = new ArrayList<>();
    try {
      requireFeeds();
      for (final Path feed : feeds) {
        readers.add(new FeedFileReader(feed));
      }
      requireOwn(journal);
      requireOwn(share);
      final BlockSource source = readers.size() == 1 ? readers.get(0) : new MergedFeed(readers);
      return run(settings, outputs(loaded.sharing(), settings), source, readers, pace);
    } finally {
      for (final FeedFileReader reader : readers) {
        reader.close();
      }
    }
  }

  /** What is no folder is refused later, by what it is. */
  private void requireOwn(final Path folder) throws IOException {
    if (allowForeignWriters
        || folder == null
        || (Files.exists(folder) && !Files.isDirectory(folder))) {
      return;
    }
    try {
      FolderAccess.requireOwn(folder);
    } catch (final FileSystemException e) {
      if (e.getReason() == null) {
        throw e;
      }
      throw new IOException(
          folder
              + ": "
              + e.getReason()
              + "; take a folder of your own (chmod go-w), or add --allow-foreign-writers",
          e);
    }
  }

  private Outputs outputs(final SharingSettings sharing, final EngineSettings engine)
      throws IOException {
    if (share == null) {
      return Outputs.NONE;
    }
    try {
      return Outputs.share(
          share,
          sharing.view(engine),
          sharing.eventBytes(),
          engine.pipeline().shards(),
          MapListener.NONE);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--share: " + e.getMessage(), e);
    }
  }

  private int run(
      final EngineSettings settings,
      final Outputs outputs,
      final BlockSource source,
      final List<FeedFileReader> readers,
      final ReplayPace pace)
      throws IOException, EngineException {
    final CountDownLatch closed = new CountDownLatch(1);
    final long started = System.nanoTime();
    try (Engine engine = Engine.launch(settings, journal, outputs)) {
      warnOfDamage(engine.recovered());
      final Thread onSignal = new Thread(() -> stop(engine, closed), "liqmap-stop");
      Runtime.getRuntime().addShutdownHook(onSignal);
      IOException broken = null;
      try (Progress progress = new Progress(err(), "run", () -> progress(readers))) {
        progress.start();
        engine.run(source, pace);
      } catch (final IOException e) {
        broken = e;
      }
      engine.finish();
      print(engine, System.nanoTime() - started);
      closed.countDown();
      removeHook(onSignal);
      if (broken != null) {
        throw broken;
      }
      if (engine.journalFailure() != null) {
        throw engine.journalFailure();
      }
      return ExitCodes.DONE;
    } finally {
      closed.countDown();
    }
  }

  /** Damage that the state doesn't depend on is no reason not to run, but it has to be known. */
  private void warnOfDamage(final Recovered found) {
    if (found != null && found.damage() != null) {
      err()
          .println(
              "warning: the journal is resumed from a snapshot behind damage: " + found.damage());
      err().flush();
    }
  }

  private static void stop(final Engine engine, final CountDownLatch closed) {
    engine.stop();
    final WatchedTime waited = new WatchedTime();
    try {
      while (!closed.await(5, TimeUnit.MILLISECONDS) && waited.nanos() < CLOSING_NANOS) {
        // A paused process isn't one that can't end.
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(final Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // The JVM is on its way down already: the hook waits for us.
    }
  }

  private void print(final Engine engine, final long elapsed) throws IOException {
    final EngineReport report = engine.report();
    final RunReport common =
        new RunReport(
            report.instruments(),
            engine.map().firstTime(),
            report.journaled(),
            report.snapshots(),
            elapsed,
            report.journaled().events() - heldEvents(engine));
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      final JsonGenerator generator = Json.on(out);
      generator.writeStartObject();
      common.writeTo(generator);
      generator.writeNumberField("missing", report.missing());
      generator.writeNumberField("duplicates", report.duplicates());
      generator.writeNumberField("reordered", report.reordered());
      generator.writeNumberField("unknown", report.unknown());
      generator.writeNumberField("snapshotsSkipped", report.snapshotsSkipped());
      generator.writeNumberField("snapshotsTooLarge", report.snapshotsTooLarge());
      generator.writeNumberField("journalBytes", report.journalBytes());
      generator.writeNumberField("backPressure", report.backPressure());
      generator.writeBooleanField("journaled", engine.journalFailure() == null);
      generator.writeNumberField("acknowledgedEvents", engine.acknowledgedEvents());
      writeAppeared(generator, engine.map());
      writeRecovered(generator, engine);
      generator.writeEndObject();
      generator.close();
      out.println();
    } else {
      common.print(out);
      printAppeared(out, engine.map());
      printRecovered(out, engine);
      out.printf(
          "faults        %s missing, %s duplicate, %s reordered, %s unknown%n",
          Format.count(report.missing()),
          Format.count(report.duplicates()),
          Format.count(report.reordered()),
          Format.count(report.unknown()));
      out.printf(
          "journal       %s, %s bytes%s%s%s%n",
          journal,
          Format.count(report.journalBytes()),
          snapshots(report.snapshotsSkipped(), "passed by while it was behind"),
          snapshots(report.snapshotsTooLarge(), "too large for it: a replay starts farther back"),
          engine.journalFailure() == null ? "" : ", ENDED BEFORE ITS TIME");
    }
    out.flush();
  }

  private static long heldEvents(final Engine engine) {
    return engine.recovered() == null ? 0 : engine.recovered().events();
  }

  private static void writeRecovered(final JsonGenerator generator, final Engine engine)
      throws IOException {
    final Recovered found = engine.recovered();
    if (found == null) {
      return;
    }
    generator.writeObjectFieldStart("recovered");
    generator.writeNumberField("events", found.events());
    generator.writeNumberField("sequence", found.sequence());
    generator.writeNumberField("snapshotEvents", found.snapshotEvents());
    generator.writeNumberField("replayedEvents", found.replayed());
    generator.writeNumberField("unacknowledgedDocuments", found.unacknowledged());
    generator.writeNumberField("lostDocuments", found.lostDocuments());
    generator.writeNumberField("seconds", Json.plain(found.nanos() / 1e9));
    generator.writeNumberField("passedOver", engine.passedOver());
    generator.writeNumberField("unreadEvents", found.unread());
    if (found.damage() != null) {
      generator.writeStringField("damage", found.damage());
    }
    generator.writeEndObject();
  }

  /** Instruments that the feed defined later than its first event. */
  private static void writeAppeared(final JsonGenerator generator, final MapWriter map)
      throws IOException {
    generator.writeArrayFieldStart("appearedLater");
    for (int id = 0; id < map.maps().capacity(); id++) {
      if (map.definedSince(id) > map.firstTime()) {
        generator.writeStartObject();
        generator.writeStringField("instrument", map.maps().of(id).instrument().symbol());
        generator.writeStringField("time", Moment.print(map.definedSince(id)));
        generator.writeNumberField("sequence", map.definedAt(id));
        generator.writeEndObject();
      }
    }
    generator.writeEndArray();
  }

  private static void printAppeared(final PrintWriter out, final MapWriter map) {
    for (int id = 0; id < map.maps().capacity(); id++) {
      if (map.definedSince(id) > map.firstTime()) {
        out.printf(
            Locale.ROOT,
            "appeared      %s at %s, sequence %d%n",
            map.maps().of(id).instrument().symbol(),
            Moment.print(map.definedSince(id)),
            map.definedAt(id));
      }
    }
  }

  private static void printRecovered(final PrintWriter out, final Engine engine) {
    final Recovered found = engine.recovered();
    if (found != null) {
      out.printf(
          Locale.ROOT,
          "recovered     %s events in %.3f s, %s of them applied again%s; %s messages of the feed skipped%s%n",
          Format.count(found.events()),
          found.nanos() / 1e9,
          Format.count(found.replayed()),
          found.snapshotEvents() == 0 ? "" : " behind a snapshot",
          Format.count(engine.passedOver()),
          found.unread() == 0
              ? ""
              : "; "
                  + Format.count(found.unread())
                  + " events before weren't read, 'liqmap verify' reads them");
    }
    if (found != null && found.lostDocuments() > 0) {
      out.printf(
          "power loss    %s acknowledged documents weren't on the disk when the machine went down; what they held has to come from the feed again%n",
          Format.count(found.lostDocuments()));
    }
  }

  private static String snapshots(final long count, final String what) {
    return count == 0 ? "" : ", " + Format.count(count) + " snapshots " + what;
  }

  /**
   * A mistyped option behind --feed looks like one feed more; the same feed twice would count every
   * trade twice.
   */
  private void requireFeeds() throws IOException {
    final Set<Path> seen = new HashSet<>();
    for (final Path feed : feeds) {
      if (feed.toString().startsWith("-") && !Files.exists(feed)) {
        throw new ParameterException(spec.commandLine(), "Unknown option: '" + feed + "'");
      }
      if (!seen.add(feed.toRealPath())) {
        throw new ParameterException(
            spec.commandLine(), "--feed " + feed + " is given twice; its events would count twice");
      }
    }
  }

  private ReplayPace pace() {
    if (speed.equals("max")) {
      return ReplayPace.max();
    }
    try {
      return ReplayPace.times(Double.parseDouble(speed));
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--speed has to be 'max' or a number above 0, was '" + speed + "'",
          e);
    }
  }

  private static double progress(final List<FeedFileReader> readers) {
    double read = 0;
    double size = 0;
    for (final FeedFileReader reader : readers) {
      read += reader.position();
      size += reader.size();
    }
    return read / size;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
