package io.liqmap.tools.watch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal without wrapping: what a text with sequences shows, and that it stays on the screen.
 */
final class Grid {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\u001B\\[(\\??[0-9;]*)([A-Za-z])|\u001BP(.*?)\u001B\\\\|(\\R)|(.)", Pattern.DOTALL);

  final int[][] cells;
  final StringBuilder sequences = new StringBuilder();
  int sixels;
  private final int width;
  private int row;
  private int column;

  Grid(final int width, final int height) {
    this.width = width;
    cells = new int[height][width];
    clear();
  }

  private void clear() {
    for (final int[] line : cells) {
      Arrays.fill(line, ' ');
    }
  }

  Grid feed(final String text) {
    final Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      if (token.group(2) != null) {
        sequences.append(token.group());
        sequence(token.group(1), token.group(2).charAt(0));
      } else if (token.group(3) != null) {
        sixels++;
      } else if (token.group(4) != null) {
        row++;
        column = 0;
      } else {
        final int glyph = token.group(5).codePointAt(0);
        assertTrue(glyph >= ' ' && (glyph < 0x7f || glyph > 0x9f), () -> "control " + glyph);
        assertTrue(
            row < cells.length && column < width,
            () -> "a character at " + row + ", " + column + " of " + width + ":\n" + text);
        cells[row][column++] = glyph;
      }
    }
    return this;
  }

  private void sequence(final String given, final char kind) {
    final int[] numbers =
        Arrays.stream(given.replace("?", "").split(";"))
            .mapToInt((part) -> part.isEmpty() ? 1 : Integer.parseInt(part))
            .toArray();
    switch (kind) {
      case 'H' -> {
        row = numbers[0] - 1;
        column = numbers.length > 1 ? numbers[1] - 1 : 0;
      }
      case 'G' -> column = numbers[0] - 1;
      case 'K' -> Arrays.fill(cells[row], Math.min(width, column), width, ' ');
      case 'X' -> Arrays.fill(cells[row], column, Math.min(width, column + numbers[0]), ' ');
      case 'J' -> clear();
      default -> {}
    }
  }

  String line(final int number) {
    return new String(cells[number], 0, width).stripTrailing();
  }

  String text() {
    final StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      text.append(line(i)).append('\n');
    }
    return text.toString();
  }
}
