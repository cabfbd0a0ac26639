package io.liqmap.tools.picture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A font of fixed width as rows of bits, from the public domain: Java's own fonts need libraries
 * that a server often lacks. Immutable.
 *
 * <p>Its file has width and height, then for each character its code and its rows, in hex.
 */
final class Font {
  static final Font REGULAR = read("regular.font");
  static final Font BOLD = read("bold.font");

  private final int width;
  private final int height;
  private final Map<Integer, int[]> rows = new HashMap<>();

  private Font(final BufferedReader lines) throws IOException {
    final String[] size = lines.readLine().split(" ", -1);
    width = Integer.parseInt(size[0]);
    height = Integer.parseInt(size[1]);
    final int digits = (width + 3) / 4;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      final int[] bits = new int[height];
      for (int row = 0; row < height; row++) {
        final int at = 5 + row * digits;
        bits[row] = Integer.parseInt(line, at, at + digits, 16) >> (4 * digits - width);
      }
      rows.put(Integer.parseInt(line, 0, 4, 16), bits);
    }
  }

  private static Font read(final String name) {
    try (InputStream in = Font.class.getResourceAsStream(name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return new Font(lines);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int height() {
    return height;
  }

  int width(final String text) {
    return text.length() * width;
  }

  /** Whether a pixel of a character is set; a character that it lacks is a question mark. */
  boolean isSet(final char character, final int x, final int y) {
    final int[] bits = rows.getOrDefault((int) character, rows.get((int) '?'));
    return ((bits[y] >> (width - 1 - x)) & 1) != 0;
  }

  int width() {
    return width;
  }
}
