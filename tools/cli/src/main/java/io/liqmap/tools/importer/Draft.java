package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;

/** An event before it has its place in the feed: filled again and again by one source. */
final class Draft {
  /** Of a trade without a number. */
  static final long NO_ID = -1;

  EventKind kind = EventKind.TRADE;
  long exchangeTime;
  long receiveTime;
  long price;
  long quantity;
  int side;
  long ratio;
  long askPrice;
  long askQuantity;
  long index;
  long funding;
  long nextFunding;
  long account;
  long liquidation;
  int leverage;

  /** Venue's number of a trade, {@link #NO_ID} where it has none. */
  long tradeId;

  /** First id of a recorded frame's trades, or its update id; -1 where it has none. */
  long firstId = -1;

  /** Last id: an aggregate trade has a range. */
  long lastId = -1;

  /** Venue's text id of a trade or liquidation; null where it doesn't identify repeats. */
  String idText;

  int rowHash;

  boolean startsRow;

  /** Outside the source's own rhythm, and ignored in its holes. */
  boolean isExtra;

  /** End of the time that a row of mark prices covers, ns, 0 for one moment. */
  long coversUntil;

  void trade(
      final long exchange, final long receive, final long at, final long amount, final int taker) {
    head(EventKind.TRADE, exchange, receive);
    price = at;
    quantity = amount;
    side = taker;
    tradeId = NO_ID;
  }

  void liquidation(
      final long exchange,
      final long receive,
      final long at,
      final long amount,
      final int position) {
    head(EventKind.LIQUIDATION, exchange, receive);
    price = at;
    quantity = amount;
    side = position;
  }

  void openInterest(final long exchange, final long receive, final long amount) {
    head(EventKind.OPEN_INTEREST, exchange, receive);
    quantity = amount;
  }

  void accountRatio(final long exchange, final long receive, final long longsToShorts) {
    head(EventKind.ACCOUNT_RATIO, exchange, receive);
    ratio = longsToShorts;
  }

  void bestBidOffer(
      final long exchange,
      final long receive,
      final long bid,
      final long bidAmount,
      final long ask,
      final long askAmount) {
    head(EventKind.BEST_BID_OFFER, exchange, receive);
    price = bid;
    quantity = bidAmount;
    askPrice = ask;
    askQuantity = askAmount;
  }

  void markPrice(final long exchange, final long receive, final long mark) {
    head(EventKind.MARK_PRICE, exchange, receive);
    price = mark;
    index = FeedEvent.ABSENT;
    funding = FeedEvent.ABSENT;
    nextFunding = 0;
    coversUntil = 0;
  }

  void knownPosition(
      final long exchange,
      final long receive,
      final long of,
      final long amount,
      final long entry,
      final long liquidated,
      final int setting,
      final boolean isLong) {
    head(EventKind.KNOWN_POSITION, exchange, receive);
    account = of;
    quantity = amount;
    price = entry;
    liquidation = liquidated;
    leverage = setting;
    side = isLong ? FeedEvent.LONG : FeedEvent.SHORT;
  }

  void funding(final long exchange, final long receive, final long rate, final long next) {
    head(EventKind.FUNDING, exchange, receive);
    funding = rate;
    nextFunding = next;
  }

  private void head(final EventKind newKind, final long exchange, final long receive) {
    kind = newKind;
    exchangeTime = exchange;
    receiveTime = receive;
    startsRow = true;
    isExtra = false;
    idText = null;
    rowHash = 0;
    firstId = -1;
    lastId = -1;
  }

  /** Copies a trade, with another time of receipt. */
  void copyTrade(final Draft other, final long receive) {
    trade(other.exchangeTime, receive, other.price, other.quantity, other.side);
    tradeId = other.tradeId;
  }

  void copyFrom(final Draft other) {
    kind = other.kind;
    exchangeTime = other.exchangeTime;
    receiveTime = other.receiveTime;
    price = other.price;
    quantity = other.quantity;
    side = other.side;
    ratio = other.ratio;
    askPrice = other.askPrice;
    askQuantity = other.askQuantity;
    index = other.index;
    funding = other.funding;
    nextFunding = other.nextFunding;
    account = other.account;
    liquidation = other.liquidation;
    leverage = other.leverage;
    tradeId = other.tradeId;
    firstId = other.firstId;
    lastId = other.lastId;
    idText = other.idText;
    rowHash = other.rowHash;
    startsRow = other.startsRow;
    isExtra = other.isExtra;
    coversUntil = other.coversUntil;
  }

  void fill(final FeedEvent event, final long sequence, final InstrumentDefinition definition) {
    final int id = definition.id();
    final int priceExponent = definition.priceExponent();
    final int quantityExponent = definition.quantityExponent();
    switch (kind) {
      case TRADE ->
          event.trade(
              sequence,
              exchangeTime,
              receiveTime,
              id,
              priceExponent,
              quantityExponent,
              price,
              quantity,
              side);
      case LIQUIDATION ->
          event.liquidation(
              sequence,
              exchangeTime,
              receiveTime,
              id,
              priceExponent,
              quantityExponent,
              price,
              quantity,
              side);
      case OPEN_INTEREST ->
          event.openInterest(sequence, exchangeTime, receiveTime, id, quantityExponent, quantity);
      case ACCOUNT_RATIO -> event.accountRatio(sequence, exchangeTime, receiveTime, id, ratio);
      case BEST_BID_OFFER ->
          event.bestBidOffer(
              sequence,
              exchangeTime,
              receiveTime,
              id,
              priceExponent,
              quantityExponent,
              price,
              quantity,
              askPrice,
              askQuantity);
      case MARK_PRICE ->
          event.markPrice(
              sequence,
              exchangeTime,
              receiveTime,
              id,
              priceExponent,
              price,
              index,
              funding,
              nextFunding);
      case KNOWN_POSITION ->
          event.knownPosition(
              sequence,
              exchangeTime,
              receiveTime,
              id,
              priceExponent,
              quantityExponent,
              account,
              quantity,
              price,
              liquidation,
              0,
              leverage,
              side);
      case FUNDING -> throw new IllegalStateException("funding alone is no event of the feed");
    }
  }
}
