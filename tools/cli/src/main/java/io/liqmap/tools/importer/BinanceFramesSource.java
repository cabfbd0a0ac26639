package io.liqmap.tools.importer;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
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

  private final FrameRepeats repeats;
  private boolean isAtEnd;

  BinanceFramesSource(
      final InputFile input,
      final RecordedFile recorded,
      final InstrumentDefinition of,
      final FrameRepeats said)
      throws IOException {
    frames = new Frames(recorded, of.symbol());
    tally = new Tally(input);
    definition = of;
    repeats = said;
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (frames.next()) {
      tally.read();
      final String objection =
          frames.flaw() == null ? fill(draft, tally.clock(frames.received())) : frames.flaw();
      if (objection == null) {
        return true;
      }
      tally.drop(objection, frames.flaw() != null || objection.equals(EMPTY));
    }
    if (!isAtEnd) {
      isAtEnd = true;
      for (final String note : frames.notes()) {
        tally.note(note);
      }
    }
    return false;
  }

  /** Fills the event of the frame; or says why there is none. */
  private String fill(final Draft draft, final long received) throws ImportException {
    final String kind = frames.text("e");
    if (kind == null) {
      return frames.isEmpty("openInterest") ? noEvent() : openInterest(draft, received);
    }
    return switch (kind) {
      case "bookTicker" -> isOther("s") ? otherSymbol() : book(draft, received);
      case "trade", "aggTrade" -> isOther("s") ? otherSymbol() : trade(draft, received);
      case "markPriceUpdate" -> isOther("s") ? otherSymbol() : mark(draft, received);
      case "forceOrder" -> isOther("o.s") ? otherSymbol() : liquidation(draft, received);
      default -> notImported(kind);
    };
  }

  private static String notImported(final String kind) {
    return (KIND.matcher(kind).matches() ? kind : "another kind") + " isn't imported";
  }

  /** Of a frame that names no event: answers to requests, and streams like partial depth. */
  private String noEvent() {
    final String stream = frames.stream();
    final int at = stream == null ? -1 : stream.indexOf('@');
    return at < 0 ? "no event" : notImported(stream.substring(at + 1).replace('@', '_'));
  }

  /** The answer of the venue's REST interface, which some recorders keep beside the frames. */
  private String openInterest(final Draft draft, final long received) throws ImportException {
    if (isOther("symbol")) {
      return otherSymbol();
    }
    final boolean isInverse = definition.contractKind() == ContractKind.INVERSE;
    if (definition.openInterestSides() != OpenInterestSides.ONE
        || definition.openInterestUnit()
            != (isInverse ? OpenInterestUnit.CONTRACTS : OpenInterestUnit.BASE)) {
      return "openInterest isn't imported: Binance counts one side, in base coins or (COIN-M)"
          + " contracts, and the instrument is described otherwise";
    }
    final long quantity = quantity("openInterest");
    if (quantity == 0) {
      return "open interest of zero, which means unknown";
    }
    draft.openInterest(
        frames.isEmpty("time") ? received : frames.millis("time"), received, quantity);
    return null;
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
    draft.firstId = frames.id("u");
    return null;
  }

  private String trade(final Draft draft, final long received) throws ImportException {
    final long single = frames.id("t");
    if (!frames.isEmpty("X") && !frames.is("X", "MARKET")) {
      if (single >= 0) {
        repeats.exclude(single);
      }
      final String kind = frames.text("X");
      return "no trade of the market: X is "
          + (KIND.matcher(kind).matches() ? kind : "of another kind");
    }
    final boolean buyerIsMaker = frames.is("m", "true");
    if (!buyerIsMaker && !frames.is("m", "false")) {
      throw frames.bad("m is neither true nor false", Frames.ADVICE);
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
    number(draft, single);
    return null;
  }

  /** A trade has a number of its own; one put together has the first and last of its parts. */
  private void number(final Draft draft, final long single) throws ImportException {
    draft.tradeId = -1;
    if (single >= 0) {
      draft.firstId = single;
      draft.lastId = single;
      return;
    }
    final long first = frames.id("f");
    final long last = frames.id("l");
    if (first >= 0 && last >= first) {
      draft.firstId = first;
      draft.lastId = last;
    } else {
      draft.tradeId = frames.id("a");
    }
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
      throw frames.bad("r is no funding rate between -1 and 1", Frames.ADVICE);
    }
    return rate;
  }

  /**
   * The side is that of the order: a forced sale closes a long position. What was liquidated is the
   * filled quantity {@code z} at its average price {@code ap}; {@code p} is the limit of the order,
   * {@code q} what it wanted, {@code l} its last fill.
   */
  private String liquidation(final Draft draft, final long received) throws ImportException {
    final boolean sells = frames.is("o.S", "SELL");
    if (!sells && !frames.is("o.S", "BUY")) {
      throw frames.bad("o.S is neither SELL nor BUY", Frames.ADVICE);
    }
    if (frames.is("o.X", "PARTIALLY_FILLED")) {
      return "forced order that isn't finished: X is PARTIALLY_FILLED";
    }
    final long quantity = quantity(frames.isEmpty("o.z") ? "o.q" : "o.z");
    if (quantity == 0) {
      return "forced order of which nothing was filled";
    }
    final boolean hasAverage = !frames.isEmpty("o.ap") && average() > 0;
    final long price = hasAverage ? average() : price("o.p");
    if (price == 0) {
      return EMPTY;
    }
    draft.liquidation(
        frames.millis("o.T"), received, price, quantity, sells ? FeedEvent.LONG : FeedEvent.SHORT);
    return null;
  }

  private long average() throws ImportException {
    return frames.average("o.ap", definition.priceExponent());
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
