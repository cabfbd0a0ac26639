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
  private boolean pending;

  TimedRows(
      final InputFile input,
      final List<String> columns,
      final ZoneOffset clock,
      final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, columns, columns.size());
    tally = new Tally(input);
    offset = clock;
  }

  /** Goes to the next row whose time is new; the others are filler. */
  boolean next() throws IOException {
    while (rows.next()) {
      tally.read();
      final long rowTime = rows.row().localTime(at[0], offset);
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
