package io.liqmap.engine.replay;

/**
 * Where a replay ends.
 *
 * @param time no event of a later exchange time is applied, ns; {@code Long.MAX_VALUE} for no bound
 * @param sequence no event of a later feed sequence is applied; {@code Long.MAX_VALUE} for no bound
 */
public record Until(long time, long sequence) {
  /** To the end of the journal. */
  public static final Until END = new Until(Long.MAX_VALUE, Long.MAX_VALUE);

  /** Up to and with a time, ns since 1970. */
  public static Until time(final long nanos) {
    return new Until(nanos, Long.MAX_VALUE);
  }

  /** Up to and with a feed sequence. */
  public static Until sequence(final long sequence) {
    return new Until(Long.MAX_VALUE, sequence);
  }
}
