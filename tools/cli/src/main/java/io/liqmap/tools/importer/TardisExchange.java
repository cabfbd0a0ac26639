package io.liqmap.tools.importer;

import java.util.Set;

/**
 * The one exchange that the Tardis files of an import are of: venues share symbols, and their
 * trades, open interest and liquidations don't belong together. Names are those of tardis-dev.
 */
final class TardisExchange {
  private static final Set<String> SPOT =
      Set.of(
          "binance",
          "binance-us",
          "binance-jersey",
          "bybit-spot",
          "okex",
          "huobi",
          "gate-io",
          "kucoin",
          "bitget",
          "coinbase",
          "bitstamp",
          "gemini",
          "upbit");

  private String name;

  /** Rejects rows of a spot market and of another exchange than those before. */
  void require(final Row row, final int column) throws ImportException {
    if (column < 0 || (name != null && row.is(column, name))) {
      return;
    }
    final String said = row.text(column);
    if (SPOT.contains(said)) {
      throw row.bad(
          column,
          "is a spot market, whose trades open no positions",
          "give files of the venue's derivatives, as binance-futures");
    }
    if (name != null) {
      throw row.bad(
          column,
          "is another exchange than " + name + ", of which other rows are",
          "import files of one exchange into a feed");
    }
    name = said;
  }
}
