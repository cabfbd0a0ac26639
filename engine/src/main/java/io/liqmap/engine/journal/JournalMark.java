package io.liqmap.engine.journal;

import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.files.PlainFile;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The mark file: how much of a journal has been acknowledged, and where replays can start.
 * Chronicle Queue can't distinguish a truncated journal, or one with a page of zeros, from one that
 * ends there; the mark does.
 *
 * <pre>
 *   0          8         16          24        32         36       40          48            52
 *   +----------+---------+-----------+---------+----------+--------+-----------+-------------+
 *   | LIQMJRNL | format  | documents | events  | checksum | closed | first day | chain start |
 *   +----------+---------+-----------+---------+----------+--------+-----------+-------------+
 *   64 · (1 + n mod 4): the place ahead of snapshot n, each with a checksum of its own
 *   +----------+---------+---------+-----------+---------+----------+----------+--------+
 *   | n        | day     | position| documents | events  | snapshot | checksum | CRC32C |
 *   +----------+---------+---------+-----------+---------+----------+----------+--------+
 *   0          8         16        24          32        40         48         52       56
 *   little-endian; checksum: that of the last document; closed: 1 after a clean end;
 *   first day: of the queue's first file, as others may lie beside; days since 1970;
 *   chain start: what the first document names as the checksum before it, another for each journal
 * </pre>
 *
 * Written behind the document that it speaks of, so the queue may hold one document more than the
 * mark, never fewer. A loss of power may leave the mark and take the documents: {@link SyncedMark}.
 */
final class JournalMark implements AutoCloseable {
  private static final long MAGIC = 0x4C4E524A4D51494CL;
  private static final long FORMAT = 3;
  private static final int PLACES = 4;
  private static final int SLOT = 64;
  private static final int PLACE_LENGTH = 52;
  private static final int LENGTH = SLOT * (1 + PLACES);

  private final MappedByteBuffer mapped;
  private final UnsafeBuffer buffer;
  private final byte[] place = new byte[PLACE_LENGTH];
  private final CRC32C crc = new CRC32C();

  private JournalMark(final MappedByteBuffer mapped) {
    this.mapped = mapped;
    buffer = new UnsafeBuffer(mapped);
  }

