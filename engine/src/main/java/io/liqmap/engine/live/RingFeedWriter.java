package io.liqmap.engine.live;

import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.WriterFrames;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * Writes messages to the ring of a running engine, from any process of this machine; several
 * writers share a ring. Numbers its own messages: sequences rise by one, from 1 or above, whatever
 * the others' are; instruments are defined first.
 *
 * <p>A message is encoded before its room is claimed, so that nothing can fail in between and block
 * the ring. One thread; allocates nothing once made. Needs the flags of config/jvm.options.
 */
public final class RingFeedWriter implements AutoCloseable {
  /** An engine whose heartbeat is older than this hangs or is gone, ms. */
  public static final long STALE_MILLIS = 10_000;

  private final RingFile file;
  private final ManyToOneRingBuffer ring;
  private final int writer;
  private final FeedEncoder encoder = new FeedEncoder();
  private final UnsafeBuffer frame = new UnsafeBuffer(new byte[FeedEncoder.MAX_FRAME_LENGTH]);

  private RingFeedWriter(final RingFile file, final int writer) {
    this.file = file;
    this.writer = writer;
    ring = new ManyToOneRingBuffer(file.ring());
  }

  /**
   * Opens an engine's ring.
   *
   * @param writer number of this writer, 1 to 1023, of its own
   * @throws IOException if there is no ring, or no engine reads it, saying what is wrong
   * @throws IllegalArgumentException if the number is out of range
   */
  public static RingFeedWriter open(final Path ring, final int writer) throws IOException {
    if (writer < 1 || writer > WriterFrames.MAX_WRITERS) {
      throw new IllegalArgumentException(
          "a writer has a number from 1 to " + WriterFrames.MAX_WRITERS + ", was " + writer);
    }
    return new RingFeedWriter(RingFile.open(ring), writer);
  }

  /**
   * Sends an event; an empty slot is sent as nothing.
   *
   * @return false if the ring is full: try again, or drop the message, which shows as a gap of its
   *     sequence
   */
  public boolean send(final FeedEvent event) {
    final int length = encoder.encode(event, frame, 0);
    return length == 0 || ring.write(writer, frame, 0, length);
  }

  /**
   * Sends frames as one message: they are applied one after another, with none of another writer
   * between them.
   *
   * @param length bytes, above 0, 65,536 and an eighth of the ring at most
   * @return false if the ring is full
   * @throws IllegalArgumentException if the length is out of range
   */
  public boolean send(final DirectBuffer frames, final int offset, final int length) {
    if (length <= 0 || length > WriterFrames.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a message has 1 to " + WriterFrames.MAX_LENGTH + " bytes, was " + length);
    }
    return ring.write(writer, frames, offset, length);
  }

  /**
   * Ends the engine's run; messages behind this one, of any writer, are not read.
   *
   * @return false if the ring is full
   */
  public boolean end() {
    return ring.write(writer, frame, 0, 0);
  }

  /** Whether the engine has read within {@link #STALE_MILLIS} and has not ended. */
  public boolean isRead() {
    return !file.hasEnded()
        && System.currentTimeMillis() - ring.consumerHeartbeatTime() < STALE_MILLIS;
  }

  /** Releases the ring; the engine continues with its other writers. */
  @Override
  public void close() {
    file.close();
  }
}
