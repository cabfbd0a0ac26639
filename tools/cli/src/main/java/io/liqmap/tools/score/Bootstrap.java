package io.liqmap.tools.score;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Draws blocks of time with replacement, the same ones for all figures. A figure is made of sums,
 * so that a draw costs as many additions as there are blocks.
 */
final class Bootstrap {
  /** Times that a draw has a block, by draw and block. */
  private final int[][] counts;

  Bootstrap(final int blocks, final int draws, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    counts = new int[draws][blocks];
    for (final int[] of : counts) {
      for (int i = 0; i < blocks; i++) {
        of[random.nextInt(blocks)]++;
      }
    }
  }

  /**
   * Sums over the blocks of each draw.
   *
   * @param sums by block, each as many
   */
  double[][] drawn(final double[][] sums) {
    final double[][] drawn = new double[counts.length][];
    for (int draw = 0; draw < drawn.length; draw++) {
      drawn[draw] = weighted(sums, counts[draw]);
    }
    return drawn;
  }

  private static double[] weighted(final double[][] sums, final int[] times) {
    final double[] total = new double[sums[0].length];
    for (int block = 0; block < sums.length; block++) {
      if (times[block] > 0) {
        for (int i = 0; i < total.length; i++) {
          total[i] += times[block] * sums[block][i];
        }
      }
    }
    return total;
  }

  /** Sums over all blocks. */
  static double[] total(final double[][] sums) {
    final int[] once = new int[sums.length];
    Arrays.fill(once, 1);
    return weighted(sums, once);
  }

  /** A figure of sums, with the range of it over drawn ones. */
  static Estimate estimate(
      final double[] total, final double[][] drawn, final ToDoubleFunction<double[]> figure) {
    final double[] figures = new double[drawn.length];
    for (int draw = 0; draw < figures.length; draw++) {
      figures[draw] = figure.applyAsDouble(drawn[draw]);
    }
    return Estimate.of(figure.applyAsDouble(total), figures);
  }
}
