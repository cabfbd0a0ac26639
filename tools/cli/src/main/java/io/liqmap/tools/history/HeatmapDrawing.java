package io.liqmap.tools.history;

import io.liqmap.engine.core.lattice.Lattice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays samples out as a matrix. One thread, one matrix. */
final class HeatmapDrawing {
  /** What is shown around the prices of the time: a quarter of them below and above. */
  private static final double AROUND = 0.25;

  private final HeatmapRequest request;
  private final Lattice lattice;
  private final double priceUnit;
  private final long every;
  private final long from;
  private final long to;
  private final List<Sample> samples = new ArrayList<>();
  private final Bar bar = new Bar();

  /**
   * Prepares it.
   *
   * @param every interval of its columns, ns
   * @param from end of the first column, a multiple of {@code every}
   * @param to end of the last column, a multiple of {@code every}
   */
  HeatmapDrawing(
      final HeatmapRequest request,
      final Lattice lattice,
      final double priceUnit,
      final long every,
      final long from,
      final long to) {
    this.request = request;
    this.lattice = lattice;
    this.priceUnit = priceUnit;
    this.every = every;
    this.from = from;
    this.to = to;
  }

  /** Takes a sample, in the order of time; those between columns give their prices. */
  void add(final Sample sample) {
    bar.add(sample);
    if (Math.floorMod(sample.time, every) == 0) {
      if (sample.time >= from && sample.time <= to) {
        samples.add(sample.with(bar));
      }
      bar.clear();
    }
  }

  /** Draws what was taken. */
  Heatmap draw(final double done) {
    final int columns = (int) ((to - from) / every) + 1;
    final long[] times = new long[columns];
    for (int column = 0; column < columns; column++) {
      times[column] = from + column * every;
    }
    final double[][] prices = new double[5][columns];
    for (final double[] row : prices) {
      Arrays.fill(row, Double.NaN);
    }
    final int low = bucketOf(low());
    final int high = Math.max(low, bucketOf(high()));
    final int group = group(low, high);
    final int first = Math.floorDiv(low, group) * group;
    final int rows = Math.min(request.rows(), Math.floorDiv(high - first, group) + 1);
    final float[] cells = new float[columns * rows];
    // What is missing when all is made, is from before the instrument.
    Arrays.fill(cells, done < 1 ? Float.NaN : 0);
    final float[] sums = new float[2 * rows];
    for (final Sample sample : samples) {
      final int column = (int) ((sample.time - from) / every);
      final double[] of = sample.prices();
      for (int price = 0; price < prices.length; price++) {
        prices[price][column] = of[price];
      }
      Arrays.fill(sums, 0);
      sum(sample.firstLong, sample.longs, first, group, rows, sums, 0);
      sum(sample.firstShort, sample.shorts, first, group, rows, sums, rows);
      for (int row = 0; row < rows; row++) {
        cells[column * rows + row] = sums[row] > sums[rows + row] ? -sums[row] : sums[rows + row];
      }
    }
    return new Heatmap(
        every,
        group,
        lattice.edge(first) * priceUnit,
        lattice.edge(group),
        done,
        times,
        prices,
        cells,
        rows);
  }

  private static void sum(
      final int firstOfSide,
      final float[] side,
      final int first,
      final int group,
      final int rows,
      final float[] sums,
      final int at) {
    final int begin = Math.max(0, first - firstOfSide);
    final long end = Math.min(side.length, (long) first - firstOfSide + (long) rows * group);
    double sum = 0;
    for (int i = begin; i < end; i++) {
      final int bucket = firstOfSide + i - first;
      sum += side[i];
      if ((bucket + 1) % group == 0 || i + 1 == end) {
        sums[at + bucket / group] = (float) sum;
        sum = 0;
      }
    }
  }

  private int group(final int low, final int high) {
    if (request.group() > 0) {
      return request.group();
    }
    int group = Math.max(1, (high - low) / request.rows());
    while (Math.floorDiv(high, group) - Math.floorDiv(low, group) >= request.rows()) {
      group++;
    }
    return group;
  }

  private int bucketOf(final double price) {
    return (int)
        Math.max(0, Math.min(lattice.buckets(), Math.floor(lattice.distance(price / priceUnit))));
  }

  private double low() {
    if (!Double.isNaN(request.low())) {
      return request.low();
    }
    double low = Double.POSITIVE_INFINITY;
    for (final Sample sample : samples) {
      low = least(low, least(sample.low, sample.mark));
    }
    return low == Double.POSITIVE_INFINITY ? priceUnit : low * (1 - AROUND);
  }

  private double high() {
    if (!Double.isNaN(request.high())) {
      return request.high();
    }
    double high = 0;
    for (final Sample sample : samples) {
      high = -least(-high, least(-sample.high, -sample.mark));
    }
    return high == 0 ? priceUnit : high * (1 + AROUND);
  }

  /** The lower one that is known. */
  private static double least(final double one, final double other) {
    if (Double.isNaN(one)) {
      return other;
    }
    return Double.isNaN(other) ? one : Math.min(one, other);
  }
}
