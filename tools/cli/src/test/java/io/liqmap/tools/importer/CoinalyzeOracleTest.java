package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.btc;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bars of Coinalyze and what is joined with them, against the same lines. */
@Tag("slow")
final class CoinalyzeOracleTest {
  private static final List<String> KINDS =
      List.of("ohlcv", "open-interest", "liquidation", "long-short-ratio");
  private static final List<String> FOLDERS =
      List.of("ohlcv", "open_interest", "liquidation", "long_short_ratio");
  private static final List<String> HEADERS =
      List.of("t,o,h,l,c,v,bv,tx,btx", "t,o,h,l,c", "t,l,s", "t,r,l,s");
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final long NANOS = 1_000_000_000L;

  @TempDir private Path folder;

  private final List<TreeMap<Long, String>> truth = new ArrayList<>();
  private boolean inMoney;

  static LongStream seeds() {
    return Oracle.seeds();
  }

  private static boolean isUnknown(final String field) {
    return field.isEmpty() || field.equals("NaN") || field.equals("null");
  }

  private static boolean isNothing(final String field) {
    return isUnknown(field) || new BigDecimal(field).signum() == 0;
  }

  private static String decimal(final double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static long amount(final String field, final String price) {
    BigDecimal amount = new BigDecimal(field);
    if (price != null) {
      amount = amount.divide(new BigDecimal(price), MathContext.DECIMAL64);
    }
    return amount.movePointRight(8).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
  }

  /** Rows by time in s, without their times. */
  private void make(final Oracle oracle, final long start, final long interval, final int bars) {
    final Random random = oracle.random();
    for (int i = 0; i < KINDS.size(); i++) {
      truth.add(new TreeMap<>());
    }
    double price = 58_000;
    double open = 80_000;
    final double daily = open / 0.3;
    for (int i = 0; i < bars; i++) {
      final long time = start + interval * i;
      final double close = price * (1 + (random.nextDouble() - 0.5) * 0.004);
      final String high = decimal(Math.max(price, close) * (1 + random.nextDouble() * 0.001));
      final String low = decimal(Math.min(price, close) * (1 - random.nextDouble() * 0.001));
      final double volume = daily * interval / 86_400 * (0.5 + random.nextDouble());
      final double closing = open * (1 + (random.nextDouble() - 0.5) * 0.002);
      truth
          .get(0)
          .put(
              time,
              "%s,%s,%s,%s,%s,%s,9,4"
                  .formatted(
                      decimal(price),
                      high,
                      low,
                      decimal(close),
                      decimal(volume),
                      decimal(volume * random.nextDouble())));
      final String opening = money(open, price);
      truth.get(1).put(time, opening + "," + opening + "," + opening + "," + money(closing, close));
      truth
          .get(2)
          .put(
              time,
              (oracle.once(3) ? "0" : money(volume * 0.001, price))
                  + ","
                  + (oracle.once(3) ? "0" : money(volume * 0.002, price)));
      truth.get(3).put(time, decimal(0.5 + random.nextDouble()) + ",50,50");
      price = close;
      open = closing;
    }
  }

  private String money(final double amount, final double price) {
    return decimal(inMoney ? amount * price : amount);
  }

  /** Leaves rows out and blanks fields. */
  private void damage(final Oracle oracle, final int kind) {
    final Random random = oracle.random();
    final TreeMap<Long, String> rows = truth.get(kind);
    final List<Long> times = new ArrayList<>(rows.keySet());
    for (int i = oracle.once(2) ? random.nextInt(12) : 0; i > 0; i--) {
      rows.remove(times.get(random.nextInt(times.size())));
    }
    for (int i = oracle.once(2) ? random.nextInt(12) : 0; i > 0; i--) {
      final String blank = List.of("", "NaN", "0", "null").get(random.nextInt(4));
      rows.computeIfPresent(
          times.get(random.nextInt(times.size())),
          (t, row) -> Oracle.with(row, kind == 3 ? 0 : random.nextInt(kind == 2 ? 2 : 4), blank));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldHoldEachBarAndWhatIsJoinedWithItOrRefuse(final long seed) throws IOException {
    final Oracle oracle = new Oracle(seed, folder);
    final Random random = oracle.random();
    inMoney = oracle.once(2);
    final long interval = List.of(60L, 300L, 3_600L).get(random.nextInt(3));
    final boolean isLocal = oracle.once(2);
    final boolean hasSummer = isLocal && oracle.once(2);
    final ZoneId zone =
        hasSummer
            ? ZoneId.of("Europe/Berlin")
            : isLocal ? ZoneOffset.ofHours(random.nextInt(20) - 10) : ZoneOffset.UTC;
    // Summer time of 2024 ends on 27 October at 01:00 UTC.
    final long start = Instant.parse("2024-10-26T23:00:00Z").getEpochSecond();
    make(oracle, start, interval, 100 + random.nextInt(200));
    for (int kind = 0; kind < KINDS.size(); kind++) {
      if (!hasSummer) {
        damage(oracle, kind);
      }
    }
    final TreeMap<Long, String> bars = truth.get(0);
    final Set<Long> known = new HashSet<>();
    bars.forEach(
        (time, row) -> {
          final String[] fields = row.split(",", -1);
          if (!isNothing(fields[0])
              && !isNothing(fields[1])
              && !isNothing(fields[2])
              && !isNothing(fields[3])) {
            known.add(time);
          }
        });
    final long first = known.stream().mapToLong(t -> t).min().orElseThrow();
    final long last = known.stream().mapToLong(t -> t).max().orElseThrow();
    final boolean millis = oracle.once(2);
    boolean refused = false;
    for (int kind = 0; kind < KINDS.size(); kind++) {
      final List<String> rows = new ArrayList<>();
      long lost = 0;
      for (final Map.Entry<Long, String> row : truth.get(kind).entrySet()) {
        final long time = row.getKey();
        rows.add(
            (isLocal
                    ? LOCAL.format(Instant.ofEpochSecond(time).atZone(zone))
                    : millis ? time + "000" : String.valueOf(time))
                + ","
                + row.getValue());
        lost += kind > 0 && time > first && time < last && !known.contains(time) ? 1 : 0;
      }
      if (hasSummer) {
        if (oracle.once(2)) {
          Collections.reverse(rows);
        }
      } else {
        if (oracle.once(2)) {
          oracle.repeat(rows);
        }
        oracle.disturb(rows);
      }
      refused |= Oracle.losesTooMuch(lost, rows.size());
      if (oracle.once(40)) {
        rows.set(7, Oracle.with(rows.get(7), 1, "-1"));
        refused = true;
      }
      final Path file =
          isLocal
              ? oracle.write(
                  oracle.in(),
                  "BTCUSDT-" + KINDS.get(kind),
                  oracle.once(2) ? HEADERS.get(kind) : null,
                  rows,
                  "")
              : oracle.write(
                  oracle.in().resolve(FOLDERS.get(kind)),
                  "BTCUSDT_PERP.A_1min",
                  HEADERS.get(kind),
                  rows,
                  "");
      if (oracle.once(40)) {
        oracle.cut(file);
        refused = true;
      }
    }
    if (refused) {
      oracle.refuses(ImportFormat.COINALYZE, btc());
      return;
    }
    oracle.run(
        ImportFormat.COINALYZE,
        isLocal ? ImportOptions.defaults().withTimeZone(zone) : ImportOptions.defaults(),
        btc());
    bars.keySet().retainAll(known);
    compareBars(bars, interval);
    compareOpenInterest(bars, interval);
    compareLiquidations(bars, interval);
    compareRatios(bars, interval);
  }

  private static List<FeedEvent> within(
      final List<FeedEvent> events, final long time, final long interval) {
    return events.stream()
        .filter(
            (e) -> e.exchangeTime() >= time * NANOS && e.exchangeTime() < (time + interval) * NANOS)
        .toList();
  }

  private void compareBars(final Map<Long, String> bars, final long interval) throws IOException {
    final List<FeedEvent> trades = read(folder.resolve("out.feed"), FeedEvent.TRADE);
    long found = 0;
    for (final Map.Entry<Long, String> bar : bars.entrySet()) {
      final String[] fields = bar.getValue().split(",", -1);
      final List<FeedEvent> inside = within(trades, bar.getKey(), interval);
      assertEquals(mantissa(fields[0]), inside.get(0).price());
      assertEquals(mantissa(fields[3]), inside.get(inside.size() - 1).price());
      assertEquals(
          mantissa(fields[1]), inside.stream().mapToLong(FeedEvent::price).max().orElseThrow());
      assertEquals(
          mantissa(fields[2]), inside.stream().mapToLong(FeedEvent::price).min().orElseThrow());
      assertEquals(mantissa(fields[4]), inside.stream().mapToLong(FeedEvent::quantity).sum());
      assertEquals(
          mantissa(fields[5]),
          inside.stream()
              .filter((t) -> t.takerSide() == FeedEvent.BUY)
              .mapToLong(FeedEvent::quantity)
              .sum());
      found += inside.size();
    }
    assertEquals(trades.size(), found);
  }

  private void compareOpenInterest(final Map<Long, String> bars, final long interval)
      throws IOException {
    final List<List<Long>> expected = new ArrayList<>();
    long until = -1;
    for (final Map.Entry<Long, String> bar : bars.entrySet()) {
      final long time = bar.getKey();
      final String row = truth.get(1).get(time);
      if (row == null) {
        continue;
      }
      final String[] prices = bar.getValue().split(",", -1);
      final String[] fields = row.split(",", -1);
      if (!isNothing(fields[0]) && until != time) {
        expected.add(List.of(time * NANOS, amount(fields[0], inMoney ? prices[0] : null)));
      }
      if (!isNothing(fields[3])) {
        until = time + interval;
        expected.add(List.of(until * NANOS - 1, amount(fields[3], inMoney ? prices[3] : null)));
      }
    }
    assertEquals(
        expected,
        read(folder.resolve("out.feed"), FeedEvent.OPEN_INTEREST).stream()
            .map((e) -> List.of(e.exchangeTime(), e.openInterest()))
            .toList());
  }

  private void compareLiquidations(final Map<Long, String> bars, final long interval)
      throws IOException {
    final List<FeedEvent> all = read(folder.resolve("out.feed"), FeedEvent.LIQUIDATION);
    int found = 0;
    for (final Map.Entry<Long, String> bar : bars.entrySet()) {
      final String[] prices = bar.getValue().split(",", -1);
      final Set<List<Long>> expected = new HashSet<>();
      final String row = truth.get(2).get(bar.getKey());
      final String[] fields = row == null ? new String[] {"", ""} : row.split(",", -1);
      for (int side = 0; side < 2; side++) {
        if (!isNothing(fields[side])) {
          final String at = prices[2 - side];
          expected.add(
              List.of(
                  (long) (side == 0 ? FeedEvent.LONG : FeedEvent.SHORT),
                  mantissa(at),
                  amount(fields[side], inMoney ? at : null)));
        }
      }
      final List<FeedEvent> inside = within(all, bar.getKey(), interval);
      final Set<List<Long>> said = new HashSet<>();
      inside.forEach((e) -> said.add(List.of((long) e.positionSide(), e.price(), e.quantity())));
      assertEquals(expected, said);
      assertEquals(expected.size(), inside.size());
      found += inside.size();
    }
    assertEquals(all.size(), found);
    assertTrue(found > 0);
  }

  private void compareRatios(final Map<Long, String> bars, final long interval) throws IOException {
    final List<List<Long>> expected = new ArrayList<>();
    for (final long time : bars.keySet()) {
      final String row = truth.get(3).get(time);
      if (row != null && !isNothing(row.split(",", -1)[0])) {
        expected.add(
            List.of(
                (time + interval) * NANOS - 1,
                new BigDecimal(row.split(",", -1)[0]).movePointRight(9).longValueExact()));
      }
    }
    assertEquals(
        expected,
        read(folder.resolve("out.feed"), FeedEvent.ACCOUNT_RATIO).stream()
            .map((e) -> List.of(e.exchangeTime(), e.longShortRatio()))
            .toList());
  }
}
