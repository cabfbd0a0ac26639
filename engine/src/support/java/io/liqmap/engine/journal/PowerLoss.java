package io.liqmap.engine.journal;

import io.liqmap.engine.shared.counters.EngineCounters;
import io.liqmap.engine.support.JournalCopies;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a disk holds when power fails: of each page that was changed since the last force, either
 * what it held then or what it held last.
 */
public final class PowerLoss {
  private static final int PAGE = 4096;
  private static final String EARLIER_BOOT = "00000000-0000-4000-8000-000000000000";

  private PowerLoss() {}

  /**
   * Copies a journal as it is, but for its counters: in a copy the last heartbeat would be recent,
   * and who resumes it would wait a second for the next.
   */
  public static void copy(final Path from, final Path to) throws IOException {
    JournalCopies.folder(from, to);
    Files.deleteIfExists(to.resolve(EngineCounters.FILE));
  }

  /**
   * Makes the journal that the disk holds.
   *
   * @param forced as it was forced last
   * @param last as its writer left it
   */
  public static void leave(
      final Path forced, final Path last, final Path to, final SplittableRandom random)
      throws IOException {
    copy(last, to);
    final double kept = random.nextDouble();
    for (final Path file : List.of(to.resolve("liqmap.journal"), queueFile(to))) {
      final Path earlier = forced.resolve(to.relativize(file).toString());
      final byte[] now = new byte[PAGE];
      final byte[] before = new byte[PAGE];
      try (RandomAccessFile left = new RandomAccessFile(file.toFile(), "rw");
          RandomAccessFile first = new RandomAccessFile(earlier.toFile(), "r")) {
        for (long page = 0; page < left.length(); page += PAGE) {
          final int length = (int) Math.min(PAGE, left.length() - page);
          final boolean isLost = random.nextDouble() > kept;
          read(left, page, now);
          read(first, page, before);
          if (isLost && !Arrays.equals(now, 0, length, before, 0, length)) {
            left.seek(page);
            left.write(before, 0, length);
          }
        }
      }
    }
  }

  /** Zeros where the file has ended. */
  private static void read(final RandomAccessFile file, final long position, final byte[] into)
      throws IOException {
    file.seek(position);
    final int read = Math.max(0, file.read(into));
    Arrays.fill(into, read, into.length, (byte) 0);
  }

  /** Lets the machine have been started again since. */
  public static void startAgain(final Path journal) throws IOException {
    final Path file = journal.resolve("liqmap.synced");
    final SyncedMark synced = SyncedMark.read(file);
    new SyncedMark(synced.documents(), synced.events(), EARLIER_BOOT).write(file);
  }

  /** Events that were on the disk for certain. */
  public static long syncedEvents(final Path journal) throws IOException {
    return SyncedMark.read(journal.resolve("liqmap.synced")).events();
  }

  private static Path queueFile(final Path journal) throws IOException {
    return QueueFiles.all(journal.resolve("queue")).get(0);
  }
}
