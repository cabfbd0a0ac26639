package io.liqmap.benchmarks.venue;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.MarketSink;

/** Adds up what decoders say, so that all of it is needed. One thread. */
public final class SummedMarket implements MarketSink {
  private long sum;
  private long calls;

  @Override
  public void trade(
      final InstrumentDefinition of,
      final long time,
      final long price,
      final long quantity,
      final int takerSide) {
    add(time + price + quantity + takerSide);
  }

  @Override
  public void mark(
      final InstrumentDefinition of,
      final long time,
      final long mark,
      final long index,
      final long fundingRate,
      final long nextFunding) {
    add(time + mark + index + fundingRate + nextFunding);
  }

  @Override
  public void openInterest(final InstrumentDefinition of, final long time, final long quantity) {
    add(time + quantity);
  }

  @Override
  public void bestBidOffer(
      final InstrumentDefinition of,
      final long time,
      final long bid,
      final long bidQuantity,
      final long ask,
      final long askQuantity) {
    add(time + bid + bidQuantity + ask + askQuantity);
  }

  @Override
  public void liquidation(
      final InstrumentDefinition of,
      final long time,
      final long price,
      final long quantity,
      final int positionSide) {
    add(time + price + quantity + positionSide);
  }

  @Override
  public void accountRatio(final InstrumentDefinition of, final long time, final long ratio) {
    add(time + ratio);
  }

  @Override
  public void interrupted(
      final InstrumentDefinition of, final long time, final long missing, final long since) {
    add(time + missing + since);
  }

  private void add(final long value) {
    sum += value;
    calls++;
  }

  public long sum() {
    return sum;
  }

  /** Messages so far. */
  public long calls() {
    return calls;
  }
}
