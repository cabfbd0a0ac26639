package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.csv;
import static io.liqmap.tools.importer.FeedCheck.read;
import static io.liqmap.tools.importer.FeedCheck.refusal;
import static io.liqmap.tools.importer.FeedCheck.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.support.RealData;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of Coinalyze's interface: named by market, times since 1970, amounts in base or money. */
final class CoinalyzeApiImportTest {
  private static final long START = Instant.parse("2024-08-05T00:00:00Z").getEpochSecond();
  private static final int BARS = 180;
  private static final ImportOptions DEFAULTS = ImportOptions.defaults();

  @TempDir private Path folder;

  private final List<Bar> truth = new ArrayList<>();

  private record Bar(
      long time, String prices, double close, String volume, String bought, List<String> amounts) {}

  private Path in() {
    return folder.resolve("in");
  }

  private Path feed() {
    return folder.resolve("out.feed");
  }

  private ImportReport importAll() throws IOException {
    return run(ImportFormat.COINALYZE, DEFAULTS, feed(), in());
  }

  /** Amounts by bar: open interest's open and close, longs and shorts liquidated; base coins. */
  private void make(final double price, final long seed) {
    final Random random = new Random(seed);
    truth.clear();
    double last = price;
    double open = 500 / price * 64_000;
    for (int i = 0; i < BARS; i++) {
      final double close = last * (1 + (random.nextDouble() - 0.5) * 0.002);
      final double closing = open * (1 + (random.nextDouble() - 0.5) * 0.002);
      final double volume = 0.9 * 500 / price * 64_000 / 500 * (1 + random.nextDouble());
      truth.add(
          new Bar(
              START + 60L * i,
              "%s,%s,%s,%s"
                  .formatted(
                      decimal(last),
                      decimal(Math.max(last, close)),
                      decimal(Math.min(last, close)),
                      decimal(close)),
              close,
              decimal(volume),
              decimal(volume * random.nextDouble()),
              List.of(
                  decimal(open),
                  decimal(closing),
                  decimal(volume * 0.001 * random.nextDouble()),
                  i % 3 == 0 ? "0" : decimal(volume * 0.001))));
      last = close;
      open = closing;
    }
  }

