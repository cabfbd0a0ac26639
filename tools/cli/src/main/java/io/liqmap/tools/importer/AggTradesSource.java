package io.liqmap.tools.importer;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Binance aggTrades: one trade a row. */
final class AggTradesSource extends RowSource {
  static final List<String> COLUMNS =
      List.of(
          "agg_trade_id",
          "price",
          "quantity",
          "first_trade_id",
          "last_trade_id",
          "transact_time",
          "is_buyer_maker");

  private static final long LONGEST_FALL = 3_600_000_000_000L;

  AggTradesSource(
      final InputFile input, final InstrumentDefinition definition, final long maxExpanded)
      throws IOException {
    super(input, definition, maxExpanded, COLUMNS, COLUMNS.size());
  }

  @Override
  long key(final Row row) throws ImportException {
    return row.integer(at(0));
  }

  @Override
  boolean read(final Row row, final Draft draft) throws ImportException {
    final long time = row.epoch(at(5));
    requireNear(row, at(5), time);
    final long latest = tally().latest();
    if (latest != Long.MIN_VALUE && latest - time > LONGEST_FALL) {
      throw row.bad(
          at(5),
          "is more than an hour before the time of a trade with a lower id, "
              + Instant.ofEpochSecond(0, latest),
          "one of both times is wrong: " + Row.MEND);
    }
    final long received = tally().clock(time);
    if (key() < 0) {
      throw row.bad(at(0), "is no trade id", Row.MEND);
    }
    final long price = price(row, at(1), false);
    final long quantity = quantity(row, at(2), false);
    final boolean takerBuys = !isTrue(row, at(6));
    if (!trade(draft, time, received, price, quantity, takerBuys)) {
      return false;
    }
    draft.tradeId = key();
    return true;
  }

  private static boolean isTrue(final Row row, final int column) throws ImportException {
    if (row.is(column, "true") || row.is(column, "True") || row.is(column, "TRUE")) {
      return true;
    }
    if (row.is(column, "false") || row.is(column, "False") || row.is(column, "FALSE")) {
      return false;
    }
    throw row.bad(column, "is neither true nor false", Row.MEND);
  }
}
