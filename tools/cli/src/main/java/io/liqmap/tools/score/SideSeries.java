package io.liqmap.tools.score;

import io.liqmap.engine.core.margin.Side;
import java.util.List;

/** Windows of one side, by column. Notionals in the quote asset. */
final class SideSeries {
  final long[] start;
  final long[] nanos;
  final double[] interest;
  final double[] volume;
  final double[] excursion;
  final double[] reported;
  final double[] mass;

  /** By model, then window. */
  final double[][] expected;

  /** Beside the map, by model, then window. */
  final double[][] background;

  /** By tier, then window. */
  final double[][] perTier;

  SideSeries(final Side side, final List<ScoreWindow> windows, final int models, final int tiers) {
    final int size = windows.size();
    start = new long[size];
    nanos = new long[size];
    interest = new double[size];
    volume = new double[size];
    excursion = new double[size];
    reported = new double[size];
    mass = new double[size];
    expected = new double[models][size];
    background = new double[models][size];
    perTier = new double[tiers][size];
    for (int i = 0; i < size; i++) {
      final ScoreWindow window = windows.get(i);
      final ScoreWindow.Part part = window.part(side);
      start[i] = window.start();
      nanos[i] = window.nanos();
      interest[i] = window.openInterest();
      volume[i] = window.volume();
      excursion[i] = part.excursion();
      reported[i] = part.reported();
      mass[i] = part.mass();
      for (int model = 0; model < models; model++) {
        expected[model][i] = part.expected()[model];
        background[model][i] = part.background()[model];
      }
      for (int tier = 0; tier < tiers; tier++) {
        perTier[tier][i] = part.perTier()[tier];
      }
    }
  }

  int size() {
    return start.length;
  }
}
