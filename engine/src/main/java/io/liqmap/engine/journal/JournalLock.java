package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to write a journal, held by one engine at a time until it is closed or its process
 * ends.
 *
 * <p>On a file of its own: where a process closes a file, the system drops all its locks on it, and
 * readers open and close the journal's other files.
 */
final class JournalLock implements AutoCloseable {
  private final FileChannel channel;

  private JournalLock(final FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws JournalException if another engine holds it, or the file can't be written
   */
  static JournalLock take(final Path file) throws JournalException {
    final Path folder = file.getParent();
    try {
      final FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new JournalException(
            folder + ": another engine is writing this journal; stop it, or choose another folder");
      }
      return new JournalLock(channel);
    } catch (final JournalException e) {
      throw e;
    } catch (final IOException e) {
      throw new JournalException(
          folder + ": can't be written (" + e + "); make it writable, or choose another folder", e);
    }
  }

  private static FileLock lock(final FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (final OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
