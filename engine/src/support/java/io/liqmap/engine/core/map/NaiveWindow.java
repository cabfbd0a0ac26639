package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What happened since a window began, kept as lists. */
final class NaiveWindow {
  private static final long MINUTE = 60_000_000_000L;

  long start;
  double open;
  long gaps;
  private long gapsAtStart;
  private final List<Long> prices = new ArrayList<>();
  private final Map<Side, Double> reported = new EnumMap<>(Side.class);
  private long lastReport;

  void begin(final long at, final long price, final double openNotional) {
    start = at;
    open = openNotional;
    gapsAtStart = gaps;
    prices.clear();
    prices.add(price);
    reported.clear();
  }

  void onPrice(final long price) {
    if (!prices.isEmpty()) {
      prices.add(price);
    }
  }

  void onLiquidation(final long at, final Side side, final double notional) {
    reported.merge(side, notional, Double::sum);
    lastReport = at;
  }

  double reported(final Side side) {
    return reported.getOrDefault(side, 0.0);
  }

  /** Whether it can end: one that hasn't really begun, or is a minute old. */
  boolean ends(final long at) {
    return !hasBegun() || at - start >= MINUTE;
  }

  boolean counts(final long at) {
    return hasBegun()
        && at - start <= 61 * MINUTE
        && gaps == gapsAtStart
        && lastReport > 0
        && at - lastReport <= 24 * 60 * MINUTE;
  }

  private boolean hasBegun() {
    return !prices.isEmpty() && prices.get(0) > 0 && open > 0;
  }

  double move(final Side side) {
    final double first = prices.get(0);
    return prices.stream()
        .mapToDouble((price) -> -side.sign() * (price - first) / first)
        .max()
        .orElseThrow();
  }
}
