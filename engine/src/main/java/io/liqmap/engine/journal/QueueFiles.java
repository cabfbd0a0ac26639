package io.liqmap.engine.journal;

import io.liqmap.engine.feed.Envelope;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The files of a journal's queue, and those that somebody else put there. Chronicle Queue goes by
 * names alone: when it looks at the folder anew, as for a run that goes on, it would take a foreign
 * file for the journal's first, or append to it. One thread.
 */
public final class QueueFiles {
  private static final String SUFFIX = ".cq4";
  private static final Pattern DAY = Pattern.compile("\\d{8}F\\.cq4");

  /** Length of a file's first document, and the names in it that are the same in each file. */
  private static final int START = 22;

  private static final int HEADER = 4;
  private static final int KIND = 0xC0000000;
  private static final int UNFINISHED = 0x80000000;
  private static final int STEP = 1 << 16;

  private final JournalReader journal;
  private final File first;

  /**
   * Takes note of where a journal starts.
   *
   * @param journal stands behind its first document
   */
  public QueueFiles(final JournalReader journal) {
    this.journal = journal;
    first = journal.lastFile();
  }

  /**
   * Looks for foreign files, when the journal has been read to its end.
   *
   * @throws JournalDamageException if there is one; what the journal holds is whole all the same
   */
  public void requireOwn() throws JournalException {
    requireNone(true);
  }

  /**
   * Looks for files that would be read before the journal's own.
   *
   * @throws JournalDamageException if there is one
   */
  void requireNoneBefore() throws JournalException {
    requireNone(false);
  }

  private void requireNone(final boolean isAtEnd) throws JournalException {
    Path foreign = null;
    try {
      for (final Path file : all(first)) {
        if (isBefore(file) || (isAtEnd && isBehind(file))) {
          foreign = file;
        }
      }
    } catch (final IOException e) {
      throw new JournalException(first.getParent() + ": can't be looked through: " + e, e);
    }
    if (foreign != null) {
      throw new JournalDamageException(
          foreign
              + ": is no file of this journal, and would be taken for one when it is gone on with."
              + " Move it out of the folder; the journal itself is whole");
    }
  }

  private boolean isBefore(final Path file) {
    final String name = file.getFileName().toString();
    return !DAY.matcher(name).matches() || name.compareTo(first.getName()) < 0;
  }

  /** A writer may begin a file, and append to it, while somebody reads. */
  private boolean isBehind(final Path file) throws IOException {
    if (file.getFileName().toString().compareTo(journal.lastFile().getName()) <= 0) {
      return false;
    }
    final int number = firstDocument(file);
    return !isBegun(file, first) || (number >= 0 && number < journal.documents());
  }

  /** Files of later days than that of a file. */
  static List<Path> behind(final File file) throws IOException {
    return all(file).stream()
        .filter((entry) -> entry.getFileName().toString().compareTo(file.getName()) > 0)
        .toList();
  }

  private static List<Path> all(final File beside) throws IOException {
    try (Stream<Path> files = Files.list(beside.toPath().toAbsolutePath().getParent())) {
      return files.filter((entry) -> entry.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /** Whether a file starts as one of ours does, or its writer was stopped as it began to. */
  static boolean isBegun(final Path file, final File ours) throws IOException {
    final ByteBuffer its = start(file);
    final int header = its.remaining() < HEADER ? 0 : its.getInt(0);
    final int behind = Math.min(HEADER, its.remaining());
    return header == 0
        || (header & KIND) == UNFINISHED
        || start(ours.toPath()).position(HEADER).mismatch(its.position(behind)) < 0;
  }

  private static ByteBuffer start(final Path file) throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocate(START).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.read(bytes, 0);
    }
    return bytes.flip();
  }

  /** Number of the first document of ours in a file, −1 if there is none. */
  static int firstDocument(final Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      final ByteBuffer bytes = ByteBuffer.allocate(STEP);
      final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
      final Envelope envelope = new Envelope();
      long position = 0;
      int length = channel.read(bytes, position);
      while (length > 0) {
        for (int at = 0; at + Envelope.LENGTH <= length; at += HEADER) {
          if (envelope.read(buffer, at, length - at) == null) {
            return envelope.blockNumber();
          }
        }
        position += length <= Envelope.LENGTH ? length : length - Envelope.LENGTH;
        bytes.clear();
        length = channel.read(bytes, position);
      }
      return -1;
    }
  }
}
