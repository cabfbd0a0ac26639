package io.liqmap.tools.watch;

import java.io.PrintWriter;
import java.util.Arrays;

/**
 * The terminal's other screen, of which only what has changed is written again. Any thread may
 * close it; nothing is written after that.
 */
final class Screen implements AutoCloseable {
  /** Other screen, no cursor, no wrapping of lines, empty. */
  static final String ENTER = "\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[2J";

  /** Own colours, wrapping, cursor and first screen again. */
  static final String LEAVE = "\u001B[0m\u001B[?7h\u001B[?25h\u001B[?1049l";

  /** Terminals that know it show all of a frame at once. */
  private static final String BEGIN = "\u001B[?2026h";

  private static final String END = "\u001B[?2026l";

  private final PrintWriter out;
  private final ColorLevel colors;
  private String[] shown = {};
  private Frame last;
  private boolean isClosed;

  Screen(final PrintWriter out, final ColorLevel colors) {
    this.out = out;
    this.colors = colors;
    write(ENTER);
  }

  synchronized void draw(final Frame frame) {
    if (!isClosed) {
      final String changes = changes(frame);
      if (!changes.isEmpty()) {
        write(BEGIN + changes + END);
      }
    }
  }

  private String changes(final Frame frame) {
    final StringBuilder to = new StringBuilder();
    final Canvas canvas = frame.canvas();
    final boolean isOther =
        last == null
            || last.canvas().width() != canvas.width()
            || last.canvas().height() != canvas.height()
            || hasMoved(frame);
    if (isOther) {
      to.append("\u001B[2J");
      shown = new String[canvas.height()];
      Arrays.fill(shown, "");
    }
    for (int row = 0; row < canvas.height(); row++) {
      final String line = canvas.line(row, colors);
      if (!line.equals(shown[row])) {
        to.append("\u001B[").append(row + 1).append(";1H").append(line).append("\u001B[K");
        shown[row] = line;
      }
    }
    if (frame.picture() != null && (isOther || !frame.picture().isSame(last.picture()))) {
      picture(frame, to, isOther);
    }
    last = frame;
    return to.toString();
  }

  private boolean hasMoved(final Frame frame) {
    final Pixels before = last.picture();
    final Pixels now = frame.picture();
    if (before == null || now == null) {
      return before != now;
    }
    return before.width() != now.width()
        || before.height() != now.height()
        || last.row() != frame.row()
        || last.column() != frame.column();
  }

  /** What isn't set in a picture would keep the pixels of the one before. */
  private void picture(final Frame frame, final StringBuilder to, final boolean isEmpty) {
    if (!isEmpty) {
      erase(frame, to);
    }
    to.append("\u001B[").append(frame.row() + 1).append(';').append(frame.column() + 1);
    to.append('H').append(Sixel.of(frame.picture()));
  }

  private static void erase(final Frame frame, final StringBuilder to) {
    final Canvas canvas = frame.canvas();
    for (int row = frame.row(); row < canvas.height(); row++) {
      final int columns = canvas.left(row, frame.column());
      if (columns > 0) {
        to.append("\u001B[").append(row + 1).append(';').append(frame.column() + 1);
        to.append("H\u001B[").append(columns).append('X');
      }
    }
  }

  private void write(final String text) {
    out.print(text);
    out.flush();
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      write(LEAVE);
    }
  }
}
