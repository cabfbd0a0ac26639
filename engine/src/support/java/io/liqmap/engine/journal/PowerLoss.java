package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a disk holds when power fails: of each page that was changed since the last force, either
 * what it held then or what it held last.
 */
public final class PowerLoss {
  private static final int PAGE = 4096;
  private static final String EARLIER_BOOT = "00000000-0000-4000-8000-000000000000";

  private PowerLoss() {}

  /** Copies a journal as it is. */
  public static void copy(final Path from, final Path to) throws IOException {
    try (Stream<Path> content = Files.walk(from)) {
      for (final Path one : content.toList()) {
        final Path target = to.resolve(from.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(target);
        } else {
          Files.copy(one, target);
        }
      }
    }
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
      final byte[] now = Files.readAllBytes(file);
      final byte[] before =
          Arrays.copyOf(
              Files.readAllBytes(forced.resolve(to.relativize(file).toString())), now.length);
      for (int page = 0; page < now.length; page += PAGE) {
        final int end = Math.min(now.length, page + PAGE);
        if (random.nextDouble() > kept) {
          System.arraycopy(before, page, now, page, end - page);
        }
      }
      Files.write(file, now);
    }
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
