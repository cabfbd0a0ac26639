package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.List;

/**
 * Binance's futures: single or combined streams, arrays of events, and the REST answers about open
 * interest and accounts.
 */
final class BinanceDecoder extends FrameDecoder {
  private static final Names KINDS =
      Names.of(
          "aggTrade",
          "trade",
          "markPriceUpdate",
          "bookTicker",
          "forceOrder",
          "depthUpdate",
          "kline",
          "continuous_kline",
          "markPrice_kline",
          "indexPrice_kline",
          "24hrTicker",
          "24hrMiniTicker",
          "indexPriceUpdate",
          "compositeIndex",
          "assetIndexUpdate",
          "contractInfo",
          "tradingSession",
          "serverShutdown");

  private static final int AGGREGATE = 0;
  private static final int TRADE = 1;
  private static final int MARK = 2;
  private static final int BOOK = 3;
  private static final int FORCED = 4;
  private static final int SHUTDOWN = 17;

  // Slots, of fields whose names say less: E time of the event, T of what happened.
  private static final int EVENT_TIME = 0;
  private static final int TIME = 1;
  private static final int PRICE = 2;
  private static final int QUANTITY = 3;
  private static final int AGGREGATE_OR_ASK = 4;
  private static final int ASK_QUANTITY = 5;
  private static final int BID = 6;
  private static final int BID_QUANTITY = 7;
  private static final int UPDATE = 8;
  private static final int INDEX = 9;
  private static final int RATE = 10;
  private static final int TRADE_ID = 11;
  private static final int FIRST = 12;
  private static final int LAST = 13;
  private static final int TYPE = 14;
  private static final int ORDER_SIDE = 15;
  private static final int ORDER_STATE = 16;
  private static final int ORDER_PRICE = 17;
  private static final int AVERAGE = 18;
  private static final int WANTED = 19;
  private static final int FILLED = 20;
  private static final int ORDER_TIME = 21;
  private static final int INTEREST = 22;
  private static final int RATIO = 23;
  private static final int ANSWER_TIME = 24;
  private static final int SLOTS = 25;

  private static final int NO_KIND = -1;
  private static final int OTHER_KIND = -2;

  private int kind;
  private int instrument;
  private boolean isMaker;
  private boolean isTaker;
  private boolean isSnapshot;

  BinanceDecoder(
      final List<InstrumentDefinition> instruments, final List<ConnectionPlan> connections) {
    super(instruments, connections, 0, true);
  }

  @Override
  void read() {
    if (frame.isArray()) {
      readArray();
    } else {
      readEvent(true);
    }
  }

  private void readArray() {
    note(FrameOutcome.NOTHING_NEW);
    while (frame.nextElement()) {
      if (frame.isObject()) {
        readEvent(false);
      } else {
        frame.skip();
        invalid();
      }
    }
  }

  private void clear() {
    frame.clear(0, SLOTS);
    kind = NO_KIND;
    instrument = -1;
    isMaker = false;
    isTaker = false;
    isSnapshot = false;
  }

