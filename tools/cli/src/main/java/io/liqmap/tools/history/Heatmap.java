package io.liqmap.tools.history;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A part of a history as a matrix of time × price. Immutable once made, for any thread.
 *
 * <p>Row r covers prices from {@code lowest · ratio^r} to {@code lowest · ratio^(r + 1)}. A cell is
 * the notional that is liquidated in the row's prices, of the side that has more there: longs below
 * 0, shorts above, 0 for none, NaN where the column isn't made yet.
 */
public final class Heatmap {
  private static final int MAGIC = 0x314D484C;
  private static final int HEAD = 48;

  private final long every;
  private final int group;
  private final double lowest;
  private final double ratio;
  private final double done;
  private final long[] times;
  private final double[][] prices;
  private final float[] cells;
  private final int rows;

  Heatmap(
      final long every,
      final int group,
      final double lowest,
      final double ratio,
      final double done,
      final long[] times,
      final double[][] prices,
      final float[] cells,
      final int rows) {
    this.every = every;
    this.group = group;
    this.lowest = lowest;
    this.ratio = ratio;
    this.done = done;
    this.times = times;
    this.prices = prices;
    this.cells = cells;
    this.rows = rows;
  }

  /** The same, of which less is made. */
  Heatmap with(final double lessDone) {
    return new Heatmap(
        every, group, lowest, ratio, Math.min(done, lessDone), times, prices, cells, rows);
  }

  /** How many columns it has. */
  public int columns() {
    return times.length;
  }

  /** How many rows it has. */
  public int rows() {
    return rows;
  }

  /** Buckets of a row. */
  public int group() {
    return group;
  }

  /** Length of a column, ns. */
  public long every() {
    return every;
  }

  /** Price at the lower edge of the lowest row, quote asset. */
  public double lowest() {
    return lowest;
  }

  /** What a row's lower edge is multiplied with for its upper edge. */
  public double ratio() {
    return ratio;
  }

  /** How much of its history is made, 0 to 1. */
  public double done() {
    return done;
  }

  /** End of a column, ns since 1970: the map is as of then. */
  public long time(final int column) {
    return times[column];
  }

  /** First price of a trade in a column; NaN without one, as the next three. */
  public double open(final int column) {
    return prices[0][column];
  }

  /** Highest price of a trade. */
  public double high(final int column) {
    return prices[1][column];
  }

  /** Lowest price of a trade. */
  public double low(final int column) {
    return prices[2][column];
  }

  /** Last price of a trade. */
  public double close(final int column) {
    return prices[3][column];
  }

  /** Mark at a column's end; NaN while unknown. */
  public double mark(final int column) {
    return prices[4][column];
  }

  /** Notional of a row in a column, quote asset; see the class. */
  public float cell(final int column, final int row) {
    return cells[column * rows + row];
  }

  /** Bytes that {@link #writeTo} writes. */
  public int length() {
    return HEAD + 6 * Double.BYTES * times.length + Float.BYTES * cells.length;
  }

  /**
   * Writes it as {@code /api/heatmap} answers, little-endian.
   *
   * <pre>
   *    0 u32 0x314D484C ("LHM1")      4 u32 columns C     8 u32 rows R       12 u32 group
   *   16 f64 every (ms a column)     24 f64 lowest       32 f64 ratio
   *   40 f32 done                    44 u32 0
   *   48 f64 time[C] ms, open[C], high[C], low[C], close[C], mark[C]
   *      f32 cell[C·R], column by column
   * </pre>
   */
  public void writeTo(final OutputStream out) throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC).putInt(times.length).putInt(rows).putInt(group);
    bytes.putDouble(every / 1e6).putDouble(lowest).putDouble(ratio);
    bytes.putFloat((float) done).putInt(0);
    for (final long time : times) {
      bytes.putDouble(time / 1e6);
    }
    for (int price = 0; price < 5; price++) {
      for (final double value : prices[price]) {
        bytes.putDouble(value);
      }
    }
    bytes.asFloatBuffer().put(cells);
    out.write(bytes.array());
  }
}
