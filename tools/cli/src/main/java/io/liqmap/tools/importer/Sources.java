package io.liqmap.tools.importer;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What several sources check. */
final class Sources {
  private static final double NOISE = 1e-9;
  private static final long LONGEST_HOLE = 31L * 86_400 * 1_000_000_000;

  private Sources() {}

  /** Positions of the first {@code wanted} columns; closes the rows if one is missing. */
  static int[] columns(final CsvRows rows, final List<String> all, final int wanted)
      throws IOException {
    try {
      return rows.columns(all, wanted);
    } catch (final IOException e) {
      rows.close();
      throw e;
    }
  }

  /** Goes to the next row and counts it; at the end says what was passed over. */
  static boolean next(final CsvRows rows, final Tally tally) throws IOException {
    if (rows.next()) {
      tally.read();
      return true;
    }
    final long headers = rows.takeHeadersInside();
    if (headers > 0) {
      tally.note("header lines inside the file passed over: " + headers);
    }
    return false;
  }

  static void requireSymbol(final Row row, final int column, final InstrumentDefinition definition)
      throws ImportException {
    if (!row.is(column, definition.symbol())) {
      throw row.bad(
          column,
          "is another symbol than " + definition.symbol(),
          "import files of one symbol only");
    }
  }

  /**
   * Refuses a time that is far behind that of the row before: one wrong time would carry all later
   * ones with it, or stretch the feed by years.
   *
   * @param latest highest time before it, ns; {@code Long.MIN_VALUE} if there is none
   */
  static void requireNear(final Row row, final int column, final long time, final long latest)
      throws ImportException {
    if (latest != Long.MIN_VALUE && time - latest > LONGEST_HOLE) {
      throw row.bad(
          column,
          "is more than 31 days after the row before it in time, at "
              + Instant.ofEpochSecond(0, latest),
          "if the time is wrong, remove the row; if the file has such a hole, split it there");
    }
  }

  /** Whether two rows hold the same texts, but for the float noise of some vendors' numbers. */
  static boolean areSame(final String content, final String other) {
    if (content.equals(other)) {
      return true;
    }
    final String[] fields = content.split(",", -1);
    final String[] others = other.split(",", -1);
    if (fields.length != others.length) {
      return false;
    }
    for (int i = 0; i < fields.length; i++) {
      if (!fields[i].equals(others[i]) && !areClose(fields[i], others[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean areClose(final String number, final String other) {
    try {
      final double value = Double.parseDouble(number);
      return Math.abs(value - Double.parseDouble(other)) <= NOISE * Math.abs(value);
    } catch (final NumberFormatException e) {
      return false;
    }
  }

  static void requireRange(
      final Row row, final long open, final long high, final long low, final long close)
      throws ImportException {
    if (low < 1 || low > Math.min(open, close) || high < Math.max(open, close)) {
      throw row.bad("open and close don't lie between low and high, or a price is zero", Row.MEND);
    }
  }
}
