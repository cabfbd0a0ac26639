package io.liqmap.tools.answer;

import io.liqmap.engine.core.margin.Side;
import java.util.function.Function;

/**
 * A value for each side.
 *
 * @param longs of the longs
 * @param shorts of the shorts
 */
public record BySide<T>(@Json.Name("long") T longs, @Json.Name("short") T shorts) {
  static <T> BySide<T> of(final Function<Side, T> values) {
    return new BySide<>(values.apply(Side.LONG), values.apply(Side.SHORT));
  }

  public T of(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }
}
