package io.liqmap.gateway.connection;

import io.liqmap.engine.feed.FeedEvent;

/** What streams are called in messages. */
final class StreamNames {
  private StreamNames() {}

  static String of(final int kind) {
    return switch (kind) {
      case FeedEvent.TRADE -> "trades";
      case FeedEvent.OPEN_INTEREST -> "open interest";
      case FeedEvent.MARK_PRICE -> "mark price";
      case FeedEvent.BEST_BID_OFFER -> "best bid and offer";
      case FeedEvent.LIQUIDATION -> "liquidations";
      case FeedEvent.ACCOUNT_RATIO -> "account ratio";
      default -> "stream " + kind;
    };
  }
}
