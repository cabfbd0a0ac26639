package io.liqmap.engine.core.calibration;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * By how much open interest falls for each reported liquidation: what a venue's feed itself says of
 * the liquidations that it doesn't report.
 *
 * <p>Slope through the origin of falls on reports over windows, with White's (1980) error. Others
 * leave in the same windows by choice, and new positions open in them, so it bounds the factor only
 * roughly, from above where more leave than come. One thread; allocates nothing.
 */
public final class FallsPerReported {
  private static final double QUANTILE = 1.96;

  /** Windows with reports before which nothing is said. */
  public static final int LEAST_WINDOWS = 100;

  private long windows;
  private double reportsSquared;
  private double reportsByFalls;
  private double squaresBySquares;
  private double cubesByFalls;
  private double fourths;

  /**
   * Adds a window.
   *
   * @param reported both sides together, part of open interest
   * @param fall of open interest, a part of it; below 0 for a rise
   */
  public void add(final double reported, final double fall) {
    if (reported > 0) {
      final double square = reported * reported;
      windows++;
      reportsSquared += square;
      reportsByFalls += reported * fall;
      squaresBySquares += square * fall * fall;
      cubesByFalls += square * reported * fall;
      fourths += square * square;
    }
  }

  /** Open interest fallen for a reported liquidation of 1; NaN with too few windows. */
  public double slope() {
    return windows < LEAST_WINDOWS ? Double.NaN : reportsByFalls / reportsSquared;
  }

  /** Half the width of the 95 % interval of {@link #slope}; NaN with too few windows. */
  public double error() {
    final double slope = slope();
    final double sum = squaresBySquares - 2 * slope * cubesByFalls + slope * slope * fourths;
    return QUANTILE * Math.sqrt(Math.max(0, sum)) / reportsSquared;
  }

  public void encode(final StateWriter out) {
    out.putLong(windows);
    out.putDouble(reportsSquared);
    out.putDouble(reportsByFalls);
    out.putDouble(squaresBySquares);
    out.putDouble(cubesByFalls);
    out.putDouble(fourths);
  }

  public void decode(final StateReader in) {
    windows = in.getLong();
    reportsSquared = in.getDouble();
    reportsByFalls = in.getDouble();
    squaresBySquares = in.getDouble();
    cubesByFalls = in.getDouble();
    fourths = in.getDouble();
  }
}
