package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** The same feeds twice, without and with injected faults: both must end in the same state. */
final class ChaosPass {
  private static final double[] RATES = {5_000, 12_000, 30_000};
  private static final double FAST = 1_000_000;

  private final ChaosPlace place;
  private final SplittableRandom random;
  private final ChaosReport report = new ChaosReport();
  private final JournalAudit audit = new JournalAudit(report);
  private final long deadline;
  private String expected;

  /** No fault is injected after the deadline, a {@link System#nanoTime}. */
  ChaosPass(final ChaosPlace place, final long seed, final long deadline) {
    this.place = place;
    random = new SplittableRandom(seed);
    this.deadline = deadline;
  }

  ChaosReport run() throws IOException, EngineException, InterruptedException {
    expected = runWithoutFaults(null);
    final FaultInjector injector = new FaultInjector(place, random, report, deadline);
    long acknowledged = 0;
    String hash = null;
    while (hash == null && report.failures().isEmpty()) {
      final boolean isLate = deadline - System.nanoTime() < 0;
      final double rate = isLate ? FAST : RATES[random.nextInt(RATES.length)];
      final int shards = random.nextInt(1, 3);
      try (EngineProcess engine =
          EngineProcess.start(place.arguments(rate, shards), place.errors("engine"))) {
        final SlowReaders readers =
            new SlowReaders(engine, place.shared(), shards, random.nextLong(), report);
        try {
          injector.inject(engine, acknowledged);
        } finally {
          readers.end();
        }
        hash = engine.hash();
        acknowledged = injector.acknowledged(engine);
      }
      audit.verify(place.journal(), "the journal", acknowledged);
      if (hash == null) {
        report.resumed();
      }
    }
    if (report.failures().isEmpty()) {
      audit.compare("the run with faults", expected, hash);
      audit.replay(place.journal(), expected);
      resumeCopy();
    }
    report.passed(acknowledged);
    return report;
  }

  /** A copy made during the run must resume to the same state. */
  private void resumeCopy() throws IOException, EngineException {
    final Path copy = place.lastCopy();
    if (Files.exists(copy)) {
      audit.compare("a copy of the journal that was resumed", expected, runWithoutFaults(copy));
    }
  }

  /** State hash of an engine without faults; the journal may be null. */
  private String runWithoutFaults(final Path journal) throws IOException, EngineException {
    try (ChaosFeeds feeds = ChaosFeeds.open(place.feeds());
        Engine engine =
            Engine.launch(ChaosSettings.inline(), journal, place.clock(), Outputs.NONE)) {
      engine.run(feeds.merged(), ReplayPace.max());
      engine.finish();
      return Long.toHexString(engine.map().stateHash());
    }
  }

  String expected() {
    return expected;
  }
}
