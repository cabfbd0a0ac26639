package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;

/**
 * Bybit's public trades: the side is the taker's; sizes are base coins, or contracts if inverse.
 */
final class BybitTradesSource implements EventSource {
  static final List<String> COLUMNS =
      List.of(
          "timestamp",
          "symbol",
          "side",
          "size",
          "price",
          "tickDirection",
          "trdMatchID",
          "grossValue",
          "homeNotional",
          "foreignNotional");

  private final CsvRows rows;
  private final int[] at;
  private final int idAt;
  private final int homeAt;
  private final int foreignAt;
  private final Tally tally;
  private final InstrumentDefinition definition;
  private boolean isFirst = true;

  BybitTradesSource(final InputFile input, final InstrumentDefinition of, final long maxExpanded)
      throws IOException {
    rows = new CsvRows(input.path(), maxExpanded);
    at = Sources.columns(rows, COLUMNS, 5);
    tally = new Tally(input);
    rows.orderBy(input.order(), (row) -> row.seconds(at[0]));
    definition = of;
    homeAt = rows.column(COLUMNS, "homeNotional");
    foreignAt = rows.column(COLUMNS, "foreignNotional");
    idAt = rows.column(COLUMNS, "trdMatchID");
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (Sources.next(rows, tally)) {
      final Row row = rows.row();
      final long time = rows.key();
      Sources.requireNear(row, at[0], time, tally.latest());
      final long received = tally.clock(time);
      Sources.requireSymbol(row, at[1], definition);
      final boolean buys = row.is(at[2], "Buy");
      if (!buys && !row.is(at[2], "Sell")) {
        throw row.bad(at[2], "is neither Buy nor Sell", Row.MEND);
      }
      final long quantity = row.amount(at[3], definition.quantityExponent(), false);
      final long price = row.amount(at[4], definition.priceExponent(), false);
      if (price == 0 || quantity == 0) {
        tally.drop("price or quantity is zero");
        continue;
      }
      if (isFirst && homeAt >= 0 && foreignAt >= 0) {
        BybitConvention.require(row, at[3], at[4], homeAt, foreignAt, definition);
      }
      isFirst = false;
      draft.trade(time, received, price, quantity, buys ? FeedEvent.BUY : FeedEvent.SELL);
      draft.idText = idAt < 0 || row.isUnknown(idAt) ? null : row.text(idAt);
      return true;
    }
    return false;
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
