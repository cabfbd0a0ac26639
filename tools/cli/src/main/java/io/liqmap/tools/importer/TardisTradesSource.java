package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;

/** Tardis trades or liquidations, which have the same columns. */
final class TardisTradesSource extends RowSource {
  static final List<String> COLUMNS =
      List.of("symbol", "timestamp", "local_timestamp", "side", "price", "amount");

  private final boolean isLiquidations;
  private final boolean isMixed;
  private final int idAt;
  private final TardisExchange exchange;
  private final int exchangeAt;

  TardisTradesSource(
      final InputFile input,
      final TardisExchange only,
      final InstrumentDefinition definition,
      final long maxExpanded)
      throws IOException {
    super(input, definition, maxExpanded, COLUMNS, COLUMNS.size());
    exchange = only;
    exchangeAt = column(List.of(), "exchange");
    isLiquidations = input.kind() == InputKind.LIQUIDATIONS;
    isMixed = input.order().isMixed();
    idAt = column(List.of(), "id");
  }

  @Override
  long key(final Row row) throws ImportException {
    return row.micros(at(2));
  }

  @Override
  boolean read(final Row row, final Draft draft) throws ImportException {
    requireSymbol(row, at(0));
    exchange.require(row, exchangeAt);
    final long time = row.micros(at(1));
    if (!isLiquidations) {
      requireNear(row, at(2), key());
    }
    final long received = tally().clock(key());
    if (row.isUnknown(at(4)) || row.isUnknown(at(5))) {
      return omit("price or quantity is unknown");
    }
    final long price = price(row, at(4), false);
    final long quantity = quantity(row, at(5), false);
    final boolean buys = row.is(at(3), "buy");
    if (!buys && !row.is(at(3), "sell")) {
      if (row.isUnknown(at(3)) || row.is(at(3), "unknown")) {
        return drop("side is unknown");
      }
      throw row.bad(at(3), "is neither buy nor sell", Row.MEND);
    }
    if (!trade(draft, time, received, price, quantity, buys)) {
      return false;
    }
    if (isLiquidations) {
      // The side is that of the order: a forced sale closes a long position.
      draft.liquidation(time, received, price, quantity, buys ? FeedEvent.SHORT : FeedEvent.LONG);
    }
    draft.idText = id(row);
    return true;
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
}
