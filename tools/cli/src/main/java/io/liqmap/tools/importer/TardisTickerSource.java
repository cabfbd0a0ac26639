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
final class TardisTickerSource extends RowSource {
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

  private static final long UNKNOWN = -1;
  private static final long RENEWAL = 60_000_000_000L;

  private final TardisExchange exchange;
  private final int exchangeAt;
  private long mark;
  private long index = FeedEvent.ABSENT;
  private long funding = FeedEvent.ABSENT;
  private long nextFunding;
  private long openInterest = UNKNOWN;
  private long renewal = Long.MIN_VALUE;
  private long withoutMark;
  private long zeroOpenInterest;
  private long time;
  private long received;
  private boolean openInterestPending;
  private String content = "";

  TardisTickerSource(
      final InputFile input,
      final TardisExchange only,
      final InstrumentDefinition definition,
      final long maxExpanded)
      throws IOException {
    super(input, definition, maxExpanded, COLUMNS, COLUMNS.size());
    exchange = only;
    exchangeAt = column(List.of(), "exchange");
  }

  @Override
  long key(final Row row) throws ImportException {
    return row.micros(at(2));
  }

  @Override
  boolean read(final Row row, final Draft draft) throws ImportException {
    requireSymbol(row, at(0));
    exchange.require(row, exchangeAt);
    time = row.micros(at(1));
    final boolean isLater = key() > received;
    requireNear(row, at(2), key());
    received = tally().clock(key());
    final String said = row.content();
    if (!isLater && said.equals(content)) {
      return omit(TradeRepeats.ROW);
    }
    content = said;
    final boolean hasMark = readMark(row);
    openInterestPending = readOpenInterest(row);
    if (hasMark) {
      draft.markPrice(time, received, mark);
      draft.index = index;
      draft.funding = funding;
      draft.nextFunding = nextFunding;
      return true;
    }
    return openInterest(draft) || omit("no mark price and no new open interest");
  }

  @Override
  boolean readMore(final Draft draft) {
    if (!openInterest(draft)) {
      return false;
    }
    draft.startsRow = false;
    return true;
  }

  private boolean openInterest(final Draft draft) {
    if (!openInterestPending) {
      return false;
    }
    openInterestPending = false;
    draft.openInterest(time, received, openInterest);
    return true;
  }

  @Override
  void dropMore() {
    openInterestPending = false;
  }

  @Override
  void noteOn(final Tally tally) {
    tally.noteCount("rows whose mark price is 0, which means unknown", withoutMark);
    tally.noteCount(ZERO_OPEN_INTEREST, zeroOpenInterest);
  }

  private boolean readMark(final Row row) throws ImportException {
    if (!row.isUnknownOrZero(at(6))) {
      index = price(row, at(6), true);
    }
    if (!row.isUnknown(at(4))) {
      funding = row.fundingRate(at(4));
    }
    if (!row.isUnknownOrZero(at(3))) {
      nextFunding = row.micros(at(3));
    }
    if (row.isUnknownOrZero(at(7))) {
      withoutMark += row.isZero(at(7)) ? 1 : 0;
      return false;
    }
    mark = price(row, at(7), true);
    return mark != 0;
  }

  /** Whether the row says an open interest that is new, or is to be renewed. */
  private boolean readOpenInterest(final Row row) throws ImportException {
    if (row.isUnknownOrZero(at(5))) {
      zeroOpenInterest += row.isZero(at(5)) ? 1 : 0;
      return false;
    }
    if (openInterest == UNKNOWN) {
      TardisConvention.require(row, exchangeAt, definition());
    }
    final long old = openInterest;
    openInterest = quantity(row, at(5), true);
    if (openInterest == old && received < renewal) {
      return false;
    }
    renewal = received + RENEWAL;
    return true;
  }
}
