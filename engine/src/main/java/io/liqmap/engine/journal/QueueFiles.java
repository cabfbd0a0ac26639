package io.liqmap.engine.journal;

import io.liqmap.engine.feed.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The files of a journal's queue, one for a day, and those that somebody else put there. Chronicle
 * Queue goes by names alone: for a run that goes on it would take a foreign file for the journal's
 * first, or append to it. One thread.
 */
public final class QueueFiles {
  private static final String SUFFIX = ".cq4";
  private static final Pattern NAME = Pattern.compile("\\d{8}F\\.cq4");

  /** The last day that a name has room for. */
  private static final long MAX_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  /** What each file's first document starts with: the name of a field, "header", in binary wire. */
  private static final long HEADER_FIELD = 0x7265_6461_6568_06B9L;

  private static final int START = QueueHeader.LENGTH + Long.BYTES;
  private static final int STEP = 1 << 16;

  private final JournalReader journal;
  private final Path first;

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
   * Looks for files that Chronicle Queue would go by before the journal's own.
   *
   * @throws JournalDamageException if there is one
   */
  void requireNoneBefore() throws JournalException {
    requireNone(false);
  }

  private void requireNone(final boolean isAtEnd) throws JournalException {
    Path foreign = null;
    try {
      for (final Path file : all(first.getParent())) {
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
    return !isName(file) || file.compareTo(first) < 0;
  }

  /** A writer may begin a file, and append to it, while somebody reads. */
  private boolean isBehind(final Path file) throws IOException {
    if (file.compareTo(journal.lastFile()) <= 0) {
      return false;
    }
    final int number = firstDocument(file);
    return !isBegun(file) || (number >= 0 && number < journal.documents());
  }

  /** Files of later days than that of a file, the next day's first. */
  static List<Path> behind(final Path file) throws IOException {
    return all(file.getParent()).stream()
        .filter((entry) -> isName(entry) && entry.compareTo(file) > 0)
        .toList();
  }

  private static List<Path> all(final Path queue) throws IOException {
    try (Stream<Path> files = Files.list(queue)) {
      return files.filter((entry) -> entry.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static boolean isName(final Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  /** Name of the file for a day, days since 1970; Chronicle Queue gives it. */
  static String name(final long day) {
    return LocalDate.ofEpochDay(day).format(DateTimeFormatter.BASIC_ISO_DATE) + "F.cq4";
  }

  /** Whether a file can be named for a day, days since 1970. */
  static boolean isDay(final long day) {
    return day >= 0 && day <= MAX_DAY;
  }

  /** Day of a file, days since 1970. */
  static long day(final Path file) {
    return LocalDate.parse(
            file.getFileName().toString().substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE)
        .toEpochDay();
  }

  /** Whether a file starts as Chronicle Queue's do, or its writer was stopped as it began to. */
  static boolean isBegun(final Path file) throws IOException {
    final ByteBuffer start = ByteBuffer.allocate(START).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.read(start, 0);
    }
    final int header = start.getInt(0);
    return QueueHeader.isNothing(header)
        || QueueHeader.isUnfinished(header)
        || (QueueHeader.isMetadata(header) && start.getLong(QueueHeader.LENGTH) == HEADER_FIELD);
  }

  /**
   * Whether a file goes on with a journal.
   *
   * @param documents of it in the files before
   */
  static boolean goesOn(final Path file, final long documents) throws IOException {
    final int number = firstDocument(file);
    return isBegun(file) && (number < 0 || number == (int) documents);
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
        for (int at = 0; at + Envelope.LENGTH <= length; at += QueueHeader.LENGTH) {
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
