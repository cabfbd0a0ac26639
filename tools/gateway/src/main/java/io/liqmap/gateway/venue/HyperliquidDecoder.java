package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.List;

/**
 * Hyperliquid's channels. A subscription to trades is answered with the latest ones, which a new
 * connection repeats: ids are remembered, and trades from before the first frame aren't live. The
 * asset context has no time: that of receipt is taken.
 */
final class HyperliquidDecoder extends FrameDecoder {
  private static final Names CHANNELS =
      Names.of(
          "trades",
          "activeAssetCtx",
          "bbo",
          "subscriptionResponse",
          "pong",
          "error",
          "l2Book",
          "candle",
          "allMids",
          "activeSpotAssetCtx",
          "allDexsAssetCtxs",
          "fastAssetCtxs",
          "notification",
          "webData2",
          "webData3",
          "user",
          "userFills",
          "userEvents",
          "userFundings",
          "orderUpdates");

  private static final int TRADES = 0;
  private static final int CONTEXT = 1;
  private static final int TOP = 2;
  private static final int SUBSCRIBED = 3;
  private static final int PONG = 4;
  private static final int ERROR = 5;
  private static final int TRADE_IDS = 2048;
  private static final long HOUR = 3_600_000_000_000L;

  private static final int TIME = 0;
  private static final int PRICE = 1;
  private static final int QUANTITY = 2;
  private static final int SIDE = 3;
  private static final int MARK = 4;
  private static final int INDEX = 5;
  private static final int RATE = 6;
  private static final int INTEREST = 7;
  private static final int BID = 8;
  private static final int BID_QUANTITY = 9;
  private static final int ASK = 10;
  private static final int ASK_QUANTITY = 11;
  private static final int SLOTS = 12;

  private int channel;
  private boolean hasChannel;
  private boolean isDeferred;
  private boolean isSecondPass;
  private int instrument;
  private long tradeId;

  HyperliquidDecoder(
      final List<InstrumentDefinition> instruments, final List<ConnectionPlan> connections) {
    super(instruments, connections, TRADE_IDS, false);
  }

  @Override
  boolean needsSecondPass() {
    isSecondPass = isDeferred && hasChannel;
    return isSecondPass;
  }

