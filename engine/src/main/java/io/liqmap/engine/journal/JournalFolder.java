package io.liqmap.engine.journal;

import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.files.PlainFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * A journal's files on disk.
 *
 * <pre>
 *   DIR/liqmap.journal    the mark: what was acknowledged; held by the engine that writes
 *   DIR/liqmap.lock       held by it too, so that of two starting engines one fails
 *   DIR/liqmap.synced     how much of it is on the disk for certain
 *   DIR/queue/*.cq4       documents of Chronicle Queue, one file a day
 * </pre>
 */
final class JournalFolder {
  static final RollCycle CYCLE = RollCycles.FAST_DAILY;

  private final Path folder;
  private final Path mark;
  private final File file;
  private final TimeProvider clock;
  private volatile long latestMillis;
  private boolean isMarkNew;
  private File lastDocument;
  private Object lastDocumentKey;

  JournalFolder(final Path folder) {
    // Chronicle's own clock starts all of Chronicle, which readers don't need.
    this(folder, System::currentTimeMillis);
  }

  /**
   * Uses another clock than the machine's.
   *
   * @param clock decides when the queue rolls to the next day's file
   */
  JournalFolder(final Path folder, final TimeProvider clock) {
    this.folder = folder;
    mark = folder.resolve("liqmap.journal");
    file = folder.toFile();
    this.clock = clock;
  }

  Path path() {
    return folder;
  }

  Path mark() {
    return mark;
  }

  /** The mark of a journal that hasn't proved to be writable yet; renamed then. */
  Path newMark() {
    return folder.resolve("liqmap.journal.new");
  }

  /** The file of {@link SyncedMark}. */
  Path synced() {
    return folder.resolve("liqmap.synced");
  }

  /** Where the last file of a queue is rebuilt after a loss of power. */
  Path rebuilt() {
    return folder.resolve("queue.rebuilt");
  }

  private Path lock() {
    return folder.resolve("liqmap.lock");
  }

  Path queue() {
    return folder.resolve("queue");
  }

  /** Whether the folder holds a journal, whole or damaged. */
  boolean isJournal() {
    return isThere(mark()) || (isThere(queue()) && !isUnfinished());
  }

