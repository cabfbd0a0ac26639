package io.liqmap.engine.core.map;

/**
 * How known positions of accounts are kept. Immutable.
 *
 * @param capacity accounts of an instrument at most, 0 to {@link #MAX_CAPACITY}; 0 keeps none
 * @param staleNanos answers leave out positions that no report has confirmed for so long; they are
 *     forgotten at twice the age; ns, {@link #MIN_STALE} to {@link #MAX_STALE}
 */
public record PositionSettings(int capacity, long staleNanos) {
  /** Most accounts of an instrument. */
  public static final int MAX_CAPACITY = 1 << 20;

  /** A minute, ns. */
  public static final long MIN_STALE = 60_000_000_000L;

  /** A hundred years, ns. */
  public static final long MAX_STALE = 36_500L * 86_400_000_000_000L;

  /** No positions are kept: journals from before there were any. */
  public static final PositionSettings NONE = new PositionSettings(0, 86_400_000_000_000L);

  /** 65,536 accounts, a day. */
  public static final PositionSettings DEFAULT = new PositionSettings(1 << 16, 86_400_000_000_000L);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public PositionSettings {
    if (capacity < 0 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "capacity has to be 0 to " + MAX_CAPACITY + ", was " + capacity);
    }
    if (staleNanos < MIN_STALE || staleNanos > MAX_STALE) {
      throw new IllegalArgumentException(
          "staleNanos has to be " + MIN_STALE + " to " + MAX_STALE + ", was " + staleNanos);
    }
  }

  /** Whether any are kept. */
  public boolean isOn() {
    return capacity > 0;
  }
}
