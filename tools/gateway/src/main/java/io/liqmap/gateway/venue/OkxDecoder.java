package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.List;

/**
 * OKX's public channels of perpetual swaps. Mark, index and funding come apart, each in a channel
 * of its own; together they are one mark message.
 */
final class OkxDecoder extends FrameDecoder {
  private static final Names CHANNELS =
      Names.of(
          "trades",
          "mark-price",
          "index-tickers",
          "funding-rate",
          "open-interest",
          "bbo-tbt",
          "liquidation-orders",
          "tickers",
          "trades-all",
          "books",
          "books5",
          "books-l2-tbt",
          "books50-l2-tbt",
          "instruments",
          "estimated-price",
          "price-limit",
          "adl-warning",
          "status");

  private static final int TRADES = 0;
  private static final int MARK = 1;
  private static final int INDEX = 2;
  private static final int FUNDING = 3;
  private static final int INTEREST = 4;
  private static final int TOP = 5;
  private static final int LIQUIDATIONS = 6;

  private static final int TIME = 0;
  private static final int PRICE = 1;
  private static final int QUANTITY = 2;
  private static final int SIDE = 3;
  private static final int ID = 4;
  private static final int VALUE = 5;
  private static final int FUNDING_TIME = 6;
  private static final int BID = 7;
  private static final int BID_QUANTITY = 8;
  private static final int ASK = 9;
  private static final int ASK_QUANTITY = 10;
  private static final int SEQUENCE = 11;
  private static final int DATA_SLOTS = 12;
  private static final int EVENT = 12;
  private static final int CODE = 13;
  private static final int DETAILS = 16;
  private static final int SLOTS_PER_DETAIL = 5;
  private static final int POSITION = 4;

  /** Liquidations of one instrument that may precede its name in a frame. */
  static final int MAX_DETAILS = (JsonFrame.SLOTS - DETAILS) / SLOTS_PER_DETAIL;

  private final Names indexes;
  private int channel;
  private boolean hasChannel;
  private boolean isDeferred;
  private boolean isSecondPass;
  private String argument;
  private int ofArgument;
  private int instrument;
  private int details;

  OkxDecoder(final List<InstrumentDefinition> instruments, final List<ConnectionPlan> connections) {
    super(instruments, connections, 0, false);
    indexes = new Names(instruments.stream().map((of) -> Okx.index(of.symbol())).toList());
  }

  @Override
  boolean needsSecondPass() {
    isSecondPass = isDeferred && hasChannel;
    return isSecondPass;
  }

  @Override
  boolean readText(final byte[] bytes, final int offset, final int length) {
    if (length == 4
        && bytes[offset] == 'p'
        && bytes[offset + 1] == 'o'
        && bytes[offset + 2] == 'n'
        && bytes[offset + 3] == 'g') {
      control.pong();
      return true;
    }
    return false;
  }

