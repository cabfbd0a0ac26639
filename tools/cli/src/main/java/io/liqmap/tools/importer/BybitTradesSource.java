package io.liqmap.tools.importer;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;

/**
 * Bybit's public trades: the side is the taker's; sizes are base coins, or contracts if inverse.
 */
final class BybitTradesSource extends RowSource {
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

  private final int idAt;
  private final int homeAt;
  private final int foreignAt;
  private boolean isFirst = true;

  BybitTradesSource(
      final InputFile input, final InstrumentDefinition definition, final long maxExpanded)
      throws IOException {
    super(input, definition, maxExpanded, COLUMNS, 5);
    homeAt = column(COLUMNS, "homeNotional");
    foreignAt = column(COLUMNS, "foreignNotional");
    idAt = column(COLUMNS, "trdMatchID");
  }

  @Override
  long key(final Row row) throws ImportException {
    return row.seconds(at(0));
  }

  @Override
  boolean read(final Row row, final Draft draft) throws ImportException {
    requireNear(row, at(0), key());
    final long received = tally().clock(key());
    requireSymbol(row, at(1));
    final boolean buys = row.is(at(2), "Buy");
    if (!buys && !row.is(at(2), "Sell")) {
      throw row.bad(at(2), "is neither Buy nor Sell", Row.MEND);
    }
    final long quantity = quantity(row, at(3), false);
    final long price = price(row, at(4), false);
    if (!trade(draft, key(), received, price, quantity, buys)) {
      return false;
    }
    if (isFirst && homeAt >= 0 && foreignAt >= 0) {
      BybitConvention.require(row, at(3), at(4), homeAt, foreignAt, definition());
    }
    isFirst = false;
    draft.idText = idAt < 0 || row.isUnknown(idAt) ? null : row.text(idAt);
    return true;
  }
}
