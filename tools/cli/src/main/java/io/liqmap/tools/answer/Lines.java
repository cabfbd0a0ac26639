package io.liqmap.tools.answer;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints lines that fit a terminal, each with a label in front. */
public final class Lines {
  /** No line is longer, where a blank allows it. */
  static final int WIDTH = 120;

  private final PrintWriter out;
  private final int indent;

  /**
   * Starts at the writer's next line.
   *
   * @param indent columns of the label, and blanks before the further lines of a text
   */
  public Lines(final PrintWriter out, final int indent) {
    this.out = out;
    this.indent = indent;
  }

  /** Prints a text after its label. */
  public void line(final String label, final String format, final Object... values) {
    final String text = String.format(Locale.ROOT, format, values);
    out.println(wrap(String.format(Locale.ROOT, "%-" + indent + "s%s", label, text), indent));
  }

  /** Prints a text without a label, and indents its further lines. */
  public void text(final int hang, final String format, final Object... values) {
    out.println(wrap(String.format(Locale.ROOT, format, values), hang));
  }

  public void blank() {
    out.println();
  }

  /**
   * A text with line breaks, without one at its end.
   *
   * @param hang blanks before each line but the first
   */
  static String wrap(final String text, final int hang) {
    final StringBuilder lines = new StringBuilder(text.length() + 16);
    int start = 0;
    int room = WIDTH;
    while (text.length() - start > room) {
      int end = text.lastIndexOf(' ', start + room);
      if (end <= start) {
        end = text.indexOf(' ', start);
      }
      if (end < 0) {
        break;
      }
      lines.append(text.substring(start, end).stripTrailing());
      lines.append(System.lineSeparator()).append(" ".repeat(hang));
      start = end + 1;
      room = WIDTH - hang;
    }
    return lines.append(text, start, text.length()).toString();
  }
}
