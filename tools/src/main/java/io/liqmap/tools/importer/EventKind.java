package io.liqmap.tools.importer;

/** What a source hands out, in the order in which equal times are merged. */
enum EventKind {
  /** Not an event of the feed: held, and sent along with the marks that follow. */
  FUNDING,
  MARK_PRICE,
  TRADE,
  LIQUIDATION,
  OPEN_INTEREST,
  ACCOUNT_RATIO,
  BEST_BID_OFFER
}
