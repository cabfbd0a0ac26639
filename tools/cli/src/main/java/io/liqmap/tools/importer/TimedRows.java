package io.liqmap.tools.importer;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Rows of a Coinalyze file with a time in the first column, each time once and rising. */
final class TimedRows implements Closeable {
  private final InputRows rows;
  private String content = "";
  private long time = Long.MIN_VALUE;
  private final int optional;
  private boolean epoch;
  private boolean pending;
  private boolean contradicts;

  private TimedRows(
      final InputFile input,
      final List<String> columns,
      final int needed,
      final String wanted,
      final LocalClocks clocks,
      final long maxExpanded)
      throws IOException {
    final LocalClock clock = clocks.of(input, columns);
    final CsvRows csv = new CsvRows(input.path(), maxExpanded);
    rows =
        new InputRows(
            input, csv, columns, csv.hasHeader() ? needed : columns.size(), clock.times());
    optional = wanted == null ? -1 : rows.column(columns, wanted);
    clock.noteOn(tally());
  }

  /**
   * Opens a file.
   *
   * <p>Where there is a header, bars may lack what takers bought, and ratios their percentages.
   *
   * @param input file, or null
   * @return its rows, or null if there is no file
   */
  static TimedRows of(final InputFile input, final LocalClocks clocks, final long maxExpanded)
      throws IOException {
    if (input == null) {
      return null;
    }
    final List<String> columns = CoinalyzeSource.columns(input.kind());
    final boolean isBars = input.kind() == InputKind.BARS;
    final int needed = isBars ? 6 : input.kind() == InputKind.LONG_SHORT_RATIO ? 2 : columns.size();
    return new TimedRows(input, columns, needed, isBars ? "bv" : null, clocks, maxExpanded);
  }

  /** Goes to the next row whose time is new; others are filler. */
  boolean next() throws IOException {
    while (rows.next()) {
      epoch = rows.row().isEpoch(rows.at(0));
      final boolean isNew = rows.key() > time;
      if (isNew) {
        time = rows.key();
        content = rows.row().content();
        tally().clock(time);
        return true;
      }
      if (Row.areSame(rows.row().content(), content)) {
        tally().omit("time stamp repeated (filler)");
      } else {
        tally().drop(Overlaps.CONTRADICTING);
        if (!contradicts) {
          contradicts = true;
          tally()
              .note(
                  "a time comes twice with other values: if the clock has summer time, name its zone (--time-zone)");
        }
      }
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

  /** Reads all rows, to find whether they are in order. */
  void survey() throws IOException {
    while (rows.next()) {
      time = rows.key();
    }
  }

  /** Goes to the row of a time, and drops those before it; false if there is none. */
  boolean seek(final long wanted) throws IOException {
    if (time == Long.MIN_VALUE) {
      pending = next();
      while (pending && time < wanted) {
        omitPending();
      }
    }
    while (pending && time < wanted) {
      tally().drop("no bar of this time");
      pending = next();
    }
    return pending && time == wanted;
  }

  /** Drops the remaining rows: there is no bar for them. */
  void drain() throws IOException {
    if (time == Long.MIN_VALUE) {
      pending = next();
    }
    while (pending) {
      omitPending();
    }
  }

  void consume() throws IOException {
    pending = next();
  }

  /** Without loss: the bars cover less time. */
  private void omitPending() throws IOException {
    tally().omit("before the first bar or after the last");
    pending = next();
  }

  long time() {
    return time;
  }

  Row row() {
    return rows.row();
  }

  int at(final int column) {
    return rows.at(column);
  }

  Tally tally() {
    return rows.tally();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
