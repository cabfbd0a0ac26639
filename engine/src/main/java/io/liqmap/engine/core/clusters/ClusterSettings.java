package io.liqmap.engine.core.clusters;

import java.util.List;

/**
 * Settings of clusters, reactions and cascades. Immutable.
 *
 * @param aroundBps how far the baseline of a bucket reaches either way, basis points, 0 to 5000; 0
 *     for its whole side
 * @param bornAt a cluster is born where a bucket holds this many times its baseline, 1 to 100
 * @param keptAt it keeps buckets that hold this many times their baseline, 0.1 to {@code bornAt}
 * @param bridged so many thinner buckets in a row don't break a cluster, 0 to 100
 * @param changed change of a cluster's notional that is published, as a fraction, 0.01 to 10
 * @param refreshNanos clusters are refreshed after so long, if the map has changed, ns, 1 ms to 1
 *     hour
 * @param horizonsNanos how long after a sweep its reaction is measured, ns: 1 to 8 of them, rising,
 *     each 1 s to 30 days
 * @param deadBandBps move of the price after a sweep up to which it counts as flat, basis points, 0
 *     to 1000
 * @param halfLifeNanos after so long a minute, or a bar, counts half in volatility and impact, ns,
 *     1 minute to 3650 days
 * @param cascadeShockBps move of the price from which a cascade is followed, basis points, 1 to
 *     5000
 * @param cascadeReach how many times as far as the shock a cascade has to reach to be published,
 *     1.01 to 100
 * @param tracked names of maps whose clusters are tracked and published beside those of the first
 *     model's whole map, {@link #MAX_TRACKED} at most
 */
public record ClusterSettings(
    double aroundBps,
    double bornAt,
    double keptAt,
    int bridged,
    double changed,
    long refreshNanos,
    List<Long> horizonsNanos,
    double deadBandBps,
    long halfLifeNanos,
    double cascadeShockBps,
    double cascadeReach,
    List<String> tracked) {
  public static final int MAX_HORIZONS = 8;

  /** Most maps beside the first, as a view has room for. */
  public static final int MAX_TRACKED = 15;

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  public static final ClusterSettings DEFAULT =
      new ClusterSettings(
          500,
          1.5,
          1.2,
          2,
          .25,
          10 * SECOND,
          List.of(5 * MINUTE, 30 * MINUTE, 4 * HOUR),
          5,
          6 * HOUR,
          100,
          2);

  /** Settings that track the first model's whole map alone. */
  public ClusterSettings(
      final double aroundBps,
      final double bornAt,
      final double keptAt,
      final int bridged,
      final double changed,
      final long refreshNanos,
      final List<Long> horizonsNanos,
      final double deadBandBps,
      final long halfLifeNanos,
      final double cascadeShockBps,
      final double cascadeReach) {
    this(
        aroundBps,
        bornAt,
        keptAt,
        bridged,
        changed,
        refreshNanos,
        horizonsNanos,
        deadBandBps,
        halfLifeNanos,
        cascadeShockBps,
        cascadeReach,
        List.of());
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range, naming it
   */
  public ClusterSettings {
    check("aroundBps", aroundBps, 0, 5_000);
    check("bornAt", bornAt, 1, 100);
    check("keptAt", keptAt, .1, bornAt);
    check("bridged", bridged, 0, 100);
    check("changed", changed, .01, 10);
    check("refreshNanos", refreshNanos, 1_000_000, HOUR);
    horizonsNanos = List.copyOf(horizonsNanos);
    checkHorizons(horizonsNanos);
    check("deadBandBps", deadBandBps, 0, 1_000);
    check("halfLifeNanos", halfLifeNanos, MINUTE, 3_650 * DAY);
    check("cascadeShockBps", cascadeShockBps, 1, 5_000);
    check("cascadeReach", cascadeReach, 1.01, 100);
    tracked = List.copyOf(tracked);
    check("tracked maps", tracked.size(), 0, MAX_TRACKED);
  }

  /** The same with other tracked maps. */
  public ClusterSettings with(final List<String> others) {
    return new ClusterSettings(
        aroundBps,
        bornAt,
        keptAt,
        bridged,
        changed,
        refreshNanos,
        horizonsNanos,
        deadBandBps,
        halfLifeNanos,
        cascadeShockBps,
        cascadeReach,
        others);
  }

  private static void check(
      final String name, final double value, final double min, final double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          name + " has to be " + min + " to " + max + ", was " + value);
    }
  }

  private static void check(final String name, final long value, final long min, final long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " has to be " + min + " to " + max + ", was " + value);
    }
  }

  private static void checkHorizons(final List<Long> horizons) {
    if (horizons.isEmpty() || horizons.size() > MAX_HORIZONS) {
      throw new IllegalArgumentException(
          "horizonsNanos has to have 1 to " + MAX_HORIZONS + " values, not " + horizons.size());
    }
    long before = SECOND - 1;
    for (final long horizon : horizons) {
      if (horizon <= before || horizon > 30 * DAY) {
        throw new IllegalArgumentException(
            "horizonsNanos has to rise within 1 s to 30 days, was " + horizons);
      }
      before = horizon;
    }
  }
}
