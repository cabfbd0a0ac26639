package io.liqmap.engine.shared.counters;

import io.liqmap.engine.shared.SharedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * An engine's counters in a file, kept in memory and written whole: nothing is mapped.
 *
 * <pre>
 *     0  8 B    magic "LIQHLTH1"
 *     8  int32  version of this layout, 2
 *    12  int32  counters that there is room for
 *    16  int32  bytes of the error log
 *    20  int32  map writers
 *    24  int64  process of the engine
 *    32  int64  when it was started, ms since 1970
 *    40  int64  state: 0 runs, 1 has ended, 2 has ended because it failed
 *    48  int64  when the process was started, ms since 1970, 0 unknown
 *    56  int32  rows of the table of calibrations
 *    60  …      zero
 *   128  Agrona's counters: metadata (512 B each), values (128 B each)
 *        Agrona's distinct error log
 *        the table of calibrations, {@link CalibrationTable}
 * </pre>
 */
final class CountersFile {
  static final long RUNS = 0;
  static final long ENDED = 1;
  static final long FAILED = 2;

  static final int MAX_MAPS = 64;
  private static final int MAX_COUNTERS = EngineCounter.values().length * (MAX_MAPS + 1);
  private static final int ERROR_BYTES = 1 << 16;
  private static final int MAX_ERROR_BYTES = 1 << 24;

  private static final int COUNTERS_AT = 12;
  private static final int ERROR_BYTES_AT = 16;
  private static final int MAPS_AT = 20;
  private static final int PROCESS_AT = 24;
  private static final int STARTED_AT = 32;
  private static final int STATE_AT = 40;
  private static final int PROCESS_START_AT = 48;
  private static final int ROWS_AT = 56;
  private static final int COUNTER_LENGTH =
      CountersReader.METADATA_LENGTH + CountersReader.COUNTER_LENGTH;
  private static final SharedFile.Kind KIND =
      new SharedFile.Kind(
          "counters", "LIQHLTH1", 2, length(MAX_COUNTERS, MAX_ERROR_BYTES, CalibrationTable.MOST));

  private final ByteBuffer bytes;
  private final SharedFile file;
  private final UnsafeBuffer header;
  private final UnsafeBuffer metadata;
  private final UnsafeBuffer values;
  private final UnsafeBuffer errors;
  private final UnsafeBuffer calibrations;

  private CountersFile(
      final ByteBuffer bytes,
      final int counters,
      final int errorBytes,
      final int rows,
      final SharedFile file) {
    this.bytes = bytes;
    this.file = file;
    header = new UnsafeBuffer(bytes, 0, SharedFile.HEADER_LENGTH);
    final int metadataLength = counters * CountersReader.METADATA_LENGTH;
    final int valuesLength = counters * CountersReader.COUNTER_LENGTH;
    metadata = new UnsafeBuffer(bytes, SharedFile.HEADER_LENGTH, metadataLength);
    values = new UnsafeBuffer(bytes, SharedFile.HEADER_LENGTH + metadataLength, valuesLength);
    final int errorsAt = SharedFile.HEADER_LENGTH + metadataLength + valuesLength;
    errors = new UnsafeBuffer(bytes, errorsAt, errorBytes);
    calibrations = new UnsafeBuffer(bytes, errorsAt + errorBytes, rows * CalibrationTable.ROW);
  }

  private static int length(final int counters, final int errorBytes, final int rows) {
    return SharedFile.HEADER_LENGTH
        + counters * COUNTER_LENGTH
        + errorBytes
        + rows * CalibrationTable.ROW;
  }

  /** Bytes that this process alone reads. */
  static CountersFile inProcess(final int maps, final int instruments) {
    return make(maps, instruments, null);
  }

  private static CountersFile make(final int maps, final int instruments, final SharedFile file) {
    final int counters = EngineCounter.values().length * maps;
    final int rows = Math.min(instruments, CalibrationTable.MOST);
    final ProcessHandle self = ProcessHandle.current();
    final ByteBuffer header =
        KIND.header()
            .putInt(COUNTERS_AT, counters)
            .putInt(ERROR_BYTES_AT, ERROR_BYTES)
            .putInt(MAPS_AT, maps)
            .putInt(ROWS_AT, rows)
            .putLong(PROCESS_AT, self.pid())
            .putLong(PROCESS_START_AT, SharedFile.startOf(self))
            .putLong(STARTED_AT, System.currentTimeMillis());
    final ByteBuffer bytes = ByteBuffer.allocateDirect(length(counters, ERROR_BYTES, rows));
    bytes.put(0, header, 0, SharedFile.HEADER_LENGTH);
    return new CountersFile(bytes, counters, ERROR_BYTES, rows, file);
  }

  /** Makes a file to replace an older one once it is {@link #publish published}. */
  static CountersFile create(final Path file, final int maps, final int instruments)
      throws IOException {
    return make(maps, instruments, SharedFile.create(file, KIND));
  }

  /** Writes everything and gives the file its name: readers never see it without counters. */
  void publish() throws IOException {
    try {
      store();
      file.publish();
    } catch (final IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** Writes everything to the file, if there is one. */
  void store() throws IOException {
    if (file != null) {
      file.store(bytes);
    }
  }

  boolean isProcessThere() {
    return SharedFile.isAlive(process(), header.getLong(PROCESS_START_AT, ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * Reads a file as it is now.
   *
   * @throws NoSuchFileException if it isn't there
   * @throws IOException if it isn't such a file, saying what is wrong
   */
  static CountersFile read(final Path file) throws IOException {
    try (SharedFile opened = SharedFile.open(file, KIND)) {
      final ByteBuffer bytes = opened.read((int) opened.length());
      final int counters = bytes.getInt(COUNTERS_AT);
      final int errorBytes = bytes.getInt(ERROR_BYTES_AT);
      final int maps = bytes.getInt(MAPS_AT);
      final int rows = bytes.getInt(ROWS_AT);
      if (counters < 1
          || counters > MAX_COUNTERS
          || errorBytes < 1
          || errorBytes > MAX_ERROR_BYTES
          || maps < 1
          || maps > MAX_MAPS
          || rows < 1
          || rows > CalibrationTable.MOST
          || length(counters, errorBytes, rows) != bytes.limit()) {
        throw opened.refused(
            "damaged: "
                + counters
                + " counters of "
                + maps
                + " maps, "
                + errorBytes
                + " bytes of errors and "
                + rows
                + " instruments don't make "
                + bytes.limit()
                + " bytes; start the engine again");
      }
      return new CountersFile(bytes, counters, errorBytes, rows, null);
    }
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

  UnsafeBuffer calibrations() {
    return calibrations;
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
    CloseHelper.quietClose(file);
  }
}
