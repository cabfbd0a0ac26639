package io.liqmap.tools.command;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.replay.Recovered;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.SharingSettings;
import io.liqmap.engine.shared.counters.WatchedTime;
import io.liqmap.tools.answer.Advice;
import io.liqmap.tools.answer.RunAnswer;
import io.liqmap.tools.hashes.HashLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** An engine on one source, until that ends or a signal comes; then the summary. */
final class EngineRun {
  private static final long CLOSING_NANOS = 30_000_000_000L;

  private final CommandLine command;
  private final Path journal;
  private final Path share;
  private final boolean allowForeignWriters;
  private final long hashEvery;

  /** Null before the engine has recovered its journal, whose new folder has to be empty. */
  private volatile HashLog hashes;

  /**
   * Prepares a run.
   *
   * @param journal null for none
   * @param share null for none
   * @param hashEvery events between two hashes of the state; 0 for none
   */
  EngineRun(
      final CommandLine command,
      final Path journal,
      final Path share,
      final boolean allowForeignWriters,
      final long hashEvery) {
    if (hashEvery < 0) {
      throw new ParameterException(
          command, "--hash-every has to be a number of events, 1 or more, was " + hashEvery);
    }
    if (hashEvery > 0 && journal == null && share == null) {
      throw new ParameterException(
          command, "--hash-every writes to the --journal's or the --share's folder: name one");
    }
    this.hashEvery = hashEvery;
    this.command = command;
    this.journal = journal;
    this.share = share;
    this.allowForeignWriters = allowForeignWriters;
  }

  /** Opens the source, once the engine has recovered its journal. */
  interface Opening {
    BlockSource open(Engine engine) throws IOException;
  }

  /** Prints the summary of an engine that has finished. */
  interface Summary {
    void print(RunAnswer answer) throws IOException;
  }

  /** A path that isn't a folder is rejected later, with a better message. */
  void requireOwn(final Path folder) throws IOException {
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

  /** What other processes will see. */
  Outputs outputs(final SharingSettings sharing, final EngineSettings engine) throws IOException {
    if (hashEvery > 0 && engine.pipeline().shards() > 1) {
      throw new ParameterException(
          command,
          "--hash-every takes the hash of one map thread's state, and pipeline.shards is "
              + engine.pipeline().shards()
              + ": set it to 1");
    }
    final MapListener listener = hashEvery > 0 ? this::hash : MapListener.NONE;
    if (share == null) {
      return Outputs.to(listener);
    }
    try {
      return Outputs.share(
          share, sharing.view(engine), sharing.eventBytes(), engine.pipeline().shards(), listener);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(command, "--share: " + e.getMessage(), e);
    }
  }

  private void hash(final FeedEvent event, final MapState state) {
    final HashLog log = hashes;
    if (log != null) {
      log.onApplied(event, state);
    }
  }

  private void openHashes() throws IOException {
    if (hashEvery > 0) {
      hashes = HashLog.open((journal == null ? share : journal).resolve(HashLog.FILE), hashEvery);
    }
  }

  /** Runs it; returns the exit code. */
  int run(
      final EngineSettings settings,
      final Outputs outputs,
      final Opening opening,
      final ReplayPace pace,
      final Supplier<String> done,
      final Summary summary)
      throws IOException, EngineException {
    final CountDownLatch closed = new CountDownLatch(1);
    final long started = System.nanoTime();
    try (Engine engine = Engine.launch(settings, journal, outputs)) {
      warnOfDamage(engine.recovered());
      openHashes();
      final BlockSource source = opening.open(engine);
      final Thread onSignal = new Thread(() -> stop(engine, closed), "liqmap-stop");
      Runtime.getRuntime().addShutdownHook(onSignal);
      IOException broken = null;
      try (Progress progress = new Progress(command.getErr(), command.getCommandName(), done)) {
        progress.start();
        engine.run(source, pace);
      } catch (final IOException e) {
        broken = e;
      }
      engine.finish();
      summary.print(RunAnswer.of(engine, journal, System.nanoTime() - started));
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
      CloseHelper.close(hashes);
    }
  }

  /** Damage that the state doesn't depend on doesn't stop a run, but is reported. */
  private void warnOfDamage(final Recovered found) {
    if (found != null && found.damage() != null) {
      final PrintWriter err = command.getErr();
      err.println(
          "warning: the journal is resumed from a snapshot after damage: "
              + Advice.withCommands(found.damage()));
      err.flush();
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
}
