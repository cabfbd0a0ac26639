package io.liqmap.tools.watch;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal says of itself: its primary attributes, of which 4 is sixel graphics, and the
 * size of a cell in pixels.
 *
 * @param isAble whether it draws sixels, and says how large its cells are
 * @param cellWidth pixels of a column
 * @param cellHeight pixels of a line
 */
record SixelQuery(boolean isAble, int cellWidth, int cellHeight) {
  /** Size of a cell of the VT340, whose graphics they are. */
  private static final SixelQuery UNKNOWN = new SixelQuery(false, 10, 20);

  /** Size of a cell; a terminal that doesn't know it answers the second alone. */
  private static final String QUESTION = "\u001B[16t\u001B[c";

  private static final Pattern ATTRIBUTES = Pattern.compile("\u001B\\[\\?([0-9;]*)c");
  private static final Pattern CELL = Pattern.compile("\u001B\\[6;([0-9]{1,3});([0-9]{1,3})t");
  private static final long PATIENCE_NANOS = 500_000_000L;
  private static final long WAIT_MILLIS = 5;

  /** Asks a terminal in raw mode; one that doesn't answer within half a second isn't able. */
  static SixelQuery ask(final Terminal terminal, final PrintWriter out)
      throws InterruptedException {
    if (!terminal.hasKeys()) {
      return UNKNOWN;
    }
    out.print(QUESTION);
    out.flush();
    final long began = System.nanoTime();
    final StringBuilder answer = new StringBuilder();
    while (!ATTRIBUTES.matcher(answer).find() && System.nanoTime() - began < PATIENCE_NANOS) {
      Thread.sleep(WAIT_MILLIS);
      answer.append(terminal.typed());
    }
    return of(answer);
  }

  static SixelQuery of(final CharSequence answer) {
    final Matcher attributes = ATTRIBUTES.matcher(answer);
    final boolean hasSixel =
        attributes.find() && Arrays.asList(attributes.group(1).split(";", -1)).contains("4");
    final Matcher cell = CELL.matcher(answer);
    if (cell.find()) {
      final int height = Integer.parseInt(cell.group(1));
      final int width = Integer.parseInt(cell.group(2));
      if (width > 1 && height > 1) {
        return new SixelQuery(hasSixel, width, height);
      }
    }
    return UNKNOWN;
  }
}
