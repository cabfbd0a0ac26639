package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.List;

/**
 * Bybit's public topics of the fifth version, linear and inverse, and its REST answer about
 * accounts. Of a ticker, a missing field is unchanged and an empty one doesn't apply.
 */
final class BybitDecoder extends FrameDecoder {
  private static final Names TOPICS =
      Names.of(
          "publicTrade",
          "tickers",
          "allLiquidation",
          "orderbook",
          "kline",
          "liquidation",
          "priceLimit",
          "insurance",
          "adlAlert");

  private static final int TRADES = 0;
  private static final int TICKER = 1;
  private static final int LIQUIDATIONS = 2;
  private static final int TRADE_IDS = 2048;

  private static final int TIME = 0;
  private static final int PRICE = 1;
  private static final int QUANTITY = 2;
  private static final int SIDE = 3;
  private static final int MARK = 4;
  private static final int INDEX = 5;
  private static final int INTEREST = 6;
  private static final int RATE = 7;
  private static final int NEXT_FUNDING = 8;
  private static final int BID = 9;
  private static final int BID_QUANTITY = 10;
  private static final int ASK = 11;
  private static final int ASK_QUANTITY = 12;
  private static final int LONGS = 13;
  private static final int SHORTS = 14;
  private static final int ANSWER_TIME = 15;
  private static final int DATA_SLOTS = 16;
  private static final int FRAME_TIME = 16;
  private static final int TYPE = 17;
  private static final int OPERATION = 18;
  private static final int CODE = 19;
  private static final int ALL_SLOTS = 20;

  /** Which fields of a ticker a frame has, as bits by slot. */
  private int has;

  private int topic;
  private boolean hasTopic;
  private boolean isDeferred;
  private boolean isSecondPass;
  private int instrument;
  private long tradeId;

  BybitDecoder(
      final List<InstrumentDefinition> instruments, final List<ConnectionPlan> connections) {
    super(instruments, connections, TRADE_IDS, false);
  }

  @Override
  boolean needsSecondPass() {
    isSecondPass = isDeferred && hasTopic;
    return isSecondPass;
  }

