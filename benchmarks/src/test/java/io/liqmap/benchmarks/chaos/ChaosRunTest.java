package io.liqmap.benchmarks.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ChaosRunTest {
  private static final long SEED = 5;
  private static final long DURATION = 60_000_000_000L;

  @TempDir private Path folder;

  private static boolean canSignal() throws InterruptedException {
    try {
      return new ProcessBuilder("kill", "-0", Long.toString(ProcessHandle.current().pid()))
              .start()
              .waitFor()
          == 0;
    } catch (final IOException e) {
      return false;
    }
  }

  /** Its first engine takes four seconds at the least, so that a fault is injected. */
  @Test
  void shouldReachOneStateThroughInjectedFaults() throws Exception {
    assumeTrue(canSignal(), "skipped: no process can be paused here");
    final ChaosReport report;
    try (ChaosPlace place = new ChaosPlace(folder, SEED, 2, 20_000, false)) {
      report = new ChaosPass(place, SEED, System.nanoTime() + DURATION).run();
    }

    assertEquals(List.of(), report.failures());
    assertTrue(Arrays.stream(Fault.values()).mapToLong(report::count).sum() > 0, report.table());
  }

  @Test
  void shouldKeepTheJournalAsEvidence() throws Exception {
    final ChaosReport report = new ChaosReport();
    final JournalAudit audit = new JournalAudit(report);
    final long events;
    try (ChaosPlace place = new ChaosPlace(folder, SEED, 2, 1_000, false)) {
      place.keepJournal();
      try (ChaosFeeds feeds = ChaosFeeds.open(place.feeds());
          Engine engine = Engine.launch(ChaosSettings.inline(), place.journal(), Outputs.NONE)) {
        engine.run(feeds.merged(), ReplayPace.max());
      }
      events = audit.verify(place.journal(), "the journal", 0);
      place.keepJournal();
    }

    assertEquals(events, audit.verify(folder.resolve("journal-kept"), "what is kept", events));
    assertEquals(List.of(), report.failures());
  }

  @Test
  void shouldRefuseWhatItCannotUnderstand() {
    assertThrows(IllegalArgumentException.class, () -> ChaosOptions.parse());
    assertThrows(IllegalArgumentException.class, () -> ChaosOptions.parse("--minutes"));
    assertThrows(IllegalArgumentException.class, () -> ChaosOptions.parse("--minutes", "0"));
    assertThrows(IllegalArgumentException.class, () -> ChaosOptions.parse("--minutes", "x"));
    assertThrows(IllegalArgumentException.class, () -> ChaosOptions.parse("--days", "2"));
  }
}
