package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;

/**
 * Tardis derivative_ticker: a mark price for each row that says one, whether it changed or not,
 * then open interest where that changed, or was last said a minute ago. An empty field, and a price
 * or open interest of zero, mean that nothing is known.
 *
 * <p>Rows repeat the open interest of the last poll, and entries are spread over what was traded
 * between two of them: emitted with each row, a rise would fall on the trades of an instant.
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
  private static final long RENEWAL = 60_000_000_000L;

  private final CsvRows rows;
  private final int[] at;
  private final Tally tally;
  private final InstrumentDefinition definition;

  private long mark;
  private long index = FeedEvent.ABSENT;
  private long funding = FeedEvent.ABSENT;
  private long nextFunding;
  private long openInterest = UNKNOWN;
  private long renewal = Long.MIN_VALUE;
  private final TardisExchange exchange;
  private final int exchangeAt;
  private long withoutMark;
  private long zeroOpenInterest;
  private long time;
  private long received;
  private boolean openInterestPending;
  private String content = "";

  TardisTickerSource(
      final InputFile input,
      final TardisExchange only,
      final InstrumentDefinition of,
      final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, COLUMNS, COLUMNS.size());
    tally = new Tally(input);
    rows.orderBy(input.order(), (row) -> row.micros(at[2]));
    definition = of;
    exchange = only;
    exchangeAt = rows.column(List.of(), "exchange");
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    if (openInterestPending) {
      openInterestPending = false;
      draft.openInterest(time, received, openInterest);
      draft.startsRow = false;
      return true;
    }
    while (Sources.next(rows, tally)) {
      final Row row = rows.row();
      Sources.requireSymbol(row, at[0], definition);
      exchange.require(row, exchangeAt);
      time = row.micros(at[1]);
      final boolean isLater = rows.key() > received;
      Sources.requireNear(row, at[2], rows.key(), tally.latest());
      received = tally.clock(rows.key());
      final String said = row.content();
      if (!isLater && said.equals(content)) {
        tally.omit(TradeRepeats.ROW);
        continue;
      }
      content = said;
      final boolean hasMark = takeMark(row);
      openInterestPending = takeOpenInterest(row);
      if (hasMark) {
        draft.markPrice(time, received, mark);
        draft.index = index;
        draft.funding = funding;
        draft.nextFunding = nextFunding;
        return true;
      }
      if (openInterestPending) {
        openInterestPending = false;
        draft.openInterest(time, received, openInterest);
        return true;
      }
      tally.omit("says nothing of mark price, nor anything new of open interest");
    }
    note();
    return false;
  }

  private void note() {
    if (withoutMark > 0) {
      tally.note("rows whose mark price is 0, which means unknown: " + withoutMark);
      withoutMark = 0;
    }
    if (zeroOpenInterest > 0) {
      tally.note("rows whose open interest is 0, which means unknown: " + zeroOpenInterest);
      zeroOpenInterest = 0;
    }
  }

  /** Whether the row says a mark price. */
  private boolean takeMark(final Row row) throws ImportException {
    if (!row.isUnknownOrZero(at[6])) {
      index = row.amount(at[6], definition.priceExponent(), true);
    }
    if (!row.isUnknown(at[4])) {
      funding = row.decimal(at[4], RATE_EXPONENT, true);
      if (funding < -MAX_RATE || funding > MAX_RATE) {
        throw row.bad(at[4], "is no funding rate between -1 and 1", Row.MEND);
      }
    }
    if (!row.isUnknownOrZero(at[3])) {
      nextFunding = row.micros(at[3]);
    }
    if (row.isUnknownOrZero(at[7])) {
      withoutMark += row.isZero(at[7]) ? 1 : 0;
      return false;
    }
    mark = row.amount(at[7], definition.priceExponent(), true);
    return mark != 0;
  }

  /** Whether the row says an open interest that is new, or is to be renewed. */
  private boolean takeOpenInterest(final Row row) throws ImportException {
    if (row.isUnknownOrZero(at[5])) {
      zeroOpenInterest += row.isZero(at[5]) ? 1 : 0;
      return false;
    }
    if (openInterest == UNKNOWN) {
      TardisConvention.require(row, exchangeAt, definition);
    }
    final long old = openInterest;
    openInterest = row.amount(at[5], definition.quantityExponent(), true);
    if (openInterest == old && received < renewal) {
      return false;
    }
    renewal = received + RENEWAL;
    return true;
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
