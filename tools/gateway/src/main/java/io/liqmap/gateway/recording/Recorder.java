package io.liqmap.gateway.recording;

import io.liqmap.engine.files.FolderAccess;
import io.liqmap.gateway.feed.FrameTape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Keeps frames as received. The feed's thread copies them into chunks; {@code liqmap-recorder}
 * packs each chunk, a second or 64 KiB, as a gzip member of its own and appends it. A disk that
 * fails, or is more than two seconds behind, ends the recording, not the feed.
 */
public final class Recorder implements AutoCloseable {
  private static final int CHUNKS = 128;
  private static final long FLUSH_NANOS = 1_000_000_000L;
  private static final long PATIENCE_MILLIS = 2_000;

  private final Path folder;
  private final Consumer<String> alarm;
  private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(CHUNKS);
  private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS + 1);
  private final Chunk end = new Chunk();
  private final List<VenueTape> tapes = new ArrayList<>();
  private final Map<String, TapeFile> files = new HashMap<>();
  private final AtomicReference<String> failure = new AtomicReference<>();
  private final AtomicLong bytes = new AtomicLong();
  private final Thread thread = new Thread(this::run, "liqmap-recorder");
  private boolean isClosed;

  /**
   * Starts a recorder.
   *
   * @param alarm gets the reason if the recording ends early, once
   * @throws IOException if creating the folder fails
   */
  public Recorder(final Path folder, final Consumer<String> alarm) throws IOException {
    this.folder = folder;
    this.alarm = alarm;
    FolderAccess.make(folder);
    for (int i = 0; i < CHUNKS; i++) {
      free.add(new Chunk());
    }
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The tape of a venue.
   *
   * @param session what its start mark says: the session's settings and the venue's symbols
   */
  public synchronized FrameTape tape(final String venue, final String session) {
    final VenueTape tape = new VenueTape(this, venue, session);
    tapes.add(tape);
    return tape;
  }

  /** Hands what is a second old to the disk. The feed's thread. */
  public synchronized void flush(final long time) {
    for (final VenueTape tape : tapes) {
      tape.flush(time - FLUSH_NANOS);
    }
  }

  /** Why the recording ended; null if it didn't. */
  public String failure() {
    return failure.get();
  }

  /** Bytes written. */
  public long bytes() {
    return bytes.get();
  }

  /** A chunk to fill; null if the recording has ended. */
  Chunk free() {
    if (failure.get() != null) {
      return null;
    }
    // Also for a thread that is interrupted: what it applies has to be on the tape.
    Chunk chunk = free.poll();
    try {
      chunk = chunk == null ? free.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) : chunk;
      if (chunk == null) {
        fail("the disk is more than two seconds behind");
      }
      return chunk;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  void write(final Chunk chunk) {
    full.add(chunk);
  }

  private void fail(final String reason) {
    if (failure.compareAndSet(null, reason)) {
      alarm.accept("recording ended: " + reason + "; the feed and the journal continue");
    }
  }

  private void run() {
    try (GzipMembers gzip = new GzipMembers()) {
      Chunk chunk = full.take();
      while (chunk != end) {
        if (failure.get() == null) {
          append(gzip, chunk);
        }
        chunk.release();
        free.add(chunk);
        chunk = full.take();
      }
    } catch (final InterruptedException e) {
      fail("its thread was interrupted");
    } finally {
      closeFiles();
    }
  }

  private void append(final GzipMembers gzip, final Chunk chunk) {
    try {
      final TapeFile file = file(chunk.tape().venue(), chunk.hour());
      final ByteBuffer member = gzip.pack(chunk.bytes(), chunk.length());
      final int length = member.remaining();
      file.append(member);
      bytes.addAndGet(length);
    } catch (final IOException | RuntimeException e) {
      fail(folder + ": " + e.getMessage());
    }
  }

  private TapeFile file(final String venue, final long hour) throws IOException {
    final TapeFile open = files.get(venue);
    if (open != null && open.hour() == hour) {
      return open;
    }
    if (open != null) {
      files.remove(venue).close();
    }
    final TapeFile file = new TapeFile(folder.resolve(RecordingName.of(venue, hour)), hour);
    files.put(venue, file);
    return file;
  }

  private void closeFiles() {
    for (final TapeFile file : files.values()) {
      try {
        file.close();
      } catch (final IOException e) {
        fail(folder + ": " + e.getMessage());
      }
    }
    files.clear();
  }

  /** Writes what there is. After the feed has ended. */
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    synchronized (this) {
      tapes.forEach((tape) -> tape.flush(Long.MAX_VALUE));
    }
    full.add(end);
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (final InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
