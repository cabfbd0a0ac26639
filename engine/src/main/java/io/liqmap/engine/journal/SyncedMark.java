package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * How much of a journal is on the disk for certain, and by which boot of the machine. The mark may
 * reach the disk before its documents; this is written after them, and forced.
 *
 * <pre>
 *   0          8           16       24           60
 *   +----------+-----------+--------+------------+--------+
 *   | LIQMSYNC | documents | events | boot, text | CRC32C |
 *   +----------+-----------+--------+------------+--------+
 * </pre>
 *
 * @param documents on the disk
 * @param events in them
 * @param boot id of the machine's boot, empty where unknown
 */
record SyncedMark(long documents, long events, String boot) {
  private static final long MAGIC = 0x434E59534D51494CL;
  private static final int BOOT_LENGTH = 36;
  private static final int BOOT_AT = 24;
  private static final int CHECKSUM_AT = BOOT_AT + BOOT_LENGTH;
  private static final int LENGTH = CHECKSUM_AT + Integer.BYTES;
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** Reads one; null if it isn't there or isn't whole. */
  static SyncedMark read(final Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != LENGTH) {
      return null;
    }
    final byte[] content = Files.readAllBytes(file);
    final ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getLong(0) != MAGIC || bytes.getInt(CHECKSUM_AT) != checksum(content)) {
      return null;
    }
    final String boot = new String(content, BOOT_AT, BOOT_LENGTH, StandardCharsets.US_ASCII).trim();
    return new SyncedMark(bytes.getLong(8), bytes.getLong(16), boot);
  }

  /** Writes it, and forces it to the disk. */
  void write(final Path file) throws IOException {
    final byte[] content = new byte[LENGTH];
    final ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0, MAGIC).putLong(8, documents).putLong(16, events);
    final byte[] name = boot.getBytes(StandardCharsets.US_ASCII);
    bytes.put(BOOT_AT, name, 0, Math.min(name.length, BOOT_LENGTH));
    bytes.putInt(CHECKSUM_AT, checksum(content));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes, bytes.position());
      }
      channel.force(true);
    }
  }

  private static int checksum(final byte[] content) {
    final CRC32C crc = new CRC32C();
    crc.update(content, 0, CHECKSUM_AT);
    return (int) crc.getValue();
  }

  /** Whether the machine was restarted since, as far as known. */
  boolean isOfEarlierBoot() {
    final String now = currentBoot();
    return !boot.isEmpty() && !now.isEmpty() && !boot.equals(now);
  }

  /** Id of the machine's current boot, empty where unknown. */
  static String currentBoot() {
    try {
      return Files.isReadable(BOOT_ID)
          ? Files.readString(BOOT_ID, StandardCharsets.US_ASCII).trim()
          : "";
    } catch (final IOException e) {
      return "";
    }
  }
}