  /** Whether anything bears a name, a link that leads nowhere included. */
  private static boolean isThere(final Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether an engine was stopped before the journal's first document was acknowledged. */
  private boolean isUnfinished() {
    return Files.isRegularFile(newMark(), LinkOption.NOFOLLOW_LINKS) && !isThere(mark());
  }

  /** Acquires the right to write; makes a missing folder. */
  JournalLock lockForWriting() throws JournalException {
    try {
      FolderAccess.make(folder);
    } catch (final FileAlreadyExistsException e) {
      throw new NoJournalException(
          folder + ": is not a folder; choose another path for the journal");
    } catch (final IOException e) {
      throw new JournalException(folder + ": creation failed: " + PlainFile.reason(e), e);
    }
    if (Files.isSymbolicLink(queue())) {
      throw new JournalException(
          queue()
              + ": is a symbolic link, and isn't written to; link the whole folder"
              + " of the journal instead");
    }
    return JournalLock.acquire(lock());
  }

  /**
   * Requires that the queue's files are no links and have no other name: appending would change
   * another file.
   */
  void requireSoleFiles() throws JournalException {
    try {
      for (final Path file : QueueFiles.all(queue())) {
        PlainFile.requireSole(file);
      }
    } catch (final FileSystemException e) {
      throw new JournalException(e.getFile() + ": " + PlainFile.reason(e), e);
    } catch (final IOException e) {
      throw new JournalException(queue() + ": listing failed: " + PlainFile.reason(e), e);
    }
  }

  /**
   * Requires a folder that is new or empty, for a new journal.
   *
   * @throws JournalException if the folder holds something
   */
  void requireRoom() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new NoJournalException(
          folder + ": is not a folder; choose another path for the journal");
    }
    if (isJournal()) {
      throw new JournalException(
          folder + ": holds a journal already; choose another folder, or move this one away");
    }
    try (Stream<Path> content = Files.list(folder)) {
      final Optional<Path> foreign = content.filter((entry) -> !isOurs(entry)).findAny();
      if (foreign.isPresent()) {
        throw new NoJournalException(
            folder
                + ": holds something else than a journal ("
                + foreign.get().getFileName()
                + "); choose an empty or a new folder");
      }
    }
  }

  private boolean isOurs(final Path entry) {
    return entry.equals(lock())
        || entry.equals(newMark())
        || entry.equals(queue())
        || entry.equals(synced());
  }

  /** Until {@link #nameMark}, the new journal's mark has another name. */
  void beginMark() {
    isMarkNew = true;
  }

  /** Renames the mark, which makes the folder a journal. */
  void nameMark() throws IOException {
    Files.move(newMark(), mark(), StandardCopyOption.ATOMIC_MOVE);
    isMarkNew = false;
  }

  /** Removes the files of a writer that was stopped before its first acknowledged document. */
  void removeUnfinished() throws IOException {
    if (isUnfinished() && isThere(queue())) {
      try (Stream<Path> content = Files.list(queue())) {
        for (final Path entry : content.toList()) {
          Files.delete(entry);
        }
      }
      Files.delete(queue());
    }
  }

  void requireJournal() throws JournalException {
    try {
      PlainFile.requireRegular(mark());
      return;
    } catch (final NoSuchFileException e) {
      // The folder's other contents decide the message.
    } catch (final AccessDeniedException e) {
      throw new JournalException(mark() + ": " + PlainFile.reason(e), e);
    } catch (final FileSystemException e) {
      throw new NoJournalException(
          Files.isDirectory(folder)
              ? mark() + ": " + PlainFile.reason(e)
              : folder + ": is no journal, it is no folder; name the folder of a journal");
    } catch (final IOException e) {
      throw new JournalException(mark() + ": access failed: " + PlainFile.reason(e), e);
    }
    if (isUnfinished()) {
      throw new NoJournalException(
          folder
              + ": holds nothing yet: an engine is starting there, or was stopped as it did; start one there again");
    }
    if (isThere(queue())) {
      throw new JournalDamageException(
          folder
              + ": has lost its mark, '"
              + mark().getFileName()
              + "': what was acknowledged is unknown");
    }
    throw new NoJournalException(
        folder
            + ": is no journal ('"
            + mark().getFileName()
            + "' is missing); name the folder of one");
  }

  /** Lets no document go to an earlier day's file than this, days since 1970. */
  void notBefore(final long day) {
    latestMillis = Math.max(latestMillis, day * CYCLE.lengthInMillis());
  }

  /** Never goes back: Chronicle Queue fails on a day that it has closed. */
  private long risingMillis() {
    final long now = clock.currentTimeMillis();
    if (now > latestMillis) {
      latestMillis = now;
      return now;
    }
    return latestMillis;
  }

  ChronicleQueue openForWriting() throws JournalException {
    return openForWriting(queue(), this::risingMillis);
  }

  ChronicleQueue openForWriting(final Path queue, final TimeProvider time) throws JournalException {
    try {
      return SingleChronicleQueueBuilder.binary(queue.toFile())
          .rollCycle(CYCLE)
          .timeProvider(time)
          .build();
    } catch (final RuntimeException | AssertionError | LinkageError e) {
      throw new JournalException(
          folder
              + ": Chronicle Queue can't open it ("
              + e
              + "); start Java with the flags of config/jvm.options",
          e);
    }
  }

  /**
   * Requires that the journal is still in place.
   *
   * @param lock has the mark
   * @param document file of the queue that is written to, null before the first
   * @param wholeEvents acknowledged events, for the message
   */
  void requireInPlace(final JournalLock lock, final File document, final long wholeEvents)
      throws JournalException {
    if (!lock.holds(isMarkNew ? newMark() : mark()) || (document != null && !isSame(document))) {
      throw new JournalException(
          folder
              + ": was removed or replaced while it was written; "
              + wholeEvents
              + " events had been acknowledged. Start again with a new folder");
    }
  }

  /** Notes which file documents go to, for {@link #requireInPlace}. */
  void remember(final File document) throws IOException {
    if (!document.equals(lastDocument)) {
      lastDocument = document;
      lastDocumentKey = keyOf(document);
    }
  }

  private boolean isSame(final File document) {
    try {
      return Objects.equals(keyOf(document), lastDocumentKey);
    } catch (final IOException e) {
      return false;
    }
  }

  private static Object keyOf(final File document) throws IOException {
    return Files.readAttributes(document.toPath(), BasicFileAttributes.class).fileKey();
  }

  /**
   * A mapped page that the disk has no room for kills threads or the JVM, so the check comes first.
   *
   * @param wholeEvents acknowledged events, for the message
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
