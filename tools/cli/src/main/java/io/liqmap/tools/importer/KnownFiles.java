package io.liqmap.tools.importer;

import java.util.List;

/**
 * Files that aren't imported, known by their columns.
 *
 * @param what what the file is, with a verb
 * @param advice what to import in its place
 */
record KnownFiles(String what, String advice) {
  private static final KnownFiles SPOT_AGG_TRADES =
      new KnownFiles(
          "holds aggTrades of the spot market, which have an eighth column, is_best_match, and open no positions",
          "give aggTrades of the futures, from data/futures/um or data/futures/cm of data.binance.vision");
  private static final KnownFiles RAW_TRADES =
      new KnownFiles(
          "holds single trades, which aren't imported from Binance",
          "give aggTrades of the same days: they have the same volume");
  private static final KnownFiles BYBIT_SPOT =
      new KnownFiles(
          "holds Bybit's spot trades, which open no positions",
          "give trades of the derivatives, from public.bybit.com/trading");
  static final KnownFiles KLINES =
      new KnownFiles(
          "holds klines",
          "only klines of the mark price are imported (write markPriceKlines= before the path if it holds them); prices of trades come from aggTrades");

  private static final int SPOT_AGG_TRADE_FIELDS = 8;
  private static final int RAW_TRADE_FIELDS = 6;
  private static final int SPOT_TRADE_FIELDS = 7;
  private static final int KLINE_FIELDS = 12;

  /** The known kind of a header, or null. */
  static KnownFiles ofHeader(final List<String> header) {
    if (has(header, "is_best_match")) {
      return has(header, "agg_trade_id") ? SPOT_AGG_TRADES : RAW_TRADES;
    }
    if (has(header, "quote_qty") && has(header, "is_buyer_maker")) {
      return RAW_TRADES;
    }
    if (has(header, "id", "price", "volume", "side") && !has(header, "symbol")) {
      return BYBIT_SPOT;
    }
    if (has(header, "open_time", "close_time")) {
      return KLINES;
    }
    if (has(header, "percentage", "depth")) {
      return new KnownFiles(
          "holds the depth of the book, which isn't imported",
          "leave it out; aggTrades, metrics, fundingRate and markPriceKlines are imported");
    }
    if (has(header, "best_bid_price", "best_ask_price")) {
      return new KnownFiles(
          "holds tops of the book, which aren't imported from archives",
          "leave it out; aggTrades, metrics, fundingRate and markPriceKlines are imported");
    }
    if (has(header, "order_type", "original_quantity")) {
      return new KnownFiles(
          "holds liquidationSnapshot, which isn't imported",
          "leave it out; aggTrades, metrics, fundingRate and markPriceKlines are imported");
    }
    if (has(header, "longAccount", "shortAccount")) {
      return new KnownFiles(
          "holds a ratio of accounts without open interest, as the REST interface gives it",
          "give metrics, which have both");
    }
    return null;
  }

  /** The known kind of a first row without header, or null. */
  static KnownFiles ofRow(final Row row) {
    final int fields = row.fields();
    if (fields == KLINE_FIELDS) {
      return KLINES;
    }
    if (fields < RAW_TRADE_FIELDS || fields > SPOT_AGG_TRADE_FIELDS || !row.isTruth(fields - 1)) {
      return null;
    }
    if (fields == SPOT_AGG_TRADE_FIELDS && row.isTruth(fields - 2)) {
      return SPOT_AGG_TRADES;
    }
    return fields == RAW_TRADE_FIELDS || (fields == SPOT_TRADE_FIELDS && row.isTruth(fields - 2))
        ? RAW_TRADES
        : null;
  }

  private static boolean has(final List<String> header, final String... names) {
    for (final String name : names) {
      if (ColumnNames.find(header, name) < 0) {
        return false;
      }
    }
    return true;
  }
}
