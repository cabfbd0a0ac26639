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

/** Injects faults into one engine until it ends. One thread. */
final class FaultInjector {
  private static final long MAX_WAIT_MILLIS = 2_500;
  private static final long POLL_MILLIS = 20;
  private static final int EARLY_ONE_IN = 4;
  private static final long EXIT_TIMEOUT_MILLIS = 120_000;
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
  private Fault end;
  private long before;

  /** No fault is injected after the deadline, a {@link System#nanoTime}. */
  FaultInjector(
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
   * Injects faults until the engine has ended.
   *
   * @param acknowledged events by the engines before it
   * @return whether it ended as the last fault explains
   */
  boolean inject(final EngineProcess engine, final long acknowledged)
      throws IOException, InterruptedException {
    final long began = System.nanoTime();
    end = null;
    before = acknowledged;
    final boolean mayComeEarly = random.nextInt(EARLY_ONE_IN) == 0;
    while (!mayComeEarly && !engine.hasStarted() && !engine.await(POLL_MILLIS)) {
      // Most engines apply some events before the first fault, however slow the machine is.
    }
    while (!engine.await(random.nextLong(1, MAX_WAIT_MILLIS))) {
      if (deadline - began < 0) {
        continue;
      }
      if (deadline - System.nanoTime() < 0) {
        // The next engine applies the rest unpaced.
        end = Fault.STOP;
        engine.stop();
      } else {
        injectOne(engine);
      }
      if (end != null && !engine.await(EXIT_TIMEOUT_MILLIS)) {
        report.fail("an engine that was " + end.words() + " hasn't ended after two minutes");
        return false;
      }
    }
    return endedAsExpected(engine);
  }

  private boolean endedAsExpected(final EngineProcess engine) throws IOException {
    final int code = engine.exitCode();
    final boolean isRight =
        (code == 0 && engine.hash() != null)
            || (end == Fault.KILL && code == KILLED)
            || (end == Fault.STOP && (code == TERMINATED || code == 0))
            || (end == Fault.DISK && code == 1);
    if (!isRight) {
      report.fail(
          String.format(
              Locale.ROOT,
              "an engine ended with exit code %d%s: %s",
              code,
              end == null ? " by itself" : ", " + end.words(),
              engine.errors()));
    }
    return isRight;
  }

  private void injectOne(final EngineProcess engine) throws IOException, InterruptedException {
    final Fault drawn = Fault.draw(random);
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
    report.injected(drawn);
  }

  private void pause(final EngineProcess engine) throws IOException, InterruptedException {
    final boolean isLong = place.mayPauseLong() && random.nextInt(ONE_LONG_PAUSE_IN) == 0;
    if (engine.signal("STOP")) {
      sleep(isLong ? random.nextLong(31_000, 34_000) : random.nextLong(2_200, 3_500));
      engine.signal("CONT");
      report.injected(isLong ? Fault.LONG_PAUSE : Fault.PAUSE);
    }
  }

  /** Keeps less space free than the journal requires, or none. */
  private boolean fillDisk(final EngineProcess engine) throws IOException, InterruptedException {
    if (!place.disk().canBeFilled()) {
      return false;
    }
    if (!place.disk().fill(random.nextBoolean() ? 0 : 8L << 20)) {
      place.disk().free();
      return false;
    }
    end = engine.await(random.nextLong(3_000, 9_000)) ? Fault.DISK : null;
    place.disk().free();
    // A failed journal stays failed when space is free again.
    if (end == null && engine.await(1_000)) {
      end = Fault.DISK;
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
      report.fail("copying the journal failed: " + e);
      return true;
    }
    audit.verify(copy, "a copy of the journal", acknowledged);
    return true;
  }

  /** Removes the lock as a clean-up script might; a second engine must still refuse to start. */
  private boolean removeLock(final EngineProcess engine) throws IOException, InterruptedException {
    if (!engine.hasStarted()) {
      return false;
    }
    Files.deleteIfExists(place.journal().resolve("liqmap.lock"));
    final List<String> arguments = new ArrayList<>(place.arguments(1_000, 1));
    arguments.set(1, ChaosEngine.NOWHERE);
    try (EngineProcess other = EngineProcess.start(arguments, place.errors("second"))) {
      if (!other.await(EXIT_TIMEOUT_MILLIS)) {
        if (engine.isAlive()) {
          report.fail("a second engine runs on the journal of the first");
        } else {
          other.kill();
          other.await(EXIT_TIMEOUT_MILLIS);
        }
      } else if (engine.isAlive()
          && (other.exitCode() != 1 || !other.errors().contains("another engine"))) {
        report.fail(
            "a second engine ended with exit code " + other.exitCode() + ": " + other.errors());
      }
      before = Math.max(before, other.acknowledged());
    }
    return true;
  }

  /** Events that engines have acknowledged so far. */
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
