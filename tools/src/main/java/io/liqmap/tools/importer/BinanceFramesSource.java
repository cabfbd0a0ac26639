package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Recorded frames of Binance's USD-M WebSocket; what isn't imported is counted by its kind. */
final class BinanceFramesSource implements EventSource {
  private static final Pattern KIND = Pattern.compile("\\w{1,32}");
  private static final int RATE_EXPONENT = -9;
  private static final long MAX_RATE = 1_000_000_000L;
  private static final String EMPTY = "price or quantity is zero";

  private final Frames frames;
  private final Tally tally;
  private final InstrumentDefinition definition;

  /** The one kind of trades that is taken: a recording may hold them twice. */
  private String tradeKind;

  BinanceFramesSource(final InputFile input, final InstrumentDefinition of, final long maxExpanded)
      throws IOException {
    frames = new Frames(input.path(), maxExpanded);
    tally = new Tally(input);
    definition = of;
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (frames.next()) {
      tally.read();
      final long received = tally.clock(frames.received());
      final String objection = fill(draft, received);
      if (objection == null) {
        return true;
      }
      tally.drop(objection, objection.equals(EMPTY));
    }
    return false;
  }

  /** Fills the event of the frame; or says why there is none. */
  private String fill(final Draft draft, final long received) throws ImportException {
    final String kind = frames.text("e");
    if (kind == null) {
      return "no event";
    }
    return switch (kind) {
      case "bookTicker" -> isOther("s") ? otherSymbol() : book(draft, received);
      case "trade", "aggTrade" -> isOther("s") ? otherSymbol() : trade(draft, received, kind);
      case "markPriceUpdate" -> isOther("s") ? otherSymbol() : mark(draft, received);
      case "forceOrder" -> isOther("o.s") ? otherSymbol() : liquidation(draft, received);
      default -> (KIND.matcher(kind).matches() ? kind : "another kind") + " isn't imported";
    };
  }

  private boolean isOther(final String field) {
    return !frames.is(field, definition.symbol());
  }

  private String otherSymbol() {
    return "of another symbol than " + definition.symbol();
  }

  private String book(final Draft draft, final long received) throws ImportException {
    final long bid = price("b");
    final long bidQuantity = quantity("B");
    final long ask = price("a");
    final long askQuantity = quantity("A");
    if (bid == 0 || bidQuantity == 0 || ask == 0 || askQuantity == 0) {
      return EMPTY;
    }
    if (ask < bid) {
      return "the offer is below the bid";
    }
    draft.bestBidOffer(frames.millis("T"), received, bid, bidQuantity, ask, askQuantity);
    return null;
  }

  private String trade(final Draft draft, final long received, final String kind)
      throws ImportException {
    if (tradeKind == null) {
      tradeKind = kind;
    }
    if (!tradeKind.equals(kind)) {
      return kind + " isn't imported beside " + tradeKind;
    }
    final boolean buyerIsMaker = frames.is("m", "true");
    if (!buyerIsMaker && !frames.is("m", "false")) {
      throw frames.bad("m is neither true nor false", "get the file again");
    }
    final long price = price("p");
    final long quantity = quantity("q");
    if (price == 0 || quantity == 0) {
      return EMPTY;
    }
    draft.trade(
        frames.millis("T"),
        received,
        price,
        quantity,
        buyerIsMaker ? FeedEvent.SELL : FeedEvent.BUY);
    return null;
  }

  private String mark(final Draft draft, final long received) throws ImportException {
    final long mark = price("p");
    if (mark == 0) {
      return EMPTY;
    }
    draft.markPrice(frames.millis("E"), received, mark);
    final long index = frames.isEmpty("i") ? 0 : price("i");
    draft.index = index == 0 ? FeedEvent.ABSENT : index;
    // A contract that isn't perpetual has neither rate nor time.
    draft.funding = frames.isEmpty("r") ? FeedEvent.ABSENT : rate();
    draft.nextFunding = frames.isEmpty("T") || frames.is("T", "0") ? 0 : frames.millis("T");
    return null;
  }

  private long rate() throws ImportException {
    final long rate = frames.decimal("r", RATE_EXPONENT);
    if (rate < -MAX_RATE || rate > MAX_RATE) {
      throw frames.bad("r is no funding rate between -1 and 1", "get the file again");
    }
    return rate;
  }

  /** The side is that of the order: a forced sale closes a long position. */
  private String liquidation(final Draft draft, final long received) throws ImportException {
    final boolean sells = frames.is("o.S", "SELL");
    if (!sells && !frames.is("o.S", "BUY")) {
      throw frames.bad("o.S is neither SELL nor BUY", "get the file again");
    }
    final long price = price("o.p");
    final long quantity = quantity("o.q");
    if (price == 0 || quantity == 0) {
      return EMPTY;
    }
    draft.liquidation(
        frames.millis("o.T"), received, price, quantity, sells ? FeedEvent.LONG : FeedEvent.SHORT);
    return null;
  }

  private long price(final String field) throws ImportException {
    return frames.amount(field, definition.priceExponent());
  }

  private long quantity(final String field) throws ImportException {
    return frames.amount(field, definition.quantityExponent());
  }

  @Override
  public void dropRow(final String reason, final boolean isLoss) {
    tally.drop(reason, isLoss);
  }

  @Override
  public List<ImportReport.InputReport> reports() {
    return List.of(tally.report());
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
