package io.liqmap.benchmarks.flow;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.pipeline.MarketFlow;
import java.util.SplittableRandom;

/**
 * A seeded walk of prices with quantities and taker sides, that ends where it began: it can be
 * walked round and round without a jump. Stays inside a band around its start.
 */
public final class PriceWalk {
  /** Price mantissa where the walk begins, 60,000.00. */
  public static final long CENTRE = MarketFlow.CENTRE;

  private static final double STEP_BPS = 2;

  private final long[] prices;
  private final long[] quantities;
  private final boolean[] takerBuys;

  /**
   * Walks.
   *
   * @param steps an even number
   * @param bandBps how far from its start the walk may go
   */
  public PriceWalk(final long seed, final int steps, final double bandBps) {
    final SplittableRandom random = new SplittableRandom(seed);
    prices = new long[steps];
    quantities = new long[steps];
    takerBuys = new boolean[steps];
    double away = 0;
    for (int i = 0; i < steps / 2; i++) {
      prices[i] = Math.round(CENTRE * (1 + away / 10_000));
      prices[steps - 1 - i] = prices[i];
      final double step = (random.nextDouble() * 2 - 1) * STEP_BPS;
      away += Math.abs(away + step) > bandBps ? -step : step;
    }
    for (int i = 0; i < steps; i++) {
      quantities[i] = random.nextLong(1, 5_000);
      takerBuys[i] = random.nextBoolean();
    }
  }

  public int steps() {
    return prices.length;
  }

  /** Applies the trade of a step to a map. */
  public void trade(final InstrumentMap map, final long time, final int step) {
    map.onTrade(time, prices[step], (double) quantities[step], takerBuys[step]);
  }

  /** Applies all trades to a map. */
  public void trade(final InstrumentMap map, final long time) {
    for (int step = 0; step < prices.length; step++) {
      trade(map, time, step);
    }
  }

  /** Applies all trades to a map, each with the mark moved to its price: some steps sweep. */
  public void tradeAndSweep(final InstrumentMap map, final long time) {
    for (int step = 0; step < prices.length; step++) {
      trade(map, time, step);
      map.onMark(time, prices[step], 0, 0);
    }
  }

  /** Fills a slot with the trade of a step. */
  public void fill(
      final FeedEvent slot,
      final long sequence,
      final long time,
      final int instrument,
      final int step) {
    slot.trade(
        sequence,
        time,
        time,
        instrument,
        BenchmarkSettings.PRICE_EXPONENT,
        BenchmarkSettings.QUANTITY_EXPONENT,
        prices[step],
        quantities[step],
        takerBuys[step] ? FeedEvent.BUY : FeedEvent.SELL);
  }

  public long price(final int step) {
    return prices[step];
  }

  public long quantity(final int step) {
    return quantities[step];
  }

  public boolean takerBuys(final int step) {
    return takerBuys[step];
  }
}
