package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** The same feeds twice: once in calm, and once through the storm to the same state. */
final class ChaosPass {
  private static final double[] RATES = {5_000, 12_000, 30_000};
  private static final double FAST = 1_000_000;

  private final ChaosPlace place;
  private final SplittableRandom random;
  private final ChaosReport report = new ChaosReport();
  private final JournalAudit audit = new JournalAudit(report);
  private final long deadline;
  private String expected;

  /**
   * Makes a pass.
   *
   * @param deadline {@link System#nanoTime} from which on nothing is disturbed any more
   */
  ChaosPass(final ChaosPlace place, final long seed, final long deadline) {
    this.place = place;
    random = new SplittableRandom(seed);
    this.deadline = deadline;
  }

  /** Runs it; returns what was done and found. */
  ChaosReport run() throws IOException, EngineException, InterruptedException {
    expected = calm(null);
    final Storm storm = new Storm(place, random, report, deadline);
    long acknowledged = 0;
    String hash = null;
    while (hash == null && report.faults().isEmpty()) {
      final boolean isLate = deadline - System.nanoTime() < 0;
      final double rate = isLate ? FAST : RATES[random.nextInt(RATES.length)];
      final int shards = random.nextInt(1, 3);
      try (EngineProcess engine =
          EngineProcess.start(place.arguments(rate, shards), place.errors("engine"))) {
        final SlowReaders readers =
            new SlowReaders(engine, place.shared(), shards, random.nextLong(), report);
        try {
          storm.over(engine, acknowledged);
        } finally {
          readers.end();
        }
        hash = engine.hash();
        acknowledged = storm.acknowledged(engine);
      }
      audit.verify(place.journal(), "the journal", acknowledged);
      if (hash == null) {
        report.resumed();
      }
    }
    if (report.faults().isEmpty()) {
      audit.compare("the run through the storm", expected, hash);
      audit.replay(place.journal(), expected);
      resumeCopy();
    }
    report.passed(acknowledged);
    return report;
  }

  /** What was copied in the middle comes to the same state. */
  private void resumeCopy() throws IOException, EngineException {
    final Path copy = place.lastCopy();
    if (Files.exists(copy)) {
      audit.compare("a copy of the journal that was resumed", expected, calm(copy));
    }
  }

  /** Hash of the state that an undisturbed engine comes to, on a journal or on none. */
  private String calm(final Path journal) throws IOException, EngineException {
    try (ChaosFeeds feeds = ChaosFeeds.open(place.feeds());
        Engine engine =
            Engine.launch(ChaosSettings.inline(), journal, place.clock(), Outputs.NONE)) {
      engine.run(feeds.merged(), ReplayPace.max());
      engine.finish();
      return Long.toHexString(engine.map().stateHash());
    }
  }

  /** Hash that it has to end with. */
  String expected() {
    return expected;
  }
}
