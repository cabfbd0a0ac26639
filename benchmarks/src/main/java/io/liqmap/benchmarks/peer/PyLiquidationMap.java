package io.liqmap.benchmarks.peer;

import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What {@code aoki-h-jp/py-liquidation-map} makes of trades (as of its commit 1486661), in Java:
 * the best known map in open source, as a reference.
 *
 * <p>Large trades count, chosen by one of three thresholds, each side for itself. A taker's buy is
 * a long, a sell a short, with its whole amount at each of four leverages, liquidated 1, 2, 4 and
 * 10 % from its price. Nothing is ever closed or swept; when the map is drawn, levels that lie
 * beyond the last price are left out. The drawing starts from all trades each time.
 */
public final class PyLiquidationMap {
  /** Leverages in the order of their distance. */
  private static final int[] LEVERAGES = {100, 50, 25, 10};

  private static final double[] LONG_FACTORS = {0.99, 0.98, 0.96, 0.90};
  private static final double[] SHORT_FACTORS = {1.01, 1.02, 1.04, 1.10};

  private final List<Trade> trades = new ArrayList<>();
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  private record Trade(double price, double amount, boolean takerBuys) {}

  /** Which trades are large. */
  public enum Mode {
    /** Those of at least an amount, quote asset. */
    GROSS_VALUE,
    /** So many of the largest. */
    TOP_N,
    /** The largest, as a part of all. */
    PORTION
  }

  /**
   * A level of the map.
   *
   * @param leverage 100, 50, 25 or 10
   * @param price at which it would be liquidated
   * @param amount of the trade, quote asset
   */
  public record Level(int leverage, double price, double amount) {}

  /** Adds a trade: price in the quote asset, size in the base asset. */
  public void onTrade(final double price, final double size, final boolean takerBuys) {
    trades.add(new Trade(price, price * size, takerBuys));
    lowest = Math.min(lowest, price);
    highest = Math.max(highest, price);
  }

  public int trades() {
    return trades.size();
  }

  /**
   * Levels of a side that lie on its side of the last price, in the order of the trades chosen.
   *
   * @param threshold an amount, a number of trades, or a part of them
   */
  public List<Level> levels(final Side side, final Mode mode, final double threshold) {
    if (trades.isEmpty()) {
      return List.of();
    }
    final double last = trades.get(trades.size() - 1).price();
    final double[] factors = side == Side.LONG ? LONG_FACTORS : SHORT_FACTORS;
    final List<Level> levels = new ArrayList<>();
    for (final Trade trade : large(side, mode, threshold)) {
      for (int i = 0; i < LEVERAGES.length; i++) {
        final double price = trade.price() * factors[i];
        if (side == Side.LONG ? price <= last : price >= last) {
          levels.add(new Level(LEVERAGES[i], price, trade.amount()));
        }
      }
    }
    return levels;
  }

  private List<Trade> large(final Side side, final Mode mode, final double threshold) {
    final List<Trade> ofSide =
        trades.stream().filter((trade) -> trade.takerBuys() == (side == Side.LONG)).toList();
    if (mode == Mode.GROSS_VALUE) {
      return ofSide.stream().filter((trade) -> trade.amount() >= threshold).toList();
    }
    final long most = mode == Mode.TOP_N ? (long) threshold : (long) (ofSide.size() * threshold);
    return ofSide.stream()
        .sorted(Comparator.comparingDouble(Trade::amount).reversed())
        .limit(most)
        .toList();
  }

  /**
   * The bars that it draws for a leverage: amounts by the lower edge of a bin. A bin is a hundredth
   * of the power of ten above the range of prices, holds its upper edge and not its lower one; what
   * lies at or below the first edge, or above the last, isn't drawn.
   */
  public NavigableMap<Double, Double> bars(
      final Side side, final Mode mode, final double threshold, final int leverage) {
    final List<Level> levels =
        levels(side, mode, threshold).stream()
            .filter((level) -> level.leverage() == leverage)
            .toList();
    final NavigableMap<Double, Double> bars = new TreeMap<>();
    if (levels.isEmpty() || highest <= lowest) {
      return bars;
    }
    final double width = width();
    final double low = round(levels.stream().mapToDouble(Level::price).min().orElse(0), width);
    final double high = round(levels.stream().mapToDouble(Level::price).max().orElse(0), width);
    final int edges = (int) Math.rint((high - low) / width);
    for (final Level level : levels) {
      final int bin = (int) Math.ceil((level.price() - low) / width) - 1;
      if (bin >= 0 && bin + 1 < edges) {
        bars.merge(round(low + bin * width, width), level.amount(), Double::sum);
      }
    }
    return bars;
  }

  private double width() {
    return Math.pow(10, Math.ceil(Math.log10(highest - lowest)) - 2);
  }

  private static double round(final double price, final double width) {
    return Math.rint(price / width) * width;
  }

  /** Amounts of all leverages added up outward from the last price, by price of the level. */
  public NavigableMap<Double, Double> depth(
      final Side side, final Mode mode, final double threshold) {
    final Comparator<Level> outward = Comparator.comparingDouble(Level::price);
    final List<Level> levels =
        levels(side, mode, threshold).stream()
            .sorted(side == Side.LONG ? outward.reversed() : outward)
            .toList();
    final NavigableMap<Double, Double> depth = new TreeMap<>();
    double sum = 0;
    for (final Level level : levels) {
      sum += level.amount();
      depth.put(level.price(), sum);
    }
    return depth;
  }
}
