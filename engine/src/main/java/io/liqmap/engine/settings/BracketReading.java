package io.liqmap.engine.settings;

import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Reads bracket tables, and reports what is wrong with each row. */
final class BracketReading {
  private static final double TOLERANCE = 1e-6;
  // Some tables end at the largest long.
  private static final Range NOTIONAL = Range.of("0", "1e19");
  private static final Range RATE = Range.above("0", "0.999999");
  private static final Range LEVERAGE = Range.of("1", "1000");
  private static final Range SIZE = Range.of(1, 1000);

  private BracketReading() {}

  /** The tables under a key; null if something is wrong with them. */
  static Dated<BracketTable> read(final Section in, final String key) {
    final Dates dates = new Dates();
    final List<Since> tables = in.list(key, SIZE, (at) -> table(at, dates));
    if (tables.isEmpty() || tables.size() != in.size(key)) {
      return null;
    }
    final boolean[] seen = new boolean[tables.size()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = tables.get(i).isSeen();
    }
    return new Dated<>(
        tables.stream().mapToLong(Since::date).toArray(),
        seen,
        tables.stream().map(Since::table).toList());
  }

  private static Since table(final Section at, final Dates dates) {
    final boolean isSeen = at.has("seen");
    final String key = isSeen ? "seen" : "from";
    final long date = at.time(key);
    if (isSeen && at.has("from")) {
      at.reject("from", "given beside seen", "one of them: from, if the venue said when it began");
    } else if (at.isSound()) {
      dates.accept(at, key, date);
    }
    final Rows rows = new Rows();
    final List<Bracket> brackets = at.list("table", SIZE, rows::read);
    return at.make(() -> new Since(date, isSeen, new BracketTable(brackets)));
  }

  private record Since(long date, boolean isSeen, BracketTable table) {}

  /** Holds that dates rise. */
  private static final class Dates {
    private long before = -1;

    void accept(final Section at, final String key, final long date) {
      if (date <= before) {
        at.reject(key, SettingsText.time(date), "a time after " + SettingsText.time(before));
      }
      before = date;
    }
  }

  /** Holds each row against the one before. */
  private static final class Rows {
    private Bracket before = new Bracket(0, 0, 0, 0, Double.MAX_VALUE);
    private boolean comparable = true;

    Bracket read(final Section at) {
      final Bracket row =
          new Bracket(
              at.number("floor", NOTIONAL),
              at.number("cap", NOTIONAL),
              at.number("rate", RATE),
              at.number("amount", NOTIONAL),
              at.number("max-leverage", LEVERAGE));
      if (at.isSound() && comparable) {
        compare(at, row);
      }
      // An unreadable row doesn't constrain the next.
      comparable = at.isSound();
      before = row;
      return at.make(() -> row);
    }

    private void compare(final Section at, final Bracket row) {
      require(
          at,
          "floor",
          row.floor(),
          row.floor() == before.cap(),
          shown(before.cap()) + ", the cap of the row before");
      require(at, "cap", row.cap(), row.cap() > row.floor(), "above its floor");
      require(
          at,
          "rate",
          row.maintenanceRate(),
          row.maintenanceRate() > before.maintenanceRate(),
          "above the rate of the row before, " + shown(before.maintenanceRate()));
      require(
          at,
          "max-leverage",
          row.maxLeverage(),
          row.maxLeverage() <= before.maxLeverage(),
          "at most that of the row before, " + shown(before.maxLeverage()));
      final double amount =
          row.floor() * (row.maintenanceRate() - before.maintenanceRate())
              + before.maintenanceAmount();
      require(
          at,
          "amount",
          row.maintenanceAmount(),
          Math.abs(row.maintenanceAmount() - amount) <= TOLERANCE * Math.max(1, amount),
          BigDecimal.valueOf(amount).round(new MathContext(12)).stripTrailingZeros().toPlainString()
              + " (floor · (rate − rate before) + amount before)");
    }

    private static void require(
        final Section at,
        final String key,
        final double value,
        final boolean holds,
        final String expected) {
      if (!holds) {
        at.reject(key, shown(value), expected);
      }
    }

    private static String shown(final double value) {
      return SettingsText.number(value);
    }
  }
}
