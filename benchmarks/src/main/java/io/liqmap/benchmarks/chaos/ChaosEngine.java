package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An engine in a process of its own: resumes the journal, applies the merged feeds, and says on
 * stdout what it has acknowledged. A line ends with a full stop, so that half a line isn't one.
 */
final class ChaosEngine {
  static final String STARTED = "started";
  static final String ACKNOWLEDGED = "acknowledged";
  static final String FINISHED = "finished";
  static final String END = ".";

  /** Means no shared folder. */
  static final String NOWHERE = "-";

  private static final int FAILED = 1;
  private static final int ORPHANED = 9;
  private static final long LOOK = 1_000_000;
  private static final long FAILED_LOOKS = 200;

  private ChaosEngine() {}

  /** Arguments: journal, shared folder, clock, rate, shards, and the feeds. */
  public static void main(final String[] args) {
    try {
      final Thread parent = new Thread(ChaosEngine::endWithParent, "parent");
      parent.setDaemon(true);
      parent.start();
      final int code = run(args);
      if (code != 0) {
        System.exit(code);
      }
    } catch (final Exception e) {
      System.err.println(e);
      System.exit(FAILED);
    }
  }

  /** However the parent ends, its end of the pipe is closed. */
  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said.
      }
    } catch (final IOException e) {
      // The same.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private static int run(final String... args) throws Exception {
    final Path journal = Path.of(args[0]);
    final int shards = Integer.parseInt(args[4]);
    final List<Path> files = Arrays.stream(args).skip(5).map(Path::of).toList();
    final Outputs outputs =
        args[1].equals(NOWHERE)
            ? Outputs.NONE
            : Outputs.share(
                Path.of(args[1]),
                ChaosSettings.VIEW,
                ChaosSettings.EVENT_BYTES,
                shards,
                MapListener.NONE);
    final CountDownLatch closed = new CountDownLatch(1);
    try (ChaosFeeds feeds = ChaosFeeds.open(files);
        Engine engine =
            Engine.launch(
                ChaosSettings.pipelined(shards),
                journal,
                new ChaosClock(Path.of(args[2])),
                outputs)) {
      final TrickleFeed feed =
          new TrickleFeed(feeds.merged(), Double.parseDouble(args[3]), System.nanoTime());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine, closed), "stop"));
      feed.sendAtOnceTo(engine.recovered() == null ? 0 : engine.recovered().sequence());
      say(STARTED);
      final Thread reporter = new Thread(() -> report(engine), "reporter");
      reporter.setDaemon(true);
      reporter.start();
      engine.run(feed, ReplayPace.max());
      engine.finish();
      say(ACKNOWLEDGED + " " + engine.acknowledgedEvents());
      if (engine.journalFailure() != null) {
        System.err.println(engine.journalFailure().getMessage());
        return FAILED;
      }
      if (feed.hasEnded()) {
        say(FINISHED + " " + Long.toHexString(engine.map().stateHash()));
      }
      return 0;
    } finally {
      closed.countDown();
    }
  }

  private static void stop(final Engine engine, final CountDownLatch closed) {
    engine.stop();
    try {
      closed.await(1, TimeUnit.MINUTES);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports acknowledged events; stops the engine a while after the journal has failed. */
  private static void report(final Engine engine) {
    long reported = 0;
    for (long failed = 0; failed < FAILED_LOOKS; failed += engine.isJournaling() ? 0 : 1) {
      final long acknowledged = engine.acknowledgedEvents();
      if (acknowledged != reported) {
        say(ACKNOWLEDGED + " " + acknowledged);
        reported = acknowledged;
      }
      LockSupport.parkNanos(LOOK);
    }
    engine.stop();
  }

  private static void say(final String line) {
    System.out.println(line + " " + END);
    System.out.flush();
  }
}
