package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;

/**
 * Tardis derivative_ticker: a mark price where mark, index or funding changed, then open interest
 * where that changed. An empty field means that nothing new is known.
 */
final class TardisTickerSource implements EventSource {
  static final List<String> COLUMNS =
      List.of(
          "symbol",
          "timestamp",
          "local_timestamp",
          "funding_timestamp",
          "funding_rate",
          "open_interest",
          "index_price",
          "mark_price");

  private static final int RATE_EXPONENT = -9;
  private static final long MAX_RATE = 1_000_000_000L;
  private static final long UNKNOWN = -1;

  private final CsvRows rows;
  private final int[] at;
  private final Tally tally;
  private final InstrumentDefinition definition;

  private long mark = UNKNOWN;
  private long index = FeedEvent.ABSENT;
  private long funding = FeedEvent.ABSENT;
  private long nextFunding;
  private long openInterest = UNKNOWN;
  private long time;
  private long received;
  private boolean openInterestPending;

  TardisTickerSource(final InputFile input, final InstrumentDefinition of, final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, COLUMNS, COLUMNS.size());
    tally = new Tally(input);
    rows.orderBy(input.order(), (row) -> row.micros(at[2]));
    definition = of;
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    if (openInterestPending) {
      openInterestPending = false;
      draft.openInterest(time, received, openInterest);
      draft.startsRow = false;
      return true;
    }
    while (rows.next()) {
      tally.read();
      final Row row = rows.row();
      Sources.requireSymbol(row, at[0], definition);
      time = row.micros(at[1]);
      received = tally.clock(rows.key());
      final boolean newMark = takeMark(row);
      final boolean newOpenInterest = takeOpenInterest(row);
      if (newMark) {
        draft.markPrice(time, received, mark);
        draft.index = index;
        draft.funding = funding;
        draft.nextFunding = nextFunding;
        openInterestPending = newOpenInterest;
        return true;
      }
      if (newOpenInterest) {
        draft.openInterest(time, received, openInterest);
        return true;
      }
      tally.drop("says nothing new");
    }
    return false;
  }

  /** Whether there is a mark price, and it or what goes with it is new. */
  private boolean takeMark(final Row row) throws ImportException {
    final long oldMark = mark;
    final long oldIndex = index;
    final long oldFunding = funding;
    final long oldNext = nextFunding;
    mark = price(row, at[7], mark);
    index = price(row, at[6], index);
    if (!row.isEmpty(at[4])) {
      funding = row.decimal(at[4], RATE_EXPONENT, true);
      if (funding < -MAX_RATE || funding > MAX_RATE) {
        throw row.bad(at[4], "is no funding rate between -1 and 1", "get the file again");
      }
    }
    if (!row.isEmpty(at[3])) {
      nextFunding = row.micros(at[3]);
    }
    return mark != UNKNOWN
        && (mark != oldMark
            || index != oldIndex
            || funding != oldFunding
            || nextFunding != oldNext);
  }

  private boolean takeOpenInterest(final Row row) throws ImportException {
    final long old = openInterest;
    if (!row.isEmpty(at[5])) {
      openInterest = row.amount(at[5], definition.quantityExponent(), true);
    }
    return openInterest != old;
  }

  private long price(final Row row, final int column, final long known) throws ImportException {
    if (row.isEmpty(column)) {
      return known;
    }
    final long price = row.amount(column, definition.priceExponent(), true);
    if (price == 0) {
      throw row.bad(column, "is no price", "get the file again");
    }
    return price;
  }

  @Override
  public void dropRow(final String reason, final boolean isLoss) {
    tally.drop(reason, isLoss);
    openInterestPending = false;
  }

  @Override
  public List<ImportReport.InputReport> reports() {
    return List.of(tally.report());
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
