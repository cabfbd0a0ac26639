package io.liqmap.tools.venue;

/**
 * Traders of one kind. Immutable.
 *
 * <p>What differs from trader to trader is log-normal: a median, and a spread that is the standard
 * deviation of the logarithm.
 *
 * @param name as the settings have it
 * @param longDistance median log distance of a long's liquidation from its entry, above 0
 * @param shortDistance the same for shorts
 * @param distanceSpread of the distances
 * @param size median size relative to other classes, above 0
 * @param sizeSpread of the sizes
 * @param hold median time that a position with a distance of 10 % is held, ns
 * @param holdSpread of the times
 * @param holdByDistance power of the distance by which farther positions are held longer
 * @param follows how much its takers follow the move, −1 (against it) to 1
 * @param stops share that sets a stop, before its liquidation
 * @param profits share that sets a profit at which it closes
 * @param addsMargin share that adds margin, once, when liquidation comes near
 * @param cross share with cross margin, whose liquidation price moves with the account's other
 *     equity
 */
public record TraderClass(
    String name,
    double longDistance,
    double shortDistance,
    double distanceSpread,
    double size,
    double sizeSpread,
    long hold,
    double holdSpread,
    double holdByDistance,
    double follows,
    double stops,
    double profits,
    double addsMargin,
    double cross) {
  private static final double SECOND = 1e9;
  private static final double USUAL_DISTANCE = 0.1;

  /** Mean size. */
  double meanSize() {
    return size * StrictMath.exp(sizeSpread * sizeSpread / 2);
  }

  /** Mean time that its positions are held, both sides together, before stops and profits; s. */
  double meanHoldSeconds() {
    final double spread = holdByDistance * distanceSpread;
    return (holdSeconds(longDistance) + holdSeconds(shortDistance))
        / 2
        * StrictMath.exp((holdSpread * holdSpread + spread * spread) / 2);
  }

  /** Median time that positions with a distance are held, s. */
  double holdSeconds(final double distance) {
    return hold / SECOND * StrictMath.pow(distance / USUAL_DISTANCE, holdByDistance);
  }
}
