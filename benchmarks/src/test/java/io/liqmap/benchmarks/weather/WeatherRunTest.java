package io.liqmap.benchmarks.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outlets;
import io.liqmap.engine.pipeline.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeatherRunTest {
  private static final long SEED = 5;
  private static final long STORM = 60_000_000_000L;

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

  /** Its first engine takes eight seconds at the least, so that something befalls it. */
  @Test
  void shouldComeThroughAShortStormToOneState() throws Exception {
    assumeTrue(canSignal(), "skipped: no process can be paused here");
    final WeatherReport report;
    try (WeatherPlace place = new WeatherPlace(folder, SEED, 2, 40_000, false)) {
      report = new WeatherPass(place, SEED, System.nanoTime() + STORM).run();
    }

    assertEquals(List.of(), report.faults());
    assertTrue(
        Arrays.stream(Disturbance.values()).mapToLong(report::count).sum() > 0, report.table());
  }

  @Test
  void shouldKeepTheJournalAsEvidence() throws Exception {
    final WeatherReport report = new WeatherReport();
    final JournalAudit audit = new JournalAudit(report);
    final long events;
    try (WeatherPlace place = new WeatherPlace(folder, SEED, 2, 1_000, false)) {
      place.keepJournal();
      try (WeatherFeeds feeds = WeatherFeeds.open(place.feeds());
          Engine engine = Engine.launch(WeatherSettings.inline(), place.journal(), Outlets.NONE)) {
        engine.run(feeds.merged(), Pace.max());
      }
      events = audit.verify(place.journal(), "the journal", 0);
      place.keepJournal();
    }

    assertEquals(events, audit.verify(folder.resolve("journal-kept"), "what is kept", events));
    assertEquals(List.of(), report.faults());
  }

  @Test
  void shouldRefuseWhatItCannotUnderstand() {
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse());
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse("--minutes"));
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse("--minutes", "0"));
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse("--minutes", "x"));
    assertThrows(IllegalArgumentException.class, () -> WeatherOptions.parse("--days", "2"));
  }
}
