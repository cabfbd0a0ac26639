package io.liqmap.engine.core.structure;

import java.util.List;

/**
 * What decides the price structure, besides the events. Immutable.
 *
 * @param halfLifeNanos after so long a traded quantity counts half, ns, 1 minute to 3650 days
 * @param valueArea share of the volume that the value area holds, 0.5 to 0.95
 * @param scalesBps by how much price has to come back from an extreme to make it a swing, basis
 *     points: 1 to 8 of them, rising, each 1 to 9000
 * @param windowsNanos time constants of the trends, ns: 1 to 8 of them, rising, each 1 minute to
 *     3650 days
 * @param deadBandBps change of a mean over its window up to which a trend has no sign, basis
 *     points, 0 to 1000
 */
public record StructureSettings(
    long halfLifeNanos,
    double valueArea,
    List<Integer> scalesBps,
    List<Long> windowsNanos,
    double deadBandBps) {
  /** Shortest half-life and window. */
  public static final long MIN_NANOS = 60_000_000_000L;

  /** Longest half-life and window. */
  public static final long MAX_NANOS = 3650 * 24 * 60 * MIN_NANOS;

  /** Most scales, and most windows. */
  public static final int MAX_COUNT = 8;

  /** Widest scale. */
  public static final int MAX_SCALE_BPS = 9_000;

  private static final double MIN_VALUE_AREA = 0.5;
  private static final double MAX_VALUE_AREA = 0.95;
  private static final double MAX_DEAD_BAND_BPS = 1_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public StructureSettings {
    scalesBps = List.copyOf(scalesBps);
    windowsNanos = List.copyOf(windowsNanos);
    if (halfLifeNanos < MIN_NANOS || halfLifeNanos > MAX_NANOS) {
      throw new IllegalArgumentException(
          "halfLifeNanos has to be 1 minute to 3650 days, was " + halfLifeNanos);
    }
    if (!(valueArea >= MIN_VALUE_AREA && valueArea <= MAX_VALUE_AREA)) {
      throw new IllegalArgumentException(
          "valueArea has to be " + MIN_VALUE_AREA + " to " + MAX_VALUE_AREA + ", was " + valueArea);
    }
    checkRising("scalesBps", scalesBps, 1, MAX_SCALE_BPS);
    checkRising("windowsNanos", windowsNanos, MIN_NANOS, MAX_NANOS);
    if (!(deadBandBps >= 0 && deadBandBps <= MAX_DEAD_BAND_BPS)) {
      throw new IllegalArgumentException(
          "deadBandBps has to be 0 to " + MAX_DEAD_BAND_BPS + ", was " + deadBandBps);
    }
  }

  private static void checkRising(
      final String name, final List<? extends Number> values, final long min, final long max) {
    if (values.isEmpty() || values.size() > MAX_COUNT) {
      throw new IllegalArgumentException(
          name + " has to have 1 to " + MAX_COUNT + " values, not " + values.size());
    }
    long before = min - 1;
    for (final Number number : values) {
      final long value = number.longValue();
      if (value <= before || value > max) {
        throw new IllegalArgumentException(
            name + " has to rise within " + min + " to " + max + ", was " + values);
      }
      before = value;
    }
  }
}
