package io.liqmap.engine.journal;

import io.liqmap.engine.feed.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** Files of a journal's queue, one for a day: how they are named, and how they start. */
final class QueueFiles {
  private static final String SUFFIX = ".cq4";
  private static final String COMPRESSED = ".gz";
  private static final Pattern NAME =
      Pattern.compile("\\d{8}F\\" + SUFFIX + "(\\" + COMPRESSED + ")?");

  /** The last day that a name has room for. */
  private static final long MAX_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  /** What each file's first document starts with: the name of a field, "header", in binary wire. */
  private static final long HEADER_FIELD = 0x7265_6461_6568_06B9L;

  private static final int START = QueueHeader.LENGTH + Long.BYTES;
  private static final int STEP = 1 << 16;

  private QueueFiles() {}

  /** Files of later days than that of a file, the next day's first. */
  static List<Path> behind(final Path file) throws IOException {
    return all(file.getParent()).stream()
        .filter((entry) -> isName(entry) && day(entry) > day(file))
        .filter(Files::isRegularFile)
        .toList();
  }

  /**
   * Everything with a name that Chronicle Queue would read, and compressed files, in its order. Of
   * a file that is there in both forms the compressed one is left out: it may be new.
   */
  static List<Path> all(final Path queue) throws IOException {
    try (Stream<Path> files = Files.list(queue)) {
      final List<Path> sorted =
          files
              .filter((entry) -> entry.toString().endsWith(SUFFIX) || isCompressed(entry))
              .sorted()
              .toList();
      final Set<Path> plain = new HashSet<>(sorted);
      return sorted.stream()
          .filter((entry) -> !isCompressed(entry) || !plain.contains(plain(entry)))
          .toList();
    }
  }

  /** The file of a day, days since 1970, as it is stored; it may be missing. */
  static Path of(final Path queue, final long day) {
    final Path plain = queue.resolve(name(day));
    return Files.exists(plain) || !Files.exists(compressed(plain)) ? plain : compressed(plain);
  }

  static boolean isCompressed(final Path file) {
    return file.toString().endsWith(SUFFIX + COMPRESSED);
  }

  static Path compressed(final Path plain) {
    return plain.resolveSibling(plain.getFileName() + COMPRESSED);
  }

  private static Path plain(final Path compressed) {
    final String name = compressed.getFileName().toString();
    return compressed.resolveSibling(name.substring(0, name.length() - COMPRESSED.length()));
  }

  /** Whether a file bears the name of a day. */
  static boolean isName(final Path file) {
    try {
      return NAME.matcher(file.getFileName().toString()).matches() && isDay(day(file));
    } catch (final DateTimeParseException e) {
      return false;
    }
  }

  /** Name of the file for a day, days since 1970; Chronicle Queue gives it. */
  static String name(final long day) {
    return LocalDate.ofEpochDay(day).format(DateTimeFormatter.BASIC_ISO_DATE) + "F" + SUFFIX;
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
    try (QueueFile content = QueueFile.open(file)) {
      content.read(start, 0);
    }
    final int header = start.getInt(0);
    return QueueHeader.isNothing(header)
        || QueueHeader.isUnfinished(header)
        || (QueueHeader.isMetadata(header) && start.getLong(QueueHeader.LENGTH) == HEADER_FIELD);
  }

  /**
   * Whether a file continues a journal.
   *
   * @param documents of it in the files before
   */
  static boolean continues(final Path file, final long documents) throws IOException {
    if (!isBegun(file)) {
      return false;
    }
    final OptionalInt number = firstDocument(file);
    return number.isEmpty() || number.getAsInt() == (int) documents;
  }

  /**
   * Whether a file after the last read one isn't the journal's. A writer may begin a file, and
   * append to it, meanwhile.
   *
   * @param documents of the journal up to the last file
   */
  static boolean isForeign(final Path file, final Path last, final long documents)
      throws IOException {
    if (file.compareTo(last) <= 0) {
      return false;
    }
    if (!Files.isRegularFile(file) || !isBegun(file)) {
      return true;
    }
    final OptionalInt number = firstDocument(file);
    return number.isPresent() && number.getAsInt() - (int) documents < 0;
  }

  /** Number of the first document of ours in a file, if there is one. */
  static OptionalInt firstDocument(final Path file) throws IOException {
    try (QueueFile content = QueueFile.open(file)) {
      final ByteBuffer bytes = ByteBuffer.allocate(STEP);
      final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
      final Envelope envelope = new Envelope();
      long position = 0;
      int length = content.read(bytes, position);
      while (length > 0) {
        for (int at = 0; at + Envelope.LENGTH <= length; at += QueueHeader.LENGTH) {
          if (envelope.read(buffer, at, length - at) == null) {
            return OptionalInt.of(envelope.blockNumber());
          }
        }
        position += length <= Envelope.LENGTH ? length : length - Envelope.LENGTH;
        bytes.clear();
        length = content.read(bytes, position);
      }
      return OptionalInt.empty();
    }
  }
}
