package io.liqmap.engine.feed;

/**
 * How far a feed may jump from one message to the next before several have to agree. Immutable.
 *
 * <p>Factors are powers of two, so that a check costs shifts and comparisons. A value beyond is
 * rejected and counted, unless as many in a row as {@code agreeing} lie within a factor of two of
 * each other (times: within {@code aheadNanos}): the last of them is accepted.
 *
 * @param priceBits a price, mark or last, lies within 2^priceBits of the instrument's last one; 1
 *     to 63
 * @param interestBits open interest, as for prices; 1 to 63
 * @param quantityBits a trade or liquidation is at most 2^quantityBits times open interest; 1 to 63
 * @param aheadNanos a time is at most so much later than the latest, ns, above 0
 * @param behindNanos a time is at most so much earlier than the latest, ns, above 0
 * @param agreeing messages in a row that have to agree, 2 or more
 */
public record JumpLimits(
    int priceBits,
    int interestBits,
    int quantityBits,
    long aheadNanos,
    long behindNanos,
    int agreeing) {
  private static final int WHOLE = 63;
  private static final long HOUR = 3_600_000_000_000L;

  /**
   * Limits of an engine. A market that falls by four fifths, pauses over a weekend or reports by
   * the hour stays within them; a wrong decimal point, unit or century doesn't.
   */
  public static final JumpLimits STANDARD = new JumpLimits(3, 3, 10, 7 * 24 * HOUR, HOUR, 4);

  /** No limits: for a journal's events, which were checked before. */
  public static final JumpLimits NONE =
      new JumpLimits(
          WHOLE, WHOLE, WHOLE, FeedAdapter.MAX_TIME, FeedAdapter.MAX_TIME, Integer.MAX_VALUE);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public JumpLimits {
    if (!isBits(priceBits) || !isBits(interestBits) || !isBits(quantityBits)) {
      throw new IllegalArgumentException("factors have to be 2^1 to 2^63");
    }
    if (!isJump(aheadNanos) || !isJump(behindNanos)) {
      throw new IllegalArgumentException("jumps of time have to be above 0, and below a century");
    }
    if (agreeing < 2) {
      throw new IllegalArgumentException("agreeing has to be 2 or more, was " + agreeing);
    }
  }

  private static boolean isBits(final int bits) {
    return bits >= 1 && bits <= WHOLE;
  }

  private static boolean isJump(final long nanos) {
    return nanos > 0 && nanos <= FeedAdapter.MAX_TIME;
  }
}
