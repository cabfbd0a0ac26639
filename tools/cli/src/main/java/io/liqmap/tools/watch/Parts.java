package io.liqmap.tools.watch;

import java.util.ArrayList;
import java.util.List;

/** Short texts that fill lines, two blanks apart; only a text wider than a line is cut. */
final class Parts {
  private static final int APART = 2;

  private final int width;
  private final List<List<Part>> lines = new ArrayList<>();
  private int used;

  private record Part(String text, int column, int ink) {}

  Parts(final int width) {
    this.width = width;
  }

  /** Begins a line. */
  Parts line() {
    lines.add(new ArrayList<>());
    used = 0;
    return this;
  }

  Parts add(final String text) {
    return add(text, Canvas.DEFAULT);
  }

  /** Adds a text where it fits: after the last one, or in a line of its own. */
  Parts add(final String text, final int ink) {
    final int length = text.codePointCount(0, text.length());
    if (length == 0) {
      return this;
    }
    if (lines.isEmpty() || (used > 0 && used + APART + length > width)) {
      line();
    }
    final int column = used == 0 ? 0 : used + APART;
    lines.get(lines.size() - 1).add(new Part(text, column, ink));
    used = column + length;
    return this;
  }

  /** Adds the words of a sentence. */
  Parts sentence(final String text, final int ink) {
    line();
    final StringBuilder fitting = new StringBuilder();
    for (final String word : text.split(" ", -1)) {
      if (fitting.length() > 0 && fitting.length() + 1 + word.length() > width) {
        add(fitting.toString(), ink);
        line();
        fitting.setLength(0);
      }
      fitting.append(fitting.length() == 0 ? "" : " ").append(word);
    }
    return add(fitting.toString(), ink);
  }

  int height() {
    return lines.size();
  }

  void draw(final Canvas canvas, final int row) {
    for (int i = 0; i < lines.size(); i++) {
      for (final Part part : lines.get(i)) {
        canvas.text(row + i, part.column, part.text, part.ink);
      }
    }
  }
}
