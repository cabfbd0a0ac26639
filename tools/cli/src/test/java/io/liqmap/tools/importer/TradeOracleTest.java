package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.btc;
import static io.liqmap.tools.importer.FeedCheck.mantissa;
import static io.liqmap.tools.importer.FeedCheck.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trades and liquidations of Bybit and Tardis against a reading of the same lines. */
@Tag("slow")
final class TradeOracleTest {
  private static final String BYBIT =
      "timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional";
  private static final String TARDIS =
      "exchange,symbol,timestamp,local_timestamp,id,side,price,amount";
  private static final long DAY = Instant.parse("2024-08-05T00:00:00Z").getEpochSecond();
  private static final Comparator<Said> BY_ALL =
      Comparator.comparingLong(Said::received)
          .thenComparingLong(Said::time)
          .thenComparingInt(Said::kind)
          .thenComparingInt(Said::side)
          .thenComparingLong(Said::price)
          .thenComparingLong(Said::quantity);

  @TempDir private Path folder;

  static LongStream seeds() {
    return Oracle.seeds();
  }

  /** What a row, or an event, says. */
  private record Said(int kind, long received, long time, int side, long price, long quantity) {}

  private static List<Said> inFeed(final Path feed) throws IOException {
    final List<Said> said = new ArrayList<>();
    for (final FeedEvent event : read(feed)) {
      if (event.kind() == FeedEvent.TRADE || event.kind() == FeedEvent.LIQUIDATION) {
        said.add(
            new Said(
                event.kind(),
                event.receiveTime(),
                event.exchangeTime(),
                event.kind() == FeedEvent.TRADE ? event.takerSide() : event.positionSide(),
                event.price(),
                event.quantity()));
      }
    }
    return said;
  }

  private static List<Said> sorted(final List<Said> said) {
    return said.stream().sorted(BY_ALL).toList();
  }

  /** Compares with each row once; where the order of equal times is known, with that too. */
  private static void compare(final List<Said> expected, final Path feed, final boolean inOrder)
      throws IOException {
    final List<Said> found = inFeed(feed);
    assertEquals(sorted(expected), sorted(found));
    assertEquals(
        expected.stream().mapToLong(Said::quantity).sum(),
        found.stream().mapToLong(Said::quantity).sum());
    if (inOrder) {
      assertEquals(expected, found);
    }
  }

  private static String bybitRow(final Random random, final long tenths, final int id) {
    final String time = BigDecimal.valueOf(tenths, 4).stripTrailingZeros().toPlainString();
    final double size = (1 + random.nextInt(5_000)) / 1000.0;
    final double price = 58_000 + random.nextInt(1_000) / 10.0;
    return String.format(
        Locale.ROOT,
        "%s,BTCUSDT,%s,%s,%s,PlusTick,%08x-0000,%s,%s,%s",
        time,
        random.nextBoolean() ? "Buy" : "Sell",
        size,
        price,
        id,
        size * price * 1e8,
        size,
        size * price);
  }

