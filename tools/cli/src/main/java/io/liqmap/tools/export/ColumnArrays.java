package io.liqmap.tools.export;

import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.OutFile;
import io.liqmap.tools.history.Column;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Columns of a heatmap as arrays for NumPy: notional by column, row and side, longs first, and by
 * leverage where asked for; and beside it files for what its axes mean. One thread.
 */
public final class ColumnArrays {
  private static final String ENDING = ".npy";
  private static final int SIDES = 2;
  private static final int OHLC = 4;

  private final Path out;
  private final PriceRows rows;
  private final double[] leverages;
  private final NpyFile cells;
  private final double[][] sums;
  private final List<Long> times = new ArrayList<>();
  private final List<double[]> prices = new ArrayList<>();

  /**
   * Begins.
   *
   * @param out the array's file, which names those beside it
   * @param to the array's bytes; stays open
   * @param leverages in their order; empty for their sum
   */
  public ColumnArrays(
      final Path out, final FileChannel to, final PriceRows rows, final double... leverages)
      throws IOException {
    this.out = out;
    this.rows = rows;
    this.leverages = leverages.clone();
    final int tiers = Math.max(1, leverages.length);
    sums = new double[SIDES * tiers][rows.count()];
    cells =
        leverages.length == 0
            ? new NpyFile(to, NpyFile.DOUBLE, rows.count(), SIDES)
            : new NpyFile(to, NpyFile.DOUBLE, rows.count(), SIDES, tiers);
  }

  /** Writes the next column. */
  public void add(final Column column) throws IOException {
    final MapSnapshot snapshot = column.snapshot();
    final int tiers = sums.length / SIDES;
    for (final Side side : Side.values()) {
      for (int tier = 0; tier < tiers; tier++) {
        final double[] sum = sums[side.ordinal() * tiers + tier];
        Arrays.fill(sum, 0);
        if (leverages.length == 0) {
          rows.addTo(sum, snapshot, side);
        } else {
          rows.addTo(
              sum, snapshot, side, Arrays.binarySearch(leverages(snapshot), leverages[tier]));
        }
      }
    }
    for (int row = 0; row < rows.count(); row++) {
      for (final double[] sum : sums) {
        cells.add(sum[row]);
      }
    }
    times.add(column.time());
    prices.add(
        new double[] {column.mark(), column.open(), column.high(), column.low(), column.close()});
  }

  private static double[] leverages(final MapSnapshot snapshot) {
    final double[] all = new double[snapshot.leverages()];
    Arrays.setAll(all, snapshot::leverage);
    return all;
  }

  /** Ends the array, and writes the files beside it: they are whole before it is. */
  public void finish() throws IOException {
    cells.close();
    beside("times", NpyFile.TIME, 1, (file) -> all(file, times));
    beside(
        "prices",
        NpyFile.DOUBLE,
        1,
        (file) -> {
          for (int row = 0; row <= rows.count(); row++) {
            file.add(rows.edge(row));
          }
        });
    beside("mark", NpyFile.DOUBLE, 1, (file) -> prices(file, 0, 1));
    beside("ohlc", NpyFile.DOUBLE, OHLC, (file) -> prices(file, 1, 1 + OHLC));
    if (leverages.length > 0) {
      beside("leverages", NpyFile.DOUBLE, 1, (file) -> all(file, leverages));
    }
  }

  private static void all(final NpyFile file, final List<Long> values) throws IOException {
    for (final long value : values) {
      file.add(value);
    }
  }

  private static void all(final NpyFile file, final double... values) throws IOException {
    for (final double value : values) {
      file.add(value);
    }
  }

  private void prices(final NpyFile file, final int first, final int end) throws IOException {
    for (final double[] of : prices) {
      for (int i = first; i < end; i++) {
        file.add(of[i]);
      }
    }
  }

  private void beside(final String what, final String type, final int record, final Values values)
      throws IOException {
    final String name = out.getFileName().toString();
    final String stem =
        name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    OutFile.writeBytes(
        out.resolveSibling(stem + "-" + what + ENDING),
        (to) -> {
          try (NpyFile file = record == 1 ? new NpyFile(to, type) : new NpyFile(to, type, record)) {
            values.write(file);
          }
        });
  }

  @FunctionalInterface
  private interface Values {
    void write(NpyFile file) throws IOException;
  }
}
