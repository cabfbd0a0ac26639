package io.liqmap.tools.score;

import io.liqmap.engine.core.margin.Side;
import java.util.List;

/** Both sides' windows, those to score, their blocks of a day, and the bootstrap over these. */
final class ScoredWindows {
  static final int SIDES = 2;

  private static final long BLOCK = 86_400_000_000_000L;

  private final SideSeries[] series = new SideSeries[SIDES];

  /** By side, then window: reported times the correction. */
  private final double[][] realised = new double[SIDES][];

  /** First window to score. */
  private final int from;

  /** By window from the first to score. */
  private final int[] blocks;

  private final int blockCount;
  private final Bootstrap bootstrap;

  ScoredWindows(final CollectedWindows collected, final int from, final long seed) {
    final List<ScoreWindow> windows = collected.windows();
    for (final Side side : Side.values()) {
      final SideSeries of =
          new SideSeries(side, windows, collected.models().size(), collected.tiers().size());
      final double[] amounts = of.reported.clone();
      for (int i = 0; i < amounts.length; i++) {
        amounts[i] *= collected.correction();
      }
      series[side.ordinal()] = of;
      realised[side.ordinal()] = amounts;
    }
    this.from = from;
    blocks = new int[windows.size() - from];
    int block = -1;
    long day = Long.MIN_VALUE;
    for (int i = from; i < windows.size(); i++) {
      final long at = (windows.get(i).start() - windows.get(from).start()) / BLOCK;
      if (at != day) {
        day = at;
        block++;
      }
      blocks[i - from] = block;
    }
    blockCount = block + 1;
    bootstrap = new Bootstrap(blockCount, ScoreOptions.DRAWS, seed);
  }

  SideSeries series(final int side) {
    return series[side];
  }

  double[] realised(final int side) {
    return realised[side];
  }

  int from() {
    return from;
  }

  int size() {
    return series[0].size();
  }

  int block(final int window) {
    return blocks[window - from];
  }

  int blockCount() {
    return blockCount;
  }

  Bootstrap bootstrap() {
    return bootstrap;
  }
}
