package io.liqmap.gateway.venue;

/**
 * Decodes a venue's frames and answers. Keeps what later frames refer to: the last ticker, ids
 * seen. Throws nothing, whatever a frame holds. One thread.
 */
public interface VenueDecoder {
  /**
   * Decodes one frame, or the body of an answer that was asked for.
   *
   * @param frame UTF-8; kept by the caller
   * @param receiveTime ns since 1970, rising from call to call
   */
  FrameOutcome decode(
      byte[] frame, int offset, int length, long receiveTime, MarketSink out, ControlSink control);

  /**
   * A connection was lost, so its streams have a hole, reported with each stream's next data; what
   * it sent is no base for deltas any more.
   *
   * @param connection name of its {@link ConnectionPlan}
   */
  void onLost(String connection, long receiveTime);
}
