package io.liqmap.gateway.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A chain of gzip members (RFC 1952): each is whole by itself, so a kill damages the last at most.
 * One thread.
 */
final class GzipMembers implements AutoCloseable {
  private static final int HEADER_LENGTH = 10;
  private static final int TRAILER_LENGTH = 8;
  private static final int MAGIC = 0x00_08_8b_1f;
  private static final int BUFFER = 1 << 16;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 crc = new CRC32();
  private ByteBuffer member = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

  /** Packs bytes into a member; until the next call. */
  ByteBuffer pack(final byte[] bytes, final int length) {
    member.clear();
    member.putInt(MAGIC).putInt(0).putShort((short) 0xff_00);
    deflater.reset();
    deflater.setInput(bytes, 0, length);
    deflater.finish();
    while (!deflater.finished()) {
      if (member.remaining() <= TRAILER_LENGTH) {
        final ByteBuffer larger =
            ByteBuffer.allocate(member.capacity() * 2).order(ByteOrder.LITTLE_ENDIAN);
        member = larger.put(member.flip());
      }
      final int room = member.remaining() - TRAILER_LENGTH;
      final int packed = deflater.deflate(member.array(), member.position(), room);
      member.position(member.position() + packed);
    }
    crc.reset();
    crc.update(bytes, 0, length);
    return member.putInt((int) crc.getValue()).putInt(length).flip();
  }

  /** Where the last whole member ends. */
  static long end(final FileChannel channel) throws IOException {
    final Inflater inflater = new Inflater(true);
    try {
      long end = 0;
      long next = next(channel, 0, inflater);
      while (next > 0) {
        end = next;
        next = next(channel, end, inflater);
      }
      return end;
    } finally {
      inflater.end();
    }
  }

  /** End of the member that begins at a place; 0 if none that is whole does. */
  private static long next(final FileChannel channel, final long start, final Inflater inflater)
      throws IOException {
    final ByteBuffer header = read(channel, start, HEADER_LENGTH);
    if (header.remaining() < HEADER_LENGTH || header.getInt() != MAGIC) {
      return 0;
    }
    final CRC32 crc = new CRC32();
    final byte[] out = new byte[BUFFER];
    inflater.reset();
    long at = start + HEADER_LENGTH;
    try {
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          final ByteBuffer in = read(channel, at, BUFFER);
          if (!in.hasRemaining()) {
            return 0;
          }
          at += in.remaining();
          inflater.setInput(in);
        }
        crc.update(out, 0, inflater.inflate(out));
      }
    } catch (final DataFormatException e) {
      return 0;
    }
    final ByteBuffer trailer = read(channel, at - inflater.getRemaining(), TRAILER_LENGTH);
    final boolean isWhole =
        trailer.remaining() == TRAILER_LENGTH
            && trailer.getInt() == (int) crc.getValue()
            && trailer.getInt() == (int) inflater.getBytesWritten();
    return isWhole ? at - inflater.getRemaining() + TRAILER_LENGTH : 0;
  }

  private static ByteBuffer read(final FileChannel channel, final long at, final int length)
      throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = channel.read(bytes, at + bytes.position());
    }
    return bytes.flip();
  }

  @Override
  public void close() {
    deflater.end();
  }
}
