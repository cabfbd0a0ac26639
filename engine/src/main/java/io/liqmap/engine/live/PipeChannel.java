package io.liqmap.engine.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;

/**
 * Bytes of a pipe. To open and to read one blocks, so a thread of its own does it, up to 1 MiB
 * ahead; then the writer has to wait. Read by one thread; allocates nothing per read.
 */
public final class PipeChannel implements ReadableByteChannel {
  private static final int CAPACITY = 1 << 20;
  private static final int MASK = CAPACITY - 1;

  /** Opens the pipe; may block until a writer opens it too. */
  @FunctionalInterface
  private interface Opening {
    ReadableByteChannel open() throws IOException;
  }

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY);
  private final ByteBuffer filled = bytes.duplicate();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final Opening opening;

  /** Null where nothing but its writer can end a read. */
  private final Path fifo;

  private final Thread thread = new Thread(this::receive, "liqmap-pipe");
  private volatile ReadableByteChannel pipe;
  private volatile Thread reader;
  private volatile boolean isFull;
  private volatile boolean isClosed;
  private volatile boolean hasEnded;
  private volatile IOException failure;

  private PipeChannel(final Path fifo, final Opening opening) {
    this.fifo = fifo;
    this.opening = opening;
    thread.setDaemon(true);
    thread.start();
  }

  /** Bytes of the standard input, which stays open. */
  public static PipeChannel ofStandardInput() {
    return new PipeChannel(null, () -> Channels.newChannel(System.in));
  }

  /** Bytes of a FIFO or device, once a writer has opened it. */
  public static PipeChannel of(final Path fifo) {
    return new PipeChannel(fifo, () -> FileChannel.open(fifo, StandardOpenOption.READ));
  }

  private void receive() {
    try {
      pipe = opening.open();
      while (!isClosed && !hasEnded) {
        fill();
      }
    } catch (final IOException e) {
      failure = e;
    } finally {
      hasEnded = true;
      LockSupport.unpark(reader);
      if (fifo != null) {
        CloseHelper.quietClose(pipe);
      }
    }
  }

  private void fill() throws IOException {
    final long end = received.getPlain();
    final int room = CAPACITY - (int) (end - read.getAcquire());
    if (room == 0) {
      isFull = true;
      if (read.getAcquire() + CAPACITY == end) {
        LockSupport.parkNanos(Wait.NANOS);
      }
      isFull = false;
      return;
    }
    final int at = (int) end & MASK;
    final int count = pipe.read(filled.limit(Math.min(CAPACITY, at + room)).position(at));
    if (count < 0) {
      hasEnded = true;
    } else {
      received.setRelease(end + count);
    }
    LockSupport.unpark(reader);
  }

  @Override
  public int read(final ByteBuffer to) throws IOException {
    final boolean isOver = hasEnded;
    if (received.getAcquire() > read.getPlain()) {
      return copy(to);
    }
    if (isOver) {
      if (failure != null) {
        throw failure;
      }
      return -1;
    }
    reader = Thread.currentThread();
    if (!hasEnded && received.getAcquire() == read.getPlain()) {
      LockSupport.parkNanos(Wait.NANOS);
    }
    reader = null;
    return copy(to);
  }

  private int copy(final ByteBuffer to) {
    final long from = read.getPlain();
    final int at = (int) from & MASK;
    final int there = (int) Math.min(received.getAcquire() - from, CAPACITY - at);
    final int count = Math.min(there, to.remaining());
    to.put(to.position(), bytes, at, count).position(to.position() + count);
    read.setRelease(from + count);
    if (isFull) {
      LockSupport.unpark(thread);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return !isClosed;
  }

  /** Ends the thread, but for one that waits for the standard input. */
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      while (fifo != null && thread.isAlive()) {
        CloseHelper.quietClose(pipe);
        if (pipe == null) {
          releaseOpening();
        }
        thread.join(Wait.MILLIS);
      }
    } catch (final IOException e) {
      // The FIFO is gone; the thread waits for it, and ends with the process.
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To open it for both directions never waits, and ends the wait of the thread that opens it. */
  private void releaseOpening() throws IOException {
    FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
  }
}
