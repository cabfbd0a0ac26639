package io.liqmap.tools.importer;

import java.io.Closeable;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;

/** Rows of a Coinalyze file with a time in the first column, each time once and rising. */
final class TimedRows implements Closeable {
  private final CsvRows rows;
  private final int[] at;
  private final Tally tally;
  private final ZoneOffset offset;
  private long time = Long.MIN_VALUE;
  private final int optional;
  private boolean epoch;
  private boolean pending;

  private TimedRows(
      final InputFile input,
      final List<String> columns,
      final int needed,
      final String wanted,
      final ZoneOffset clock,
      final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, columns, rows.hasHeader() ? needed : columns.size());
    optional = wanted == null ? -1 : rows.column(columns, wanted);
    tally = new Tally(input);
    offset = clock;
  }

  /** Bars, whose taker-bought volume is optional where there is a header. */
  static TimedRows bars(final InputFile input, final ZoneOffset clock, final long maxExpanded)
      throws IOException {
    return new TimedRows(input, CoinalyzeSource.BAR_COLUMNS, 6, "bv", clock, maxExpanded);
  }

  /** Open interest, or null if there is no file. */
  static TimedRows openInterest(
      final InputFile input, final ZoneOffset clock, final long maxExpanded) throws IOException {
    return input == null
        ? null
        : new TimedRows(input, CoinalyzeSource.OPEN_INTEREST_COLUMNS, 5, null, clock, maxExpanded);
  }

  /** Liquidations, or null if there is no file. */
  static TimedRows liquidations(
      final InputFile input, final ZoneOffset clock, final long maxExpanded) throws IOException {
    return input == null
        ? null
        : new TimedRows(input, CoinalyzeSource.LIQUIDATION_COLUMNS, 3, null, clock, maxExpanded);
  }

  /** Ratios of accounts, or null if there is no file. */
  static TimedRows ratios(final InputFile input, final ZoneOffset clock, final long maxExpanded)
      throws IOException {
    return input == null
        ? null
        : new TimedRows(input, CoinalyzeSource.RATIO_COLUMNS, 2, null, clock, maxExpanded);
  }

  /** Goes to the next row whose time is new; the others are filler. */
  boolean next() throws IOException {
    while (Sources.next(rows, tally)) {
      final long rowTime = rows.row().time(at[0], offset);
      epoch = rows.row().isEpoch(at[0]);
      if (rowTime > time) {
        time = rowTime;
        tally.clock(time);
        return true;
      }
      tally.clock(rowTime);
      tally.drop(rowTime == time ? "time stamp repeated (filler)" : "time stamp going back");
    }
    return false;
  }

  /** Whether the row's time is a number since 1970, for which no clock is needed. */
  boolean isEpoch() {
    return epoch;
  }

  /** Position of the column that may be missing; −1 if it is. */
  int optional() {
    return optional;
  }

  /** Goes to the row of a time, and drops those before it; false if there is none. */
  boolean seek(final long wanted) throws IOException {
    if (time == Long.MIN_VALUE) {
      pending = next();
    }
    while (pending && time < wanted) {
      dropPending();
    }
    return pending && time == wanted;
  }

  /** Drops what is left: no bar comes any more. */
  void drain() throws IOException {
    if (time == Long.MIN_VALUE) {
      pending = next();
    }
    while (pending) {
      dropPending();
    }
  }

  /** Goes on behind the row that was sought and found. */
  void consume() throws IOException {
    pending = next();
  }

  private void dropPending() throws IOException {
    tally.drop("no bar of this time");
    pending = next();
  }

  long time() {
    return time;
  }

  Row row() {
    return rows.row();
  }

  int at(final int column) {
    return at[column];
  }

  Tally tally() {
    return tally;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
