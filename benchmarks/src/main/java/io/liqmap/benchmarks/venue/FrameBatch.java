package io.liqmap.benchmarks.venue;

import io.liqmap.benchmarks.flow.BenchmarkSettings;

/** Frames of a session in a row. One thread; allocates nothing once made. */
public final class FrameBatch {
  private static final int MEAN_LENGTH = 640;
  private static final int MAX_LENGTH = 2_048;

  private final VenueSession session;
  private final byte[] bytes;
  private final int[] ends;
  private final int[] venues;
  private final long[] times;
  private long start;

  /** Room for so many frames of a seeded session; none are in it yet. */
  public FrameBatch(final long seed, final VenueMix mix, final int frames) {
    this(seed, mix, frames, BenchmarkSettings.START);
  }

  /**
   * The same of a session with another start.
   *
   * @param start ns since 1970, whole ms
   */
  public FrameBatch(final long seed, final VenueMix mix, final int frames, final long start) {
    session = new VenueSession(seed, mix, start);
    bytes = new byte[frames * MEAN_LENGTH + MAX_LENGTH];
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
    start = times[0] - 1;
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

  /** When instruments are defined, ns. */
  public long start() {
    return start;
  }

  /** Notes when a start and frame after frame was received in truth. */
  public void received(final long startedAt, final long[] at) {
    start = startedAt;
    System.arraycopy(at, 0, times, 0, times.length);
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