  @Override
  void read() {
    if (!frame.isObject()) {
      note(FrameOutcome.UNKNOWN);
      frame.skip();
      return;
    }
    if (!isSecondPass) {
      channel = -1;
      hasChannel = false;
    }
    isSecondPass = false;
    isDeferred = false;
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      if (name.equals("channel")) {
        channel = frame.find(CHANNELS);
        hasChannel = true;
      } else if (name.equals("data") && hasChannel) {
        readData();
      } else {
        isDeferred |= name.equals("data");
        frame.skip();
      }
    }
    if (frame.isBroken() || (isDeferred && hasChannel)) {
      return;
    }
    if (channel == PONG) {
      control.pong();
      note(FrameOutcome.CONTROL);
    } else if (hasChannel) {
      note(channel < 0 ? FrameOutcome.UNKNOWN : FrameOutcome.NOT_USED);
    }
  }

  private void readData() {
    switch (channel) {
      case TRADES -> readTrades();
      case CONTEXT, TOP -> readObject();
      case SUBSCRIBED -> {
        final String subscription = readSubscription();
        if (!frame.isBroken()) {
          control.acknowledged(subscription);
          note(FrameOutcome.CONTROL);
        }
      }
      case ERROR -> {
        control.refused(frame.text());
        note(FrameOutcome.CONTROL);
      }
      default -> frame.skip();
    }
  }

  private String readSubscription() {
    String type = "";
    String coin = "";
    if (!frame.isObject()) {
      frame.skip();
      return type;
    }
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "subscription" -> {
          final String inner = readSubscription();
          type = inner.isEmpty() ? type : inner;
        }
        case "type" -> type = frame.text();
        case "coin" -> coin = ":" + frame.text();
        default -> frame.skip();
      }
    }
    return type + coin;
  }

  private void readTrades() {
    if (!frame.isArray()) {
      frame.skip();
      invalid();
      return;
    }
    note(FrameOutcome.NOTHING_NEW);
    while (frame.nextElement()) {
      if (frame.isObject()) {
        readTrade();
      } else {
        frame.skip();
        invalid();
      }
    }
  }

  private void clear() {
    frame.clear(0, SLOTS);
    instrument = -1;
    tradeId = 0;
  }

  private void readTrade() {
    clear();
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "coin" -> instrument = frame.find(symbols);
        case "side" -> frame.keep(SIDE);
        case "px" -> frame.keep(PRICE);
        case "sz" -> frame.keep(QUANTITY);
        case "time" -> frame.keep(TIME);
        case "tid" -> tradeId = frame.hash();
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
    final boolean buys = frame.is(SIDE, "B");
    if (time < 0 || price <= 0 || quantity <= 0 || (!buys && !frame.is(SIDE, "A"))) {
      invalid();
    } else if (time < start || (tradeId != 0 && !of.trades.add(tradeId, frameNumber))) {
      note(FrameOutcome.NOTHING_NEW);
    } else {
      of.trade(out, time, price, quantity, buys ? FeedEvent.BUY : FeedEvent.SELL, 0);
      note(true);
    }
  }

  private void readObject() {
    if (!frame.isObject()) {
      frame.skip();
      invalid();
      return;
    }
    clear();
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "coin" -> instrument = frame.find(symbols);
        case "time" -> frame.keep(TIME);
        case "ctx" -> readContext();
        case "bbo" -> readLevels();
        default -> frame.skip();
      }
    }
    if (frame.isBroken()) {
      return;
    }
    note(FrameOutcome.NOTHING_NEW);
    if (instrument >= 0) {
      if (channel == CONTEXT) {
        context(states[instrument]);
      } else {
        top(states[instrument]);
      }
    }
  }

  private void readContext() {
    if (!frame.isObject()) {
      frame.skip();
      return;
    }
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "markPx" -> frame.keep(MARK);
        case "oraclePx" -> frame.keep(INDEX);
        case "funding" -> frame.keep(RATE);
        case "openInterest" -> frame.keep(INTEREST);
        default -> frame.skip();
      }
    }
  }

  /** Bid and offer, null where there is none. */
  private void readLevels() {
    if (!frame.isArray()) {
      frame.skip();
      return;
    }
    int slot = BID;
    while (frame.nextElement()) {
      if (frame.isObject() && slot <= ASK) {
        for (String name = frame.nextField(); name != null; name = frame.nextField()) {
          switch (name) {
            case "px" -> frame.keep(slot);
            case "sz" -> frame.keep(slot + 1);
            default -> frame.skip();
          }
        }
      } else {
        frame.skip();
      }
      slot += 2;
    }
  }

  private void context(final InstrumentState of) {
    final long mark = rounded(MARK, of.priceDecimals);
    final long index = rounded(INDEX, of.priceDecimals);
    final long interest = rounded(INTEREST, of.quantityDecimals);
    final long rate = frame.isEmpty(RATE) ? FeedEvent.ABSENT : rate(RATE);
    if (mark < 0 || index == BAD || interest == BAD || rate == BAD_RATE) {
      invalid();
      return;
    }
    of.mark = mark;
    of.index = index > 0 ? index : FeedEvent.ABSENT;
    of.rate = rate;
    // Paid at each full hour; the frame doesn't say when.
    of.nextFunding = (receiveTime / HOUR + 1) * HOUR;
    of.interest = Math.max(0, interest);
    final boolean hasMark = of.sendMark(out, receiveTime);
    note(of.sendInterest(out, receiveTime, true) || hasMark);
  }

  private void top(final InstrumentState of) {
    final long time = time(TIME);
    final long bid = exact(BID, of.priceDecimals);
    final long bidQuantity = exact(BID_QUANTITY, of.quantityDecimals);
    final long ask = exact(ASK, of.priceDecimals);
    final long askQuantity = exact(ASK_QUANTITY, of.quantityDecimals);
    if (time < 0
        || bid == BAD
        || bidQuantity == BAD
        || ask == BAD
        || askQuantity == BAD
        || (ask >= 0 && ask < bid)) {
      invalid();
      return;
    }
    if (time < of.tickerTime) {
      note(FrameOutcome.NOTHING_NEW);
      return;
    }
    of.tickerTime = time;
    of.bid = Math.max(0, bid);
    of.bidQuantity = Math.max(0, bidQuantity);
    of.ask = Math.max(0, ask);
    of.askQuantity = Math.max(0, askQuantity);
    note(of.sendTop(out, time));
  }
}
