package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.btc;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tardis's ticker, and Binance's funding and klines of the mark, against the same lines. */
@Tag("slow")
final class SeriesOracleTest {
  private static final String TICKER =
      "exchange,symbol,timestamp,local_timestamp,funding_timestamp,funding_rate,predicted_funding_rate,"
          + "open_interest,last_price,index_price,mark_price";
  private static final String KLINES =
      "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore";
  private static final long DAY = Instant.parse("2024-08-05T00:00:00Z").getEpochSecond();
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  static LongStream seeds() {
    return Oracle.seeds();
  }

  /** What an event of the mark price or of open interest says. */
  private record Said(
      int kind, long received, long time, long amount, long index, long funding, long next) {}

  private static List<Said> inFeed(final Path feed) throws IOException {
    final List<Said> said = new ArrayList<>();
    for (final FeedEvent event : read(feed)) {
      if (event.kind() == FeedEvent.MARK_PRICE) {
        said.add(
            new Said(
                event.kind(),
                event.receiveTime(),
                event.exchangeTime(),
                event.markPrice(),
                event.indexPrice(),
                event.fundingRate(),
                event.nextFundingTime()));
      } else if (event.kind() == FeedEvent.OPEN_INTEREST) {
        said.add(openInterest(event.receiveTime(), event.exchangeTime(), event.openInterest()));
      }
    }
    return said;
  }

  private static Said openInterest(final long received, final long time, final long amount) {
    return new Said(FeedEvent.OPEN_INTEREST, received, time, amount, 0, 0, 0);
  }

  private static boolean isUnknown(final String field) {
    return field.isEmpty() || field.equals("NaN") || new BigDecimal(field).signum() == 0;
  }

  private static long rate(final String field) {
    return new BigDecimal(field).movePointRight(9).longValueExact();
  }

  private static List<String> ticker(final Oracle oracle, final long from) {
    final Random random = oracle.random();
    final List<String> rows = new ArrayList<>();
    long micros = from * 1_000_000;
    String openInterest = "80000.5";
    for (int i = 60 + random.nextInt(300); i > 0; i--) {
      openInterest =
          oracle.once(4) ? String.valueOf(80_000 + random.nextInt(4_000) / 4.0) : openInterest;
      final String[] fields = {
        "binance-futures",
        "BTCUSDT",
        String.valueOf(micros - random.nextInt(30_000)),
        String.valueOf(micros),
        oracle.once(5) ? "" : String.valueOf((from / 28_800 + 1) * 28_800 * 1_000_000),
        oracle.once(5)
            ? ""
            : (random.nextBoolean() ? "-" : "") + "0.000" + (1 + random.nextInt(900)),
        "",
        oracle.once(6) ? "0" : oracle.once(6) ? "" : openInterest,
        "58000",
        oracle.once(6) ? "0.0" : String.valueOf(58_000 + random.nextInt(400) / 4.0),
        oracle.once(6)
            ? ""
            : oracle.once(9) ? "0" : String.valueOf(58_000 + random.nextInt(40) / 4.0)
      };
      rows.add(String.join(",", fields));
      micros += 1 + random.nextInt(40_000_000);
    }
    return rows;
  }

