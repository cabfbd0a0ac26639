package io.liqmap.tools.importer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports of real bars, compared with sums over the files' own text. */
@Tag("slow")
final class RealDataTest {
  private static final ZoneOffset CLOCK = ZoneOffset.ofHours(6);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "binance-usdm-1h, BTCUSDT, 3600",
    "binance-usdm-1h, ETHUSDT, 3600",
    "binance-usdm-5m, BTCUSDT, 300"
  })
  void shouldKeepEachBarOfTheRealFiles(final String set, final String symbol, final long seconds)
      throws IOException {
    final Path data = RealData.folder(set);
    final Path feed = folder.resolve("real.feed");
    importAll(data, symbol, feed);
    final Map<Long, Sums> bars = new HashMap<>();
    for (final FeedEvent event : FeedCheck.read(feed)) {
      if (event.kind() != FeedEvent.INSTRUMENT) {
        final long second = event.exchangeTime() / 1_000_000_000L;
        bars.computeIfAbsent(second - second % seconds, (s) -> new Sums()).add(event);
      }
    }
    final Map<Long, String[]> liquidations = rows(data.resolve(symbol + "-liquidation.csv"));
    final Map<Long, String[]> openInterest = rows(data.resolve(symbol + "-open-interest.csv"));
    final Map<Long, String[]> ratios = rows(data.resolve(symbol + "-long-short-ratio.csv"));
    final Map<Long, String[]> expected = rows(data.resolve(symbol + "-ohlcv.csv"));
    assertEquals(expected.keySet(), bars.keySet());
    for (final Map.Entry<Long, String[]> bar : expected.entrySet()) {
      final String[] row = bar.getValue();
      final Sums sums = bars.get(bar.getKey());
      assertEquals(rounded(row[1]), sums.open);
      assertEquals(rounded(row[2]), sums.high);
      assertEquals(rounded(row[3]), sums.low);
      assertEquals(rounded(row[4]), sums.close);
      assertEquals(rounded(row[5]), sums.volume);
      assertEquals(rounded(row[6]), sums.bought);
      final String[] liquidation = liquidations.get(bar.getKey());
      assertEquals(liquidation == null ? 0 : rounded(liquidation[1]), sums.longs);
      assertEquals(liquidation == null ? 0 : rounded(liquidation[2]), sums.shorts);
      assertEquals(rounded(openInterest.get(bar.getKey())[4]), sums.openInterest);
      final String[] ratio = ratios.get(bar.getKey());
      assertEquals(ratio == null ? 0 : rounded(ratio[1]) * 10, sums.ratio);
      assertEquals(
          ratio == null ? 0 : (bar.getKey() + seconds) * 1_000_000_000L - 1, sums.ratioTime);
    }
  }

  /** The counts are those that the data's own description gives. */
  @Test
  void shouldTakeEachFrameOfTheRealRecording() throws IOException {
    final Path data = RealData.folder("binance-usdm-ws");
    final Path feed = folder.resolve("ws.feed");
    final ImportReport report =
        FeedCheck.run(ImportFormat.BINANCE_WS, ImportOptions.defaults(), feed, data);
    assertEquals(new ImportReport.EventCounts(1, 0, 21_313, 0, 0, 0, 66_089, 0), report.events());
    assertEquals(93_954, report.files().get(0).rowsRead());
    assertEquals(6_551, report.files().get(0).rowsDropped().get("depthUpdate isn't imported"));
    assertEquals(report.events().total(), FeedCheck.read(feed).size());
  }

  @Test
  void shouldWriteTheSameBytesEachTime() throws IOException {
    final Path data = RealData.folder("binance-usdm-5m");
    importAll(data, "BTCUSDT", folder.resolve("a.feed"));
    importAll(data, "BTCUSDT", folder.resolve("b.feed"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.feed")), Files.readAllBytes(folder.resolve("b.feed")));
  }

  private static void importAll(final Path data, final String symbol, final Path feed)
      throws IOException {
    final ImportReport report =
        FeedCheck.run(
            ImportFormat.COINALYZE,
            ImportOptions.defaults().withTimeZone(CLOCK),
            feed,
            FeedCheck.instrument(symbol),
            data);
    final Set<String> kinds = new TreeSet<>();
    report.files().forEach((f) -> kinds.add(f.kind()));
    assertTrue(kinds.containsAll(List.of("ohlcv", "open-interest", "long-short-ratio")));
  }

  private static long rounded(final String text) {
    return new BigDecimal(text)
        .movePointRight(8)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** First row of each time, by epoch second; empty if there is no such file. */
  private static Map<Long, String[]> rows(final Path file) throws IOException {
    final Map<Long, String[]> rows = new HashMap<>();
    if (Files.exists(file)) {
      for (final String line : Files.readAllLines(file)) {
        final String[] fields = line.split(",", -1);
        rows.putIfAbsent(
            LocalDateTime.parse(fields[0].replace(' ', 'T')).toEpochSecond(CLOCK), fields);
      }
    }
    return rows;
  }

  private static final class Sums {
    private long open;
    private long high;
    private long low = Long.MAX_VALUE;
    private long close;
    private long volume;
    private long bought;
    private long longs;
    private long shorts;
    private long openInterest;
    private long ratio;
    private long ratioTime;

    void add(final FeedEvent event) {
      switch (event.kind()) {
        case FeedEvent.TRADE -> {
          open = open == 0 ? event.price() : open;
          high = Math.max(high, event.price());
          low = Math.min(low, event.price());
          close = event.price();
          volume += event.quantity();
          bought += event.takerSide() == FeedEvent.BUY ? event.quantity() : 0;
        }
        case FeedEvent.LIQUIDATION -> {
          longs += event.positionSide() == FeedEvent.LONG ? event.quantity() : 0;
          shorts += event.positionSide() == FeedEvent.SHORT ? event.quantity() : 0;
        }
        case FeedEvent.ACCOUNT_RATIO -> {
          ratio = event.longShortRatio();
          ratioTime = event.exchangeTime();
        }
        default -> openInterest = event.openInterest();
      }
    }
  }
}
