package io.liqmap.engine.journal;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * Makes the disk give the blocks that the next documents take, before Chronicle Queue touches them:
 * a mapped page that a full disk can't back kills a thread or the JVM, a write fails.
 *
 * <pre>
 *   … documents │ zeros written ahead, 4 MiB at a time │ a hole …
 * </pre>
 */
final class QueueSpace implements AutoCloseable {
  private static final int PAGE = 4096;
  private static final int PIECE = 4 << 20;

  /** For pages of the queue's index. */
  private static final int MARGIN = 1 << 20;

  private final ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 18);
  private File file;
  private FileChannel channel;
  private long end;
  private long reserved;

  /** Notes where the last document ends; nothing follows it. */
  void endsAt(final File newFile, final long position) {
    if (!newFile.equals(file)) {
      file = newFile;
      close();
      reserved = position + PAGE - 1 & -PAGE;
    }
    end = position;
  }

  /** File of the last document; null before the first. */
  File file() {
    return file;
  }

  /**
   * Makes room for a document behind the last.
   *
   * @throws IOException if the disk is full or fails
   */
  void reserve(final int size) throws IOException {
    if (file == null) {
      return;
    }
    if (end + size + MARGIN <= reserved) {
      // A blocked disk should block here: a thread blocked in a write delays no other, one blocked
      // in
      // a mapped page delays the JVM at its next safepoint.
      write(1, reserved - 1);
      return;
    }
    final long wanted = end + size + MARGIN + PIECE;
    while (reserved < wanted) {
      reserved += write(zeros.capacity(), reserved);
    }
  }

  /** An interrupt closes a channel in the middle of a write: zeros may be written again. */
  private int write(final int length, final long position) throws IOException {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          if (channel == null) {
            channel = FileChannel.open(file.toPath(), StandardOpenOption.WRITE);
          }
          zeros.clear().limit(length);
          return channel.write(zeros, position);
        } catch (final ClosedByInterruptException e) {
          channel = null;
          isInterrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (final IOException e) {
        // Nothing that was written is needed.
      }
      channel = null;
    }
  }
}
