package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.nanos;
import static io.liqmap.tools.importer.FeedCheck.read;
import static io.liqmap.tools.importer.FeedCheck.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.LiqmapConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What zeros, blanks, repeats, labels and units mean in each source. */
final class SourceMeaningsTest {
  private static final String METRICS =
      "create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,"
          + "sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio";
  private static final String TICKER =
      "exchange,symbol,timestamp,local_timestamp,funding_timestamp,funding_rate,predicted_funding_rate,"
          + "open_interest,last_price,index_price,mark_price";
  private static final String TRADES =
      "exchange,symbol,timestamp,local_timestamp,id,side,price,amount";
  private static final ImportOptions DEFAULTS = ImportOptions.defaults();
  private static final DateTimeFormatter LABEL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final long FIVE_MINUTES = 300_000_000_000L;
  private static final long SECOND = 1_000_000L;

  @TempDir private Path folder;

  private Path file(final String name, final String... lines) throws IOException {
    return csv(folder, name, lines);
  }

  private Path feed() {
    return folder.resolve("feed");
  }

  private ImportReport importAll(final ImportFormat format, final Path... files)
      throws IOException {
    return run(format, DEFAULTS, feed(), files);
  }

  private ImportReport importFile(
      final ImportFormat format, final String name, final String... lines) throws IOException {
    return importAll(format, file(name, lines));
  }

  private static String label(final long nanos) {
    return LocalDateTime.ofEpochSecond(nanos / 1_000_000_000L, 0, ZoneOffset.UTC).format(LABEL);
  }

  private static InstrumentDefinition instrument(
      final String symbol,
      final ContractKind kind,
      final int quantityExponent,
      final long multiplier,
      final OpenInterestUnit unit,
      final OpenInterestSides sides) {
    return new InstrumentDefinition(
        0,
        symbol,
        "venue",
        "BTC",
        "USD",
        -8,
        quantityExponent,
        kind,
        unit,
        sides,
        1_000_000,
        1,
        multiplier,
        FeedOrigin.NOT_STATED);
  }

  private static InstrumentDefinition coinMargined(final String symbol, final int dollars) {
    return instrument(
        symbol,
        ContractKind.INVERSE,
        0,
        dollars,
        OpenInterestUnit.CONTRACTS,
        OpenInterestSides.ONE);
  }

  // Repeats.

  /** The map that the engine makes of the feed by default. */
  private InstrumentMap map() throws IOException {
    final EngineSettings settings = LiqmapConfig.load(null, Path.of("..", "..", "config")).engine();
    final MapWriter writer = new MapWriter(settings.map(), settings.levels(), 1);
    final FeedAdapter adapter = new FeedAdapter(1);
    final FeedEvent event = new FeedEvent();
    try (FeedFileReader reader = new FeedFileReader(feed())) {
      while (reader.nextBlock()) {
        adapter.wrap(reader.buffer(), reader.offset(), reader.length());
        while (adapter.next(event)) {
          writer.onEvent(event);
        }
      }
    }
    return writer.maps().of(0);
  }

  @Test
  void shouldNotSweepByAWickOfLastWhileMarkIsSaidEachSecond() throws IOException {
    final List<String> ticker = new ArrayList<>(List.of(TICKER));
    final List<String> trades = new ArrayList<>(List.of(TRADES));
    final long start = 1_722_816_000_000_000L;
    for (int i = 0; i < 1_500; i++) {
      final long at = start + i * SECOND;
      ticker.add("binance-futures,BTCUSDT," + at + "," + at + ",,,,1000,60000,60000,60000");
      final String price = i == 1_400 ? "53000" : "60000";
      trades.add("binance-futures,BTCUSDT,%s,%s,%s,buy,%s,1".formatted(at + 1, at + 1, i, price));
    }
    final ImportReport report =
        importAll(
            ImportFormat.TARDIS,
            file(
                "binance-futures_derivative_ticker_2024-08-05_BTCUSDT.csv",
                ticker.toArray(String[]::new)),
            file("binance-futures_trades_2024-08-05_BTCUSDT.csv", trades.toArray(String[]::new)));
    assertEquals(1_500, report.events().markPrices());
    assertEquals(25, report.events().openInterests(), "said once a minute");
    final InstrumentMap map = map();
    final long end = (start + 1_499 * SECOND) * 1_000;
    assertEquals(0, map.sweptNotional(0, Side.LONG));
    assertFalse(map.isMarkMissing(end));
    assertFalse(map.isOpenInterestStale(end));
  }

