package io.liqmap.engine.shared.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The writer comes round at the worst moments, by design and not by chance. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BroadcastReaderTest {
  private static final int CAPACITY = StreamFile.MIN_CAPACITY;
  private static final int[] NASTY = {0, -1, 8, 9, 24, 264, CAPACITY, Integer.MAX_VALUE, -24};

  private final SplittableRandom random = new SplittableRandom(1);
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[EventEncoder.MAX_LENGTH]);
  private final UnsafeBuffer received = new UnsafeBuffer(new byte[EventEncoder.MAX_LENGTH]);
  private final InterruptedBuffer ring = new InterruptedBuffer();
  private final BroadcastTransmitter transmitter = new BroadcastTransmitter(ring);
  private final BroadcastReader reader = new BroadcastReader(ring);
  private long sent;
  private long last;

  /** Before one of its numbers is read, something else happens first. */
  private final class InterruptedBuffer extends UnsafeBuffer {
    private int reads = Integer.MAX_VALUE;

    InterruptedBuffer() {
      super(
          BufferUtil.allocateDirectAligned(
              CAPACITY + BroadcastBufferDescriptor.TRAILER_LENGTH, 64));
    }

    @Override
    public int getInt(final int index) {
      interrupt();
      return super.getInt(index);
    }

    @Override
    public long getLongVolatile(final int index) {
      interrupt();
      return super.getLongVolatile(index);
    }

    private void interrupt() {
      reads--;
      if (reads == 0) {
        reads = random.nextInt(2, 40);
        send(random.nextInt(60));
      }
    }
  }

  /** Messages that look like records at any offset. */
  private void send(final int count) {
    for (int i = 0; i < count; i++) {
      sent++;
      message.putLong(0, sent);
      final int length = length(sent);
      for (int place = 8; place < length; place += 4) {
        message.putInt(place, word(sent, place));
      }
      transmitter.transmit(1, message, 0, length);
    }
  }

  private static int length(final long sequence) {
    return 12 + 4 * (int) (((sequence * 0x9E3779B97F4A7C15L) >>> 58) % 62);
  }

  private static int word(final long sequence, final int place) {
    return NASTY[(int) ((sequence * 31 + place * 7L) % NASTY.length)];
  }

  private boolean receive() {
    final int length = reader.receive(received);
    if (length == 0) {
      return false;
    }
    final long sequence = received.getLong(0);
    assertTrue(sequence > last && sequence <= sent, () -> sequence + " after " + last);
    assertEquals(length(sequence), length);
    for (int place = 8; place < length; place += 4) {
      assertEquals(word(sequence, place), received.getInt(place));
    }
    last = sequence;
    return true;
  }

  @Tag("slow")
  @Test
  void shouldTakeNothingThatWasOverwrittenWhileItWasRead() {
    int count = 0;
    for (int round = 0; round < 200_000; round++) {
      ring.reads = Integer.MAX_VALUE;
      send(random.nextInt(10));
      ring.reads = random.nextInt(1, 12);
      count += receive() ? 1 : 0;
    }
    final long lapped = reader.lapped();
    assertTrue(count > 50_000 && lapped > 50_000, count + " came, lapped " + lapped);
    ring.reads = Integer.MAX_VALUE;
    send(1);
    while (receive()) {
      count++;
    }
    assertEquals(sent, last, "the newest comes, however much was lost");
  }

  @Test
  void shouldCountLostEventsOnceBetweenReads() {
    send(1);
    assertTrue(receive());
    send(10_000);
    assertTrue(receive());
    assertEquals(sent, last);
    assertEquals(1, reader.lapped());
  }
}
