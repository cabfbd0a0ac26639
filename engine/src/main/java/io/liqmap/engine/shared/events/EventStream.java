package io.liqmap.engine.shared.events;

import io.liqmap.engine.core.clusters.MapEvent;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;

/**
 * Writes events to shared memory, for any number of readers in any process.
 *
 * <p>Never waits: a reader that falls behind by the whole ring loses events; their sequences show
 * how many. One thread; allocates nothing once made.
 */
public final class EventStream implements AutoCloseable {
  private final StreamFile file;
  private final BroadcastTransmitter transmitter;
  private final EventEncoder encoder = new EventEncoder();
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[EventEncoder.MAX_LENGTH]);

  private long sequence;

  EventStream(final StreamFile file) {
    this.file = file;
    transmitter = new BroadcastTransmitter(file.ring());
  }

  /**
   * Makes a stream in place of an older one.
   *
   * @param capacity of the ring, bytes, a power of two, 4 KiB to 256 MiB
   * @throws IOException if making the file fails
   * @throws IllegalArgumentException if the capacity is out of range
   */
  public static EventStream create(final Path file, final int capacity) throws IOException {
    return new EventStream(StreamFile.create(file, capacity));
  }

  /**
   * Sends an event to all readers, with the next sequence: 1 for the first.
   *
   * @throws IllegalStateException if the stream was closed
   */
  public void send(final MapEvent event) {
    file.checkOpen();
    sequence++;
    final int length = encoder.encode(sequence, event, message, 0);
    transmitter.transmit(event.kind().ordinal() + 1, message, 0, length);
  }

  /** Marks the stream as ended; readers can still read its last events. */
  @Override
  public void close() {
    if (file.isOpen()) {
      file.end();
      file.close();
    }
  }
}
