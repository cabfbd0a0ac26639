package io.liqmap.benchmarks.flow;

import java.util.SplittableRandom;

/**
 * A seeded walk of prices with quantities and taker sides, that ends where it began: it can be
 * walked round and round without a jump. Stays inside a band around its start.
 */
public final class PriceWalk {
  /** Price mantissa where the walk begins, 60,000.00. */
  public static final long CENTRE = 6_000_000;

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

  /** Steps of the walk. */
  public int steps() {
    return prices.length;
  }

  /** Price mantissa of a step. */
  public long price(final int step) {
    return prices[step];
  }

  /** Quantity mantissa of a step. */
  public long quantity(final int step) {
    return quantities[step];
  }

  /** Whether the taker buys. */
  public boolean takerBuys(final int step) {
    return takerBuys[step];
  }
}
