package io.liqmap.tools.score;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;

/**
 * Sums that only grow: reported, swept and expected beside the map per model, swept per tier, of
 * both sides. One thread.
 */
final class SweptTotals {
  private static final int SIDES = 2;

  private final int models;
  private final int width;

  /** Of a side: reported, swept by model, background by model, swept by tier. */
  private final double[] values;

  SweptTotals(final int models, final int tiers) {
    this.models = models;
    width = 1 + 2 * models + tiers;
    values = new double[SIDES * width];
  }

  SweptTotals(final SweptTotals like) {
    models = like.models;
    width = like.width;
    values = new double[like.values.length];
  }

  void read(final InstrumentMap map, final TierSweeps tiers) {
    for (final Side side : Side.values()) {
      int at = side.ordinal() * width;
      values[at++] = map.observedNotional(side);
      for (int model = 0; model < models; model++) {
        values[at++] = map.sweptNotional(model, side);
      }
      for (int model = 0; model < models; model++) {
        values[at++] = map.background(model, side);
      }
      for (int tier = 0; tier < tiers.tiers().size(); tier++) {
        values[at++] = tiers.swept(map, side, tier);
      }
    }
  }

  void copyFrom(final SweptTotals other) {
    System.arraycopy(other.values, 0, values, 0, values.length);
  }

  /** Adds what was added from one reading to another. */
  void addBetween(final SweptTotals from, final SweptTotals to) {
    for (int i = 0; i < values.length; i++) {
      values[i] += to.values[i] - from.values[i];
    }
  }

  void add(final SweptTotals other) {
    for (int i = 0; i < values.length; i++) {
      values[i] += other.values[i];
    }
  }

  void clear() {
    Arrays.fill(values, 0);
  }

  double reported() {
    return values[0] + values[width];
  }

  /** A side's part of a window that ends with these sums, without what is left out of it. */
  ScoreWindow.Part part(
      final Side side,
      final SweptTotals start,
      final SweptTotals leftOut,
      final double excursion,
      final double mass) {
    final int from = side.ordinal() * width;
    final double[] added = new double[width];
    for (int i = 0; i < width; i++) {
      // Rounding may leave less than nothing.
      added[i] = Math.max(0, values[from + i] - start.values[from + i] - leftOut.values[from + i]);
    }
    return new ScoreWindow.Part(
        excursion,
        added[0],
        Arrays.copyOfRange(added, 1, 1 + models),
        Arrays.copyOfRange(added, 1 + 2 * models, width),
        mass,
        Arrays.copyOfRange(added, 1 + models, 1 + 2 * models));
  }
}
