package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * The time between two updates of open interest in which sweeps are set against reported
 * liquidations: prices and reports since its start. One thread; allocates nothing.
 */
final class CalibrationWindow {
  private static final long MINUTE = 60_000_000_000L;

  /** An hour, and a minute for feeds of hours whose updates aren't punctual. */
  private static final long LONGEST = 61 * MINUTE;

  /** Without a report for so long, a feed may have none: silence says nothing then. */
  private static final long REPORTED_WITHIN = 24 * 60 * MINUTE;

  private long start;
  private long startPrice;
  private long lowest;
  private long highest;
  private double openInterest;
  private long gaps;
  private double reportedLong;
  private double reportedShort;
  private long reportedAt;

  void begin(final long at, final long price, final double oneSided, final long gapsSoFar) {
    start = at;
    startPrice = price;
    lowest = price;
    highest = price;
    openInterest = oneSided;
    gaps = gapsSoFar;
    reportedLong = 0;
    reportedShort = 0;
  }

  void onPrice(final long price) {
    if (price < lowest) {
      lowest = price;
    } else if (price > highest) {
      highest = price;
    }
  }

  /** Counts a liquidation, quote asset mantissas. */
  void onReport(final long at, final Side side, final double notional) {
    reportedAt = at;
    if (side == Side.LONG) {
      reportedLong += notional;
    } else {
      reportedShort += notional;
    }
  }

  /** Whether a window has begun, and is too short to end. */
  boolean isTooShort(final long at) {
    return startPrice > 0 && openInterest > 0 && at - start < MINUTE;
  }

  /** Whether it says anything: begun, not too long, without a gap, of a feed that reports. */
  boolean isUsable(final long at, final long gapsSoFar) {
    return startPrice > 0
        && openInterest > 0
        && at - start <= LONGEST
        && gaps == gapsSoFar
        && reportedAt > 0
        && at - reportedAt <= REPORTED_WITHIN;
  }

  long nanos(final long at) {
    return at - start;
  }

  /** Open interest at the start, quote asset mantissas. */
  double open(final boolean isInverse) {
    return isInverse ? openInterest : openInterest * startPrice;
  }

  /** Fall of open interest to what it is now, a part of it; below 0 for a rise. */
  double fall(final double oneSided) {
    return (openInterest - oneSided) / openInterest;
  }

  double reported(final Side side) {
    return side == Side.LONG ? reportedLong : reportedShort;
  }

  /** Largest move against a side, relative to the price at the start. */
  double move(final Side side) {
    final long against = side == Side.LONG ? startPrice - lowest : highest - startPrice;
    return (double) against / startPrice;
  }

  void encode(final StateWriter out) {
    out.putLong(start);
    out.putLong(startPrice);
    out.putLong(lowest);
    out.putLong(highest);
    out.putDouble(openInterest);
    out.putLong(gaps);
    out.putDouble(reportedLong);
    out.putDouble(reportedShort);
    out.putLong(reportedAt);
  }

  void decode(final StateReader in) {
    start = in.getLong();
    startPrice = in.getLong();
    lowest = in.getLong();
    highest = in.getLong();
    openInterest = in.getDouble();
    gaps = in.getLong();
    reportedLong = in.getDouble();
    reportedShort = in.getDouble();
    reportedAt = in.getLong();
  }
}
