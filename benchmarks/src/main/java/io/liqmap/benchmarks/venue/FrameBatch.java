package io.liqmap.benchmarks.venue;

/** Frames of a session in a row. One thread; allocates nothing once made. */
public final class FrameBatch {
  private static final int MAX_LENGTH = 2_048;

  private final VenueSession session;
  private final byte[] bytes;
  private final int[] ends;
  private final int[] venues;
  private final long[] times;

  /** Room for so many frames of a seeded session; none are in it yet. */
  public FrameBatch(final long seed, final VenueMix mix, final int frames) {
    session = new VenueSession(seed, mix);
    bytes = new byte[frames * MAX_LENGTH];
    ends = new int[frames];
    venues = new int[frames];
    times = new long[frames];
  }

  /** Goes to the session's next frames. */
  public void refill() {
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end = session.next(bytes, end);
      ends[i] = end;
      venues[i] = session.venue();
      times[i] = session.time();
    }
  }

  public int size() {
    return ends.length;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int offset(final int frame) {
    return frame == 0 ? 0 : ends[frame - 1];
  }

  public int length(final int frame) {
    return ends[frame] - offset(frame);
  }

  /** Number of the frame's venue and instrument. */
  public int venue(final int frame) {
    return venues[frame];
  }

  /** When the frame is received, ns. */
  public long time(final int frame) {
    return times[frame];
  }

  /** Trades of the session so far. */
  public long trades() {
    return session.trades();
  }

  /** Liquidations of the session so far. */
  public long liquidations() {
    return session.liquidations();
  }
}
