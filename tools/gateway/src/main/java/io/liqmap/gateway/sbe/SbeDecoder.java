package io.liqmap.gateway.sbe;

import io.liqmap.gateway.venue.FrameOutcome;
import io.liqmap.gateway.venue.MarketSink;
import org.agrona.DirectBuffer;

/**
 * Decodes a venue's SBE messages about the instruments that it was made for. A newer version of the
 * schema is read by the lengths on the wire. Throws nothing, whatever the bytes; allocates nothing.
 * One thread.
 */
public interface SbeDecoder {
  /**
   * Decodes one message, header included. A message whose outcome is {@link FrameOutcome#INVALID}
   * changes nothing and sends nothing.
   *
   * @param length of the whole message: a WebSocket frame's
   */
  FrameOutcome decode(DirectBuffer buffer, int offset, int length, MarketSink out);

  /**
   * The line was down. Where a venue's ids don't say what is missing, each instrument that had data
   * reports a hole with its next data.
   */
  void onLost();
}
