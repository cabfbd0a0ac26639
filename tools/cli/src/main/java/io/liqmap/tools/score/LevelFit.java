package io.liqmap.tools.score;

import io.liqmap.engine.core.calibration.LearnedProfile;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;

/** Brings amounts to the level of what was realised before. */
final class LevelFit {
  /** A level is learned as the share of a tier, which is below 1: levels up to this, then. */
  private static final double MOST_LEVEL = 100;

  private static final long DAY = 86_400_000_000_000L;

  /** As the models of the default settings learn. */
  private static final LearningSettings LEARNING =
      new LearningSettings(LearningMode.ON, 0.3, 60 * DAY);

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

  /**
   * Each window's amount times a level, and a background, as a model that learns has it: both
   * learned in the same way from the windows before it.
   */
  static double[] withBackground(
      final double[] amounts, final double[] realised, final SideSeries series) {
    final LearnedProfile learned = new LearnedProfile(LEARNING, new double[] {1 / MOST_LEVEL});
    final double[] fitted = new double[amounts.length];
    final double[] swept = new double[1];
    for (int i = 0; i < fitted.length; i++) {
      fitted[i] = amounts[i] * learned.share(0) * MOST_LEVEL;
      swept[0] = amounts[i] * MOST_LEVEL / series.interest[i];
      fitted[i] +=
          series.interest[i]
              * learned.learn(
                  swept, realised[i] / series.interest[i], series.excursion[i], series.nanos[i]);
    }
    return fitted;
  }
}
