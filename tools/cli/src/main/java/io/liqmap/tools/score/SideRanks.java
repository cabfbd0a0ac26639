package io.liqmap.tools.score;

import java.util.Arrays;

/** Ranks of what was realised over open interest in the scored windows of a side. */
final class SideRanks {
  private static final int TOP = 10;

  private final ScoredWindows scored;
  private final int side;
  private final double[] realised;
  private final double[] excursion;
  private final boolean[] isTop;
  private final int tops;

  SideRanks(final ScoredWindows scored, final int side) {
    this.scored = scored;
    this.side = side;
    final double[] shares = shares(scored.realised(side));
    realised = ranks(shares);
    excursion =
        ranks(Arrays.copyOfRange(scored.series(side).excursion, scored.from(), scored.size()));
    isTop = new boolean[shares.length];
    final double least = Math.max(Double.MIN_VALUE, largest(shares, shares.length / TOP));
    int count = 0;
    for (int i = 0; i < shares.length; i++) {
      isTop[i] = shares[i] >= least;
      count += isTop[i] ? 1 : 0;
    }
    tops = count;
  }

  private static double largest(final double[] values, final int number) {
    final double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length - Math.max(1, number))];
  }

  private double[] shares(final double[] amounts) {
    final double[] shares = Arrays.copyOfRange(amounts, scored.from(), scored.size());
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= scored.series(side).interest[scored.from() + i];
    }
    return shares;
  }

  /** Partial rank correlation, top-decile precision and area under the curve. */
  double[] of(final double[] expected) {
    final double[] ranks = ranks(shares(expected));
    return new double[] {partial(ranks), topPrecision(ranks), areaUnderCurve(ranks)};
  }

  private double partial(final double[] ranks) {
    final double withRealised = correlation(ranks, realised);
    final double withExcursion = correlation(ranks, excursion);
    final double between = correlation(realised, excursion);
    return (withRealised - withExcursion * between)
        / Math.sqrt((1 - withExcursion * withExcursion) * (1 - between * between));
  }

  /** Of windows of equal rank at the edge of the tenth each counts in part. */
  private double topPrecision(final double[] ranks) {
    final int size = Math.max(1, ranks.length / TOP);
    final double least = largest(ranks, size);
    int above = 0;
    int at = 0;
    double hitsAbove = 0;
    double hitsAt = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (ranks[i] > least) {
        above++;
        hitsAbove += isTop[i] ? 1 : 0;
      } else if (ranks[i] == least) {
        at++;
        hitsAt += isTop[i] ? 1 : 0;
      }
    }
    return (hitsAbove + (size - above) * hitsAt / at) / size;
  }

  private double areaUnderCurve(final double[] ranks) {
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += isTop[i] ? ranks[i] : 0;
    }
    final double others = (double) ranks.length - tops;
    return (sum - tops * (tops + 1.0) / 2) / (tops * others);
  }

  static double correlation(final double[] a, final double[] b) {
    final double mean = (a.length + 1) / 2.0;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - mean) * (b[i] - mean);
      aa += (a[i] - mean) * (a[i] - mean);
      bb += (b[i] - mean) * (b[i] - mean);
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Ranks from 1, the mean of them for equal values. */
  static double[] ranks(final double[] values) {
    final double[] sorted = values.clone();
    Arrays.sort(sorted);
    final double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      ranks[i] = (first(sorted, values[i], false) + first(sorted, values[i], true) + 1) / 2.0;
    }
    return ranks;
  }

  /** How many values are below one, or not above it. */
  private static int first(final double[] sorted, final double value, final boolean isAbove) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      final int middle = (low + high) >>> 1;
      if (sorted[middle] < value || (isAbove && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
