package io.liqmap.engine.journal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * What a journal is on disk.
 *
 * <pre>
 *   DIR/liqmap.journal    the mark: what was acknowledged, and the writer's lock
 *   DIR/queue/*.cq4       documents of Chronicle Queue, one file a day
 * </pre>
 */
final class JournalFolder {
  private final Path folder;
  private final File file;
  private final TimeProvider clock;

  JournalFolder(final Path folder) {
    this(folder, SystemTimeProvider.INSTANCE);
  }

  /**
   * Takes another clock than the machine's.
   *
   * @param clock decides when the queue goes on to the next day's file
   */
  JournalFolder(final Path folder, final TimeProvider clock) {
    this.folder = folder;
    file = folder.toFile();
    this.clock = new RisingClock(clock);
  }

  Path path() {
    return folder;
  }

  Path mark() {
    return folder.resolve("liqmap.journal");
  }

  private Path queue() {
    return folder.resolve("queue");
  }

  private boolean isJournal() {
    return Files.isRegularFile(mark());
  }

  /** Makes the folder ready for a new journal. */
  void create() throws IOException {
    if (isJournal()) {
      throw new JournalException(
          folder + ": holds a journal already; choose another folder, or move this one away");
    }
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw new NoJournalException(
            folder + ": is not a folder; choose another path for the journal");
      }
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new NoJournalException(
              folder + ": holds something else than a journal; choose an empty or a new folder");
        }
      }
    }
    try {
      Files.createDirectories(folder);
    } catch (final IOException e) {
      throw new JournalException(folder + ": can't be made: " + e, e);
    }
  }

  void requireJournal() throws JournalException {
    if (isJournal()) {
      return;
    }
    if (Files.isDirectory(queue())) {
      throw new JournalDamageException(
          folder
              + ": has lost its mark, '"
              + mark().getFileName()
              + "': what was acknowledged can't be told");
    }
    throw new NoJournalException(
        folder
            + ": is no journal ('"
            + mark().getFileName()
            + "' is missing); make one with 'liqmap run'");
  }

  ChronicleQueue open(final boolean readOnly) throws JournalException {
    try {
      return SingleChronicleQueueBuilder.binary(queue().toFile())
          .rollCycle(RollCycles.FAST_DAILY)
          .timeProvider(clock)
          .readOnly(readOnly)
          .build();
    } catch (final RuntimeException | AssertionError | LinkageError e) {
      throw new JournalException(
          folder
              + ": Chronicle Queue can't open it ("
              + e
              + "); start Java with the flags of config/jvm.options, as tools/bin/liqmap does",
          e);
    }
  }

  /**
   * A mapped page that the disk has no room for kills threads or the JVM, so the check comes first.
   *
   * @param wholeEvents what to tell of the events before
   */
  void requireFree(final long bytes, final long wholeEvents) throws JournalException {
    final long free = file.getUsableSpace();
    if (free < bytes) {
      throw new JournalException(
          folder
              + ": only "
              + (free >> 20)
              + " MiB are free, journal.min-free-space asks for "
              + (bytes >> 20)
              + " MiB; the "
              + wholeEvents
              + " events before are whole. Free some space or set it lower");
    }
  }
}
