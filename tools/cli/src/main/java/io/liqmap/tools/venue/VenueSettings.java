package io.liqmap.tools.venue;

/**
 * Parameters of a simulated venue. Immutable.
 *
 * @param startPrice first price, quote asset, above 0
 * @param ordersPerSecond orders that open positions, on a quiet day, per simulated second, above 0;
 *     trades are some eight times as many
 * @param dailyVolatility mean volatility of the index, as a share of the price, 0 to 1
 * @param depth taker notional that moves the price by 1 %, quote asset, above 0
 * @param medianMargin of a crowd member's position at 10x, quote asset, above 0
 * @param openInterestSeconds between two updates of the open interest, 1 or more
 */
public record VenueSettings(
    double startPrice,
    double ordersPerSecond,
    double dailyVolatility,
    double depth,
    double medianMargin,
    int openInterestSeconds) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range, naming it
   */
  public VenueSettings {
    require(startPrice > 0, "startPrice", startPrice);
    require(ordersPerSecond > 0, "ordersPerSecond", ordersPerSecond);
    require(dailyVolatility >= 0 && dailyVolatility <= 1, "dailyVolatility", dailyVolatility);
    require(depth > 0, "depth", depth);
    require(medianMargin > 0, "medianMargin", medianMargin);
    require(openInterestSeconds >= 1, "openInterestSeconds", openInterestSeconds);
  }

  /** A market about as large as a venue's largest perpetual. */
  public static VenueSettings standard() {
    return new VenueSettings(60_000, 1.3, 0.016, 100e6, 250, 10);
  }

  private static void require(final boolean holds, final String name, final double value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is out of range: " + value);
    }
  }
}
