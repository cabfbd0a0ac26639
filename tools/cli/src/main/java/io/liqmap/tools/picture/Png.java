package io.liqmap.tools.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes pictures as PNG files of a byte a pixel (W3C PNG, third edition): the same picture gives
 * the same bytes. By hand, because Java's own writer is part of its desktop module, which small
 * run-time images lack.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int BITS = 8;
  private static final int INDEXED = 3;
  private static final int UP = 2;

  private Png() {}

  /**
   * Writes a picture; the stream stays open.
   *
   * @param colours by number of ink, as 0xRRGGBB
   * @param text that viewers show as the description
   */
  static void write(
      final Canvas canvas, final int[] colours, final String text, final OutputStream to)
      throws IOException {
    to.write(SIGNATURE);
    final ByteArrayOutputStream header = new ByteArrayOutputStream();
    final DataOutputStream data = new DataOutputStream(header);
    data.writeInt(canvas.width());
    data.writeInt(canvas.height());
    data.write(new byte[] {BITS, INDEXED, 0, 0, 0});
    chunk("IHDR", header.toByteArray(), to);
    final byte[] palette = new byte[colours.length * 3];
    for (int i = 0; i < colours.length; i++) {
      palette[3 * i] = (byte) (colours[i] >> 16);
      palette[3 * i + 1] = (byte) (colours[i] >> 8);
      palette[3 * i + 2] = (byte) colours[i];
    }
    chunk("PLTE", palette, to);
    chunk("tEXt", ("Description\0" + text).getBytes(StandardCharsets.ISO_8859_1), to);
    chunk("IDAT", pixels(canvas), to);
    chunk("IEND", new byte[0], to);
  }

  /** Each row as its difference to the one above: bars and cells repeat downward. */
  private static byte[] pixels(final Canvas canvas) throws IOException {
    final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      final byte[] row = new byte[canvas.width()];
      final byte[] above = new byte[canvas.width()];
      final byte[] line = new byte[1 + canvas.width()];
      for (int y = 0; y < canvas.height(); y++) {
        canvas.copyRow(y, row, 0);
        line[0] = UP;
        for (int x = 0; x < row.length; x++) {
          line[1 + x] = (byte) (row[x] - above[x]);
        }
        out.write(line);
        System.arraycopy(row, 0, above, 0, row.length);
      }
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private static void chunk(final String name, final byte[] data, final OutputStream to)
      throws IOException {
    final byte[] kind = name.getBytes(StandardCharsets.US_ASCII);
    final CRC32 sum = new CRC32();
    sum.update(kind);
    sum.update(data);
    final DataOutputStream out = new DataOutputStream(to);
    out.writeInt(data.length);
    out.write(kind);
    out.write(data);
    out.writeInt((int) sum.getValue());
    out.flush();
  }
}
