package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.nanos;
import static io.liqmap.tools.importer.FeedCheck.read;
import static io.liqmap.tools.importer.FeedCheck.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files on local clocks that change. */
final class LocalClockTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  @TempDir private Path folder;

  private Path feed() {
    return folder.resolve("btc.feed");
  }

  /** Bars whose open interest is their number, labelled by the zone's own clock. */
  private void bars(
      final ZoneId zone, final String start, final int count, final Duration step, final int kind)
      throws IOException {
    final List<String> bars = new ArrayList<>();
    final List<String> openInterest = new ArrayList<>();
    Instant time = Instant.parse(start);
    for (int i = 1; i <= count; i++) {
      final String label = LABEL.format(time.atZone(zone));
      bars.add(label + ",5,6,4," + (5 + i % 2) + "," + i + ",0,1,1");
      openInterest.add(label + "," + i + "," + i + "," + i + "," + i);
      time = time.plus(step);
    }
    if (kind == 1) {
      Collections.reverse(bars);
      Collections.reverse(openInterest);
    } else if (kind == 2) {
      Collections.swap(bars, 3, 4);
      Collections.swap(openInterest, 8, 9);
    }
    csv(folder.resolve("in"), "BTCUSDT-ohlcv.csv", bars.toArray(String[]::new));
    csv(folder.resolve("in"), "BTCUSDT-open-interest.csv", openInterest.toArray(String[]::new));
  }

  private ImportReport importBars(final ZoneId zone) throws IOException {
    return run(
        ImportFormat.COINALYZE,
        ImportOptions.defaults().withTimeZone(zone).withOpenInterestUnit(AmountUnit.BASE),
        feed(),
        folder.resolve("in"));
  }

  @ParameterizedTest
  @CsvSource({"5, 0", "5, 1", "5, 2", "15, 0", "30, 0", "30, 1", "60, 0", "60, 1"})
  void shouldPlaceBothPassesOfTheHourThatComesTwice(final int minutes, final int kind)
      throws IOException {
    final Duration step = Duration.ofMinutes(minutes);
    final String start = "2024-10-26T22:00:00Z";
    final int count = 360 / minutes;
    bars(BERLIN, start, count, step, kind);
    final ImportReport report = importBars(BERLIN);
    assertEquals(0, report.files().stream().mapToLong((f) -> f.dropped()).sum());
    final List<FeedEvent> states =
        read(feed(), FeedEvent.OPEN_INTEREST).stream()
            .filter((e) -> e.exchangeTime() % 1_000 == 999)
            .toList();
    assertEquals(count, states.size());
    for (int i = 0; i < count; i++) {
      assertEquals(mantissa(String.valueOf(i + 1)), states.get(i).openInterest());
      assertEquals(nanos(start) + step.toNanos() * (i + 1) - 1, states.get(i).exchangeTime());
    }
    final int perHour = 60 / minutes;
    for (final ImportReport.InputReport file : report.files()) {
      assertEquals(
          List.of(
              "the time from 2024-10-27T02:00 to 2024-10-27T03:00 comes twice: "
                  + perHour
                  + " rows read as its first pass, "
                  + perHour
                  + " as its second"),
          file.notes());
    }
  }

  @Test
  void shouldSayThatAnHourThatComesOnceIsAmbiguous() throws IOException {
    bars(ZoneOffset.ofHours(2), "2024-10-26T23:00:00Z", 24, Duration.ofMinutes(5), 0);
    final ImportReport report = importBars(BERLIN);
    assertEquals(nanos("2024-10-26T23:00:00Z"), report.firstTime());
    assertEquals(nanos("2024-10-27T01:00:00Z") - 1, report.lastTime());
    for (final ImportReport.InputReport file : report.files()) {
      assertTrue(
          file.notes().get(0).contains("ambiguous, 12 rows taken for the first pass (UTC+02:00)"),
          file.notes()::toString);
    }
  }

  @Test
  void shouldRefuseTimesThatTheZoneLeavesOut() throws IOException {
    bars(ZoneOffset.ofHours(1), "2024-03-31T00:00:00Z", 24, Duration.ofMinutes(5), 0);
    final ImportException flaw = assertThrows(ImportException.class, () -> importBars(BERLIN));
    assertTrue(
        flaw.getMessage().contains("line 13: column 1: '2024-03-31 02:00:00' is no time of"),
        flaw.getMessage());
    assertTrue(flaw.getMessage().contains("--time-zone"), flaw.getMessage());
  }

  @Test
  void shouldReadTheHourThatIsLeftOutAsNoHole() throws IOException {
    bars(BERLIN, "2024-03-31T00:00:00Z", 48, Duration.ofMinutes(5), 0);
    final ImportReport report = importBars(BERLIN);
    assertEquals(0, report.series().get(0).holes());
    assertEquals(nanos("2024-03-31T04:00:00Z") - 1, report.lastTime());
  }

  @ParameterizedTest
  @CsvSource({"5, 0", "5, 1", "15, 0", "30, 1"})
  void shouldRefuseAnOffsetForAClockThatGoesBackByAnHour(final int minutes, final int kind)
      throws IOException {
    bars(BERLIN, "2024-10-26T22:00:00Z", 360 / minutes, Duration.ofMinutes(minutes), kind);
    final ImportException flaw =
        assertThrows(ImportException.class, () -> importBars(ZoneOffset.ofHours(2)));
    assertTrue(flaw.getMessage().contains("went back by an hour"), flaw.getMessage());
    assertTrue(flaw.getMessage().contains("--time-zone Europe/Berlin"), flaw.getMessage());
  }
}
