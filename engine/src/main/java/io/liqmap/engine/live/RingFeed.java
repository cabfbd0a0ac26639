package io.liqmap.engine.live;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.feed.WriterFrames;
import io.liqmap.engine.shared.counters.WatchedTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Reads messages of writers in other processes from a ring in shared memory, Agrona's many-to-one
 * ring: it is on the class path already, Aeron isn't.
 *
 * <p>Agrona's own reader advances by lengths that any writer may have damaged, beyond the ring too;
 * this one checks them. A writer that died between claim and commit blocks the ring for {@link
 * #UNBLOCK_NANOS}; then its message is skipped, counted and reported. An empty message ends the
 * feed. One thread, {@link #received} any; allocates nothing per message.
 */
public final class RingFeed implements BlockSource, AutoCloseable {
  /** Bytes of a ring that takes a market's busiest second. */
  public static final int DEFAULT_CAPACITY = 16 << 20;

  /** How long a claimed message may block the ring, ns. */
  public static final long UNBLOCK_NANOS = 10_000_000_000L;

  private static final long HEARTBEAT_MILLIS = 100;
  private static final int SPINS = 500;
  private static final int YIELDS = 10;
  private static final long MIN_PARK_NANOS = 1_000;
  private static final long MAX_PARK_NANOS = 128_000;

  private final String name;
  private final Consumer<String> log;
  private final long unblockNanos;
  private final RingFile file;
  private final UnsafeBuffer ring;
  private final ManyToOneRingBuffer positions;
  private final int capacity;
  private final WriterFrames frames = new WriterFrames();
  private final IdleStrategy idle =
      new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NANOS, MAX_PARK_NANOS);
  private final WatchedTime blocked = new WatchedTime();
  private long blockedAt = -1;
  private long unblocked;
  private long head;
  private long heartbeat;
  private boolean hasEnded;

  RingFeed(final Path path, final int capacity, final long unblockNanos, final Consumer<String> log)
      throws IOException {
    name = "ring:" + path;
    this.log = log;
    this.unblockNanos = unblockNanos;
    this.capacity = capacity;
    file = RingFile.create(path, capacity);
    ring = file.ring();
    positions = new ManyToOneRingBuffer(ring);
    beat();
  }

  /**
   * Makes a ring in place of one that a killed engine left; it is removed when the feed is closed.
   *
   * @param capacity bytes, a power of two, 1 MiB to 1 GiB
   * @param log what happens to writers, a line at a time
   * @throws IOException if another engine reads it, or making the file fails
   * @throws IllegalArgumentException if the capacity is out of range
   */
  public static RingFeed create(final Path file, final int capacity, final Consumer<String> log)
      throws IOException {
    return new RingFeed(file, capacity, UNBLOCK_NANOS, log);
  }

  @Override
  public boolean continueAfter(final long sequence) {
    frames.continueAfter(sequence);
    return true;
  }

  @Override
  public boolean nextBlock() throws IOException {
    frames.clear();
    if (hasEnded) {
      return false;
    }
    beat();
    try {
      if (!poll()) {
        await();
      }
    } catch (final InternalError e) {
      throw new IOException(name + ": the file was cut while it was in use", e);
    }
    return !hasEnded || frames.length() > 0;
  }

  private void await() throws FeedFileException {
    final long start = System.nanoTime();
    idle.reset();
    while (!poll() && System.nanoTime() - start < Wait.NANOS) {
      unblockWhenDue();
      idle.idle();
    }
  }

  private void beat() {
    final long now = System.currentTimeMillis();
    if (Math.abs(now - heartbeat) >= HEARTBEAT_MILLIS) {
      heartbeat = now;
      positions.consumerHeartbeatTime(now);
    }
  }

  /**
   * Reads records up to the end of the ring; returns whether the block holds any, or all is over.
   */
  private boolean poll() throws FeedFileException {
    final int index = (int) head & (capacity - 1);
    final int contiguous = capacity - index;
    int read = 0;
    while (read < contiguous && !hasEnded && frames.hasRoom()) {
      final int record = index + read;
      final int length = ring.getIntVolatile(RecordDescriptor.lengthOffset(record));
      if (length <= 0) {
        break;
      }
      if (length < RecordDescriptor.HEADER_LENGTH || length > contiguous - read) {
        throw damaged(read, length);
      }
      final int writer = ring.getInt(RecordDescriptor.typeOffset(record));
      if (writer != ManyToOneRingBuffer.PADDING_MSG_TYPE_ID) {
        add(writer, record, length - RecordDescriptor.HEADER_LENGTH);
      }
      read += BitUtil.align(length, RecordDescriptor.ALIGNMENT);
    }
    if (read > 0) {
      if (head + read > positions.producerPosition()) {
        throw damaged(0, read);
      }
      // Writers need the room zeroed before they see it.
      ring.setMemory(index, read, (byte) 0);
      head += read;
      ring.putLongRelease(capacity + RingBufferDescriptor.HEAD_POSITION_OFFSET, head);
    }
    return frames.length() > 0 || hasEnded;
  }

  private void add(final int writer, final int record, final int length) {
    if (length == 0) {
      hasEnded = true;
    } else {
      frames.add(writer, ring, RecordDescriptor.encodedMsgOffset(record), length);
    }
  }

  private void unblockWhenDue() {
    if (head == positions.producerPosition() || head != blockedAt) {
      blockedAt = head;
      blocked.restart();
    } else if (blocked.nanos() > unblockNanos && positions.unblock()) {
      unblocked++;
      blocked.restart();
      log.accept(
          name
              + ": position "
              + head
              + ": a writer claimed room and wrote nothing for "
              + unblockNanos / 1_000_000
              + " ms; skipped, the "
              + unblocked
              + ". of this run. Start the writer again, under another number");
    }
  }

  private FeedFileException damaged(final int read, final int length) {
    return new FeedFileException(
        name
            + ": position "
            + (head + read)
            + ": a record of "
            + length
            + " bytes has no place there: a writer doesn't keep to the ring's protocol; the events"
            + " before are whole and applied. Start the engine and its writers again");
  }

  /** Messages that dead writers left half written. */
  public long unblocked() {
    return unblocked;
  }

  /** Bytes read so far; any thread. */
  public long received() {
    return head;
  }

  @Override
  public DirectBuffer buffer() {
    return frames.buffer();
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return frames.length();
  }

  @Override
  public String name() {
    return name;
  }

  /** Marks the ring as ended for its writers and removes its file. */
  @Override
  public void close() throws IOException {
    try {
      file.end();
      file.remove();
    } finally {
      file.close();
    }
  }
}
