package io.liqmap.engine.settings;

import java.math.BigDecimal;

/**
 * Numbers that a setting may have. Immutable.
 *
 * @param low least number
 * @param open whether the least number itself is out
 * @param high greatest number, included
 */
public record Range(BigDecimal low, boolean open, BigDecimal high) {
  public static Range of(final String low, final String high) {
    return new Range(new BigDecimal(low), false, new BigDecimal(high));
  }

  public static Range of(final long low, final long high) {
    return new Range(BigDecimal.valueOf(low), false, BigDecimal.valueOf(high));
  }

  public static Range above(final String low, final String high) {
    return new Range(new BigDecimal(low), true, new BigDecimal(high));
  }

  boolean contains(final BigDecimal value) {
    final int toLow = value.compareTo(low);
    return (open ? toLow > 0 : toLow >= 0) && value.compareTo(high) <= 0;
  }

  @Override
  public String toString() {
    final String least = low.stripTrailingZeros().toPlainString();
    final String most = high.stripTrailingZeros().toPlainString();
    return open ? "above " + least + ", at most " + most : least + " to " + most;
  }
}
