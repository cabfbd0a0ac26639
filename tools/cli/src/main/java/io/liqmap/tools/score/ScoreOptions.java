package io.liqmap.tools.score;

/**
 * What a score is asked for.
 *
 * @param controls random profiles, 2 or more
 * @param seed of random profiles and bootstrap
 * @param warmUpNanos left out from the start, ns; {@link #DEFAULT_WARM_UP} for 14 days, at most
 *     half of what there is
 * @param from windows that start earlier are left out, ns; {@link Long#MIN_VALUE} for none
 */
public record ScoreOptions(int controls, long seed, long warmUpNanos, long from) {
  /** Asks for the default. */
  public static final long DEFAULT_WARM_UP = -1;

  /** Draws of the bootstrap. */
  public static final int DRAWS = 1_000;

  private static final long FORTNIGHT = 14 * 86_400_000_000_000L;

  /** Start of the scored time, ns. */
  long scoredFrom(final long first, final long end) {
    final long warmUp =
        warmUpNanos == DEFAULT_WARM_UP ? Math.min(FORTNIGHT, (end - first) / 2) : warmUpNanos;
    return Math.max(first + warmUp, from);
  }
}
