package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Events from the rows of one CSV file: what a kind of file adds is how to read a row. */
abstract class RowSource implements EventSource {
  static final String ZERO_OPEN_INTEREST = "rows whose open interest is 0, which means unknown";

  private static final long LONGEST_HOLE = 31L * 86_400 * 1_000_000_000;

  private final InputRows rows;
  private final InstrumentDefinition definition;

  /** Opens a file of the same columns with and without a header. */
  RowSource(
      final InputFile input,
      final InstrumentDefinition instrument,
      final long maxExpanded,
      final List<String> columns,
      final int needed)
      throws IOException {
    this(input, instrument, new CsvRows(input.path(), maxExpanded), columns, needed);
  }

  /** Opens a source over columns of which {@code needed}, from the first, must be there. */
  RowSource(
      final InputFile input,
      final InstrumentDefinition instrument,
      final CsvRows csv,
      final List<String> columns,
      final int needed)
      throws IOException {
    rows = new InputRows(input, csv, columns, needed, this::key);
    definition = instrument;
  }

  /** What rows are ordered by; called once for each row, in the order of the file. */
  abstract long key(Row row) throws ImportException;

  /** Reads a row into the event; false if it has none, and was counted as dropped. */
  abstract boolean read(Row row, Draft draft) throws ImportException;

  boolean readMore(final Draft draft) {
    return false;
  }

  /** Fills an event after the last row; false if there is none. */
  boolean readLast(final Draft draft) {
    return false;
  }

  void dropMore() {}

  void noteOn(final Tally tally) {}

  @Override
  public final boolean next(final Draft draft) throws IOException {
    if (readMore(draft)) {
      return true;
    }
    while (rows.next()) {
      if (read(rows.row(), draft)) {
        return true;
      }
    }
    if (readLast(draft)) {
      return true;
    }
    noteOn(tally());
    return false;
  }

  final InstrumentDefinition definition() {
    return definition;
  }

  final Tally tally() {
    return rows.tally();
  }

  final long key() {
    return rows.key();
  }

  /** Position of a needed column. */
  final int at(final int column) {
    return rows.at(column);
  }

  /** Position of an optional column; −1 if the file lacks it. */
  final int column(final List<String> all, final String name) {
    return rows.column(all, name);
  }

  final long price(final Row row, final int column, final boolean rounds) throws ImportException {
    return row.amount(column, definition.priceExponent(), rounds);
  }

  final long quantity(final Row row, final int column, final boolean rounds)
      throws ImportException {
    return row.amount(column, definition.quantityExponent(), rounds);
  }

  /** Fills a trade; false, and drops the row, if its price or quantity is zero. */
  final boolean trade(
      final Draft draft,
      final long time,
      final long received,
      final long price,
      final long quantity,
      final boolean buys) {
    if (price == 0 || quantity == 0) {
      return drop("price or quantity is zero");
    }
    draft.trade(time, received, price, quantity, buys ? FeedEvent.BUY : FeedEvent.SELL);
    return true;
  }

  /** Drops the row, whose data the feed then lacks; always false. */
  final boolean drop(final String reason) {
    tally().drop(reason);
    return false;
  }

  /** Drops the row without loss; always false. */
  final boolean omit(final String reason) {
    tally().omit(reason);
    return false;
  }

  final void requireSymbol(final Row row, final int column) throws ImportException {
    if (!row.is(column, definition.symbol())) {
      throw row.bad(
          column,
          "is another symbol than " + definition.symbol(),
          "import files of one symbol only");
    }
  }

  /** Rejects a jump of time: one wrong time would carry all later ones with it. */
  final void requireNear(final Row row, final int column, final long time) throws ImportException {
    final long latest = tally().latest();
    if (latest != Long.MIN_VALUE && time - latest > LONGEST_HOLE) {
      throw row.bad(
          column,
          "is more than 31 days after the row before it in time, at "
              + Instant.ofEpochSecond(0, latest),
          "if the time is wrong, remove the row; if the file has such a hole, split it there");
    }
  }

  @Override
  public final void dropRow(final String reason, final boolean isLoss) {
    tally().drop(reason, isLoss);
    dropMore();
  }

  @Override
  public final List<ImportReport.InputReport> reports() {
    return List.of(tally().report());
  }

  @Override
  public final void close() throws IOException {
    rows.close();
  }
}
