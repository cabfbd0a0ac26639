package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Binance aggTrades: one trade a row. */
final class AggTradesSource implements EventSource {
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

  private final CsvRows rows;
  private final int[] at;
  private final Tally tally;
  private final int priceExponent;
  private final int quantityExponent;

  AggTradesSource(
      final InputFile input, final InstrumentDefinition definition, final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, COLUMNS, COLUMNS.size());
    tally = new Tally(input);
    rows.orderBy(input.order(), (row) -> row.integer(at[0]));
    priceExponent = definition.priceExponent();
    quantityExponent = definition.quantityExponent();
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (Sources.next(rows, tally)) {
      final Row row = rows.row();
      final long time = row.epoch(at[5]);
      Sources.requireNear(row, at[5], time, tally.latest());
      if (tally.latest() != Long.MIN_VALUE && tally.latest() - time > LONGEST_FALL) {
        throw row.bad(
            at[5],
            "is more than an hour before the time of a trade with a lower id, "
                + Instant.ofEpochSecond(0, tally.latest()),
            "one of both times is wrong: " + Row.MEND);
      }
      final long received = tally.clock(time);
      final long id = rows.key();
      if (id < 0) {
        throw row.bad(at[0], "is no trade id", Row.MEND);
      }
      final long price = row.amount(at[1], priceExponent, false);
      final long quantity = row.amount(at[2], quantityExponent, false);
      final boolean buyerIsMaker = isTrue(row);
      if (price == 0 || quantity == 0) {
        tally.drop("price or quantity is zero");
        continue;
      }
      draft.trade(time, received, price, quantity, buyerIsMaker ? FeedEvent.SELL : FeedEvent.BUY);
      draft.tradeId = id;
      return true;
    }
    return false;
  }

  private boolean isTrue(final Row row) throws ImportException {
    if (row.is(at[6], "true") || row.is(at[6], "True") || row.is(at[6], "TRUE")) {
      return true;
    }
    if (row.is(at[6], "false") || row.is(at[6], "False") || row.is(at[6], "FALSE")) {
      return false;
    }
    throw row.bad(at[6], "is neither true nor false", Row.MEND);
  }

  @Override
  public void dropRow(final String reason, final boolean isLoss) {
    tally.drop(reason, isLoss);
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
