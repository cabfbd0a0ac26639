package io.liqmap.engine.journal;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Forces a queue's files to the disk: what was written through mappings is written back by a force
 * of the file. One thread.
 */
final class QueueSync {
  private final JournalFolder folder;
  private final String boot = SyncedMark.currentBoot();
  private File synced;

  QueueSync(final JournalFolder folder) {
    this.folder = folder;
  }

  /** Records what is on the disk without forcing anything. */
  void begin(final long documents, final long events) throws IOException {
    new SyncedMark(documents, events, boot).write(folder.synced());
  }

  /**
   * Forces what was appended, and then records it.
   *
   * @param file of the queue that is appended to
   */
  void force(final File file, final long documents, final long events) throws IOException {
    if (!file.equals(synced)) {
      // The file before, and names of files that are new.
      for (final Path one : QueueFiles.all(folder.queue())) {
        try {
          force(one);
        } catch (final NoSuchFileException e) {
          // Compressed meanwhile: what replaces it was forced before it was deleted.
        }
      }
      force(folder.queue());
      force(folder.mark());
      force(folder.path());
      synced = file;
    } else {
      force(file.toPath());
    }
    new SyncedMark(documents, events, boot).write(folder.synced());
  }

  /** Forces a file or a folder; some systems can't open folders. */
  static void force(final Path path) throws IOException {
    final boolean isFolder = Files.isDirectory(path);
    try (FileChannel channel =
        FileChannel.open(path, isFolder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (final IOException e) {
      if (!isFolder) {
        throw e;
      }
    }
  }
}
