package io.liqmap.engine.core.model;

/**
 * Which positions exit when some are closed without being forced to. What exits a bucket of entries
 * is in proportion to its open positions times a weight:
 *
 * <pre>weight = (1 − 2^(−age / ageHalfLife)) · 2^(gain / profitBps)</pre>
 *
 * where age is the mean age of the bucket's positions, and gain how far mark lies beyond the entry
 * in the position's favour. A term that is off is 1; with both off, all exit in proportion.
 *
 * @param ageHalfLifeNanos age at which a position has half of the full chance of leaving, ns; 0 for
 *     off, otherwise a minute or more
 * @param profitBps gain by which the chance of leaving doubles, basis points of entry; 0 for off,
 *     otherwise 1 or more
 */
public record ExitSettings(long ageHalfLifeNanos, double profitBps) {
  /** All positions exit in proportion. */
  public static final ExitSettings PROPORTIONAL = new ExitSettings(0, 0);

  private static final long MINUTE = 60_000_000_000L;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public ExitSettings {
    if (ageHalfLifeNanos != 0 && ageHalfLifeNanos < MINUTE) {
      throw new IllegalArgumentException(
          "ageHalfLifeNanos has to be 0, or a minute or more, was " + ageHalfLifeNanos);
    }
    if (!(profitBps == 0 || (profitBps >= 1 && profitBps <= 100_000))) {
      throw new IllegalArgumentException("profitBps has to be 0, or 1 to 100000, was " + profitBps);
    }
  }

  public boolean isProportional() {
    return ageHalfLifeNanos == 0 && profitBps == 0;
  }
}
