package io.liqmap.engine.feed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Header of a block, in feed files and in the journal: its content, its place in the stream, and a
 * checksum.
 *
 * <pre>
 *   0            4      5        6               8           10              12
 *   +------------+------+--------+---------------+-----------+---------------+-------------+
 *   | "LQMB"     | kind | format | header length | schema id | schema version| event count |
 *   +------------+------+--------+---------------+-----------+---------------+-------------+
 *   16                  24                       32                          40
 *   +-------------------+------------------------+---------------------------+-------------+
 *   | first event       | first sequence         | last sequence             | payload len.|
 *   +-------------------+------------------------+---------------------------+-------------+
 *   44                  48            52                 56                                64
 *   +-------------------+-------------+------------------+---------------------------------+
 *   | previous checksum | block number| reserved, 0      | checksum (4), reserved, 0 (4)   |
 *   +-------------------+-------------+------------------+---------------------------------+
 * </pre>
 *
 * Little-endian. "First event" counts events from the start of the stream; the checksum is CRC32C
 * over bytes 0 to 55 and the payload; each block names the checksum of the block before, so that a
 * block that was swapped, doubled or lost shows. One thread.
 */
public final class Envelope {
  /** Bytes of a header. */
  public static final int LENGTH = 64;

  /** Framed feed messages. */
  public static final int EVENTS = 1;

  /** The settings that the events were applied with. */
  public static final int SETTINGS = 2;

  /** The state after an event. */
  public static final int SNAPSHOT = 3;

  /** Nothing follows. */
  public static final int END = 4;

  /** A piece of the state of the snapshot that follows. */
  public static final int PIECE = 5;

  /** Largest payload of events, in bytes. */
  public static final int MAX_EVENTS_PAYLOAD = 1 << 20;

  private static final int MAGIC = 0x424D514C;
  private static final int FORMAT = 1;
  private static final int CHECKED_HEADER = 56;

  private final CRC32C crc = new CRC32C();

  private int kind;
  private int schemaId;
  private int schemaVersion;
  private int count;
  private long firstEvent;
  private long firstSequence;
  private long lastSequence;
  private int payloadLength;
  private int previousChecksum;
  private int blockNumber;
  private int checksum;

  /** Sets the next header, but for the chain: block number and previous checksum. */
  public Envelope set(
      final int blockKind,
      final int schema,
      final int version,
      final int eventCount,
      final long first,
      final long firstSeq,
      final long lastSeq,
      final int payload) {
    kind = blockKind;
    schemaId = schema;
    schemaVersion = version;
    count = eventCount;
    firstEvent = first;
    firstSequence = firstSeq;
    lastSequence = lastSeq;
    payloadLength = payload;
    return this;
  }

  /**
   * Writes the header before a payload that is already in place, and checksums both.
   *
   * @param buffer over {@code bytes}
   * @param number place of the block in its stream, from 0
   * @param previous checksum of the block before; 0 or the checksum of the journal's mark for the
   *     first
   */
  public void write(
      final MutableDirectBuffer buffer,
      final ByteBuffer bytes,
      final int offset,
      final int number,
      final int previous) {
    writeHeader(buffer, offset, number, previous);
    writeChecksum(buffer, offset, checksumOf(bytes, offset));
  }

  /**
   * Writes the header of a payload that is elsewhere, and checksums both.
   *
   * @param buffer over {@code header}, from its start
   * @param payload from its position to its limit, which stay
   * @param number place of the block in its stream, from 0
   * @param previous checksum of the block before, as above
   */
  public void write(
      final MutableDirectBuffer buffer,
      final ByteBuffer header,
      final ByteBuffer payload,
      final int number,
      final int previous) {
    writeHeader(buffer, 0, number, previous);
    final int start = payload.position();
    crc.reset();
    crc.update(header.limit(CHECKED_HEADER).position(0));
    crc.update(payload);
    header.clear();
    payload.position(start);
    writeChecksum(buffer, 0, (int) crc.getValue());
  }

