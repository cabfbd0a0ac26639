package io.liqmap.engine.feed;

/**
 * A running 32-bit checksum of a feed's messages, one after another: tells accidents apart, not
 * forgeries. It can be continued from its own value alone.
 *
 * <p>Leaves out the time of receipt, which decides nothing and differs from one receiver of a feed
 * to another.
 */
final class FeedChecksum {
  private static final long ONE = 0x9E3779B97F4A7C15L;
  private static final long OTHER = 0xD6E8FEB86659FD93L;

  /** Behind frame and message header, sequence and exchange time. */
  private static final int RECEIVE_TIME = 32;

  private FeedChecksum() {}

  /**
   * Appends one frame to the checksum of those before it.
   *
   * @param wire holds the region from {@code start} to {@code end}
   */
  static int append(final int before, final Wire wire, final int start, final int end) {
    // Two sums that don't wait for each other.
    long one = (long) end - start;
    long other = before;
    int i = start;
    if (end - start >= RECEIVE_TIME + Long.BYTES) {
      one = one * ONE + wire.getLong(i);
      other = other * OTHER + wire.getLong(i + Long.BYTES);
      one = one * ONE + wire.getLong(i + 2 * Long.BYTES);
      other = other * OTHER + wire.getLong(i + 3 * Long.BYTES);
      i += RECEIVE_TIME + Long.BYTES;
    }
    for (; end - i >= 2 * Long.BYTES; i += 2 * Long.BYTES) {
      one = one * ONE + wire.getLong(i);
      other = other * OTHER + wire.getLong(i + Long.BYTES);
    }
    for (; end - i >= Long.BYTES; i += Long.BYTES) {
      one = one * ONE + wire.getLong(i);
    }
    for (; i < end; i++) {
      one = one * ONE + wire.getByte(i);
    }
    long mixed = (one ^ Long.rotateLeft(other, Integer.SIZE)) * OTHER;
    mixed = (mixed ^ mixed >>> 29) * ONE;
    return (int) (mixed >>> Integer.SIZE);
  }
}
