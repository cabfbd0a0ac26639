package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.gzip;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BybitImportTest {
  private static final String HEADER =
      "timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional";
  private static final String REST = ",ZeroMinusTick,0-0-0,1,1,1";

  @TempDir private Path folder;

  private Path feed() {
    return folder.resolve("out").resolve("btc.feed");
  }

  private ImportReport importAll(final Path... inputs) throws IOException {
    return run(ImportFormat.BYBIT, ImportOptions.defaults(), feed(), inputs);
  }

  private Path packed(final String... rows) throws IOException {
    return gzip(folder, "BTCUSDT2024-08-05.csv.gz", HEADER + "\n" + String.join("\n", rows) + "\n");
  }

  @Test
  void shouldTakeTheSideOfTheTaker() throws IOException {
    final Path file =
        packed(
            "1722816000.1234,BTCUSDT,Buy,0.003,58000.10" + REST,
            "1722816000.5,BTCUSDT,Sell,1.5,58000.0" + REST,
            "1722816001,BTCUSDT,Sell,0,58000.0" + REST);
    final ImportReport report = importAll(file);
    final List<FeedEvent> trades = read(feed(), FeedEvent.TRADE);
    assertEquals(
        List.of(FeedEvent.BUY, FeedEvent.SELL), trades.stream().map(FeedEvent::takerSide).toList());
    assertEquals(nanos("2024-08-05T00:00:00.123400Z"), trades.get(0).exchangeTime());
    assertEquals(mantissa("58000.1"), trades.get(0).price());
    assertEquals(mantissa("1.5"), trades.get(1).quantity());
    assertEquals(new ImportReport.EventCounts(1, 0, 2, 0, 0, 0, 0, 0), report.events());
    assertEquals(Map.of("price or quantity is zero", 1L), report.files().get(0).rowsDropped());
  }

  @Test
  void shouldReadTheNewerColumnAndFindFilesOfTheSymbol() throws IOException {
    csv(
        folder,
        "BTCUSDT2025-08-05.csv",
        HEADER + ",RPI",
        "1754352000,BTCUSDT,Buy,1,58000" + REST + ",0");
    csv(folder, "BTCUSDTX2025-08-05.csv", "of another symbol");
    final ImportReport report = importAll(folder);
    assertEquals(1, report.files().size());
    assertEquals(1, report.events().trades());
  }

  @Test
  void shouldCountARowThatComesAgainOnce() throws IOException {
    final String trade = "1722816000.5,BTCUSDT,Buy,1,58000,PlusTick,5d5c,1,1,58000";
    final Path file =
        packed(
            trade,
            "1722816000.5,BTCUSDT,Buy,1,58000,PlusTick,5d5d,1,1,58000",
            "1722816002,BTCUSDT,Sell,1,58000,PlusTick,5d5e,1,1,58000",
            trade);
    final ImportReport report = importAll(file);
    assertEquals(3, report.events().trades());
    assertEquals(
        Map.of("repeated (the same id, time, side, price and quantity)", 1L),
        report.files().get(0).rowsDropped());
    assertEquals(0, report.files().get(0).lost());
  }

  @Test
  void shouldRefuseSizesOfAnotherKindOfContract() throws IOException {
    final Path file = packed("1569974396.5,BTCUSDT,Buy,580,8318.5,PlusTick,5d5c,1,0.069724,580");
    final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
    assertTrue(
        flaw.getMessage().contains("line 2: column 4: '580' is a size in contracts of 1 USD")
            && flaw.getMessage().contains("contract = inverse"),
        flaw.getMessage());
  }

  @Test
  void shouldRefuseATimeYearsAfterTheOthers() throws IOException {
    final Path file =
        packed("4070908800,BTCUSDT,Buy,1,58000" + REST, "1722816000.5,BTCUSDT,Buy,1,58000" + REST);
    final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
    assertTrue(
        flaw.getMessage().contains("line 2: column 1: '4070908800' is more than 31 days after"),
        flaw.getMessage());
  }

  @Test
  void shouldNameTheInvalidLine() throws IOException {
    final String good = "1722816000,BTCUSDT,Buy,1,58000" + REST;
    for (final String[] bad :
        new String[][] {
          {"1722816000123,BTCUSDT,Buy,1,58000" + REST, "in s"},
          {"1722816000,ETHUSDT,Buy,1,58000" + REST, "another symbol"},
          {"1722816000,BTCUSDT,Hold,1,58000" + REST, "neither Buy nor Sell"},
          {"1722816000,BTCUSDT,Buy,-1,58000" + REST, "negative"},
          {"1722816000,BTCUSDT,Buy,1,x" + REST, "no number"},
          {"1722816000,BTCUSDT,Buy", "3 columns where 10"}
        }) {
      final Path file = packed(good, bad[0]);
      final ImportException flaw = assertThrows(ImportException.class, () -> importAll(file));
      assertTrue(
          flaw.getMessage().contains("line 3: ") && flaw.getMessage().contains(bad[1]),
          flaw.getMessage());
    }
  }
}