  private static Said bybit(final String row) {
    final String[] fields = row.split(",", -1);
    final long time = new BigDecimal(fields[0]).movePointRight(9).longValueExact();
    return new Said(
        FeedEvent.TRADE,
        time,
        time,
        fields[2].equals("Buy") ? FeedEvent.BUY : FeedEvent.SELL,
        mantissa(fields[4]),
        mantissa(fields[3]));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldHoldEachTradeOfBybitOnceOrRefuse(final long seed) throws IOException {
    final Oracle oracle = new Oracle(seed, folder);
    final Random random = oracle.random();
    final List<List<String>> days = new ArrayList<>();
    int id = 0;
    for (int day = 0; day < 1 + random.nextInt(3); day++) {
      final List<String> rows = new ArrayList<>();
      long tenths = (DAY + 86_400L * day) * 10_000;
      for (int i = 50 + random.nextInt(400); i > 0; i--) {
        rows.add(bybitRow(random, tenths, id++));
        tenths += oracle.once(4) ? 0 : random.nextInt(1_000_000);
      }
      days.add(rows);
    }
    if (days.size() > 1 && oracle.once(3)) {
      days.get(0).add(days.get(1).get(0));
    }
    final int missing = random.nextInt(40);
    days.get(0).subList(1, 1 + missing).clear();
    final Set<String> each = new LinkedHashSet<>();
    boolean inOrder = true;
    boolean refused = false;
    long dropped = 0;
    for (int day = 0; day < days.size(); day++) {
      final List<String> rows = days.get(day);
      final int zeros = oracle.once(3) ? random.nextInt(20) : 0;
      for (int i = 0; i < zeros; i++) {
        final int at = random.nextInt(rows.size());
        rows.set(
            at, Oracle.with(rows.get(at), 3 + random.nextInt(2), oracle.once(2) ? "0" : "0.0"));
      }
      each.addAll(rows);
      for (int i = oracle.once(2) ? random.nextInt(8) : 0; i > 0; i--) {
        oracle.repeat(rows);
        inOrder = false;
      }
      inOrder &= !oracle.disturb(rows);
      long lost = 0;
      for (final String row : rows) {
        lost += isZero(row.split(",", -1)[3]) || isZero(row.split(",", -1)[4]) ? 1 : 0;
      }
      refused |= Oracle.losesTooMuch(lost, rows.size());
      dropped += rows.size();
      if (oracle.once(15)) {
        final String[] other = {"ETHUSDT", "Hold", "-1", "x"};
        final int column = random.nextInt(other.length);
        rows.set(random.nextInt(rows.size()), Oracle.with(rows.get(0), 1 + column, other[column]));
        refused = true;
      }
      final Path file =
          oracle.write(
              oracle.in(),
              "BTCUSDT2024-08-0" + (5 + day),
              BYBIT + (oracle.once(4) && addColumn(rows) ? ",RPI" : ""),
              rows,
              ".gz");
      if (oracle.once(15)) {
        oracle.cut(file);
        refused = true;
      }
    }
    if (refused) {
      oracle.refuses(ImportFormat.BYBIT, btc());
      return;
    }
    final ImportReport report = oracle.run(ImportFormat.BYBIT, btc());
    each.removeIf((row) -> isZero(row.split(",", -1)[3]) || isZero(row.split(",", -1)[4]));
    compare(each.stream().map(TradeOracleTest::bybit).toList(), oracle.feed(), inOrder);
    assertEquals(
        dropped - each.size(), report.files().stream().mapToLong((f) -> f.dropped()).sum());
  }

  private static boolean addColumn(final List<String> rows) {
    rows.replaceAll((row) -> row + ",0");
    return true;
  }

  private static boolean isZero(final String field) {
    return new BigDecimal(field).signum() == 0;
  }

  private static Said tardis(final int kind, final String row) {
    final String[] fields = row.split(",", -1);
    final boolean buys = fields[5].equals("buy");
    return new Said(
        kind,
        Long.parseLong(fields[3]) * 1000,
        Long.parseLong(fields[2]) * 1000,
        kind == FeedEvent.TRADE
            ? buys ? FeedEvent.BUY : FeedEvent.SELL
            : buys ? FeedEvent.SHORT : FeedEvent.LONG,
        mantissa(fields[6]),
        mantissa(fields[7]));
  }

  private static String tardisRow(final Random random, final long micros, final String id) {
    return "binance-futures,BTCUSDT,%s,%s,%s,%s,%s,%s"
        .formatted(
            micros - 1_000L * (1 + random.nextInt(50)),
            micros,
            id,
            random.nextBoolean() ? "buy" : "sell",
            58_000 + random.nextInt(1_000) / 10.0,
            (1 + random.nextInt(5_000)) / 1000.0);
  }

  private static boolean isUnknown(final String row) {
    final String[] fields = row.split(",", -1);
    return fields[6].isEmpty() || fields[7].isEmpty() || fields[7].equals("NaN");
  }

  private static boolean isLost(final String row) {
    final String[] fields = row.split(",", -1);
    return !isUnknown(row)
        && (fields[5].isEmpty()
            || fields[5].equals("unknown")
            || isZero(fields[6])
            || isZero(fields[7]));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void shouldHoldEachTradeAndLiquidationOfTardisOnceOrRefuse(final long seed) throws IOException {
    final Oracle oracle = new Oracle(seed, folder);
    final Random random = oracle.random();
    final List<Said> expected = new ArrayList<>();
    boolean refused = false;
    for (int day = 0; day < 1 + random.nextInt(2); day++) {
      for (final int kind : new int[] {FeedEvent.TRADE, FeedEvent.LIQUIDATION}) {
        final boolean isTrades = kind == FeedEvent.TRADE;
        final List<String> rows = new ArrayList<>();
        long micros = (DAY + 86_400L * day) * 1_000_000;
        for (int i = 40 + random.nextInt(isTrades ? 400 : 60); i > 0; i--) {
          rows.add(tardisRow(random, micros, isTrades ? day + "-" + i : ""));
          micros += isTrades && oracle.once(4) ? 0 : 1 + random.nextInt(100_000_000);
        }
        final int faults = oracle.once(3) ? random.nextInt(16) : 0;
        for (int i = 0; i < faults; i++) {
          final int at = random.nextInt(rows.size());
          final String[] fault = {
            "5", "unknown", "5", "", "6", "0", "7", "0.000", "6", "", "7", "NaN"
          };
          final int which = 2 * random.nextInt(fault.length / 2);
          rows.set(at, Oracle.with(rows.get(at), Integer.parseInt(fault[which]), fault[which + 1]));
        }
        for (final String row : rows) {
          if (!isUnknown(row) && !isLost(row)) {
            expected.add(tardis(kind, row));
          }
        }
        if (oracle.once(2)) {
          oracle.repeat(rows);
        }
        oracle.disturb(rows);
        if (!isTrades && !isFallen(rows)) {
          // A row beside its like, without an id, is another liquidation.
          expected.addAll(secondOnes(kind, rows));
        }
        refused |=
            Oracle.losesTooMuch(rows.stream().filter(TradeOracleTest::isLost).count(), rows.size());
        if (oracle.once(20)) {
          final String[] other = {"bybit", "ETHUSDT"};
          final int column = random.nextInt(2);
          rows.set(rows.size() / 2, Oracle.with(rows.get(rows.size() / 2), column, other[column]));
          refused = true;
        }
        final Path file =
            oracle.write(
                oracle.in(),
                "binance-futures_%s_2024-08-0%s_BTCUSDT"
                    .formatted(isTrades ? "trades" : "liquidations", 5 + day),
                TARDIS,
                rows,
                ".gz");
        if (oracle.once(20)) {
          oracle.cut(file);
          refused = true;
        }
      }
    }
    if (refused) {
      oracle.refuses(ImportFormat.TARDIS, btc());
      return;
    }
    oracle.run(ImportFormat.TARDIS, btc());
    compare(expected, oracle.feed(), false);
    assertTrue(expected.size() > 50);
  }

  private static boolean isFallen(final List<String> rows) {
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).split(",", -1)[3].compareTo(rows.get(i - 1).split(",", -1)[3]) < 0) {
        return true;
      }
    }
    return false;
  }

  private static List<Said> secondOnes(final int kind, final List<String> rows) {
    final List<Said> second = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      final String row = rows.get(i);
      if (row.equals(rows.get(i - 1)) && !isUnknown(row) && !isLost(row)) {
        second.add(tardis(kind, row));
      }
    }
    return second;
  }
}
