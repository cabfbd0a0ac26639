package io.liqmap.gateway.sbe;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.MarketSink;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is sent, a line for each call. */
final class RecordedMarket implements MarketSink {
  private final List<String> lines = new ArrayList<>();

  /** Returns the lines since the last call. */
  List<String> take() {
    final List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  static String tradeLine(
      final String symbol,
      final long time,
      final long price,
      final long quantity,
      final int takerSide) {
    return line("trade", symbol, time, price, quantity, takerSide);
  }

  static String interruptionLine(
      final String symbol, final long time, final long missing, final long since) {
    return line("interrupted", symbol, time, missing, since);
  }

  static String bookLine(
      final String symbol,
      final long time,
      final long bid,
      final long bidQuantity,
      final long ask,
      final long askQuantity) {
    return line("book", symbol, time, bid, bidQuantity, ask, askQuantity);
  }

  private static String line(final String what, final String symbol, final long... values) {
    final StringBuilder line = new StringBuilder(what).append(' ').append(symbol);
    for (final long value : values) {
      line.append(' ').append(value);
    }
    return line.toString();
  }

  @Override
  public void trade(
      final InstrumentDefinition of,
      final long time,
      final long price,
      final long quantity,
      final int takerSide) {
    lines.add(tradeLine(of.symbol(), time, price, quantity, takerSide));
  }

  @Override
  public void bestBidOffer(
      final InstrumentDefinition of,
      final long time,
      final long bid,
      final long bidQuantity,
      final long ask,
      final long askQuantity) {
    lines.add(bookLine(of.symbol(), time, bid, bidQuantity, ask, askQuantity));
  }

  @Override
  public void interrupted(
      final InstrumentDefinition of, final long time, final long missing, final long since) {
    lines.add(interruptionLine(of.symbol(), time, missing, since));
  }

  @Override
  public void mark(
      final InstrumentDefinition of,
      final long time,
      final long mark,
      final long index,
      final long fundingRate,
      final long nextFunding) {
    throw new AssertionError("no mark price is in these streams");
  }

  @Override
  public void openInterest(final InstrumentDefinition of, final long time, final long quantity) {
    throw new AssertionError("no open interest is in these streams");
  }

  @Override
  public void liquidation(
      final InstrumentDefinition of,
      final long time,
      final long price,
      final long quantity,
      final int positionSide) {
    throw new AssertionError("no liquidation is in these streams");
  }

  @Override
  public void accountRatio(final InstrumentDefinition of, final long time, final long ratio) {
    throw new AssertionError("no ratio of accounts is in these streams");
  }
}
