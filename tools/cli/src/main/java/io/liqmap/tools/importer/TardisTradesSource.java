package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;

/** Tardis trades or liquidations, which have the same columns. */
final class TardisTradesSource implements EventSource {
  static final List<String> COLUMNS =
      List.of("symbol", "timestamp", "local_timestamp", "side", "price", "amount");

  private final CsvRows rows;
  private final int[] at;
  private final Tally tally;
  private final InstrumentDefinition definition;
  private final boolean liquidations;
  private final boolean isMixed;
  private final int idAt;
  private final TardisExchange exchange;
  private final int exchangeAt;

  TardisTradesSource(
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
    liquidations = input.kind() == InputKind.LIQUIDATIONS;
    isMixed = input.order().isMixed();
    idAt = rows.column(List.of(), "id");
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (Sources.next(rows, tally)) {
      final Row row = rows.row();
      Sources.requireSymbol(row, at[0], definition);
      exchange.require(row, exchangeAt);
      final long time = row.micros(at[1]);
      if (!liquidations) {
        Sources.requireNear(row, at[2], rows.key(), tally.latest());
      }
      final long received = tally.clock(rows.key());
      if (row.isUnknown(at[4]) || row.isUnknown(at[5])) {
        tally.omit("price or quantity is unknown");
        continue;
      }
      final long price = row.amount(at[4], definition.priceExponent(), false);
      final long quantity = row.amount(at[5], definition.quantityExponent(), false);
      final boolean buys = row.is(at[3], "buy");
      if (!buys && !row.is(at[3], "sell")) {
        if (row.isUnknown(at[3]) || row.is(at[3], "unknown")) {
          tally.drop("side is unknown");
          continue;
        }
        throw row.bad(at[3], "is neither buy nor sell", Row.MEND);
      }
      if (price == 0 || quantity == 0) {
        tally.drop("price or quantity is zero");
        continue;
      }
      if (liquidations) {
        // The side is that of the order: a forced sale closes a long position.
        draft.liquidation(time, received, price, quantity, buys ? FeedEvent.SHORT : FeedEvent.LONG);
      } else {
        draft.trade(time, received, price, quantity, buys ? FeedEvent.BUY : FeedEvent.SELL);
      }
      draft.idText = id(row);
      return true;
    }
    return false;
  }

  /**
   * Where there is no id, rows that say the same are two events in a file in order, and a stretch
   * that comes again in one that isn't.
   */
  private String id(final Row row) {
    if (idAt >= 0 && !row.isUnknown(idAt)) {
      return row.text(idAt);
    }
    return isMixed ? "" : null;
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
