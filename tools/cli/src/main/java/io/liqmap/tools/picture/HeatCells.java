package io.liqmap.tools.picture;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.export.PriceRows;
import io.liqmap.tools.history.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a picture of a heatmap is made of: the notional of its cells, both sides, and prices of its
 * columns. One thread.
 */
public final class HeatCells {
  private final PriceRows rows;
  private final List<Bar> bars = new ArrayList<>();
  private final List<float[]> cells = new ArrayList<>();
  private double mark = Double.NaN;
  private double[] longs;
  private double[] shorts;

  /** Makes cells without columns. */
  public HeatCells(final PriceRows rows) {
    this.rows = rows;
    longs = new double[rows.count()];
    shorts = new double[rows.count()];
  }

  /** Adds the next column. */
  public void add(final Column column) {
    longs = new double[rows.count()];
    shorts = new double[rows.count()];
    rows.addTo(longs, column.snapshot(), Side.LONG);
    rows.addTo(shorts, column.snapshot(), Side.SHORT);
    final float[] sums = new float[rows.count()];
    for (int row = 0; row < sums.length; row++) {
      sums[row] = (float) (longs[row] + shorts[row]);
    }
    cells.add(sums);
    mark = column.mark();
    bars.add(Bar.of(column));
  }

  PriceRows rows() {
    return rows;
  }

  /** How many columns there are. */
  public int count() {
    return bars.size();
  }

  /** Prices of a column. */
  Bar bar(final int index) {
    return bars.get(index);
  }

  /** Mark of the last column, quote asset; NaN while unknown. */
  double mark() {
    return mark;
  }

  /** Notional of a cell, quote asset. */
  double cell(final int column, final int row) {
    return cells.get(column)[row];
  }

  /** Notional of a row in the last column, quote asset. */
  double last(final Side side, final int row) {
    return side == Side.LONG ? longs[row] : shorts[row];
  }

  /** The notional that a share of the cells with any stays below, quote asset; 0 for no such. */
  double quantile(final double share) {
    int count = 0;
    for (final float[] column : cells) {
      for (final float value : column) {
        count += value > 0 ? 1 : 0;
      }
    }
    if (count == 0) {
      return 0;
    }
    final float[] all = new float[count];
    for (final float[] column : cells) {
      for (final float value : column) {
        if (value > 0) {
          all[--count] = value;
        }
      }
    }
    Arrays.sort(all);
    return all[(int) Math.min(all.length - 1L, (long) (share * all.length))];
  }
}
