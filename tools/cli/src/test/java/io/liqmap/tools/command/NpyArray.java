package io.liqmap.tools.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An array of a NumPy file, format 1.0, read as NumPy's documentation says. */
final class NpyArray {
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([^']+)', 'fortran_order': False, 'shape': \\(([\\d, ]*)\\), \\} *\n");

  private final String type;
  private final int[] shape;
  private final ByteBuffer values;

  private NpyArray(final String type, final int[] shape, final ByteBuffer values) {
    this.type = type;
    this.shape = shape;
    this.values = values;
  }

  static NpyArray read(final Path file) throws IOException {
    final ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    final byte[] magic = new byte[8];
    bytes.get(magic);
    if (!Arrays.equals(magic, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})) {
      throw new IOException(file + " isn't of format 1.0");
    }
    final byte[] header = new byte[bytes.getShort()];
    bytes.get(header);
    final Matcher matcher = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
    if (!matcher.matches() || bytes.position() % 64 != 0) {
      throw new IOException(file + ": " + new String(header, StandardCharsets.US_ASCII));
    }
    final int[] shape =
        Arrays.stream(matcher.group(2).split(",", -1))
            .map(String::strip)
            .filter((size) -> !size.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    final int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (bytes.remaining() != count * Double.BYTES) {
      throw new IOException(file + " has " + bytes.remaining() + " bytes for " + count);
    }
    return new NpyArray(matcher.group(1), shape, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  String type() {
    return type;
  }

  int[] shape() {
    return shape;
  }

  ByteBuffer values() {
    return values;
  }

  int count() {
    return values.capacity() / Double.BYTES;
  }

  long whole(final int index) {
    return values.getLong(index * Long.BYTES);
  }

  double number(final int... place) {
    int index = 0;
    for (int i = 0; i < place.length; i++) {
      index = index * shape[i] + place[i];
    }
    return values.getDouble(index * Double.BYTES);
  }
}
