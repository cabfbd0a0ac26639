package io.liqmap.gateway.venue;

/**
 * The latest of ids that rise with time. A lower id at a later time is a venue that counts from the
 * start again. One thread.
 */
final class RisingId {
  private long id = -1;
  private long time;

  /** Whether an id isn't newer than the latest. */
  boolean isRepeat(final long other, final long otherTime) {
    return other == id || (other < id && otherTime <= time);
  }

  /** Ids between the latest and another that is no repeat; {@link Line#UNKNOWN} after a restart. */
  long missingBefore(final long other) {
    return id < 0 ? 0 : other < id ? Line.UNKNOWN : other - id - 1;
  }

  /** Makes an id the latest. */
  void set(final long other, final long otherTime) {
    id = other;
    time = Math.max(time, otherTime);
  }
}
