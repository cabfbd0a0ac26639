package io.liqmap.tools.command;

/** Breaks what people read into lines that fit a terminal. */
final class Lines {
  /** No line is longer, where a blank allows it. */
  static final int WIDTH = 120;

  private Lines() {}

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
