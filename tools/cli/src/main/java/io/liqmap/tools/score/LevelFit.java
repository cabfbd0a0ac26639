package io.liqmap.tools.score;

/** Scales amounts to the level of what was realised before. */
final class LevelFit {
  private LevelFit() {}

  /**
   * Each window's amount times what was realised over the amounts of all windows before it; as it
   * is where there were none.
   */
  static double[] scaled(final double[] amounts, final double[] realised) {
    final double[] scaled = new double[amounts.length];
    double of = 0;
    double by = 0;
    for (int i = 0; i < amounts.length; i++) {
      scaled[i] = by > 0 ? amounts[i] * of / by : amounts[i];
      of += realised[i];
      by += amounts[i];
    }
    return scaled;
  }
}