  private static String decimal(final double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String times(final String amount, final double factor) {
    return factor == 1 ? amount : Double.toString(Double.parseDouble(amount) * factor);
  }

  private static double open(final Bar bar) {
    return Double.parseDouble(bar.prices.split(",", -1)[0]);
  }

  private void write(final boolean header, final boolean openInterestInUsd, final boolean liqInUsd)
      throws IOException {
    final List<List<String>> files = new ArrayList<>();
    for (final String columns : List.of("t,o,h,l,c,v,bv,tx,btx", "t,o,h,l,c", "t,l,s", "t,r,l,s")) {
      files.add(new ArrayList<>(header ? List.of(columns) : List.of()));
    }
    for (final Bar bar : truth) {
      final String[] prices = bar.prices.split(",", -1);
      final double close = Double.parseDouble(prices[3]);
      files.get(0).add(bar.time + "," + bar.prices + "," + bar.volume + "," + bar.bought + ",9,4");
      final String opening = times(bar.amounts.get(0), openInterestInUsd ? open(bar) : 1);
      final String closing = times(bar.amounts.get(1), openInterestInUsd ? close : 1);
      files.get(1).add(bar.time + "," + opening + "," + opening + "," + opening + "," + closing);
      files
          .get(2)
          .add(
              bar.time
                  + ","
                  + times(bar.amounts.get(2), liqInUsd ? Double.parseDouble(prices[2]) : 1)
                  + ","
                  + times(bar.amounts.get(3), liqInUsd ? Double.parseDouble(prices[1]) : 1));
      files.get(3).add(bar.time + ",1.5,60,40");
    }
    final List<String> folders =
        List.of("ohlcv", "open_interest", "liquidation", "long_short_ratio");
    for (int i = 0; i < 4; i++) {
      csv(
          in().resolve(folders.get(i)),
          "BTCUSDT_PERP.3_1min.csv",
          files.get(i).toArray(String[]::new));
    }
  }

  private static long mantissa(final String amount) {
    return new BigDecimal(amount)
        .movePointRight(8)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  private void assertIsTheTruth() throws IOException {
    final Map<Long, long[]> sums = new HashMap<>();
    for (final FeedEvent event : read(feed())) {
      if (event.kind() == FeedEvent.INSTRUMENT) {
        continue;
      }
      final long second = event.exchangeTime() / 1_000_000_000L;
      final long[] sum = sums.computeIfAbsent(second - second % 60, (t) -> new long[6]);
      switch (event.kind()) {
        case FeedEvent.TRADE -> {
          sum[0] += event.quantity();
          sum[1] += event.takerSide() == FeedEvent.BUY ? event.quantity() : 0;
        }
        case FeedEvent.LIQUIDATION ->
            sum[event.positionSide() == FeedEvent.LONG ? 2 : 3] += event.quantity();
        case FeedEvent.OPEN_INTEREST -> sum[4] = event.openInterest();
        default -> sum[5] = event.longShortRatio();
      }
    }
    assertEquals(BARS, sums.size());
    for (final Bar bar : truth) {
      final long[] sum = sums.get(bar.time);
      assertEquals(mantissa(bar.volume), sum[0]);
      assertEquals(mantissa(bar.bought), sum[1]);
      assertEquals((double) mantissa(bar.amounts.get(2)), (double) sum[2], 1.0);
      assertEquals((double) mantissa(bar.amounts.get(3)), (double) sum[3], 1.0);
      assertEquals((double) mantissa(bar.amounts.get(1)), (double) sum[4], 1.0);
      assertEquals(1_500_000_000L, sum[5]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, false",
    "false, false, false",
    "true, true, false",
    "true, false, true",
    "true, true, true"
  })
  void shouldReadTheFilesOfTheInterface(
      final boolean header, final boolean openInterestInUsd, final boolean liqInUsd)
      throws IOException {
    make(60_000, 9);
    write(header, openInterestInUsd, liqInUsd);
    final ImportReport report = importAll();
    assertIsTheTruth();
    assertEquals(0, report.files().stream().mapToLong((f) -> f.dropped()).sum());
    assertEquals(
        openInterestInUsd,
        report.files().toString().contains("open interest is in usd, by comparison"));
    assertEquals(
        liqInUsd, report.files().toString().contains("liquidations are in usd, by comparison"));
    assertEquals(List.of("times of the files are since 1970 in UTC"), report.notes());
    assertEquals(
        openInterestInUsd,
        read(feed()).get(0).definition().origin().has(FeedConvention.OPEN_INTEREST_FROM_MONEY));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldRefuseAnAmbiguousUnitUntilItIsGiven(final boolean inUsd) throws IOException {
    make(0.5, 10);
    write(true, inUsd, inUsd);
    final String message = refusal(ImportFormat.COINALYZE, DEFAULTS, feed(), in());
    assertTrue(message.contains("say it with --open-interest-unit base, usd"), message);
    assertFalse(Files.exists(feed()));
    run(
        ImportFormat.COINALYZE,
        DEFAULTS.withOpenInterestUnit(inUsd ? AmountUnit.USD : AmountUnit.BASE),
        feed(),
        in());
    assertIsTheTruth();
  }

  @Test
  void shouldWarnOfAUnitThatTheBarsContradict() throws IOException {
    make(60_000, 13);
    write(true, false, false);
    final ImportReport report =
        run(ImportFormat.COINALYZE, DEFAULTS.withOpenInterestUnit(AmountUnit.USD), feed(), in());
    assertTrue(
        report.files().toString().contains("check --open-interest-unit"), report.files()::toString);
  }

  @Test
  void shouldRefuseTheUnitWhereItIsKnown() throws IOException {
    final Path file = csv(in(), "BTCUSDT-aggTrades-x.csv", "1,58000,1,1,1,1722816000000,true");
    final String message =
        refusal(ImportFormat.BINANCE, DEFAULTS.withOpenInterestUnit(AmountUnit.USD), feed(), file);
    assertTrue(message.contains("leave --open-interest-unit out"), message);
  }

  @Test
  void shouldRefuseFilesOfTwoMarkets() throws IOException {
    make(60_000, 11);
    write(true, false, false);
    Files.move(
        in().resolve("liquidation/BTCUSDT_PERP.3_1min.csv"),
        in().resolve("liquidation/BTCUSDT_PERP.A_1min.csv"));
    final String message = refusal(ImportFormat.COINALYZE, DEFAULTS, feed(), in());
    assertTrue(message.contains("is of another market than"), message);
  }

  @Test
  void shouldNotTakeFundingForOpenInterest() throws IOException {
    make(60_000, 12);
    write(true, false, false);
    final Path funding =
        csv(
            in().resolve("funding_rate"),
            "BTCUSDT_PERP.3_1min.csv",
            "t,o,h,l,c",
            START + ",0.01,0.01,0.01,0.01");
    final ImportReport report = importAll();
    assertIsTheTruth();
    assertTrue(report.notes().toString().contains("1 files"), report.notes()::toString);
    assertThrows(
        ImportException.class, () -> run(ImportFormat.COINALYZE, DEFAULTS, feed(), funding));
  }

  @Test
  void shouldSplitVolumeInHalvesWhereNoBarSaysWhatTakersBought() throws IOException {
    csv(
        in(),
        "BTCUSDT_PERP.0_1min.csv",
        "t,o,h,l,c,v",
        START + ",60000,60010,59990,60000,10",
        START + 60 + ",60000,60010,59990,60000,6");
    final ImportReport report = importAll();
    long bought = 0;
    for (final FeedEvent trade : read(feed(), FeedEvent.TRADE)) {
      bought += trade.takerSide() == FeedEvent.BUY ? trade.quantity() : 0;
    }
    assertEquals(mantissa("8"), bought);
    assertTrue(
        report.files().get(0).conventions().toString().contains("half of each bar's volume"),
        report.files()::toString);
  }

  @Test
  void shouldKnowWhatZerosAndBlanksMean() throws IOException {
    csv(
        in(),
        "BTCUSDT-ohlcv.csv",
        "t,o,h,l,c,v,bv,tx,btx",
        START + ",60000,60010,59990,60000,10,4,1,1",
        START + 60 + ",0,0,0,0,0,0,0,0",
        START + 120 + ",60000,60010,59990,60000,,,1,1",
        START + 180 + ",60000,60010,59990,60000,0,0,0,0",
        START + 240 + ",60000,60010,59990,60000,10,4,1,1");
    csv(
        in(),
        "BTCUSDT-open-interest.csv",
        "t,o,h,l,c",
        START + ",0,0,0,5000",
        START + 180 + ",NaN,,,0",
        START + 240 + ",5001,5001,5001,");
    csv(
        in(),
        "BTCUSDT-liquidation.csv",
        "t,l,s",
        START + ",0,",
        START + 180 + ",NaN,NaN",
        START + 240 + ",0.01,0");
    final ImportReport report = importAll();
    assertEquals(
        Map.of("a price is zero or unknown, or volume is unknown", 2L),
        FeedCheck.file(report, in().resolve("BTCUSDT-ohlcv.csv")).rowsDropped());
    assertEquals(
        Map.of("open interest is zero, empty or no number", 1L),
        FeedCheck.file(report, in().resolve("BTCUSDT-open-interest.csv")).rowsDropped());
    assertEquals(
        Map.of("liquidations are empty or no number", 1L),
        FeedCheck.file(report, in().resolve("BTCUSDT-liquidation.csv")).rowsDropped());
    assertEquals(
        List.of(mantissa("5000"), mantissa("5001")),
        read(feed(), FeedEvent.OPEN_INTEREST).stream().map(FeedEvent::openInterest).toList());
    assertEquals(1, report.events().liquidations());
  }

  @Test
  void shouldTurnMoneyOfInverseContractsIntoContracts() throws IOException {
    final InstrumentDefinition inverse =
        new InstrumentDefinition(
            0,
            "BTCUSD_PERP",
            "binance-coin",
            "BTC",
            "USD",
            -8,
            0,
            ContractKind.INVERSE,
            OpenInterestUnit.CONTRACTS,
            OpenInterestSides.ONE,
            10_000_000,
            1,
            100,
            FeedOrigin.NOT_STATED);
    csv(
        in(),
        "BTCUSD_PERP.A_1hour_ohlcv.csv",
        "t,o,h,l,c,v,bv,tx,btx",
        START + ",60000,60010,59990,60000,60000000,20000000,1,1",
        START + 3600 + ",60000,60010,59990,60000,60000000,20000000,1,1");
    csv(
        in(),
        "BTCUSD_PERP.A_1hour_open-interest.csv",
        "t,o,h,l,c",
        START + ",500000000,1,1,510000000");
    run(ImportFormat.COINALYZE, DEFAULTS, feed(), inverse, in());
    assertEquals(
        List.of(5_000_000L, 5_100_000L),
        read(feed(), FeedEvent.OPEN_INTEREST).stream().map(FeedEvent::openInterest).toList());
    assertEquals(
        1_200_000L, read(feed(), FeedEvent.TRADE).stream().mapToLong(FeedEvent::quantity).sum());
  }

  @ParameterizedTest
  @CsvSource({"BTCUSDT, false", "BTCUSDT, true", "ETHUSDT, true"})
  void shouldReadRealBarsInTheFormOfTheInterface(final String symbol, final boolean inUsd)
      throws IOException {
    final Path data = RealData.folder("binance-usdm-1h");
    final Map<Long, BigDecimal> expected = new HashMap<>();
    final Map<String, String> closes = new HashMap<>();
    final Map<String, String> opens = new HashMap<>();
    for (final String kind : List.of("ohlcv", "open-interest", "liquidation", "long-short-ratio")) {
      final List<String> rows = new ArrayList<>();
      rows.add(
          switch (kind) {
            case "ohlcv" -> "t,o,h,l,c,v,bv,tx,btx";
            case "open-interest" -> "t,o,h,l,c";
            case "liquidation" -> "t,l,s";
            default -> "t,r,l,s";
          });
      for (final String line : Files.readAllLines(data.resolve(symbol + "-" + kind + ".csv"))) {
        final String[] fields = line.split(",", -1);
        final long time =
            LocalDateTime.parse(fields[0].replace(' ', 'T')).toEpochSecond(ZoneOffset.ofHours(6));
        if (kind.equals("ohlcv")) {
          opens.putIfAbsent(fields[0], fields[1]);
          closes.putIfAbsent(fields[0], fields[4]);
        }
        if (kind.equals("open-interest")) {
          expected.putIfAbsent(time, new BigDecimal(fields[4]));
          if (inUsd) {
            fields[1] = times(fields[1], Double.parseDouble(opens.get(fields[0])));
            fields[4] = times(fields[4], Double.parseDouble(closes.get(fields[0])));
          }
        }
        fields[0] = Long.toString(time);
        rows.add(String.join(",", fields));
      }
      csv(in().resolve(kind), symbol + "_PERP.A_1hour.csv", rows.toArray(String[]::new));
    }
    run(ImportFormat.COINALYZE, DEFAULTS, feed(), FeedCheck.instrument(symbol), in());
    final Map<Long, Long> found = new HashMap<>();
    for (final FeedEvent event : read(feed(), FeedEvent.OPEN_INTEREST)) {
      final long second = event.exchangeTime() / 1_000_000_000L;
      found.put(second - second % 3600, event.openInterest());
    }
    assertEquals(expected.size(), found.size());
    for (final Map.Entry<Long, BigDecimal> hour : expected.entrySet()) {
      final long mantissa =
          hour.getValue()
              .round(new MathContext(16))
              .movePointRight(8)
              .setScale(0, RoundingMode.HALF_EVEN)
              .longValueExact();
      assertEquals((double) mantissa, found.get(hour.getKey()).doubleValue(), mantissa * 1e-9);
    }
  }
}
