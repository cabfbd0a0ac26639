package io.liqmap.gateway.connection;

/** Holds a venue's limit of new connections within a time. One thread. */
final class AttemptLimit {
  private final long[] attempts;
  private final long perNanos;
  private int count;

  AttemptLimit(final int most, final long perNanos) {
    attempts = new long[most];
    this.perNanos = perNanos;
  }

  /** Takes one attempt if the limit allows it now. */
  boolean tryTake(final long now) {
    final int at = count % attempts.length;
    if (count >= attempts.length && now - attempts[at] < perNanos) {
      return false;
    }
    attempts[at] = now;
    count++;
    if (count == 2 * attempts.length) {
      count = attempts.length;
    }
    return true;
  }
}
