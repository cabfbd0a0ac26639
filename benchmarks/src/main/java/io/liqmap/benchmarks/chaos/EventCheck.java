package io.liqmap.benchmarks.chaos;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Events of a stream follow one another without holes, unless the reader was lapped. One thread.
 */
final class EventCheck {
  private static final int SEQUENCE_AT = 8;
  private static final int INPUT_AT = 16;

  private long events;
  private long sequence;
  private long input;
  private long lapped;
  private String flaw;

  /**
   * Checks an event.
   *
   * @param laps how often the reader was lapped so far
   */
  void on(final DirectBuffer buffer, final int offset, final long laps) {
    final long next = buffer.getLong(offset + SEQUENCE_AT, ByteOrder.LITTLE_ENDIAN);
    final long cause = buffer.getLong(offset + INPUT_AT, ByteOrder.LITTLE_ENDIAN);
    final boolean mayJump = sequence == 0 || laps > lapped;
    if (flaw == null && (mayJump ? next <= sequence : next != sequence + 1)) {
      flaw = "the stream of events: " + next + " follows " + sequence + ", lapped " + laps;
    } else if (flaw == null && cause < input) {
      flaw = "the stream of events: event " + next + " is of input " + cause + " after " + input;
    }
    sequence = next;
    input = cause;
    lapped = laps;
    events++;
  }

  long events() {
    return events;
  }

  String flaw() {
    return flaw;
  }
}