  /** The series that rows in order of receipt say. */
  private static List<Said> saidBy(final List<String> rows) {
    final List<Said> said = new ArrayList<>();
    long index = FeedEvent.ABSENT;
    long funding = FeedEvent.ABSENT;
    long next = 0;
    String last = "";
    long lastTime = 0;
    for (final String row : rows) {
      final String[] fields = row.split(",", -1);
      final long time = Long.parseLong(fields[2]) * 1000;
      final long received = Long.parseLong(fields[3]) * 1000;
      index = isUnknown(fields[9]) ? index : mantissa(fields[9]);
      funding = fields[5].isEmpty() ? funding : rate(fields[5]);
      next = fields[4].isEmpty() ? next : Long.parseLong(fields[4]) * 1000;
      if (!isUnknown(fields[10])) {
        said.add(
            new Said(
                FeedEvent.MARK_PRICE, received, time, mantissa(fields[10]), index, funding, next));
      }
      if (!isUnknown(fields[7])
          && (!fields[7].equals(last) || received >= lastTime + 60 * SECOND)) {
        said.add(openInterest(received, time, mantissa(fields[7])));
        last = fields[7];
        lastTime = received;
      }
    }
    return said;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldHoldWhatTheTickerOfTardisSaysOrRefuse(final long seed) throws IOException {
    final Oracle oracle = new Oracle(seed, folder);
    final List<Said> expected = new ArrayList<>();
    boolean refused = false;
    for (int day = 0; day < 1 + oracle.random().nextInt(2); day++) {
      final List<String> rows = ticker(oracle, DAY + 86_400L * day);
      expected.addAll(saidBy(rows));
      if (oracle.once(2)) {
        oracle.repeat(rows);
      }
      oracle.disturb(rows);
      if (oracle.once(15)) {
        final String[] wrong = {"-1", "x", "58,000"};
        rows.set(3, Oracle.with(rows.get(3), 10, wrong[oracle.random().nextInt(3)]));
        refused = true;
      }
      final Path file =
          oracle.write(
              oracle.in(),
              "binance-futures_derivative_ticker_2024-08-0" + (5 + day) + "_BTCUSDT",
              TICKER,
              rows,
              ".gz");
      if (oracle.once(15)) {
        oracle.cut(file);
        refused = true;
      }
    }
    if (refused) {
      oracle.refuses(ImportFormat.TARDIS, btc());
      return;
    }
    oracle.run(ImportFormat.TARDIS, btc());
    assertEquals(expected, inFeed(oracle.feed()));
  }

  private static String kline(final Oracle oracle, final long minute) {
    final Random random = oracle.random();
    final int open = 580_000 + random.nextInt(100);
    final int close = 580_000 + random.nextInt(100);
    final int high = Math.max(open, close) + random.nextInt(50);
    final int low = Math.min(open, close) - random.nextInt(50);
    final long from = minute * 60_000;
    return "%s,%s,%s,%s,%s,0,%s,0,60,0,0,0"
        .formatted(from, open / 10.0, high / 10.0, low / 10.0, close / 10.0, from + 59_999);
  }

  /** Times in µs, as newer archives have them. */
  private static String inMicros(final String row) {
    final String[] fields = row.split(",", -1);
    fields[0] += "000";
    fields[6] += "999";
    return String.join(",", fields);
  }

  private static List<long[]> marks(final String row) {
    final String[] fields = row.split(",", -1);
    final long unit = fields[0].length() > 13 ? 1_000 : 1_000_000;
    final long from = Long.parseLong(fields[0]) * unit;
    final long to = Long.parseLong(fields[6]) * unit;
    final boolean rises = Double.parseDouble(fields[4]) >= Double.parseDouble(fields[1]);
    final long third = (to - from) / 3;
    return List.of(
        new long[] {from, mantissa(fields[1])},
        new long[] {from + third, mantissa(fields[rises ? 3 : 2])},
        new long[] {from + 2 * third, mantissa(fields[rises ? 2 : 3])},
        new long[] {to, mantissa(fields[4])});
  }

  /** Marks as klines say them, with the funding paid last before each. */
  private static List<Said> saidBy(final Map<Long, String> klines, final List<String> funding) {
    final TreeMap<Long, String> paid = new TreeMap<>();
    for (final String row : funding) {
      if (!row.split(",", -1)[2].isEmpty()) {
        paid.put(Long.parseLong(row.split(",", -1)[0]) * 1_000_000, row);
      }
    }
    final List<Said> said = new ArrayList<>();
    for (final String row : klines.values()) {
      for (final long[] mark : marks(row)) {
        final Map.Entry<Long, String> last = paid.floorEntry(mark[0]);
        long rate = FeedEvent.ABSENT;
        long next = 0;
        if (last != null) {
          final String[] fields = last.getValue().split(",", -1);
          rate = rate(fields[2]);
          // It was paid at the row's minute.
          next = last.getKey() / (60 * SECOND) * (60 * SECOND);
        }
        said.add(
            new Said(
                FeedEvent.MARK_PRICE, mark[0], mark[0], mark[1], FeedEvent.ABSENT, rate, next));
      }
    }
    return said;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldHoldMarksAndFundingOfBinanceOrRefuse(final long seed) throws IOException {
    final Oracle oracle = new Oracle(seed, folder);
    final Random random = oracle.random();
    final TreeMap<Long, String> klines = new TreeMap<>();
    final Path marks = oracle.in().resolve("markPriceKlines");
    boolean refused = false;
    final List<String> month = new ArrayList<>();
    final boolean overlaps = oracle.once(2);
    for (int day = 0; day < 2; day++) {
      final boolean micros = !overlaps && oracle.once(2);
      final List<String> rows = new ArrayList<>();
      for (int minute = 0; minute < 1440; minute += oracle.once(4) ? 40 : 1) {
        final String row = kline(oracle, DAY / 60 + 1440L * day + minute);
        rows.add(micros ? inMicros(row) : row);
        month.add(row);
        klines.put(Long.parseLong(row.split(",", -1)[0]), rows.get(rows.size() - 1));
      }
      for (int i = oracle.once(2) ? random.nextInt(9) : 0; i > 0; i--) {
        final int at = random.nextInt(rows.size());
        final long from = Long.parseLong(rows.get(at).split(",", -1)[0]) / (micros ? 1_000 : 1);
        rows.set(at, Oracle.with(rows.get(at), 1 + random.nextInt(4), oracle.once(2) ? "0" : ""));
        if (!overlaps) {
          klines.remove(from);
        }
      }
      if (oracle.once(2)) {
        oracle.repeat(rows);
      }
      oracle.disturb(rows);
      final Path file =
          oracle.write(
              marks,
              "BTCUSDT-1m-2024-08-0" + (5 + day),
              oracle.once(2) ? KLINES : null,
              rows,
              ".zip");
      if (oracle.once(20)) {
        oracle.cut(file);
        refused = true;
      }
    }
    int contradicting = 0;
    if (overlaps) {
      // Days come first where both say something: the names are read in their order.
      for (int i = oracle.once(3) ? random.nextInt(30) : 0; i > 0; i--) {
        final int at = random.nextInt(month.size());
        final String row = month.get(at);
        final double high = Double.parseDouble(row.split(",", -1)[2]);
        month.set(at, Oracle.with(row, 2, String.valueOf(Math.round(high * 10 + 1) / 10.0)));
        contradicting++;
      }
      oracle.disturb(month);
      oracle.write(marks, "BTCUSDT-1m-2024-08", KLINES, month, ".zip");
    }
    final List<String> funding = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      final long time = (DAY + i * 28_800L) * 1000 + random.nextInt(9);
      funding.add(
          "%s,%s,%s"
              .formatted(time, oracle.once(4) ? "" : "8", oracle.once(6) ? "" : "0.000" + (i + 1)));
    }
    final List<String> given = new ArrayList<>(funding);
    oracle.repeat(given);
    oracle.disturb(given);
    oracle.write(
        oracle.in(),
        "BTCUSDT-fundingRate-2024-08",
        "calc_time,funding_interval_hours,last_funding_rate",
        given,
        ".zip");
    oracle.write(
        oracle.in(),
        "BTCUSDT-fundingRate-2024-08-05",
        "calc_time,funding_interval_hours,last_funding_rate",
        new ArrayList<>(new LinkedHashSet<>(funding)),
        ".zip");
    if (refused) {
      oracle.refuses(ImportFormat.BINANCE, btc());
      return;
    }
    final ImportReport report = oracle.run(ImportFormat.BINANCE, btc());
    final List<Said> found = inFeed(oracle.feed());
    if (contradicting == 0) {
      assertEquals(saidBy(klines, funding), found);
    }
    assertEquals(4L * klines.size(), found.size());
    final long lost = report.files().stream().mapToLong((f) -> f.lost()).sum();
    assertEquals(contradicting > 0, lost > 0);
  }
}
