package io.liqmap.tools.watch;

import java.util.Arrays;

/**
 * A page of cells, a column wide each: whatever is put on it, no line gets wider. Texts from
 * outside can't steer the terminal: what isn't known to be one column wide becomes a question mark.
 * One thread.
 */
final class Canvas {
  /** The terminal's own colour. */
  static final int DEFAULT = -1;

  /** A cell that isn't written: a picture lies there. */
  private static final int HOLE = 0;

  private static final String SYMBOLS = "–−…─│┃┼█▀▄░▒▓←→↑↓";
  private static final String PLAIN = "--.-||+#\"_.:=<>^v";

  private final int width;
  private final int height;
  private final boolean isAscii;
  private final int[] glyphs;
  private final int[] inks;
  private final int[] grounds;

  /**
   * An empty page.
   *
   * @param isAscii whether other characters are replaced by similar ones of ASCII
   */
  Canvas(final int width, final int height, final boolean isAscii) {
    this.width = width;
    this.height = height;
    this.isAscii = isAscii;
    glyphs = new int[width * height];
    inks = new int[width * height];
    grounds = new int[width * height];
    Arrays.fill(glyphs, ' ');
    Arrays.fill(inks, DEFAULT);
    Arrays.fill(grounds, DEFAULT);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Puts one character; does nothing off the page. */
  void put(final int row, final int column, final int glyph, final int ink, final int ground) {
    if (row >= 0 && row < height && column >= 0 && column < width) {
      final int at = row * width + column;
      glyphs[at] = narrow(glyph);
      inks[at] = ink;
      grounds[at] = ground;
    }
  }

  /** Puts a text, as far as it is on the page. */
  void text(final int row, final int column, final String text, final int ink) {
    int at = column;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      put(row, at++, text.codePointAt(i), ink, DEFAULT);
    }
  }

  /** Puts a text that ends before a column. */
  void textBefore(final int row, final int end, final String text, final int ink) {
    text(row, end - text.codePointCount(0, text.length()), text, ink);
  }

  /** Leaves an area to a picture. */
  void leave(final int row, final int column, final int rows, final int columns) {
    for (int i = row; i < Math.min(height, row + rows); i++) {
      for (int j = column; j < Math.min(width, column + columns); j++) {
        glyphs[i * width + j] = HOLE;
      }
    }
  }

  /** Columns that are left to a picture, from a column on. */
  int left(final int row, final int column) {
    int end = column;
    while (end < width && glyphs[row * width + end] == HOLE) {
      end++;
    }
    return end - column;
  }

  private int narrow(final int glyph) {
    if (glyph >= ' ' && glyph <= '~') {
      return glyph;
    }
    final int symbol = SYMBOLS.indexOf(glyph);
    if (symbol >= 0) {
      return isAscii ? PLAIN.charAt(symbol) : glyph;
    }
    if (isAscii) {
      return glyph == '±' ? '~' : '?';
    }
    final boolean isLetter =
        (glyph >= 0xa1 && glyph <= 0x2ff && glyph != 0xad)
            || (glyph >= 0x391 && glyph <= 0x3ff)
            || (glyph >= 0x400 && glyph <= 0x482);
    return isLetter ? glyph : '?';
  }

  /**
   * A line as text and sequences, without what is blank at its end.
   *
   * @param colors NONE: no sequence but those that step over a picture
   */
  String line(final int row, final ColorLevel colors) {
    int end = (row + 1) * width;
    while (end > row * width && glyphs[end - 1] == ' ' && grounds[end - 1] == DEFAULT) {
      end--;
    }
    final StringBuilder line = new StringBuilder(width * 2);
    int ink = DEFAULT;
    int ground = DEFAULT;
    boolean isStyled = false;
    for (int at = row * width; at < end; at++) {
      if (glyphs[at] == HOLE) {
        if (at + 1 == end || glyphs[at + 1] != HOLE) {
          line.append("\u001B[").append(at + 2 - row * width).append('G');
        }
        continue;
      }
      final boolean isOther = inks[at] != ink && glyphs[at] != ' ';
      if (colors != ColorLevel.NONE && (isOther || grounds[at] != ground)) {
        ink = inks[at];
        ground = grounds[at];
        line.append("\u001B[0");
        colors.append(line, ink, false);
        colors.append(line, ground, true);
        line.append('m');
        isStyled = true;
      }
      line.appendCodePoint(glyphs[at]);
    }
    return isStyled ? line.append("\u001B[0m").toString() : line.toString();
  }
}
