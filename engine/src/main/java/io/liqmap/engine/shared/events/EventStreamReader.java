package io.liqmap.engine.shared.events;

import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a stream of events, in the writer's process or another one.
 *
 * <p>Starts with the newest event. When it falls behind by the whole ring it continues with the
 * newest event, and {@link #lapped} grows; the events' sequences show how many were lost. Maps the
 * file read-only. One thread; allocates nothing once made.
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
  private final BroadcastReader records;
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[EventEncoder.MAX_LENGTH]);

  EventStreamReader(final StreamFile file) {
    this.file = file;
    records = new BroadcastReader(file.ring());
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
   * Passes new events to a handler.
   *
   * @param limit events at most
   * @return how many there were; 0 also where the writer lapped the reader meanwhile
   * @throws IllegalStateException if the stream is damaged, or was closed
   */
  public int poll(final Handler handler, final int limit) {
    file.checkOpen();
    int events = 0;
    // A handler may close the stream.
    while (events < limit && file.isOpen()) {
      // Copied before it is decoded: the writer may overwrite it at any moment.
      final int length = records.receive(message);
      if (length == 0) {
        break;
      }
      handler.on(message, 0, length);
      events++;
    }
    return events;
  }

  /** How often events were lost because the writer was a whole ring ahead. */
  public long lapped() {
    return records.lapped();
  }

  /** Whether the writer has ended cleanly; its last events can still be polled. */
  public boolean hasEnded() {
    return file.hasEnded();
  }

  /** Closes the stream; a later poll throws. */
  @Override
  public void close() {
    file.close();
  }
}
