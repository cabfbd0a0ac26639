package io.liqmap.tools.score;

import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.core.model.DistanceTier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Windows of a made-up market: excursions with heavy tails sweep tiers out to where they reach, and
 * liquidations are what a true profile has there, times noise of mean 1.
 */
final class Market {
  static final long HOUR = 3_600_000_000_000L;
  static final long START = 1_700_000_000L * 1_000_000_000L;
  static final double INTEREST = 1e9;
  static final double CORRECTION = 2.8;
  private static final double[] EDGES = {
    0.0025, 0.0035, 0.005, 0.007, 0.01, 0.014, 0.02, 0.028, 0.04, 0.056, 0.08, 0.113, 0.16, 0.226,
    0.32, 0.45, 0.6
  };

  static final List<DistanceTier> TIERS = tiers();

  /** Shares of the true profile, by tier. */
  static final double[] TRUTH = {
    0.002, 0.002, 0.003, 0.003, 0.004, 0.004, 0.005, 0.006, 0.01, 0.012, 0.015, 0.02, 0.02, 0.02,
    0.03, 0.03
  };

  private static List<DistanceTier> tiers() {
    final List<DistanceTier> tiers = new ArrayList<>();
    for (int tier = 0; tier + 1 < EDGES.length; tier++) {
      tiers.add(new DistanceTier(EDGES[tier], EDGES[tier + 1], 0, 0));
    }
    return tiers;
  }

  private final SplittableRandom random;

  Market(final long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * Windows of an hour.
   *
   * @param levels a model each: the true profile times this
   */
  List<ScoreWindow> windows(final int hours, final double... levels) {
    final List<ScoreWindow> windows = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      windows.add(
          new ScoreWindow(
              START + hour * HOUR,
              START + (hour + 1) * HOUR,
              INTEREST,
              INTEREST * (0.05 + 0.1 * uniform()),
              part(levels),
              part(levels)));
    }
    return windows;
  }

  private ScoreWindow.Part part(final double... levels) {
    final double excursion = 0.004 * StrictMath.exp(0.9 * gaussian());
    final double[] perTier = new double[TRUTH.length];
    double swept = 0;
    for (int tier = 0; tier < perTier.length; tier++) {
      // Entries lie around mark, so that nearer tiers are reached by more of them.
      final double reached = Math.max(0, Math.min(1, excursion / EDGES[tier] - 0.3));
      perTier[tier] =
          INTEREST * 0.05 * reached * StrictMath.exp(0.8 * gaussian()) * (1 + tier) / 16;
      swept += TRUTH[tier] * perTier[tier];
    }
    final double all = swept;
    return new ScoreWindow.Part(
        excursion,
        swept * exponential() / CORRECTION,
        Arrays.stream(levels).map((level) -> level * all).toArray(),
        perTier,
        Arrays.stream(TRUTH).sum(),
        new double[levels.length]);
  }

  static CollectedWindows collected(final List<ScoreWindow> windows, final String... models) {
    return new CollectedWindows(
        new InstrumentName("binance-usdm", "BTCUSDT"),
        "BTCUSDT",
        "USDT",
        List.of(models),
        List.of(models[0]),
        TIERS,
        CORRECTION,
        Reports.BAR_SUMS,
        windows,
        windows.size(),
        new LeftOut(0, 0, 0, 0, 0, 0));
  }

  /** A score with the default warm-up. */
  static ScoreCard score(final CollectedWindows collected, final long seed) throws ScoreException {
    return Scorer.score(
        collected, new ScoreOptions(100, seed, ScoreOptions.DEFAULT_WARM_UP, Long.MIN_VALUE));
  }

  double uniform() {
    return random.nextDouble();
  }

  double exponential() {
    return -StrictMath.log(1 - uniform());
  }

  double gaussian() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += uniform();
    }
    return sum;
  }
}
