package io.liqmap.tools.command;

import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.pipeline.WarmUp;
import io.liqmap.engine.replay.Recovered;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.settings.SharingSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.counters.WatchedTime;
import io.liqmap.tools.answer.Advice;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.RunAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
      "Runs the engine over a feed and journals it; several feed files are merged by time.",
      "A live feed is read as it arrives and takes no other beside it: - (standard",
      "input), a FIFO, unix:PATH or tcp:HOST:PORT, where the engine listens, or",
      "ring:PATH, a ring in shared memory for writers in other processes (16 MiB;",
      "ring:PATH?64m for another power of two).",
      "Ctrl-C ends the run cleanly: accepted events stay journaled.",
      "Resumes an existing journal and skips messages already journaled: the feed has to be the",
      "journal's own, or to start after its end. The order of feeds doesn't matter."
    })
public final class RunCommand implements Callable<Integer> {
  private static final String MAX = "max";
  private static final long CLOSING_NANOS = 30_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--feed",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      converter = FeedConverter.class,
      description = "Feed files, or one live feed: -, FIFO, unix:PATH, tcp:HOST:PORT, ring:PATH.")
  private List<String> feeds;

  @Option(
      names = "--journal",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the journal: new, empty, or with a journal to resume.")
  private Path journal;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over config/engine.conf.")
  private Path config;

  @Option(
      names = "--speed",
      defaultValue = MAX,
      paramLabel = "max|FACTOR",
      description =
          "As fast as possible, or a multiple of the recorded pace (default: ${DEFAULT-VALUE}).")
  private String speed;

  @Option(
      names = "--warm-up",
      negatable = true,
      description =
          "Half a second of made-up events through a map of its own first, so that the feed's first"
              + " events find compiled code (default: with --speed FACTOR; at full speed it takes what"
              + " it saves).")
  private Boolean warmUp;

  @Option(
      names = "--mode",
      paramLabel = "inline|pipelined",
      description = "Threads (default: as configured).")
  private ThreadingMode mode;

  @Option(
      names = "--share",
      paramLabel = "DIR",
      description =
          "Folder for the view and events that other processes read, best in memory: /dev/shm/liqmap.")
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
    final EngineSettings settings = mode == null ? loaded.engine() : loaded.engine().withMode(mode);
    requireOwn(Feeds.folder(feeds));
    try (Feeds opened = Feeds.open(feeds, spec.commandLine(), this::report)) {
      requireOwn(journal);
      requireOwn(share);
      return run(settings, outputs(loaded.sharing(), settings), opened, pace);
    }
  }

  private void report(final String line) {
    err().println(Format.printable(line));
    err().flush();
  }

  /** A path that isn't a folder is rejected later, with a better message. */
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
              + "; use a folder of your own (chmod go-w), or add --allow-foreign-writers",
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
      final Feeds opened,
      final ReplayPace pace)
      throws IOException, EngineException {
    if (warmUp == null ? !speed.equals(MAX) : warmUp) {
      WarmUp.run(settings, WarmUp.EVENTS);
    }
    final CountDownLatch closed = new CountDownLatch(1);
    final long started = System.nanoTime();
    try (Engine engine = Engine.launch(settings, journal, outputs)) {
      warnOfDamage(engine.recovered());
      final Thread onSignal = new Thread(() -> stop(engine, closed), "liqmap-stop");
      Runtime.getRuntime().addShutdownHook(onSignal);
      IOException broken = null;
      try (Progress progress = new Progress(err(), "run", opened::progress)) {
        progress.start();
        engine.run(opened.source(), pace);
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

  /** Damage that the state doesn't depend on doesn't stop a run, but is reported. */
  private void warnOfDamage(final Recovered found) {
    if (found != null && found.damage() != null) {
      err()
          .println(
              "warning: the journal is resumed from a snapshot after damage: "
                  + Advice.withCommands(found.damage()));
      err().flush();
    }
  }

  private static void stop(final Engine engine, final CountDownLatch closed) {
    engine.stop();
    final WatchedTime waited = new WatchedTime();
    try {
      while (!closed.await(5, TimeUnit.MILLISECONDS) && waited.nanos() < CLOSING_NANOS) {
        // WatchedTime doesn't count while the process is paused.
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(final Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException e) {
      // The JVM is shutting down: the hook waits for this thread.
    }
  }

  private void print(final Engine engine, final long elapsed) throws IOException {
    final RunAnswer answer = RunAnswer.of(engine, journal, elapsed);
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      answer.print(spec.commandLine().getOut());
    }
  }

  private ReplayPace pace() {
    if (speed.equals(MAX)) {
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

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
