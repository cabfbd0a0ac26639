package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.liqmap.engine.core.clusters.NumberedEvent;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;
import org.agrona.concurrent.broadcast.RecordDescriptor;
import org.junit.jupiter.api.Tag;

/** Rings that somebody else wrote to: read to an end, or called damaged. */
@Tag("fuzz")
final class EventStreamFuzzTest {
  private static final int CAPACITY = StreamFile.MIN_CAPACITY;
  private static final int LENGTH = CAPACITY + BroadcastBufferDescriptor.TRAILER_LENGTH;
  private static final int CHANGE = 12;
  private static final int MOST_CHANGES = 16;
  private static final int SENT = 100;
  private static final int SENT_MORE = 12;
  private static final byte[] JOINED = ring(SENT);
  private static final byte[] RING = ring(SENT + SENT_MORE);

  private final UnsafeBuffer ring =
      new UnsafeBuffer(BufferUtil.allocateDirectAligned(LENGTH, Long.BYTES));
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[EventEncoder.MAX_LENGTH]);
  private final ReceivedEvent received = new ReceivedEvent();

  /**
   * The bytes say which word is changed: four for where, eight for how.
   *
   * <p>The lowest bit of where chooses between ring and counters.
   */
  @FuzzTest
  void shouldEndOrReportDamage(final byte[] changes) {
    ring.putBytes(0, JOINED);
    final BroadcastReader early = new BroadcastReader(ring);
    ring.putBytes(0, RING);
    final UnsafeBuffer input = new UnsafeBuffer(changes);
    for (int i = 0; i + CHANGE <= changes.length && i < CHANGE * MOST_CHANGES; i += CHANGE) {
      final int where = input.getInt(i) >>> 1;
      final int word =
          (where & 1) == 0
              ? Long.BYTES * ((where >>> 1) % (CAPACITY / Long.BYTES))
              : CAPACITY + Long.BYTES * ((where >>> 1) % 4);
      ring.putLong(word, ring.getLong(word) ^ input.getLong(i + 4));
    }
    final boolean isWhole = changes.length < CHANGE;
    drain(early, isWhole, SENT_MORE + 1);
    drain(new BroadcastReader(ring), isWhole, 1);
  }

  private void drain(final BroadcastReader reader, final boolean isWhole, final int whole) {
    int events = 0;
    try {
      int length = reader.receive(message);
      while (length > 0) {
        events++;
        // No record is shorter than its header and a word.
        assertTrue(
            events <= CAPACITY / (RecordDescriptor.HEADER_LENGTH + Long.BYTES),
            "more events than the ring has room for");
        assertTrue(length <= message.capacity());
        if (isWhole) {
          received.check(message, 0, length);
        }
        length = reader.receive(message);
      }
    } catch (final IllegalStateException damaged) {
      assertTrue(damaged.getMessage().startsWith("the event stream is damaged: "));
    }
    assertTrue(!isWhole || events == whole, events + " events");
  }

  private static byte[] ring(final int events) {
    final UnsafeBuffer buffer =
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(LENGTH, Long.BYTES));
    final BroadcastTransmitter transmitter = new BroadcastTransmitter(buffer);
    final EventEncoder encoder = new EventEncoder();
    final NumberedEvent numbered = new NumberedEvent();
    final UnsafeBuffer message = new UnsafeBuffer(new byte[EventEncoder.MAX_LENGTH]);
    for (int number = 1; number <= events; number++) {
      final int length = encoder.encode(number, numbered.of(number), message, 0);
      transmitter.transmit(1, message, 0, length);
    }
    final byte[] bytes = new byte[LENGTH];
    buffer.getBytes(0, bytes);
    assertEquals(LENGTH, bytes.length);
    return bytes;
  }
}
