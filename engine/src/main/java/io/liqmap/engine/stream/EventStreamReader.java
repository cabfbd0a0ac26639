package io.liqmap.engine.stream;

import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastReceiver;

/**
 * Reads a stream of events, in the writer's process or another one.
 *
 * <p>Joins late: the first event is the newest one there is, then come all that follow. When it
 * falls behind by the whole ring it goes on with the newest event, and {@link #lapped} grows; the
 * sequences of the events tell how many were lost. Maps the file read-only. One thread; allocates
 * nothing once made.
 */
public final class EventStreamReader implements AutoCloseable {
  /** Takes an event as an SBE message of {@code liqmap-events.xml}. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Takes a message.
     *
     * @param buffer used again for the next message
     * @param offset of the message's header
     * @param length of the message, its header included
     */
    void on(DirectBuffer buffer, int offset, int length);
  }

  private final StreamFile file;
  private final BroadcastReceiver receiver;
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[EventEncoder.MAX_LENGTH]);
  private long torn;

  private EventStreamReader(final StreamFile file) {
    this.file = file;
    receiver = new BroadcastReceiver(file.ring());
  }

  /**
   * Joins a stream.
   *
   * @throws IOException if the file isn't there, or is no event stream, saying what is wrong
   */
  public static EventStreamReader open(final Path file) throws IOException {
    return new EventStreamReader(StreamFile.open(file));
  }

  /**
   * Hands on what has come.
   *
   * @param limit events at most
   * @return how many there were
   */
  public int poll(final Handler handler, final int limit) {
    int events = 0;
    while (events < limit && receiver.receiveNext()) {
      final int length = receiver.length();
      if (length > 0 && length <= EventEncoder.MAX_LENGTH) {
        // Copied before it is looked at: the writer may come round at any moment.
        message.putBytes(0, receiver.buffer(), receiver.offset(), length);
        if (receiver.validate()) {
          handler.on(message, 0, length);
          events++;
          continue;
        }
      }
      torn++;
    }
    return events;
  }

  /** How often events were lost because the writer was a whole ring ahead. */
  public long lapped() {
    return receiver.lappedCount() + torn;
  }

  /** Whether the writer has ended cleanly; what it had sent can still be polled. */
  public boolean hasEnded() {
    return file.hasEnded();
  }

  /** Leaves; the stream can't be polled any more. */
  @Override
  public void close() {
    file.close();
  }
}