  private void writeHeader(
      final MutableDirectBuffer buffer, final int offset, final int number, final int previous) {
    blockNumber = number;
    previousChecksum = previous;
    buffer.putInt(offset, MAGIC, ByteOrder.LITTLE_ENDIAN);
    buffer.putByte(offset + 4, (byte) kind);
    buffer.putByte(offset + 5, (byte) FORMAT);
    buffer.putShort(offset + 6, (short) LENGTH, ByteOrder.LITTLE_ENDIAN);
    buffer.putShort(offset + 8, (short) schemaId, ByteOrder.LITTLE_ENDIAN);
    buffer.putShort(offset + 10, (short) schemaVersion, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(offset + 12, count, ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(offset + 16, firstEvent, ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(offset + 24, firstSequence, ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(offset + 32, lastSequence, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(offset + 40, payloadLength, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(offset + 44, previousChecksum, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(offset + 48, blockNumber, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(offset + 52, 0, ByteOrder.LITTLE_ENDIAN);
  }

  private void writeChecksum(final MutableDirectBuffer buffer, final int offset, final int sum) {
    checksum = sum;
    buffer.putInt(offset + 56, checksum, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(offset + 60, 0, ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether the four bytes from an offset on are those that a block starts with. */
  static boolean startsAt(final DirectBuffer buffer, final int offset) {
    return buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) == MAGIC;
  }

  /**
   * Reads a header, without its payload.
   *
   * @param available bytes from {@code offset} on
   * @return null if it is valid; otherwise what is wrong, in words
   */
  public String read(final DirectBuffer buffer, final int offset, final int available) {
    if (available < LENGTH) {
      return available + " bytes where a block header of " + LENGTH + " should be";
    }
    if (!startsAt(buffer, offset)) {
      return "no block starts here";
    }
    if (buffer.getByte(offset + 5) != FORMAT
        || buffer.getShort(offset + 6, ByteOrder.LITTLE_ENDIAN) != LENGTH) {
      return "block format "
          + (buffer.getByte(offset + 5) & 0xFF)
          + " is not known, only "
          + FORMAT
          + " is";
    }
    kind = buffer.getByte(offset + 4);
    schemaId = buffer.getShort(offset + 8, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    schemaVersion = buffer.getShort(offset + 10, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    count = buffer.getInt(offset + 12, ByteOrder.LITTLE_ENDIAN);
    firstEvent = buffer.getLong(offset + 16, ByteOrder.LITTLE_ENDIAN);
    firstSequence = buffer.getLong(offset + 24, ByteOrder.LITTLE_ENDIAN);
    lastSequence = buffer.getLong(offset + 32, ByteOrder.LITTLE_ENDIAN);
    payloadLength = buffer.getInt(offset + 40, ByteOrder.LITTLE_ENDIAN);
    previousChecksum = buffer.getInt(offset + 44, ByteOrder.LITTLE_ENDIAN);
    blockNumber = buffer.getInt(offset + 48, ByteOrder.LITTLE_ENDIAN);
    checksum = buffer.getInt(offset + 56, ByteOrder.LITTLE_ENDIAN);
    if (payloadLength < 0
        || count < 0
        || firstEvent < 0
        || kind < EVENTS
        || kind > PIECE
        || buffer.getInt(offset + 60, ByteOrder.LITTLE_ENDIAN) != 0) {
      return "the block header has invalid values";
    }
    return null;
  }

  /**
   * Whether header and payload are what was written.
   *
   * @param bytes holds the whole block, at {@code offset}
   */
  public boolean isIntact(final ByteBuffer bytes, final int offset) {
    return checksumOf(bytes, offset) == checksum;
  }

  private int checksumOf(final ByteBuffer bytes, final int offset) {
    crc.reset();
    bytes.limit(offset + CHECKED_HEADER).position(offset);
    crc.update(bytes);
    bytes.limit(offset + LENGTH + payloadLength).position(offset + LENGTH);
    crc.update(bytes);
    bytes.clear();
    return (int) crc.getValue();
  }

  /** What the block holds: one of this class's kinds. */
  public int kind() {
    return kind;
  }

  /** Schema of the payload's messages. */
  public int schemaId() {
    return schemaId;
  }

  /** Version of that schema. */
  public int schemaVersion() {
    return schemaVersion;
  }

  /** Events in the payload. */
  public int count() {
    return count;
  }

  /** Events of the stream before this block. */
  public long firstEvent() {
    return firstEvent;
  }

  /** Feed sequence of the first event. */
  public long firstSequence() {
    return firstSequence;
  }

  /** Feed sequence of the last event. */
  public long lastSequence() {
    return lastSequence;
  }

  /** Bytes after the header. */
  public int payloadLength() {
    return payloadLength;
  }

  /** Checksum of the block before. */
  public int previousChecksum() {
    return previousChecksum;
  }

  /** Place of the block in its stream, from 0. */
  public int blockNumber() {
    return blockNumber;
  }

  /** Checksum of header and payload. */
  public int checksum() {
    return checksum;
  }
}
