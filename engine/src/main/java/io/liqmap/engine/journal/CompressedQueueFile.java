package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A compressed file of a queue: gzip in blocks, as {@code bgzip} writes it, so that {@code zcat}
 * reads it and a place within it is found without reading what precedes it.
 *
 * <pre>
 *   block    0  1F 8B 08 04 │ 0 0 0 0 0 FF │ 6 0 │ 'B' 'C' 2 0 │ uint16 length of the block − 1
 *           18  deflated content: 65,280 bytes of it, the last block's fewer
 *            …  uint32 CRC-32 of the content │ uint32 its length
 *   file     block │ block │ … │ empty block
 * </pre>
 *
 * <p>Source: SAM specification, section 4.1. One thread.
 */
final class CompressedQueueFile implements QueueFile {
  /** Content of each block but the last; stored uncompressed it still fits into one. */
  static final int BLOCK = 0xFF00;

  private static final int HEADER = 18;
  private static final int TRAILER = 8;
  private static final int MAX_LENGTH = 1 << 16;
  private static final int MAGIC = 0x04088B1F;
  private static final int EXTRA = 0x4342_0006;
  private static final int LENGTH_AT = 16;

  private final Path path;
  private final FileChannel channel;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final ByteBuffer stored = ByteBuffer.allocate(MAX_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
  private final byte[] content = new byte[BLOCK];

  /** Where blocks start, and where the last ends. */
  private long[] starts = new long[64];

  private int blocks;
  private long size;
  private int held = -1;
  private int heldLength;

  /**
   * Finds the blocks.
   *
   * @throws JournalDamageException if the chain of blocks is broken
   */
  CompressedQueueFile(final Path path, final FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    final long end = channel.size();
    long position = 0;
    while (position < end) {
      readStored(position, HEADER);
      final int length = (stored.getShort(LENGTH_AT) & 0xFFFF) + 1;
      if (stored.getInt(0) != MAGIC
          || stored.getInt(10) != EXTRA
          || length < HEADER + TRAILER
          || position + length > end) {
        throw damaged(position);
      }
      if (blocks + 1 == starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
      }
      starts[blocks] = position;
      blocks++;
      position += length;
      starts[blocks] = position;
    }
    if (blocks == 0 || lengthOf(blocks - 1) != 0) {
      throw new JournalDamageException(path + ": ends too early: it was cut off");
    }
    blocks--;
    size = blocks == 0 ? 0 : (long) (blocks - 1) * BLOCK + lengthOf(blocks - 1);
  }

  private int lengthOf(final int block) throws IOException {
    readStored(starts[block + 1] - Integer.BYTES, Integer.BYTES);
    final int length = stored.getInt(0);
    if (length < 0 || length > BLOCK) {
      throw damaged(starts[block]);
    }
    return length;
  }

  private void readStored(final long position, final int length) throws IOException {
    stored.clear().limit(length);
    while (stored.hasRemaining()) {
      if (channel.read(stored, position + stored.position()) <= 0) {
        throw damaged(position);
      }
    }
  }

  private JournalDamageException damaged(final long position) {
    return new JournalDamageException(path + ": damaged at byte " + position);
  }

  @Override
  public int read(final ByteBuffer into, final long position) throws IOException {
    int count = 0;
    while (into.hasRemaining() && position + count < size) {
      final long from = position + count;
      hold((int) (from / BLOCK));
      final int offset = (int) (from % BLOCK);
      final int part = Math.min(into.remaining(), heldLength - offset);
      into.put(content, offset, part);
      count += part;
    }
    return count == 0 ? -1 : count;
  }

  private void hold(final int block) throws IOException {
    if (block == held) {
      return;
    }
    held = -1;
    final long start = starts[block];
    final int length = (int) (starts[block + 1] - start);
    readStored(start, length);
    final int expected = stored.getInt(length - Integer.BYTES);
    inflater.reset();
    inflater.setInput(stored.array(), HEADER, length - HEADER - TRAILER);
    try {
      heldLength = inflater.inflate(content);
    } catch (final DataFormatException e) {
      throw damaged(start);
    }
    crc.reset();
    crc.update(content, 0, heldLength);
    if (heldLength != expected
        || heldLength != (block == blocks - 1 ? size - (long) block * BLOCK : BLOCK)
        || (int) crc.getValue() != stored.getInt(length - TRAILER)) {
      throw damaged(start);
    }
    held = block;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    channel.close();
  }

  /** Writes content as such a file. One thread. */
  static final class Writer implements AutoCloseable {
    private final FileChannel channel;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32 crc = new CRC32();
    private final ByteBuffer block = ByteBuffer.allocate(MAX_LENGTH).order(ByteOrder.LITTLE_ENDIAN);

    Writer(final FileChannel channel) {
      this.channel = channel;
    }

    /** Appends a block; all but the last have {@link #BLOCK} bytes. */
    void write(final byte[] content, final int length) throws IOException {
      if (!deflate(content, length)) {
        // Incompressible content could become longer than a block may be.
        deflater.setLevel(Deflater.NO_COMPRESSION);
        deflate(content, length);
        deflater.setLevel(Deflater.BEST_SPEED);
      }
      while (block.hasRemaining()) {
        channel.write(block);
      }
    }

    private boolean deflate(final byte[] content, final int length) {
      deflater.reset();
      deflater.setInput(content, 0, length);
      deflater.finish();
      block.clear();
      final int deflated = deflater.deflate(block.array(), HEADER, MAX_LENGTH - HEADER - TRAILER);
      if (!deflater.finished()) {
        return false;
      }
      crc.reset();
      crc.update(content, 0, length);
      final int total = HEADER + deflated + TRAILER;
      block.putInt(0, MAGIC).putInt(4, 0).putShort(8, (short) 0xFF00).putInt(10, EXTRA);
      block.putShort(14, (short) 2).putShort(LENGTH_AT, (short) (total - 1));
      block.putInt(total - TRAILER, (int) crc.getValue()).putInt(total - Integer.BYTES, length);
      block.limit(total);
      return true;
    }

    /** Ends the file and forces it to the disk. */
    void finish() throws IOException {
      write(new byte[0], 0);
      channel.force(true);
    }

    @Override
    public void close() {
      deflater.end();
    }
  }
}
