package io.liqmap.tools.importer;

/** Kinds of events, in the order in which equal times are merged. */
enum EventKind {
  /** Not an event of the feed: held, and sent along with the marks that follow. */
  FUNDING("funding"),
  MARK_PRICE("mark price"),
  TRADE("trades"),
  LIQUIDATION("liquidations"),
  OPEN_INTEREST("open interest"),
  ACCOUNT_RATIO("account ratio"),
  BEST_BID_OFFER("top of the book"),
  KNOWN_POSITION("known positions");

  private final String name;

  EventKind(final String plain) {
    name = plain;
  }

  @Override
  public String toString() {
    return name;
  }
}