  @Test
  void shouldNotRenewAMarkThatARowDoesNotSay() throws IOException {
    final ImportReport report =
        importFile(
            ImportFormat.TARDIS,
            "binance-futures_derivative_ticker_2024-08-05_BTCUSDT.csv",
            TICKER,
            "binance-futures,BTCUSDT,1722816000000000,1722816000000000,,,,1000,,60000,60000",
            "binance-futures,BTCUSDT,1722816001000000,1722816001000000,,0.0002,,,,60001,",
            "binance-futures,BTCUSDT,1722816002000000,1722816002000000,,,,,,60001,NaN",
            "binance-futures,BTCUSDT,1722816003000000,1722816003000000,,,,,,,0",
            "binance-futures,BTCUSDT,1722816004000000,1722816004000000,0,0,,0,,0,60000");
    final List<FeedEvent> marks = read(feed(), FeedEvent.MARK_PRICE);
    assertEquals(2, marks.size());
    assertEquals(mantissa("60001"), marks.get(1).indexPrice());
    assertEquals(0, marks.get(1).fundingRate(), "a rate of zero is a rate");
    assertEquals(1, report.events().openInterests());
    assertEquals(
        List.of(
            "rows whose mark price is 0, which means unknown: 1",
            "rows whose open interest is 0, which means unknown: 1"),
        report.files().get(0).notes());
  }

  @ParameterizedTest
  @CsvSource({"1m, 60, 4", "5m, 300, 16", "1h, 3600, 181"})
  void shouldRepeatMarksInsideLongKlines(final String interval, final long seconds, final int marks)
      throws IOException {
    final long open = 1_722_816_000_000L;
    importFile(
        ImportFormat.BINANCE,
        "BTCUSDT-markPriceKlines-" + interval + "-2024-08-05.csv",
        open + ",60000,60100,59900,60050,0," + (open + seconds * 1000 - 1) + ",0,60,0,0,0",
        "%s,60050,60100,59900,60050,0,%s,0,60,0,0,0"
            .formatted(open + seconds * 1000, open + 2 * seconds * 1000 - 1));
    final List<FeedEvent> all = read(feed(), FeedEvent.MARK_PRICE);
    assertEquals(2 * marks, all.size());
    for (int i = 1; i < all.size(); i++) {
      final long gap = all.get(i).exchangeTime() - all.get(i - 1).exchangeTime();
      assertTrue(gap > 0 && gap <= 20_000_000_000L, "gap " + gap);
    }
    assertEquals(
        List.of("60000", "59900", "60100", "60050").stream().map(FeedCheck::mantissa).toList(),
        all.stream().limit(marks).map(FeedEvent::markPrice).distinct().toList());
  }

  // Zeros and blanks.

  @Test
  void shouldKeepOpenInterestThroughADayOfZeros() throws IOException {
    final Random random = new Random(20220307);
    final List<String> rows = new ArrayList<>(List.of(METRICS));
    final Map<Long, Long> expected = new TreeMap<>();
    int zeros = 0;
    int blanks = 0;
    final String[] nothing = {"", "NaN", "nan", "null", " "};
    for (long at = nanos("2022-03-07T00:05:00Z");
        at <= nanos("2022-03-08T00:00:00Z");
        at += FIVE_MINUTES) {
      final int fate = random.nextInt(10);
      String amount = 110_000 + random.nextInt(2_000) + "." + (100 + random.nextInt(900));
      if (fate < 4) {
        amount = fate < 2 ? "0.0000000000000000" : "0";
        zeros++;
      } else if (fate == 4) {
        amount = nothing[random.nextInt(nothing.length)];
        blanks++;
      } else {
        expected.put(at, mantissa(amount));
      }
      rows.add(label(at) + ",BTCUSDT," + amount + ",0,0,0,1.5,0");
    }
    final ImportReport report =
        importFile(
            ImportFormat.BINANCE, "BTCUSDT-metrics-2022-03-07.csv", rows.toArray(String[]::new));
    final Map<Long, Long> found = new TreeMap<>();
    for (final FeedEvent event : read(feed(), FeedEvent.OPEN_INTEREST)) {
      found.put(event.exchangeTime(), event.openInterest());
    }
    assertEquals(expected, found);
    assertTrue(zeros > 80, "zeros: " + zeros);
    assertEquals(
        List.of(
            "rows whose open interest is 0, which means unknown: " + zeros,
            "rows whose open interest is empty or no number: " + blanks),
        report.files().get(0).notes());
    assertEquals(288, report.events().accountRatios());
  }