  @Override
  void read() {
    if (!frame.isObject()) {
      note(FrameOutcome.UNKNOWN);
      frame.skip();
      return;
    }
    frame.clear(0, ALL_SLOTS);
    has = 0;
    instrument = -1;
    if (!isSecondPass) {
      topic = -1;
      hasTopic = false;
    }
    isDeferred = false;
    boolean succeeded = false;
    boolean failed = false;
    String reason = "";
    String request = "";
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "topic" -> {
          topic = frame.findTopic(TOPICS);
          hasTopic = true;
        }
        case "type" -> frame.keep(TYPE);
        case "ts" -> frame.keep(FRAME_TIME);
        case "data" -> {
          if (hasTopic) {
            readData();
          } else {
            isDeferred = true;
            frame.skip();
          }
        }
        case "success" -> {
          succeeded = frame.isTrue();
          failed = frame.isFalse();
          frame.skip();
        }
        case "op" -> frame.keep(OPERATION);
        case "ret_msg", "retMsg" -> reason = frame.text();
        case "req_id" -> request = frame.text();
        case "retCode" -> frame.keep(CODE);
        case "result" -> readResult();
        default -> frame.skip();
      }
    }
    if (frame.isBroken() || (isDeferred && hasTopic)) {
      isSecondPass = false;
      return;
    }
    isSecondPass = false;
    if (hasTopic) {
      endTopic();
    } else if (succeeded || failed || !frame.isEmpty(OPERATION)) {
      endOperation(succeeded, failed, reason, request);
    } else if (!frame.isEmpty(CODE) && !frame.isZero(CODE)) {
      control.refused(reason);
      note(FrameOutcome.CONTROL);
    }
  }

  private void endOperation(
      final boolean succeeded, final boolean failed, final String reason, final String request) {
    if (frame.is(OPERATION, "ping") || frame.is(OPERATION, "pong")) {
      control.pong();
    } else if (failed) {
      control.refused(reason);
    } else if (succeeded) {
      control.acknowledged(request);
    } else {
      note(FrameOutcome.UNKNOWN);
      return;
    }
    note(FrameOutcome.CONTROL);
  }

  private void endTopic() {
    if (topic < 0) {
      note(FrameOutcome.UNKNOWN);
    } else if (topic > LIQUIDATIONS) {
      note(FrameOutcome.NOT_USED);
    } else if (topic == TICKER) {
      endTicker();
    }
  }

  private void readData() {
    if (topic == TICKER && frame.isObject()) {
      readTicker();
    } else if ((topic == TRADES || topic == LIQUIDATIONS) && frame.isArray()) {
      note(FrameOutcome.NOTHING_NEW);
      while (frame.nextElement()) {
        if (frame.isObject()) {
          readRow();
        } else {
          frame.skip();
          invalid();
        }
      }
    } else {
      frame.skip();
      if (topic >= 0 && topic <= LIQUIDATIONS) {
        invalid();
      }
    }
  }

  private void readRow() {
    frame.clear(0, DATA_SLOTS);
    instrument = -1;
    tradeId = 0;
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "T" -> frame.keep(TIME);
        case "s" -> instrument = frame.find(symbols);
        case "S" -> frame.keep(SIDE);
        case "v" -> frame.keep(QUANTITY);
        case "p" -> frame.keep(PRICE);
        case "i" -> tradeId = frame.hash();
        default -> frame.skip();
      }
    }
    if (frame.isBroken() || instrument < 0) {
      return;
    }
    final InstrumentState of = states[instrument];
    final long time = time(TIME);
    final long price = exact(PRICE, of.priceDecimals);
    final long quantity = exact(QUANTITY, of.quantityDecimals);
    final boolean isBuy = frame.is(SIDE, "Buy");
    if (time < 0 || price <= 0 || quantity <= 0 || (!isBuy && !frame.is(SIDE, "Sell"))) {
      invalid();
    } else if (topic == LIQUIDATIONS) {
      // The position's side, at its bankruptcy price.
      note(
          of.sendLiquidation(
              out, time, price, quantity, isBuy ? FeedEvent.LONG : FeedEvent.SHORT, frameNumber));
    } else if (tradeId != 0 && !of.trades.add(tradeId, frameNumber)) {
      note(FrameOutcome.NOTHING_NEW);
    } else {
      of.trade(out, time, price, quantity, isBuy ? FeedEvent.BUY : FeedEvent.SELL, 0);
      note(true);
    }
  }

  private void readTicker() {
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "symbol" -> instrument = frame.find(symbols);
        case "markPrice" -> keep(MARK);
        case "indexPrice" -> keep(INDEX);
        case "openInterest" -> keep(INTEREST);
        case "fundingRate" -> keep(RATE);
        case "nextFundingTime" -> keep(NEXT_FUNDING);
        case "bid1Price" -> keep(BID);
        case "bid1Size" -> keep(BID_QUANTITY);
        case "ask1Price" -> keep(ASK);
        case "ask1Size" -> keep(ASK_QUANTITY);
        default -> frame.skip();
      }
    }
  }

  private void keep(final int slot) {
    frame.keep(slot);
    has |= 1 << slot;
  }

  private boolean has(final int slot) {
    return (has & (1 << slot)) != 0;
  }

  private void endTicker() {
    note(FrameOutcome.NOTHING_NEW);
    if (instrument < 0) {
      return;
    }
    final InstrumentState of = states[instrument];
    final long time = time(FRAME_TIME);
    final boolean isSnapshot = frame.is(TYPE, "snapshot");
    if (time < 0 || (!isSnapshot && !frame.is(TYPE, "delta"))) {
      invalid();
      return;
    }
    if (of.hasSnapshot ? time < of.tickerTime : !isSnapshot) {
      return;
    }
    if (isSnapshot) {
      of.resetTicker();
      of.hasSnapshot = true;
    }
    of.tickerTime = time;
    takeMark(of);
    takeTop(of);
    final boolean hasMark = of.sendMark(out, time);
    final boolean hasInterest = of.sendInterest(out, time, true);
    final boolean hasTop = of.sendTop(out, time);
    if (hasMark || hasInterest || hasTop) {
      note(FrameOutcome.MARKET);
    }
  }

  /** Takes fields that the frame has; a faulty one leaves the last value. */
  private void takeMark(final InstrumentState of) {
    of.mark = taken(MARK, of.mark, of.priceDecimals);
    final long index = taken(INDEX, Math.max(0, of.index), of.priceDecimals);
    of.index = index == 0 ? FeedEvent.ABSENT : index;
    of.interest = taken(INTEREST, of.interest, of.quantityDecimals);
    if (has(RATE)) {
      final long rate = frame.isEmpty(RATE) ? FeedEvent.ABSENT : rate(RATE);
      if (rate == BAD_RATE) {
        invalid();
      } else {
        of.rate = rate;
      }
    }
    if (has(NEXT_FUNDING)) {
      final long next = frame.isZero(NEXT_FUNDING) ? NONE : time(NEXT_FUNDING);
      if (next == BAD) {
        invalid();
      } else {
        of.nextFunding = Math.max(0, next);
      }
    }
  }

  private long taken(final int slot, final long last, final int decimals) {
    return checked(slot, has(slot) ? rounded(slot, decimals) : last, last);
  }

  private long checked(final int slot, final long value, final long last) {
    if (has(slot) && value == BAD) {
      invalid();
      return last;
    }
    return Math.max(0, value);
  }

  private void takeTop(final InstrumentState of) {
    of.bid = takenExactly(BID, of.bid, of.priceDecimals);
    of.bidQuantity = takenExactly(BID_QUANTITY, of.bidQuantity, of.quantityDecimals);
    of.ask = takenExactly(ASK, of.ask, of.priceDecimals);
    of.askQuantity = takenExactly(ASK_QUANTITY, of.askQuantity, of.quantityDecimals);
  }

  private long takenExactly(final int slot, final long last, final int decimals) {
    return checked(slot, has(slot) ? exact(slot, decimals) : last, last);
  }

  /** The answer about accounts: the only one with a list of rows that is polled. */
  private void readResult() {
    if (!frame.isObject()) {
      frame.skip();
      return;
    }
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      if (name.equals("list") && frame.isArray()) {
        note(FrameOutcome.NOTHING_NEW);
        while (frame.nextElement()) {
          if (frame.isObject()) {
            readRatio();
          } else {
            frame.skip();
          }
        }
      } else {
        frame.skip();
      }
    }
  }

  private void readRatio() {
    frame.clear(0, DATA_SLOTS);
    instrument = -1;
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "symbol" -> instrument = frame.find(symbols);
        case "buyRatio" -> frame.keep(LONGS);
        case "sellRatio" -> frame.keep(SHORTS);
        case "timestamp" -> frame.keep(ANSWER_TIME);
        default -> frame.skip();
      }
    }
    if (frame.isBroken() || instrument < 0) {
      return;
    }
    final long longs = rate(LONGS);
    final long shorts = rate(SHORTS);
    final long time = time(ANSWER_TIME);
    if (longs < 0 || shorts <= 0 || longs == BAD_RATE || shorts == BAD_RATE || time < 0) {
      invalid();
      return;
    }
    // Shares of accounts, each at most 1: the product fits.
    final long ratio = (longs * 1_000_000_000L + shorts / 2) / shorts;
    if (ratio > FeedAdapter.MAX_RATIO) {
      invalid();
      return;
    }
    note(states[instrument].sendRatio(out, time, ratio));
  }
}
