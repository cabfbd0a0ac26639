package io.liqmap.engine.shared.counters;

import io.liqmap.engine.files.FolderAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * The bytes of an engine's health.
 *
 * <pre>
 *     0  8 B    magic "LIQHLTH1"
 *     8  int32  version of this layout, 1
 *    12  int32  counters that there is room for
 *    16  int32  bytes of the error log
 *    20  int32  map writers
 *    24  int64  process of the engine
 *    32  int64  when it was started, ms since 1970
 *    40  int64  state: 0 runs, 1 has ended, 2 has ended because it failed
 *    48  int64  when the process was started, ms since 1970, 0 where nobody knows
 *    56  …      zero
 *   128  Agrona's counters: metadata (512 B each), values (128 B each)
 *        Agrona's distinct error log
 * </pre>
 *
 * Little-endian. Kept in memory and written whole: nothing is mapped.
 */
final class CountersFile {
  static final long RUNS = 0;
  static final long ENDED = 1;
  static final long FAILED = 2;

  static final int MAX_MAPS = 64;
  private static final int MAX_COUNTERS = EngineCounter.values().length * (MAX_MAPS + 1);
  private static final int ERROR_BYTES = 1 << 16;
  private static final int MAX_ERROR_BYTES = 1 << 24;

  /** Systems tell the start of a process by a clock that may be set meanwhile. */
  private static final long START_TOLERANCE_MILLIS = 2_000;

  private static final long MAGIC =
      ByteBuffer.wrap("LIQHLTH1".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();
  private static final int VERSION = 1;
  private static final int VERSION_AT = 8;
  private static final int COUNTERS_AT = 12;
  private static final int ERROR_BYTES_AT = 16;
  private static final int MAPS_AT = 20;
  private static final int PROCESS_AT = 24;
  private static final int STARTED_AT = 32;
  private static final int STATE_AT = 40;
  private static final int PROCESS_START_AT = 48;
  private static final int HEADER_LENGTH = 128;
  private static final int COUNTER_LENGTH =
      CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH;

  private final ByteBuffer bytes;
  private final FileChannel channel;
  private final UnsafeBuffer header;
  private final UnsafeBuffer metadata;
  private final UnsafeBuffer values;
  private final UnsafeBuffer errors;

  private CountersFile(
      final ByteBuffer bytes, final int counters, final int errorBytes, final FileChannel channel) {
    this.bytes = bytes;
    this.channel = channel;
    header = new UnsafeBuffer(bytes, 0, HEADER_LENGTH);
    final int metadataLength = counters * CountersReader.METADATA_LENGTH;
    final int valuesLength = counters * CountersReader.COUNTER_LENGTH;
    metadata = new UnsafeBuffer(bytes, HEADER_LENGTH, metadataLength);
    values = new UnsafeBuffer(bytes, HEADER_LENGTH + metadataLength, valuesLength);
    errors = new UnsafeBuffer(bytes, HEADER_LENGTH + metadataLength + valuesLength, errorBytes);
  }

  private static int length(final int counters, final int errorBytes) {
    return HEADER_LENGTH + counters * COUNTER_LENGTH + errorBytes;
  }

  private static int countersFor(final int maps) {
    return EngineCounter.values().length * maps;
  }

  /** Bytes that this process alone reads. */
  static CountersFile inProcess(final int maps) {
    return make(maps, null);
  }

  private static CountersFile make(final int maps, final FileChannel channel) {
    final int counters = countersFor(maps);
    final CountersFile made =
        new CountersFile(
            ByteBuffer.allocateDirect(length(counters, ERROR_BYTES)),
            counters,
            ERROR_BYTES,
            channel);
    made.begin(counters, maps);
    return made;
  }

  /** Makes a file in place of an older one. */
  static CountersFile create(final Path file, final int maps) throws IOException {
    final Path absolute = file.toAbsolutePath();
    FolderAccess.make(absolute.getParent());
    final Path beside = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.deleteIfExists(beside);
    final FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      final CountersFile made = make(maps, channel);
      made.store();
      // Only now it gets its name: nobody ever opens half a file.
      Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
      return made;
    } catch (final IOException e) {
      channel.close();
      Files.deleteIfExists(beside);
      throw new IOException(file + ": counters can't be written there: " + e.getMessage(), e);
    }
  }

  /** Writes everything to the file, if there is one. */
  void store() throws IOException {
    if (channel != null) {
      final ByteBuffer all = bytes.duplicate();
      while (all.hasRemaining()) {
        channel.write(all, all.position());
      }
    }
  }