  @Override
  void read() {
    if (!frame.isObject()) {
      note(FrameOutcome.UNKNOWN);
      frame.skip();
      return;
    }
    frame.clear(0, DETAILS);
    if (!isSecondPass) {
      channel = -1;
      hasChannel = false;
      ofArgument = -1;
    }
    argument = null;
    isDeferred = false;
    String reason = "";
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "arg" -> readArgument();
        case "data" -> {
          if (hasChannel) {
            readData();
          } else {
            isDeferred = true;
            frame.skip();
          }
        }
        case "event" -> frame.keep(EVENT);
        case "code" -> frame.keep(CODE);
        case "msg" -> reason = frame.text();
        default -> frame.skip();
      }
    }
    // What an acknowledgement is about is read as text only where it is known to be one.
    isDeferred |= !frame.isEmpty(EVENT) && hasChannel && argument == null && !isSecondPass;
    isSecondPass = false;
    if (frame.isBroken() || (isDeferred && hasChannel)) {
      return;
    }
    if (!frame.isEmpty(EVENT)) {
      endEvent(reason);
    } else if (hasChannel) {
      if (channel < 0 || channel > LIQUIDATIONS) {
        note(channel < 0 ? FrameOutcome.UNKNOWN : FrameOutcome.NOT_USED);
      }
    } else if (!frame.isEmpty(CODE) && !frame.isZero(CODE)) {
      control.refused(reason);
      note(FrameOutcome.CONTROL);
    }
  }

  private void endEvent(final String reason) {
    note(FrameOutcome.CONTROL);
    if (frame.is(EVENT, "subscribe")) {
      control.acknowledged(argument == null ? "" : argument);
    } else if (frame.is(EVENT, "error") || frame.is(EVENT, "channel-conn-count-error")) {
      control.refused(reason);
    } else if (frame.is(EVENT, "notice")) {
      control.closingSoon(reason);
    }
  }

  private void readArgument() {
    if (!frame.isObject()) {
      frame.skip();
      return;
    }
    final boolean isAnswer = isSecondPass || !frame.isEmpty(EVENT);
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "channel" -> {
          hasChannel = true;
          channel = frame.find(CHANNELS);
          argument = isAnswer ? frame.text() : null;
        }
        case "instId" -> {
          ofArgument = frame.find(channel == INDEX ? indexes : symbols);
          argument = isAnswer ? argument + ":" + frame.text() : null;
        }
        default -> frame.skip();
      }
    }
  }

  private void readData() {
    if (channel < 0 || channel > LIQUIDATIONS) {
      frame.skip();
      return;
    }
    if (!frame.isArray()) {
      frame.skip();
      invalid();
      return;
    }
    note(FrameOutcome.NOTHING_NEW);
    while (frame.nextElement()) {
      if (frame.isObject()) {
        readRow();
      } else {
        frame.skip();
        invalid();
      }
    }
  }

  private void readRow() {
    frame.clear(0, DATA_SLOTS);
    instrument = ofArgument;
    details = 0;
    boolean isNamed = false;
    for (String name = frame.nextField(); name != null; name = frame.nextField()) {
      switch (name) {
        case "instId" -> {
          instrument = frame.find(channel == INDEX ? indexes : symbols);
          isNamed = true;
        }
        case "ts" -> frame.keep(TIME);
        case "px" -> frame.keep(PRICE);
        case "sz" -> frame.keep(QUANTITY);
        case "side" -> frame.keep(SIDE);
        case "tradeId" -> frame.keep(ID);
        case "seqId" -> frame.keep(SEQUENCE);
        case "markPx", "idxPx", "oi", "fundingRate" -> frame.keep(VALUE);
        case "fundingTime" -> frame.keep(FUNDING_TIME);
        case "bids" -> readLevel(BID);
        case "asks" -> readLevel(ASK);
        case "details" -> readDetails(isNamed);
        default -> frame.skip();
      }
    }
    if (frame.isBroken() || instrument < 0) {
      return;
    }
    final InstrumentState of = states[instrument];
    switch (channel) {
      case TRADES -> trade(of);
      case MARK -> mark(of);
      case INDEX -> index(of);
      case FUNDING -> funding(of);
      case INTEREST -> interest(of);
      case TOP -> top(of);
      default -> liquidations(of);
    }
  }

  /** Keeps price and size of the first level of a side; none where the side is empty. */
  private void readLevel(final int slot) {
    if (!frame.isArray()) {
      frame.keep(slot);
      return;
    }
    boolean isFirst = true;
    while (frame.nextElement()) {
      if (!isFirst || !frame.isArray()) {
        frame.skip();
      } else {
        isFirst = false;
        int column = 0;
        while (frame.nextElement()) {
          if (column < 2) {
            frame.keep(slot + column);
          } else {
            frame.skip();
          }
          column++;
        }
      }
    }
  }

  private void readDetails(final boolean isNamed) {
    if (!frame.isArray()) {
      frame.skip();
      invalid();
      return;
    }
    if (isNamed && instrument < 0) {
      frame.skip();
      return;
    }
    while (frame.nextElement()) {
      if (!frame.isObject() || details == MAX_DETAILS) {
        frame.skip();
        invalid();
        continue;
      }
      final int at = DETAILS + SLOTS_PER_DETAIL * details++;
      frame.clear(at, at + SLOTS_PER_DETAIL);
      for (String name = frame.nextField(); name != null; name = frame.nextField()) {
        switch (name) {
          case "ts" -> frame.keep(at + TIME);
          case "bkPx" -> frame.keep(at + PRICE);
          case "sz" -> frame.keep(at + QUANTITY);
          case "side" -> frame.keep(at + SIDE);
          case "posSide" -> frame.keep(at + POSITION);
          default -> frame.skip();
        }
      }
      if (isNamed && details == MAX_DETAILS && !frame.isBroken()) {
        liquidations(states[instrument]);
        details = 0;
      }
    }
  }

  private void trade(final InstrumentState of) {
    final long time = time(TIME);
    final long price = exact(PRICE, of.priceDecimals);
    final long quantity = exact(QUANTITY, of.quantityDecimals);
    final long id = id(ID);
    final boolean buys = frame.is(SIDE, "buy");
    if (time < 0
        || price <= 0
        || quantity <= 0
        || id == BAD
        || (!buys && !frame.is(SIDE, "sell"))) {
      invalid();
      return;
    }
    if (id >= 0) {
      if (of.trade.isRepeat(id, time)) {
        note(FrameOutcome.NOTHING_NEW);
        return;
      }
      of.trade.set(id, time);
    }
    of.trade(out, time, price, quantity, buys ? FeedEvent.BUY : FeedEvent.SELL, 0);
    note(true);
  }

  private void mark(final InstrumentState of) {
    final long time = time(TIME);
    final long mark = rounded(VALUE, of.priceDecimals);
    if (time < 0 || mark < 0) {
      invalid();
      return;
    }
    if (of.markTime.isRepeat(time, time)) {
      note(FrameOutcome.NOTHING_NEW);
      return;
    }
    of.markTime.set(time, time);
    of.mark = mark;
    note(of.sendMark(out, time));
  }

  private void index(final InstrumentState of) {
    final long time = time(TIME);
    final long index = rounded(VALUE, of.priceDecimals);
    if (time < 0 || index < 0) {
      invalid();
      return;
    }
    if (time < of.tickerTime) {
      note(FrameOutcome.NOTHING_NEW);
      return;
    }
    of.tickerTime = time;
    of.index = index == 0 ? FeedEvent.ABSENT : index;
    note(of.sendMark(out, time));
  }

  private void funding(final InstrumentState of) {
    // Old frames have no ts.
    final long said = time(TIME);
    final long time = said == NONE ? receiveTime : said;
    final long rate = frame.isEmpty(VALUE) ? FeedEvent.ABSENT : rate(VALUE);
    // What fundingRate is paid at; nextFundingTime is one payment later.
    final long next = time(FUNDING_TIME);
    if (time < 0 || rate == BAD_RATE || next == BAD) {
      invalid();
      return;
    }
    if (time < of.fundingTime) {
      note(FrameOutcome.NOTHING_NEW);
      return;
    }
    of.fundingTime = time;
    of.rate = rate;
    of.nextFunding = Math.max(0, next);
    note(of.sendMark(out, time));
  }

  private void interest(final InstrumentState of) {
    final long time = time(TIME);
    final long interest = rounded(VALUE, of.quantityDecimals);
    if (time < 0 || interest < 0) {
      invalid();
      return;
    }
    of.interest = interest;
    note(of.sendInterest(out, time, true));
  }

  private void top(final InstrumentState of) {
    final long time = time(TIME);
    final long bid = exact(BID, of.priceDecimals);
    final long bidQuantity = exact(BID_QUANTITY, of.quantityDecimals);
    final long ask = exact(ASK, of.priceDecimals);
    final long askQuantity = exact(ASK_QUANTITY, of.quantityDecimals);
    final long sequence = id(SEQUENCE);
    if (time < 0
        || bid == BAD
        || bidQuantity == BAD
        || ask == BAD
        || askQuantity == BAD
        || sequence == BAD
        || (ask < bid && ask > 0)) {
      invalid();
      return;
    }
    if (sequence >= 0) {
      if (of.update.isRepeat(sequence, time)) {
        note(FrameOutcome.NOTHING_NEW);
        return;
      }
      of.update.set(sequence, time);
    }
    of.bid = Math.max(0, bid);
    of.bidQuantity = Math.max(0, bidQuantity);
    of.ask = Math.max(0, ask);
    of.askQuantity = Math.max(0, askQuantity);
    note(of.sendTop(out, time));
  }

  private void liquidations(final InstrumentState of) {
    for (int i = 0; i < details; i++) {
      liquidation(of, DETAILS + SLOTS_PER_DETAIL * i);
    }
  }

  /** Bankruptcy price and contracts; the order's side says which position where that is netted. */
  private void liquidation(final InstrumentState of, final int at) {
    final long time = time(at + TIME);
    final long price = exact(at + PRICE, of.priceDecimals);
    final long quantity = exact(at + QUANTITY, of.quantityDecimals);
    final boolean isNet = frame.is(at + POSITION, "net") || frame.isEmpty(at + POSITION);
    final boolean isLong = isNet ? frame.is(at + SIDE, "sell") : frame.is(at + POSITION, "long");
    final boolean isShort = isNet ? frame.is(at + SIDE, "buy") : frame.is(at + POSITION, "short");
    if (time < 0 || price <= 0 || quantity <= 0 || isLong == isShort) {
      invalid();
    } else if (time < start) {
      // Of the snapshot that a first subscription is answered with.
      note(FrameOutcome.NOTHING_NEW);
    } else {
      note(
          of.sendLiquidation(
              out, time, price, quantity, isLong ? FeedEvent.LONG : FeedEvent.SHORT, frameNumber));
    }
  }
}
