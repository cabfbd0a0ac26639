package io.liqmap.tools.watch;

/**
 * What is on the screen at one time.
 *
 * @param canvas text and blocks
 * @param picture of pixels; null for none
 * @param row line of its upper edge, from 0
 * @param column of its left edge, from 0
 */
record Frame(Canvas canvas, Pixels picture, int row, int column) {
  /** As lines, for what isn't a terminal; without a picture of pixels. */
  String text(final ColorLevel colors) {
    int last = canvas.height() - 1;
    while (last > 0 && canvas.line(last, colors).isEmpty()) {
      last--;
    }
    final StringBuilder text = new StringBuilder();
    for (int i = 0; i <= last; i++) {
      text.append(canvas.line(i, colors)).append(System.lineSeparator());
    }
    return text.toString();
  }
}
