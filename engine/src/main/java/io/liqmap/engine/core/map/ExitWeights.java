package io.liqmap.engine.core.map;

import io.liqmap.engine.core.model.ExitSettings;

/**
 * How readily a position exits, by its age and by what it has gained; see {@link ExitSettings}.
 * Tables made at start. Immutable.
 */
final class ExitWeights {
  private static final int STEPS = 64;
  private static final int HALF_LIVES = 10;
  private static final int DOUBLINGS = 8;
  private static final int MAX_GAIN = 1 << 16;

  /** The youngest exit as well when there are no others. */
  private static final double LEAST = 1.0 / 1024;

  private final double stepNanos;
  private final double[] byAge;
  private final double[] byGain;

  ExitWeights(final ExitSettings exits, final double resolutionBps) {
    stepNanos = (double) exits.ageHalfLifeNanos() / STEPS;
    byAge = new double[STEPS * HALF_LIVES + 1];
    for (int step = 0; step < byAge.length; step++) {
      byAge[step] =
          stepNanos == 0 ? 1 : Math.max(LEAST, 1 - StrictMath.pow(2, -(double) step / STEPS));
    }
    final double doublings = exits.profitBps() == 0 ? 0 : resolutionBps / exits.profitBps();
    final int reach =
        doublings == 0 ? 0 : (int) Math.min(MAX_GAIN, StrictMath.ceil(DOUBLINGS / doublings));
    byGain = new double[2 * reach + 1];
    for (int gain = -reach; gain <= reach; gain++) {
      byGain[reach + gain] =
          StrictMath.pow(2, Math.max(-DOUBLINGS, Math.min(DOUBLINGS, gain * doublings)));
    }
  }

  boolean dependOnAge() {
    return stepNanos > 0;
  }

  /**
   * Weight of a position.
   *
   * @param age ns
   * @param gain buckets by which mark lies beyond the entry in its favour
   */
  double of(final double age, final int gain) {
    final int step = dependOnAge() ? (int) Math.min(age / stepNanos, byAge.length - 1) : 0;
    final int reach = byGain.length >> 1;
    return byAge[Math.max(0, step)] * byGain[reach + Math.max(-reach, Math.min(reach, gain))];
  }
}
