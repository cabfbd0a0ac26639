package io.liqmap.engine.core.calibration;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Expected over realised liquidations of one side of one map, from its own past: what it swept
 * against what the venue reported, corrected for what the venue doesn't report.
 *
 * <p>Amounts are added up by days (UTC), since hours of a day depend on each other; a day weighs
 * half as much as one two weeks later. The interval is that of a ratio of sums (Cochran 1977,
 * chapter 6) on a logarithmic scale. One thread; allocates nothing.
 */
public final class OnlineScore {
  /** Days with sweeps or liquidations before which nothing is said. */
  public static final int LEAST_DAYS = 7;

  /** Factor within which amounts count as right. */
  public static final double RIGHT_WITHIN = 2;

  private static final long DAY = 86_400_000_000_000L;

  /** 2^(−1/14). */
  private static final double KEPT = 0.9516951530106196;

  /** Of a normal distribution, on both sides together 5 %. */
  private static final double QUANTILE = 1.96;

  private long day;
  private double dayExpected;
  private double dayRealised;
  private double days;
  private double squaredDays;
  private double expected;
  private double realised;
  private double expectedSquares;
  private double realisedSquares;
  private double products;
  private CalibrationStatus status = CalibrationStatus.UNPROVEN;

  /** Days added; not part of the state. */
  private long revision;

  /**
   * Adds a window.
   *
   * @param at its end, ns
   * @param expectedAmount swept, quote asset
   * @param realisedAmount liquidated, corrected, quote asset
   * @return whether the status is another than before
   */
  public boolean add(final long at, final double expectedAmount, final double realisedAmount) {
    boolean isNews = false;
    if (at / DAY != day) {
      isNews = endDay();
      day = at / DAY;
    }
    dayExpected += expectedAmount;
    dayRealised += realisedAmount;
    return isNews;
  }

  private boolean endDay() {
    if (dayExpected == 0 && dayRealised == 0) {
      return false;
    }
    final double keptSquares = KEPT * KEPT;
    days = days * KEPT + 1;
    squaredDays = squaredDays * keptSquares + 1;
    expected = expected * KEPT + dayExpected;
    realised = realised * KEPT + dayRealised;
    expectedSquares = expectedSquares * keptSquares + dayExpected * dayExpected;
    realisedSquares = realisedSquares * keptSquares + dayRealised * dayRealised;
    products = products * keptSquares + dayExpected * dayRealised;
    dayExpected = 0;
    dayRealised = 0;
    revision++;
    final CalibrationStatus before = status;
    status = judge();
    return status != before;
  }

  private CalibrationStatus judge() {
    if (days() < LEAST_DAYS || !(expected > 0) || !(realised > 0)) {
      return CalibrationStatus.UNPROVEN;
    }
    if (low() > RIGHT_WITHIN || high() < 1 / RIGHT_WITHIN) {
      return CalibrationStatus.UNCALIBRATED;
    }
    return low() >= 1 / RIGHT_WITHIN && high() <= RIGHT_WITHIN
        ? CalibrationStatus.CALIBRATED
        : CalibrationStatus.UNDECIDED;
  }

  /** As of the last whole day. */
  public CalibrationStatus status() {
    return status;
  }

  /** Grows with each day that changes the score; not comparable across restarts. */
  public long revision() {
    return revision;
  }

  /** Days that count, as many of equal weight, 0 or more. */
  public double days() {
    return squaredDays > 0 ? days * days / squaredDays : 0;
  }

  /** Expected over realised, of whole days; NaN where nothing was realised. */
  public double ratio() {
    return realised > 0 ? expected / realised : Double.NaN;
  }

  /** Lower end of the 95 % interval of {@link #ratio}; NaN where there is none. */
  public double low() {
    return ratio() / spread();
  }

  /** Upper end of the 95 % interval of {@link #ratio}; NaN where there is none. */
  public double high() {
    return ratio() * spread();
  }

  private double spread() {
    final double counted = days();
    if (!(counted >= 2 && expected > 0 && realised > 0)) {
      return Double.NaN;
    }
    final double variance =
        expectedSquares / (expected * expected)
            + realisedSquares / (realised * realised)
            - 2 * products / (expected * realised);
    return StrictMath.exp(QUANTILE * Math.sqrt(Math.max(0, variance) * counted / (counted - 1)));
  }

  public void encode(final StateWriter out) {
    out.putLong(day);
    out.putDouble(dayExpected);
    out.putDouble(dayRealised);
    out.putDouble(days);
    out.putDouble(squaredDays);
    out.putDouble(expected);
    out.putDouble(realised);
    out.putDouble(expectedSquares);
    out.putDouble(realisedSquares);
    out.putDouble(products);
  }

  public void decode(final StateReader in) {
    day = in.getLong();
    dayExpected = in.getDouble();
    dayRealised = in.getDouble();
    days = in.getDouble();
    squaredDays = in.getDouble();
    expected = in.getDouble();
    realised = in.getDouble();
    expectedSquares = in.getDouble();
    realisedSquares = in.getDouble();
    products = in.getDouble();
    status = judge();
  }
}