  /**
   * Writes the mark of a new journal.
   *
   * @param channel of an empty file, for reading and writing; stays open
   */
  static JournalMark create(final FileChannel channel) throws IOException {
    // Written, not mapped first: a full disk fails here.
    channel.write(ByteBuffer.allocate(LENGTH), 0);
    final JournalMark mark =
        new JournalMark(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
    mark.buffer.putLong(0, MAGIC, ByteOrder.LITTLE_ENDIAN);
    mark.buffer.putLong(8, FORMAT, ByteOrder.LITTLE_ENDIAN);
    mark.buffer.putInt(48, new SecureRandom().nextInt(), ByteOrder.LITTLE_ENDIAN);
    return mark;
  }

  /** Opens the mark of a journal for reading, whether or not a writer holds it. */
  static JournalMark open(final Path file) throws IOException {
    try {
      return HeldFile.read(file, (channel) -> open(file, channel, FileChannel.MapMode.READ_ONLY));
    } catch (final JournalException e) {
      throw e;
    } catch (final FileSystemException e) {
      throw new JournalException(file + ": " + PlainFile.reason(e), e);
    }
  }

  /**
   * Opens the mark of a journal that is written on.
   *
   * @param channel for reading and writing; stays open
   */
  static JournalMark reopen(final Path file, final FileChannel channel) throws IOException {
    return open(file, channel, FileChannel.MapMode.READ_WRITE);
  }

  private static JournalMark open(
      final Path file, final FileChannel channel, final FileChannel.MapMode mode)
      throws IOException {
    if (channel.size() < SLOT) {
      throw new JournalDamageException(
          file + ": has " + channel.size() + " bytes instead of " + LENGTH);
    }
    final MappedByteBuffer mapped = channel.map(mode, 0, Math.min(channel.size(), LENGTH));
    final JournalMark mark = new JournalMark(mapped);
    try {
      mark.require(file, channel.size());
      return mark;
    } catch (final IOException | RuntimeException | Error e) {
      mark.close();
      throw e;
    }
  }

  private void require(final Path file, final long length) throws JournalException {
    if (buffer.getLong(0, ByteOrder.LITTLE_ENDIAN) != MAGIC) {
      throw new JournalDamageException(file + ": is not the mark of a journal");
    }
    final long format = buffer.getLong(8, ByteOrder.LITTLE_ENDIAN);
    if (format != FORMAT) {
      throw new NoJournalException(
          file
              + ": is of journal format "
              + format
              + ", this version knows "
              + FORMAT
              + "; run the feed again with this version, or read the journal with its own");
    }
    if (length != LENGTH) {
      throw new JournalDamageException(file + ": has " + length + " bytes instead of " + LENGTH);
    }
    if (!QueueFiles.isDay(firstDay())) {
      throw new JournalDamageException(
          file + ": says that the journal starts on day " + firstDay() + " since 1970");
    }
  }

  void acknowledge(final long documents, final long events, final int checksum) {
    buffer.putLong(24, events, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(32, checksum, ByteOrder.LITTLE_ENDIAN);
    buffer.putLongOrdered(16, documents);
  }

  /**
   * The run has ended.
   *
   * @param isSynced whether its documents are on the disk, so that this may be, too
   */
  void acknowledgeEnd(final boolean isSynced) {
    buffer.putInt(36, 1, ByteOrder.LITTLE_ENDIAN);
    if (isSynced) {
      mapped.force();
    }
  }

  /**
   * Writes the same mark to another file, for a queue that is copied afterwards: nothing that it
   * says is missing there.
   *
   * @param channel of an empty file
   */
  void copyTo(final FileChannel channel) throws IOException {
    final ByteBuffer copy = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    long documents;
    do {
      // The document count is written last: the rest is of these documents, or of the next one.
      documents = buffer.getLongVolatile(16);
      buffer.getBytes(0, copy, 0, LENGTH);
      VarHandle.loadLoadFence();
    } while (buffer.getLongVolatile(16) != documents);
    copy.putLong(16, documents);
    copy.putInt(36, 0);
    while (copy.hasRemaining()) {
      channel.write(copy, copy.position());
    }
  }

  /** Marks these documents of a copy as acknowledged and forces the mark to the disk. */
  void finishCopy(
      final long documents, final long events, final int checksum, final boolean isClosed) {
    acknowledge(documents, events, checksum);
    buffer.putInt(36, isClosed ? 1 : 0, ByteOrder.LITTLE_ENDIAN);
    mapped.force();
  }

  /** Marks the journal as open again, for a run that resumes it. */
  void begin() {
    buffer.putInt(36, 0, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Keeps the place ahead of a snapshot, over the oldest of four.
   *
   * @param snapshot number of the snapshot's first document
   */
  void keep(final SnapshotIndex.Place kept, final long snapshot) {
    long number = 0;
    for (int slot = 1; slot <= PLACES; slot++) {
      if (isWhole(slot)) {
        number = Math.max(number, buffer.getLong(SLOT * slot, ByteOrder.LITTLE_ENDIAN) + 1);
      }
    }
    final int at = SLOT * (1 + (int) (number % PLACES));
    buffer.putLong(at, number, ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(at + 8, kept.day(), ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(at + 16, kept.position(), ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(at + 24, kept.documents(), ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(at + 32, kept.events(), ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(at + 40, snapshot, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(at + 48, kept.checksum(), ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(at + PLACE_LENGTH, checksum(at), ByteOrder.LITTLE_ENDIAN);
  }

  /** The last snapshots, the oldest first; a place that a kill tore isn't among them. */
  List<SnapshotIndex.Entry> snapshots() {
    final List<Integer> whole = new ArrayList<>();
    for (int slot = 1; slot <= PLACES; slot++) {
      if (isWhole(slot)) {
        whole.add(SLOT * slot);
      }
    }
    whole.sort(Comparator.comparingLong((at) -> buffer.getLong(at, ByteOrder.LITTLE_ENDIAN)));
    return whole.stream().map(this::snapshotAt).toList();
  }

  private SnapshotIndex.Entry snapshotAt(final int at) {
    final SnapshotIndex.Place ahead =
        new SnapshotIndex.Place(
            buffer.getLong(at + 8, ByteOrder.LITTLE_ENDIAN),
            buffer.getLong(at + 16, ByteOrder.LITTLE_ENDIAN),
            buffer.getLong(at + 24, ByteOrder.LITTLE_ENDIAN),
            buffer.getLong(at + 32, ByteOrder.LITTLE_ENDIAN),
            buffer.getInt(at + 48, ByteOrder.LITTLE_ENDIAN));
    return SnapshotIndex.Entry.unread(ahead, buffer.getLong(at + 40, ByteOrder.LITTLE_ENDIAN));
  }

  private boolean isWhole(final int slot) {
    final int at = SLOT * slot;
    final long day = buffer.getLong(at + 8, ByteOrder.LITTLE_ENDIAN);
    return buffer.getLong(at + 40, ByteOrder.LITTLE_ENDIAN) > 0
        && QueueFiles.isDay(day)
        && buffer.getLong(at + 16, ByteOrder.LITTLE_ENDIAN) >= 0
        && buffer.getInt(at + PLACE_LENGTH, ByteOrder.LITTLE_ENDIAN) == checksum(at);
  }

  private int checksum(final int at) {
    buffer.getBytes(at, place);
    crc.reset();
    crc.update(place);
    return (int) crc.getValue();
  }

  long documents() {
    return buffer.getLong(16, ByteOrder.LITTLE_ENDIAN);
  }

  long events() {
    return buffer.getLong(24, ByteOrder.LITTLE_ENDIAN);
  }

  /** Stores the day of the queue's first file, days since 1970. */
  void startsAt(final long day) {
    buffer.putLong(40, day, ByteOrder.LITTLE_ENDIAN);
  }

  long firstDay() {
    return buffer.getLong(40, ByteOrder.LITTLE_ENDIAN);
  }

  /** What the first document names as the checksum of the one before. */
  int chainStart() {
    return buffer.getInt(48, ByteOrder.LITTLE_ENDIAN);
  }

  int checksum() {
    return buffer.getInt(32, ByteOrder.LITTLE_ENDIAN);
  }

  boolean isClosedCleanly() {
    return buffer.getInt(36, ByteOrder.LITTLE_ENDIAN) == 1;
  }

  @Override
  public void close() {
    IoUtil.unmap(mapped);
  }
}
