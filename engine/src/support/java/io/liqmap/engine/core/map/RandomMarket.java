package io.liqmap.engine.core.map;

import java.util.SplittableRandom;

/**
 * A market that does what real ones do and what they shouldn't: walks and jumps, leaves gaps in
 * mark, trades far from it, lets open interest rise beyond the volume, fall, stand still and
 * vanish, and sends times that run back. The same seed gives the same events.
 */
public final class RandomMarket {
  private static final long FIRST_PRICE = 6_000_000;

  private final SplittableRandom random;
  private final double volatility;
  private final int eventsPerOpenInterest;
  private final int timeStretch;

  private long time = TestSettings.START;
  private double price = FIRST_PRICE;
  private double openInterest = 50_000;
  private double volume;
  private double drift;
  private boolean markIsMissing;

  /**
   * Opens a market.
   *
   * @param volatility of the price from one event to the next
   * @param eventsPerOpenInterest how many events there are to one update of open interest
   */
  public RandomMarket(final long seed, final double volatility, final int eventsPerOpenInterest) {
    this(seed, volatility, eventsPerOpenInterest, 1);
  }

  /**
   * Opens a market that takes its time.
   *
   * @param timeStretch how many times longer it takes from one event to the next
   */
  public RandomMarket(
      final long seed,
      final double volatility,
      final int eventsPerOpenInterest,
      final int timeStretch) {
    this.random = new SplittableRandom(seed);
    this.volatility = volatility;
    this.eventsPerOpenInterest = eventsPerOpenInterest;
    this.timeStretch = timeStretch;
  }

  /** Draws the next event. */
  public MarketEvent next() {
    move();
    final long at = random.nextInt(200) == 0 ? time - random.nextLong(50_000_000) : time;
    if (random.nextInt(eventsPerOpenInterest) == 0) {
      volume = updateOpenInterest();
      return new MarketEvent(MarketEvent.Kind.OPEN_INTEREST, at, 0, openInterest, false);
    }
    if (!markIsMissing && random.nextInt(3) == 0) {
      return new MarketEvent(
          MarketEvent.Kind.MARK,
          at,
          mantissa(price * (1 + gaussian(volatility))),
          random.nextInt(20) == 0 ? random.nextInt(-900_000, 900_000) : 100_000,
          false);
    }
    if (random.nextInt(50) == 0) {
      return new MarketEvent(
          MarketEvent.Kind.LIQUIDATION,
          at,
          mantissa(price),
          1 + random.nextInt(200),
          random.nextBoolean());
    }
    if (random.nextInt(200) == 0) {
      final long ratio = (long) (1e9 * Math.exp(random.nextGaussian()));
      return new MarketEvent(MarketEvent.Kind.ACCOUNT_RATIO, at, ratio, 0, false);
    }
    final boolean isFar = random.nextInt(300) == 0;
    final double traded = price * (1 + (isFar ? gaussian(.1) : gaussian(volatility)));
    final double quantity = 1 + random.nextInt(random.nextInt(20) == 0 ? 5_000 : 100);
    volume += quantity;
    return new MarketEvent(
        MarketEvent.Kind.TRADE, at, mantissa(traded), quantity, random.nextBoolean());
  }

  private void move() {
    time += timeStretch * random.nextLong(200_000_000);
    if (random.nextInt(1_000) == 0) {
      time += 10_000_000_000L;
    }
    if (random.nextInt(500) == 0) {
      markIsMissing = !markIsMissing;
      drift = gaussian(volatility / 4);
    }
    if (random.nextInt(700) == 0) {
      price *= 1 + gaussian(.04);
    }
    price *= 1 + drift + gaussian(volatility);
    price = Math.min(Math.max(price, FIRST_PRICE / 20.0), FIRST_PRICE * 20.0);
  }

  private double updateOpenInterest() {
    switch (random.nextInt(10)) {
      case 0 -> openInterest += volume * (1 + random.nextDouble());
      case 1, 2, 3 -> openInterest += volume * random.nextDouble();
      case 4, 5 -> openInterest *= 1 - random.nextDouble() * .02;
      case 6 -> openInterest = Math.max(0, openInterest - volume * random.nextDouble());
      case 7 -> openInterest *= random.nextInt(10) == 0 ? random.nextDouble() : 1;
      case 8 -> openInterest = random.nextInt(15) == 0 ? 0 : openInterest;
      default -> {}
    }
    openInterest = Math.rint(openInterest);
    return 0;
  }

  private double gaussian(final double deviation) {
    return random.nextGaussian() * deviation;
  }

  private static long mantissa(final double price) {
    return Math.max(1, Math.round(price));
  }
}
