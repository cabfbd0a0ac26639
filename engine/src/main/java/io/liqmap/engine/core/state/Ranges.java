package io.liqmap.engine.core.state;

/** Values of a state that have to lie in a range. */
public final class Ranges {
  private Ranges() {}

  /**
   * Takes the next whole number.
   *
   * @throws IllegalStateException if it lies outside, or the region has ended
   */
  public static long getLong(final StateReader in, final long min, final long max) {
    final long value = in.getLong();
    if (value < min || value > max) {
      throw outside(in, Long.toString(value), Long.toString(min), Long.toString(max));
    }
    return value;
  }

  /**
   * Takes the next double.
   *
   * @throws IllegalStateException if it lies outside, is no number, or the region has ended
   */
  public static double getDouble(final StateReader in, final double min, final double max) {
    final double value = in.getDouble();
    if (!(value >= min && value <= max)) {
      throw outside(in, Double.toString(value), Double.toString(min), Double.toString(max));
    }
    return value;
  }

  private static IllegalStateException outside(
      final StateReader in, final String value, final String min, final String max) {
    return new IllegalStateException(
        "the state has "
            + value
            + " where "
            + min
            + " to "
            + max
            + " can stand, at byte "
            + (in.position() - Long.BYTES));
  }
}
