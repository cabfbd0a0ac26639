package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shares of one side, inferred from all windows again each time. */
final class NaiveLearning {
  private static final double HOUR = 3.6e12;

  /** A window, with what of its liquidations each tier and the background explain. */
  private static final class Learned {
    final long nanos;
    final double move;
    final double[] swept;
    final double[] explained;
    final double byHour;
    final double byMove;

    Learned(
        final long nanos,
        final double move,
        final double[] swept,
        final double[] explained,
        final double byHour,
        final double byMove) {
      this.nanos = nanos;
      this.move = move;
      this.swept = swept;
      this.explained = explained;
      this.byHour = byHour;
      this.byMove = byMove;
    }
  }

  private final LearningSettings settings;
  private final double[] given;
  private final List<Learned> windows = new ArrayList<>();
  private double perHour = 1e-5;
  private double perMove = .005;
  double[] shares;

  NaiveLearning(final LearningSettings settings, final double[] given) {
    this.settings = settings;
    this.given = given;
    shares = given;
  }

  void learn(
      final NaiveWindow window,
      final Side side,
      final double[] sweptNotional,
      final double liquidated,
      final long at) {
    if (settings.mode() != LearningMode.ON) {
      return;
    }
    final long nanos = at - window.start;
    final double move = window.move(side);
    final double[] swept = Arrays.stream(sweptNotional).map((each) -> each / window.open).toArray();
    double expected = perHour * nanos / HOUR + perMove * move;
    for (int tier = 0; tier < swept.length; tier++) {
      expected += shares[tier] * swept[tier];
    }
    final double ratio = Math.min(1000, liquidated / window.open / expected);
    final double[] explained = new double[swept.length];
    for (int tier = 0; tier < swept.length; tier++) {
      explained[tier] = shares[tier] * swept[tier] * ratio;
    }
    windows.add(
        new Learned(
            nanos, move, swept, explained, perHour * nanos / HOUR * ratio, perMove * move * ratio));
    perHour = infer(48, 1e-5, (each) -> each.byHour, (each) -> each.nanos / HOUR);
    perMove = infer(.15, .005, (each) -> each.byMove, (each) -> each.move);
    shares = new double[given.length];
    for (int tier = 0; tier < shares.length; tier++) {
      final int of = tier;
      shares[tier] =
          infer(
              settings.priorWeight(),
              given[tier],
              (each) -> each.explained[of],
              (each) -> each.swept[of]);
    }
    final double sum = Arrays.stream(shares).sum();
    if (sum > .95) {
      shares = Arrays.stream(shares).map((share) -> share * .95 / sum).toArray();
    }
  }

  boolean hasLearned() {
    return !windows.isEmpty();
  }

  private interface Amount {
    double of(Learned window);
  }

  /** Prior and windows, each window forgotten by those after it and by itself. */
  private double infer(
      final double weight, final double prior, final Amount explained, final Amount exposure) {
    double above = 0;
    double below = 0;
    for (final Learned window : windows) {
      final double kept = 1 / (1 + Math.log(2) * window.nanos / settings.halfLifeNanos());
      above = above * kept + explained.of(window);
      below = below * kept + exposure.of(window);
    }
    return (weight * prior + above) / (weight + below);
  }
}
