package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.shared.events.EventStreamReader;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that read an engine's view and events, fall asleep now and then, and check all they read.
 */
final class SlowReaders {
  private static final int NAP_EVERY = 300;
  private static final long LOOK = 500_000;
  private static final long LONGEST_NAP = 2_000_000_000L;
  private static final int POLL = 512;

  private final EngineProcess engine;
  private final ChaosReport report;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean hasToEnd;

  /** Starts them; they wait for the engine to start, and end with it. */
  SlowReaders(
      final EngineProcess engine,
      final Path shared,
      final int shards,
      final long seed,
      final ChaosReport report) {
    this.engine = engine;
    this.report = report;
    start("view", seed, (random) -> readView(shared.resolve(Outputs.VIEW_FILE), random));
    for (int i = 0; i < shards; i++) {
      final Path events = shared.resolve(Outputs.eventsFile(i, shards));
      start("events", seed + 1 + i, (random) -> readEvents(events, random));
    }
  }

  @FunctionalInterface
  private interface Reading {
    void read(SplittableRandom random) throws IOException;
  }

  private void start(final String what, final long seed, final Reading reading) {
    final Thread thread =
        new Thread(
            () -> {
              try {
                if (awaitStart()) {
                  reading.read(new SplittableRandom(seed));
                }
              } catch (final IOException | RuntimeException e) {
                report.fail("a reader of the " + what + " failed: " + e);
              }
            },
            "chaos-" + what);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private boolean awaitStart() {
    while (isReading() && !engine.hasStarted()) {
      LockSupport.parkNanos(LOOK);
    }
    return isReading();
  }

  private boolean isReading() {
    return !hasToEnd && engine.isAlive();
  }

  private void readView(final Path file, final SplittableRandom random) throws IOException {
    long states = 0;
    long naps = 0;
    try (ViewMemory memory = ViewMemory.open(file)) {
      final StateCheck[] checks = new StateCheck[ChaosSettings.INSTRUMENTS];
      for (int i = 0; i < checks.length; i++) {
        checks[i] = new StateCheck(new ViewReader(memory, i), i);
      }
      while (isReading()) {
        for (final StateCheck check : checks) {
          final String flaw = check.refresh();
          if (flaw != null) {
            report.fail(flaw);
            return;
          }
        }
        naps += rest(random);
      }
      for (final StateCheck check : checks) {
        states += check.states();
      }
    } finally {
      report.read(states, 0, naps);
    }
  }

  private void readEvents(final Path file, final SplittableRandom random) throws IOException {
    long naps = 0;
    final EventCheck check = new EventCheck();
    try (EventStreamReader reader = EventStreamReader.open(file)) {
      while (isReading() && check.flaw() == null) {
        final long lapped = reader.lapped();
        reader.poll((buffer, offset, length) -> check.on(buffer, offset, reader.lapped()), POLL);
        naps += reader.lapped() == lapped ? rest(random) : 0;
      }
      if (check.flaw() != null) {
        report.fail(check.flaw());
      }
    } finally {
      report.read(0, check.events(), naps);
    }
  }

  private int rest(final SplittableRandom random) {
    if (random.nextInt(NAP_EVERY) == 0) {
      LockSupport.parkNanos(random.nextLong(LONGEST_NAP));
      return 1;
    }
    LockSupport.parkNanos(LOOK);
    return 0;
  }

  void end() {
    hasToEnd = true;
    boolean isInterrupted = false;
    for (final Thread thread : threads) {
      LockSupport.unpark(thread);
      try {
        thread.join();
      } catch (final InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
