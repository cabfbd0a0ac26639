package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.journal.JournalCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Disturbs one engine until it ends. One thread. */
final class Storm {
  private static final long LONGEST_LULL = 2_500;
  private static final long LOOK_MILLIS = 20;
  private static final int EARLY_ONE_IN = 4;
  private static final long END_MILLIS = 120_000;
  private static final long DAY_AND_A_HALF = 36L * 3_600_000;
  private static final long MILLION = 1_000_000L;
  private static final int KILLED = 128 + 9;
  private static final int TERMINATED = 128 + 15;
  private static final int ONE_LONG_PAUSE_IN = 12;

  private final ChaosPlace place;
  private final SplittableRandom random;
  private final ChaosReport report;
  private final JournalAudit audit;
  private final long deadline;
  private Disturbance end;
  private long before;

  /**
   * Gathers.
   *
   * @param deadline {@link System#nanoTime} from which on nothing is disturbed any more
   */
  Storm(
      final ChaosPlace place,
      final SplittableRandom random,
      final ChaosReport report,
      final long deadline) {
    this.place = place;
    this.random = random;
    this.report = report;
    this.deadline = deadline;
    audit = new JournalAudit(report);
  }

  /**
   * Disturbs an engine until it has ended, one way or the other.
   *
   * @param acknowledged events by the engines before it
   * @return whether it has ended as it should
   */
  boolean over(final EngineProcess engine, final long acknowledged)
      throws IOException, InterruptedException {
    final long began = System.nanoTime();
    end = null;
    before = acknowledged;
    final boolean mayComeEarly = random.nextInt(EARLY_ONE_IN) == 0;
    while (!mayComeEarly && !engine.hasStarted() && !engine.await(LOOK_MILLIS)) {
      // Most engines get as far as taking something in, however slow the machine is.
    }
    while (!engine.await(random.nextLong(1, LONGEST_LULL))) {
      if (deadline - began < 0) {
        continue;
      }
      if (deadline - System.nanoTime() < 0) {
        // The rest is taken in without a pace by the next one.
        end = Disturbance.STOP;
        engine.stop();
      } else {
        disturb(engine);
      }
      if (end != null && !engine.await(END_MILLIS)) {
        report.fault("an engine that was " + end.words() + " hasn't ended after two minutes");
        return false;
      }
    }
    return hasEndedRightly(engine);
  }

  private boolean hasEndedRightly(final EngineProcess engine) throws IOException {
    final int code = engine.exitCode();
    final boolean isRight =
        (code == 0 && engine.hash() != null)
            || (end == Disturbance.KILL && code == KILLED)
            || (end == Disturbance.STOP && (code == TERMINATED || code == 0))
            || (end == Disturbance.DISK && code == 1);
    if (!isRight) {
      report.fault(
          String.format(
              Locale.ROOT,
              "an engine ended with exit code %d%s: %s",
              code,
              end == null ? " by itself" : ", " + end.words(),
              engine.errors()));
    }
    return isRight;
  }

  private void disturb(final EngineProcess engine) throws IOException, InterruptedException {
    final Disturbance drawn = Disturbance.draw(random);
    switch (drawn) {
      case KILL -> {
        end = drawn;
        engine.kill();
      }
      case STOP -> {
        end = drawn;
        engine.stop();
      }
      case PAUSE, LONG_PAUSE -> {
        pause(engine);
        return;
      }
      case CLOCK -> place.clock().step(random.nextLong(-DAY_AND_A_HALF, DAY_AND_A_HALF));
      case DISK -> {
        if (!fillDisk(engine)) {
          return;
        }
      }
      case COPY -> {
        if (!copy(engine)) {
          return;
        }
      }
      case LOCK -> {
        if (!removeLock(engine)) {
          return;
        }
      }
    }
    report.disturbed(drawn);
  }

  private void pause(final EngineProcess engine) throws IOException, InterruptedException {
    final boolean isLong = place.mayPauseLong() && random.nextInt(ONE_LONG_PAUSE_IN) == 0;
    if (engine.signal("STOP")) {
      sleep(isLong ? random.nextLong(31_000, 34_000) : random.nextLong(2_200, 3_500));
      engine.signal("CONT");
      report.disturbed(isLong ? Disturbance.LONG_PAUSE : Disturbance.PAUSE);
    }
  }

  /** Either less is left than the journal wants, or nothing. */
  private boolean fillDisk(final EngineProcess engine) throws IOException, InterruptedException {
    if (!place.disk().canBeFilled()) {
      return false;
    }
    if (!place.disk().fill(random.nextBoolean() ? 0 : 8L << 20)) {
      place.disk().free();
      return false;
    }
    end = engine.await(random.nextLong(3_000, 9_000)) ? Disturbance.DISK : null;
    place.disk().free();
    // Space that is free again doesn't bring a journal back that has failed already.
    if (end == null && engine.await(1_000)) {
      end = Disturbance.DISK;
    }
    return true;
  }

  private boolean copy(final EngineProcess engine) throws IOException, InterruptedException {
    final long acknowledged = Math.max(before, engine.acknowledged());
    if (acknowledged == 0) {
      return false;
    }
    final Path copy = place.nextCopy();
    try {
      JournalCopy.copy(place.journal(), copy);
    } catch (final IOException e) {
      report.fault("the journal can't be copied: " + e);
      return true;
    }
    audit.verify(copy, "a copy of the journal", acknowledged);
    return true;
  }

  /** Scripts remove locks that they take for left over. The other engine has to refuse. */
  private boolean removeLock(final EngineProcess engine) throws IOException, InterruptedException {
    if (!engine.hasStarted()) {
      return false;
    }
    Files.deleteIfExists(place.journal().resolve("liqmap.lock"));
    final List<String> arguments = new ArrayList<>(place.arguments(1_000, 1));
    arguments.set(1, ChaosEngine.NOWHERE);
    try (EngineProcess other = EngineProcess.start(arguments, place.errors("second"))) {
      if (!other.await(END_MILLIS)) {
        if (engine.isAlive()) {
          report.fault("a second engine runs on the journal of the first");
        } else {
          other.kill();
          other.await(END_MILLIS);
        }
      } else if (engine.isAlive()
          && (other.exitCode() != 1 || !other.errors().contains("another engine"))) {
        report.fault(
            "a second engine ended with exit code " + other.exitCode() + ": " + other.errors());
      }
      before = Math.max(before, other.acknowledged());
    }
    return true;
  }

  /** What engines have acknowledged so far. */
  long acknowledged(final EngineProcess engine) {
    return Math.max(before, engine.acknowledged());
  }

  private static void sleep(final long millis) {
    final long until = System.nanoTime() + millis * MILLION;
    while (until - System.nanoTime() > 0) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }
}