  @Test
  void shouldDropRowsOfMetricsThatSayNothing() throws IOException {
    final ImportReport report =
        importFile(
            ImportFormat.BINANCE,
            "BTCUSDT-metrics-2022-03-07.csv",
            METRICS,
            "2022-03-07 00:05:00,BTCUSDT,0,0,0,0,0,0",
            "2022-03-07 00:10:00,BTCUSDT,NaN,0,0,0,NaN,0",
            "2022-03-07 00:15:00,BTCUSDT,110000,0,0,0,,0");
    assertEquals(1, report.events().total() - report.events().instruments());
    assertEquals(2, report.files().get(0).dropped());
  }

  @Test
  void shouldKnowWhatZerosOfFundingMean() throws IOException {
    final Path marks =
        file(
            "BTCUSDT-markPriceKlines-1m-2024-08-05.csv",
            "1722816060000,60000,60000,60000,60000,0,1722816119999,0,60,0,0,0",
            "1722816120000,60000,60000,60000,60000,0,1722816179999,0,60,0,0,0");
    final ImportReport report =
        importAll(
            ImportFormat.BINANCE,
            marks,
            file(
                "BTCUSDT-fundingRate-2024-08.csv",
                "calc_time,funding_interval_hours,last_funding_rate",
                "1722816000003,8,0.0001",
                "1722816030003,0,0.0000",
                "1722816110000,8,",
                "1722816110001,,NaN"));
    final FeedEvent mark = read(feed(), FeedEvent.MARK_PRICE).get(0);
    assertEquals(0, mark.fundingRate());
    assertEquals(nanos("2024-08-05T00:00:00Z"), mark.nextFundingTime(), "when it was paid");
    assertEquals(
        2, FeedCheck.file(report, folder.resolve("BTCUSDT-fundingRate-2024-08.csv")).dropped());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0,60100,59900,60050",
        "60000,60100,0,60050",
        "60000,,59900,60050",
        "NaN,NaN,NaN,NaN"
      })
  void shouldDropKlinesWithoutAPrice(final String prices) throws IOException {
    final ImportReport report =
        importFile(
            ImportFormat.BINANCE,
            "BTCUSDT-markPriceKlines-1m-2024-08-05.csv",
            "1722816000000," + prices + ",0,1722816059999,0,60,0,0,0",
            "1722816060000,60000,60100,59900,60050,0,1722816119999,0,60,0,0,0");
    assertEquals(4, report.events().markPrices());
    assertEquals(
        Map.of("a price is zero, empty or no number", 1L), report.files().get(0).rowsDropped());
  }

  @Test
  void shouldDropTardisTradesOfUnknownAmount() throws IOException {
    final ImportReport report =
        importFile(
            ImportFormat.TARDIS,
            "binance-futures_trades_2024-08-05_BTCUSDT.csv",
            TRADES,
            "binance-futures,BTCUSDT,1722816000000000,1722816000000000,1,buy,60000,",
            "binance-futures,BTCUSDT,1722816000000000,1722816000000000,2,buy,NaN,1",
            "binance-futures,BTCUSDT,1722816000000000,1722816000000000,3,buy,60000,0",
            "binance-futures,BTCUSDT,1722816000000000,1722816000000000,4,buy,60000,1");
    assertEquals(1, report.events().trades());
    assertEquals(3, report.files().get(0).dropped());
  }

  // Labels.

  /** Labels as Binance's files have them: those of the end, of the start since the seam. */
  private static List<String> day(final String date, final Map<Long, Long> truth, final Random of) {
    final long midnight = nanos(date + "T00:00:00Z");
    final boolean labelsStart = midnight >= nanos("2026-06-25T00:00:00Z");
    final List<String> rows = new ArrayList<>();
    for (long end = midnight + FIVE_MINUTES;
        end <= midnight + 288 * FIVE_MINUTES;
        end += FIVE_MINUTES) {
      final String amount = 90_000 + of.nextInt(5_000) + ".5";
      truth.put(end, mantissa(amount));
      rows.add(label(labelsStart ? end - FIVE_MINUTES : end) + ",BTCUSDT," + amount + ",1,1,1,,1");
    }
    return rows;
  }

  private Map<Long, Long> openInterest() throws IOException {
    final Map<Long, Long> found = new TreeMap<>();
    for (final FeedEvent event : read(feed(), FeedEvent.OPEN_INTEREST)) {
      found.put(event.exchangeTime(), event.openInterest());
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldKnowOpenInterestWhenItWasTakenOnBothSidesOfTheSeam(final boolean joined)
      throws IOException {
    final Random random = new Random(491);
    final Map<Long, Long> truth = new TreeMap<>();
    final List<Path> files = new ArrayList<>();
    final List<String> all = new ArrayList<>();
    for (final String date : List.of("2026-06-23", "2026-06-24", "2026-06-25", "2026-06-26")) {
      final List<String> rows = day(date, truth, random);
      rows.add(0, METRICS);
      all.addAll(rows);
      files.add(file("BTCUSDT-metrics-" + date + ".csv", rows.toArray(String[]::new)));
    }
    final ImportReport report =
        joined
            ? importAll(
                ImportFormat.BINANCE,
                csv(folder.resolve("x"), "BTCUSDT-metrics-2026-06.csv", all.toArray(String[]::new)))
            : importAll(ImportFormat.BINANCE, files.toArray(Path[]::new));
    assertEquals(4 * 288, truth.size());
    assertEquals(truth, openInterest());
    assertEquals(0, report.files().stream().mapToLong((f) -> f.dropped()).sum());
    assertTrue(
        read(feed()).get(0).definition().origin().has(FeedConvention.OPEN_INTEREST_LABELS_SHIFTED));
    final ImportReport.InputReport last = report.files().get(report.files().size() - 1);
    final List<String> notes = last.notes();
    assertEquals(joined ? 576 : 288, last.labelsShifted());
    assertEquals(
        List.of("labels mark the start of their PT5M since 2026-06-25 and were moved to the end"),
        last.conventions());
    if (joined) {
      assertTrue(notes.contains("header lines inside the file skipped: 3"), notes::toString);
    } else {
      assertEquals(0, report.files().get(0).labelsShifted());
    }
  }

  @Test
  void shouldNotKnowASingleRowOfTheSeamTooEarly() throws IOException {
    importFile(
        ImportFormat.BINANCE,
        "BTCUSDT-metrics-2026-06.csv",
        METRICS,
        "2026-06-24 23:55:00,BTCUSDT,1,1,1,1,,1",
        "2026-06-25 00:00:00,BTCUSDT,2,1,1,1,,1",
        "2026-06-25 00:05:00,BTCUSDT,3,1,1,1,,1");
    assertEquals(
        Map.of(
            nanos("2026-06-24T23:55:00Z"), mantissa("1"),
            nanos("2026-06-25T00:05:00Z"), mantissa("2"),
            nanos("2026-06-25T00:10:00Z"), mantissa("3")),
        openInterest());
  }

  @Test
  void shouldReadOpenInterestAsTheRestInterfaceGivesIt() throws IOException {
    final long hour = 3_600_000L;
    final long start = Instant.parse("2026-07-01T00:00:00Z").toEpochMilli();
    importFile(
        ImportFormat.BINANCE,
        "oi.csv",
        "symbol,sumOpenInterest,sumOpenInterestValue,timestamp",
        "BTCUSDT,80000.5,1," + start,
        "BTCUSDT,80001.5,1," + (start + hour));
    assertEquals(
        Map.of(
            nanos("2026-07-01T01:00:00Z"), mantissa("80000.5"),
            nanos("2026-07-01T02:00:00Z"), mantissa("80001.5")),
        openInterest());
  }

  // Units.

  @Test
  void shouldTakeCoinMarginedMetricsForContracts() throws IOException {
    final Path metrics =
        file(
            "BTCUSD_PERP-metrics-2024-08-05.csv",
            METRICS,
            "2024-08-05 00:00:00,BTCUSD_PERP,18244.0000,33.4,1,1,1,1",
            "2024-08-05 00:05:00,BTCUSD_PERP,18300.0000,33.4,1,1,1,1");
    run(ImportFormat.BINANCE, DEFAULTS, feed(), coinMargined("BTCUSD_PERP", 100), metrics);
    assertEquals(
        Map.of(nanos("2024-08-05T00:05:00Z"), 18_244L, nanos("2024-08-05T00:10:00Z"), 18_300L),
        openInterest());
    run(
        ImportFormat.BINANCE,
        DEFAULTS,
        feed(),
        instrument(
            "BTCUSD_PERP",
            ContractKind.INVERSE,
            0,
            100,
            OpenInterestUnit.QUOTE,
            OpenInterestSides.ONE),
        metrics);
    assertEquals(1_824_400L, openInterest().get(nanos("2024-08-05T00:05:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "BTCUSD_PERP, INVERSE, 0, 100, BASE, ONE",
    "BTCUSD_PERP, INVERSE, 0, 100, CONTRACTS, BOTH",
    "BTCUSD_PERP, INVERSE, 0, 10, CONTRACTS, ONE",
    "BTCUSD_PERP, LINEAR, 0, 100, CONTRACTS, ONE",
    "ETHUSD_PERP, INVERSE, 0, 100, CONTRACTS, ONE",
    "BTCUSD_260925, INVERSE, 0, 1, CONTRACTS, ONE",
    "BTCUSDT, LINEAR, -8, 100000000, CONTRACTS, ONE",
    "BTCUSDT, LINEAR, -8, 100000000, BASE, BOTH",
    "BTCUSDT, LINEAR, -8, 1000000, BASE, ONE",
    "BTCUSDT, INVERSE, -8, 100000000, BASE, ONE",
  })
  void shouldRefuseDefinitionsThatDoNotFitWithAdviceThatDoes(
      final String symbol,
      final ContractKind kind,
      final int exponent,
      final long multiplier,
      final OpenInterestUnit unit,
      final OpenInterestSides sides)
      throws IOException {
    final Path metrics =
        file(
            symbol + "-metrics-2024-08-05.csv",
            METRICS,
            "2024-08-05 00:05:00," + symbol + ",18244,33.4,1,1,1,1");
    final InstrumentDefinition wrong = instrument(symbol, kind, exponent, multiplier, unit, sides);
    final String message =
        assertThrows(
                ImportException.class,
                () -> run(ImportFormat.BINANCE, DEFAULTS, feed(), wrong, metrics))
            .getMessage();
    final String advice =
        symbol.endsWith("USDT")
            ? "contract = linear, contract-multiplier = 1, open-interest { unit = base, sides = one }"
            : "contract = inverse, contract-multiplier = "
                + (symbol.startsWith("BTC") ? 100 : 10)
                + ", open-interest { unit = contracts, sides = one }";
    assertTrue(message.contains(advice), message);
    final InstrumentDefinition advised =
        symbol.endsWith("USDT")
            ? instrument(
                symbol,
                ContractKind.LINEAR,
                -8,
                100_000_000,
                OpenInterestUnit.BASE,
                OpenInterestSides.ONE)
            : coinMargined(symbol, symbol.startsWith("BTC") ? 100 : 10);
    run(ImportFormat.BINANCE, DEFAULTS, feed(), advised, metrics);
    assertEquals(
        new BigDecimal("18244"),
        new BigDecimal(openInterest().values().iterator().next())
            .movePointLeft(symbol.endsWith("USDT") ? 8 : 0)
            .setScale(0));
  }

  @Test
  void shouldRefuseTardisOpenInterestOfAVenueThatCountsOtherwise() throws IOException {
    final Path ticker =
        file(
            "bybit_derivative_ticker_2024-08-05_BTCUSDT.csv",
            TICKER,
            "bybit,BTCUSDT,1722816000000000,1722816000000000,,,,1000,,60000,60000");
    final String message =
        assertThrows(ImportException.class, () -> importAll(ImportFormat.TARDIS, ticker))
            .getMessage();
    assertTrue(message.contains("sides = both"), message);
    final InstrumentDefinition bybit =
        instrument(
            "BTCUSDT",
            ContractKind.LINEAR,
            -8,
            100_000_000,
            OpenInterestUnit.BASE,
            OpenInterestSides.BOTH);
    run(ImportFormat.TARDIS, DEFAULTS, feed(), bybit, ticker);
    assertEquals(mantissa("1000"), read(feed(), FeedEvent.OPEN_INTEREST).get(0).openInterest());
  }
}