  private void readEvent(final boolean isRoot) {
    clear();
    boolean isEnvelope = false;
    String reason = null;
    String acknowledged = null;
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      if (name.length() == 1) {
        readShort(name.charAt(0));
        continue;
      }
      switch (name) {
        case "data" -> {
          if (isRoot && frame.isObject()) {
            isEnvelope = true;
            readEvent(false);
          } else if (isRoot && frame.isArray()) {
            isEnvelope = true;
            readArray();
          } else {
            frame.skip();
          }
        }
        case "symbol" -> instrument = frame.find(symbols);
        case "openInterest" -> frame.keep(INTEREST);
        case "longShortRatio" -> frame.keep(RATIO);
        case "time", "timestamp" -> frame.keep(ANSWER_TIME);
        case "lastUpdateId" -> isSnapshot = true;
        case "id" -> acknowledged = isRoot ? frame.text() : null;
        case "msg" -> reason = frame.text();
        case "error" -> reason = readError();
        default -> frame.skip();
      }
    }
    if (isEnvelope || frame.isBroken()) {
      return;
    }
    if (kind == NO_KIND && reason != null) {
      control.refused(reason);
      note(FrameOutcome.CONTROL);
    } else if (kind == NO_KIND && acknowledged != null) {
      control.acknowledged(acknowledged);
      note(FrameOutcome.CONTROL);
    } else {
      send();
    }
  }

  private void readShort(final char name) {
    switch (name) {
      case 'e' -> {
        kind = frame.find(KINDS);
        kind = kind < 0 ? OTHER_KIND : kind;
      }
      case 's' -> instrument = frame.find(symbols);
      case 'E' -> frame.keep(EVENT_TIME);
      case 'T' -> frame.keep(TIME);
      case 'p' -> frame.keep(PRICE);
      case 'q' -> frame.keep(QUANTITY);
      case 'a' -> frame.keep(AGGREGATE_OR_ASK);
      case 'A' -> frame.keep(ASK_QUANTITY);
      case 'b' -> frame.keep(BID);
      case 'B' -> frame.keep(BID_QUANTITY);
      case 'u' -> frame.keep(UPDATE);
      case 'i' -> frame.keep(INDEX);
      case 'r' -> frame.keep(RATE);
      case 't' -> frame.keep(TRADE_ID);
      case 'f' -> frame.keep(FIRST);
      case 'l' -> frame.keep(LAST);
      case 'X' -> frame.keep(TYPE);
      case 'm' -> {
        isMaker = frame.isTrue();
        isTaker = frame.isFalse();
        frame.skip();
      }
      case 'o' -> readOrder();
      default -> frame.skip();
    }
  }

  private void readOrder() {
    if (!frame.isObject()) {
      frame.skip();
      return;
    }
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "s" -> instrument = frame.find(symbols);
        case "S" -> frame.keep(ORDER_SIDE);
        case "X" -> frame.keep(ORDER_STATE);
        case "p" -> frame.keep(ORDER_PRICE);
        case "ap" -> frame.keep(AVERAGE);
        case "q" -> frame.keep(WANTED);
        case "z" -> frame.keep(FILLED);
        case "T" -> frame.keep(ORDER_TIME);
        default -> frame.skip();
      }
    }
  }

  private String readError() {
    String reason = "";
    if (!frame.isObject()) {
      return frame.text();
    }
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      if (name.equals("msg")) {
        reason = frame.text();
      } else {
        frame.skip();
      }
    }
    return reason;
  }

  private void send() {
    final boolean isAnswer = !frame.isEmpty(INTEREST) || !frame.isEmpty(RATIO);
    if (kind == SHUTDOWN) {
      control.closingSoon("serverShutdown");
      note(FrameOutcome.CONTROL);
    } else if (kind == OTHER_KIND || (kind == NO_KIND && !isAnswer && !isSnapshot)) {
      note(FrameOutcome.UNKNOWN);
    } else if (kind > FORCED || (isSnapshot && !isAnswer)) {
      note(FrameOutcome.NOT_USED);
    } else if (instrument < 0) {
      note(FrameOutcome.NOTHING_NEW);
    } else {
      send(states[instrument]);
    }
  }

  private void send(final InstrumentState of) {
    switch (kind) {
      case AGGREGATE, TRADE -> trade(of);
      case MARK -> mark(of);
      case BOOK -> book(of);
      case FORCED -> liquidation(of);
      default -> {
        if (!frame.isEmpty(INTEREST)) {
          interest(of);
        } else {
          ratio(of);
        }
      }
    }
  }

  private void trade(final InstrumentState of) {
    final long time = time(TIME);
    final long single = id(TRADE_ID);
    if (!frame.isEmpty(TYPE) && !frame.is(TYPE, "MARKET")) {
      // The insurance fund's and those of deleveraging: no trade of the market.
      note(FrameOutcome.NOT_USED);
      return;
    }
    final long price = exact(PRICE, of.priceDecimals);
    final long quantity = exact(QUANTITY, of.quantityDecimals);
    if (time < 0 || price <= 0 || quantity <= 0 || isMaker == isTaker) {
      invalid();
      return;
    }
    final long first = single >= 0 ? single : id(FIRST);
    final long last = single >= 0 ? single : id(LAST);
    final long aggregate = kind == AGGREGATE ? id(AGGREGATE_OR_ASK) : NONE;
    if (first == BAD || last == BAD || aggregate == BAD) {
      invalid();
      return;
    }
    if ((first >= 0 && of.trade.isRepeat(first, time))
        || (aggregate >= 0 && of.aggregate.isRepeat(aggregate, time))) {
      note(FrameOutcome.NOTHING_NEW);
      return;
    }
    final long missing = aggregate >= 0 ? of.aggregate.missingBefore(aggregate) : 0;
    if (aggregate >= 0) {
      of.aggregate.set(aggregate, time);
    }
    if (last >= 0) {
      of.trade.set(last, time);
    }
    of.trade(out, time, price, quantity, isMaker ? FeedEvent.SELL : FeedEvent.BUY, missing);
    note(true);
  }

  private void mark(final InstrumentState of) {
    final long time = time(EVENT_TIME);
    final long mark = rounded(PRICE, of.priceDecimals);
    final long index = rounded(INDEX, of.priceDecimals);
    final long rate = frame.isEmpty(RATE) ? FeedEvent.ABSENT : rate(RATE);
    // Contracts that aren't perpetual have neither rate nor time: empty, or 0.
    final long next = frame.isZero(TIME) ? NONE : time(TIME);
    if (time < 0 || mark < 0 || index == BAD || rate == BAD_RATE || next == BAD) {
      invalid();
      return;
    }
    if (of.markTime.isRepeat(time, time)) {
      note(FrameOutcome.NOTHING_NEW);
      return;
    }
    of.markTime.set(time, time);
    of.mark = mark;
    of.index = index > 0 ? index : FeedEvent.ABSENT;
    of.rate = rate;
    of.nextFunding = Math.max(0, next);
    note(of.sendMark(out, time));
  }

  private void book(final InstrumentState of) {
    final long time = time(TIME);
    final long update = id(UPDATE);
    final long bid = exact(BID, of.priceDecimals);
    final long bidQuantity = exact(BID_QUANTITY, of.quantityDecimals);
    final long ask = exact(AGGREGATE_OR_ASK, of.priceDecimals);
    final long askQuantity = exact(ASK_QUANTITY, of.quantityDecimals);
    if (time < 0
        || update == BAD
        || bid < 0
        || bidQuantity < 0
        || ask < 0
        || askQuantity < 0
        || (ask < bid && ask > 0)) {
      invalid();
      return;
    }
    if (update >= 0) {
      if (of.update.isRepeat(update, time)) {
        note(FrameOutcome.NOTHING_NEW);
        return;
      }
      of.update.set(update, time);
    }
    of.bid = bid;
    of.bidQuantity = bidQuantity;
    of.ask = ask;
    of.askQuantity = askQuantity;
    note(of.sendTop(out, time));
  }

  /**
   * The side is that of the order: a forced sale closes a long position. What was liquidated is the
   * filled quantity z at its average price ap, at T: the venue sends it about a second later.
   */
  private void liquidation(final InstrumentState of) {
    final boolean sells = frame.is(ORDER_SIDE, "SELL");
    final long time = time(ORDER_TIME);
    final long quantity = exact(frame.isEmpty(FILLED) ? WANTED : FILLED, of.quantityDecimals);
    final long average = rounded(AVERAGE, of.priceDecimals);
    final long price =
        average == NONE || average == 0 ? exact(ORDER_PRICE, of.priceDecimals) : average;
    if (time < 0 || quantity < 0 || price <= 0 || (!sells && !frame.is(ORDER_SIDE, "BUY"))) {
      invalid();
    } else if (quantity == 0 || frame.is(ORDER_STATE, "PARTIALLY_FILLED")) {
      note(FrameOutcome.NOT_USED);
    } else {
      note(
          of.sendLiquidation(
              out, time, price, quantity, sells ? FeedEvent.LONG : FeedEvent.SHORT, frameNumber));
    }
  }

  private void interest(final InstrumentState of) {
    final long interest = rounded(INTEREST, of.quantityDecimals);
    final long said = time(ANSWER_TIME);
    if (interest < 0 || said == BAD) {
      invalid();
      return;
    }
    of.interest = interest;
    note(of.sendInterest(out, said == NONE ? receiveTime : said, false));
  }

  private void ratio(final InstrumentState of) {
    final long ratio = frame.number(RATIO, RATE_DECIMALS, true);
    final long time = time(ANSWER_TIME);
    if (ratio < 0 || ratio > FeedAdapter.MAX_RATIO || time < 0) {
      invalid();
      return;
    }
    note(of.sendRatio(out, time, ratio));
  }
}