  private void begin(final int counters, final int maps) {
    header.putInt(VERSION_AT, VERSION, ByteOrder.LITTLE_ENDIAN);
    header.putInt(COUNTERS_AT, counters, ByteOrder.LITTLE_ENDIAN);
    header.putInt(ERROR_BYTES_AT, errors.capacity(), ByteOrder.LITTLE_ENDIAN);
    header.putInt(MAPS_AT, maps, ByteOrder.LITTLE_ENDIAN);
    final ProcessHandle self = ProcessHandle.current();
    header.putLong(PROCESS_AT, self.pid(), ByteOrder.LITTLE_ENDIAN);
    header.putLong(PROCESS_START_AT, startOf(self), ByteOrder.LITTLE_ENDIAN);
    header.putLong(STARTED_AT, System.currentTimeMillis(), ByteOrder.LITTLE_ENDIAN);
    header.putLong(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
  }

  private static long startOf(final ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** A number alone may belong to another process by now: in a container it nearly always does. */
  boolean isProcessThere() {
    final long start = header.getLong(PROCESS_START_AT, ByteOrder.LITTLE_ENDIAN);
    return ProcessHandle.of(process())
        .filter(ProcessHandle::isAlive)
        .map(CountersFile::startOf)
        .filter(
            (found) ->
                start == 0 || found == 0 || Math.abs(found - start) <= START_TOLERANCE_MILLIS)
        .isPresent();
  }

  /**
   * Reads a file as it is now.
   *
   * @throws NoSuchFileException if it isn't there
   * @throws IOException if it isn't such a file, saying what is wrong
   */
  static CountersFile read(final Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": no counters of an engine, it is no regular file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      final long size = channel.size();
      if (size < HEADER_LENGTH || size > length(MAX_COUNTERS, MAX_ERROR_BYTES)) {
        throw new IOException(
            file + ": no counters of an engine, a file of " + size + " bytes can't be them");
      }
      final ByteBuffer bytes = ByteBuffer.allocateDirect((int) size);
      int read = 0;
      while (read >= 0 && bytes.hasRemaining()) {
        read = channel.read(bytes, bytes.position());
      }
      final UnsafeBuffer header = new UnsafeBuffer(bytes, 0, HEADER_LENGTH);
      final String fault = fault(header, bytes.position());
      if (fault != null) {
        throw new IOException(file + ": " + fault);
      }
      return new CountersFile(
          bytes,
          header.getInt(COUNTERS_AT, ByteOrder.LITTLE_ENDIAN),
          header.getInt(ERROR_BYTES_AT, ByteOrder.LITTLE_ENDIAN),
          null);
    }
  }

  private static String fault(final UnsafeBuffer header, final long size) {
    if (header.getLong(0, ByteOrder.LITTLE_ENDIAN) != MAGIC) {
      return "no counters of an engine, it doesn't start with LIQHLTH1";
    }
    final int version = header.getInt(VERSION_AT, ByteOrder.LITTLE_ENDIAN);
    if (version != VERSION) {
      return "counters of layout " + version + ", this version reads layout " + VERSION;
    }
    final int counters = header.getInt(COUNTERS_AT, ByteOrder.LITTLE_ENDIAN);
    final int errorBytes = header.getInt(ERROR_BYTES_AT, ByteOrder.LITTLE_ENDIAN);
    final int maps = header.getInt(MAPS_AT, ByteOrder.LITTLE_ENDIAN);
    if (counters < 1
        || counters > MAX_COUNTERS
        || errorBytes < 1
        || errorBytes > MAX_ERROR_BYTES
        || maps < 1
        || maps > MAX_MAPS
        || length(counters, errorBytes) != size) {
      return "damaged: "
          + counters
          + " counters of "
          + maps
          + " maps and "
          + errorBytes
          + " bytes of errors don't make "
          + size
          + " bytes; start the engine anew";
    }
    return null;
  }

  UnsafeBuffer metadata() {
    return metadata;
  }

  UnsafeBuffer values() {
    return values;
  }

  UnsafeBuffer errors() {
    return errors;
  }

  int maps() {
    return header.getInt(MAPS_AT, ByteOrder.LITTLE_ENDIAN);
  }

  long process() {
    return header.getLong(PROCESS_AT, ByteOrder.LITTLE_ENDIAN);
  }

  long started() {
    return header.getLong(STARTED_AT, ByteOrder.LITTLE_ENDIAN);
  }

  long state() {
    return header.getLongVolatile(STATE_AT);
  }

  void end(final long state) {
    header.putLongRelease(STATE_AT, state);
  }

  void close() {
    CloseHelper.quietClose(channel);
  }
}
