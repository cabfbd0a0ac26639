package io.liqmap.tools.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes an array for NumPy, little endian, C order, record after record (NumPy format 1.0, NEP 1).
 * The header says how many at the end. One thread.
 */
final class NpyFile implements Closeable {
  /** Type of double-precision numbers. */
  static final String DOUBLE = "<f8";

  /** Type of times, ns since 1970. */
  static final String TIME = "<M8[ns]";

  private static final int HEADER = 128;
  private static final int PREFIX = 10;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int BUFFER = 1 << 16;

  private final FileChannel to;
  private final String type;
  private final int[] record;
  private final int length;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private long values;

  /**
   * Begins an array.
   *
   * @param to empty; stays open
   * @param record shape of a record; empty for one value
   */
  NpyFile(final FileChannel to, final String type, final int... record) throws IOException {
    this.to = to;
    this.type = type;
    this.record = record.clone();
    length = Arrays.stream(record).reduce(1, Math::multiplyExact);
    header();
  }

  private void header() throws IOException {
    final String shape =
        "("
            + values / length
            + ","
            + Arrays.stream(record).mapToObj((size) -> " " + size).collect(Collectors.joining(","))
            + ")";
    final String text =
        String.format("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", type, shape);
    final ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).putShort((short) (HEADER - PREFIX));
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.position() < HEADER - 1) {
      header.put((byte) ' ');
    }
    header.put((byte) '\n').flip();
    to.position(0);
    while (header.hasRemaining()) {
      to.write(header);
    }
  }

  void add(final double value) throws IOException {
    room().putDouble(value);
  }

  void add(final long value) throws IOException {
    room().putLong(value);
  }

  private ByteBuffer room() throws IOException {
    if (buffer.remaining() < Long.BYTES) {
      drain();
    }
    values++;
    return buffer;
  }

  private void drain() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
    buffer.clear();
  }

  /** Writes the rest and the header. */
  @Override
  public void close() throws IOException {
    drain();
    final long end = to.position();
    header();
    to.position(end);
  }
}
