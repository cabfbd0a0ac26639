package io.liqmap.tools.watch;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.Format;

/** Draws a map: a bar for each row of prices, the highest at the top, and mark where it is. */
final class MapFrame {
  private static final String SHADES = "░▒▓█";
  private static final int AMOUNT = 9;
  private static final int CUMULATIVE = 11;
  private static final int WIDE = 56;
  private static final int LEAST_LABEL = 10;
  private static final int SUBROW_PIXELS = 4;

  /** Lines of the picture that aren't rows: heading, mark, and the row that mark splits. */
  private static final int EXTRA = 3;

  private final WatchedMap map;
  private final Look look;
  private final PriceRows rows;
  private final Canvas canvas;
  private final int top;
  private final int label;
  private final int bar;
  private final int bars;
  private double most;
  private double mostUpTo;
  private Pixels pixels;

  /** Where the curve is in the pixels above; below 0 before it begins. */
  private int curve = -1;

  private MapFrame(
      final WatchedMap map,
      final Look look,
      final Canvas canvas,
      final Margins margins,
      final PriceRows rows) {
    this.map = map;
    this.look = look;
    this.canvas = canvas;
    this.rows = rows;
    top = margins.top();
    label =
        Math.max(
            LEAST_LABEL,
            Math.max(rows.label(rows.high(0)).length(), Format.price(map.mark()).length()));
    bar = label + 2;
    bars = Math.max(0, look.width() - bar - 1 - (isWide() ? AMOUNT : 0) - CUMULATIVE);
  }

  /**
   * Draws a map.
   *
   * @param map null before there is one
   * @param reach how far the rows reach on both sides of mark, as a share of it
   * @param before rows of the frame before; null for none
   */
  static Drawn of(
      final WatchedMap map,
      final WatchState state,
      final Look look,
      final double reach,
      final PriceRows before,
      final String keys) {
    final Margins margins = new Margins(map, state, look, keys);
    final Canvas canvas = look.canvas();
    margins.draw(canvas);
    final int lines = margins.height() - EXTRA;
    if (map == null || lines < 1 || Double.isNaN(map.mark())) {
      return new Drawn(new Frame(canvas, null, 0, 0), before);
    }
    final PriceRows rows = PriceRows.around(map.mark(), reach, lines * look.rowsInLine(), before);
    return new Drawn(new MapFrame(map, look, canvas, margins, rows).draw(lines), rows);
  }

  /** A frame, and its rows for the next one. */
  record Drawn(Frame frame, PriceRows rows) {}

  private Frame draw(final int lines) {
    heading();
    final int split = Math.max(0, Math.min(lines - 1, rows.row(map.mark()) / look.rowsInLine()));
    measure(lines);
    if (look.picture() == Look.Picture.SIXEL) {
      pixels = new Pixels(bars * look.cellWidth(), (lines + 2) * look.cellHeight());
      canvas.leave(top + 1, bar, lines + 2, bars);
    }
    for (int line = 0; line <= split; line++) {
      line(1 + line, line, map.mark(), Double.MAX_VALUE, line < split);
    }
    mark(2 + split);
    for (int line = split; line < lines; line++) {
      line(EXTRA + line, line, 0, map.mark(), true);
    }
    return new Frame(canvas, pixels, top + 1, bar);
  }

  private boolean isWide() {
    return look.width() >= WIDE;
  }

  private void heading() {
    canvas.textBefore(top, label, "price from", Ink.MUTED);
    final String unit = map.quote().substring(0, Math.min(AMOUNT - 1, map.quote().length()));
    if (isWide()) {
      canvas.textBefore(top, look.width() - CUMULATIVE, unit, Ink.MUTED);
    }
    canvas.textBefore(top, look.width(), "up to here", Ink.MUTED);
  }

  /** The longest bar, and the farthest point of the curve. */
  private void measure(final int lines) {
    for (int row = 0; row < lines * look.rowsInLine(); row++) {
      most = Math.max(most, map.between(rows.low(row), rows.high(row)));
    }
    mostUpTo = Math.max(map.upTo(rows.high(0)), map.upTo(rows.low(rows.rows() - 1)));
  }

  /** A line of one or two rows, as far as it is between two prices. */
  private void line(
      final int at, final int line, final double from, final double to, final boolean hasPrice) {
    final int first = line * look.rowsInLine();
    final double low = Math.max(from, rows.low(first + look.rowsInLine() - 1));
    final double high = Math.min(to, rows.high(first));
    final int row = top + at;
    if (hasPrice) {
      canvas.textBefore(
          row, label, rows.label(rows.low(first + look.rowsInLine() - 1)), Canvas.DEFAULT);
    }
    final boolean isInCluster = low < high && map.isInCluster(low, high);
    final Side side = from > 0 ? Side.SHORT : Side.LONG;
    canvas.put(
        row,
        label + 1,
        isInCluster ? '┃' : '│',
        isInCluster ? Ink.of(side) : Ink.MUTED,
        Canvas.DEFAULT);
    switch (look.picture()) {
      case SIXEL -> pixels(at - 1, low, high);
      case HALVES -> halves(row, first, from, to);
      case SHADES, ASCII -> shades(row, low, high, side);
    }
    if (isWide()) {
      canvas.textBefore(
          row, look.width() - CUMULATIVE, Format.amount(map.between(low, high)), Canvas.DEFAULT);
    }
    canvas.textBefore(
        row,
        look.width(),
        Format.amount(map.upTo(side == Side.SHORT ? Math.max(low, high) : Math.min(low, high))),
        Ink.MUTED);
  }

  private int length(final double notional, final int full) {
    return most > 0 ? (int) Math.round(full * Math.min(1, notional / most)) : 0;
  }

  private void shades(final int row, final double low, final double high, final Side side) {
    final double notional = map.between(low, high);
    final int shade =
        (int) Math.min(SHADES.length() - 1, SHADES.length() * notional / Math.max(most, 1e-9));
    final int glyph = look.isAscii() ? side == Side.SHORT ? '#' : '=' : SHADES.charAt(shade);
    final int ink = Ink.of(side, notional / Math.max(most, 1e-9));
    for (int i = 0; i < length(notional, bars); i++) {
      canvas.put(row, bar + i, glyph, ink, Canvas.DEFAULT);
    }
  }

  private void halves(final int row, final int first, final double from, final double to) {
    for (int i = 0; i < bars; i++) {
      final int upper = colour(first, from, to, i);
      final int lower = colour(first + 1, from, to, i);
      if (upper != Canvas.DEFAULT) {
        canvas.put(row, bar + i, '▀', upper, lower);
      } else if (lower != Canvas.DEFAULT) {
        canvas.put(row, bar + i, '▄', lower, Canvas.DEFAULT);
      }
    }
  }

  /** Colour of a row's bar in a column: its shorts first, then its longs. */
  private int colour(final int row, final double from, final double to, final int column) {
    return colour(Math.max(from, rows.low(row)), Math.min(to, rows.high(row)), column, bars);
  }

  private int colour(final double low, final double high, final int column, final int full) {
    final double shorts = map.shorts().between(low, high);
    final double all = shorts + map.longs().between(low, high);
    if (column >= length(all, full)) {
      return Canvas.DEFAULT;
    }
    return Ink.of(column < length(shorts, full) ? Side.SHORT : Side.LONG, all / most);
  }

  /** The rows of a line are finer, with bars as for a whole line, and the curve over them. */
  private void pixels(final int line, final double low, final double high) {
    final int height = look.cellHeight();
    for (int y = 0; y < height; y += SUBROW_PIXELS) {
      final int lines = Math.min(SUBROW_PIXELS, height - y);
      final double upper = high - (high - low) * y / height;
      final double lower = high - (high - low) * (y + lines) / height;
      final double scale = low < high ? rows.step() / (upper - lower) : 0;
      final double shorts = map.shorts().between(lower, upper) * scale;
      final double all = shorts + map.longs().between(lower, upper) * scale;
      final int end = length(all, pixels.width());
      final int middle = length(shorts, pixels.width());
      final int at = line * height + y;
      pixels.fill(0, at, middle, lines - 1, Ink.of(Side.SHORT, all / most));
      pixels.fill(middle, at, end - middle, lines - 1, Ink.of(Side.LONG, all / most));
      final double upTo = map.upTo(lower < map.mark() ? lower : upper);
      final int x = (int) Math.round((pixels.width() - 2) * upTo / Math.max(mostUpTo, 1e-9));
      final int last = curve < 0 ? x : curve;
      pixels.fill(Math.min(x, last), at, Math.abs(x - last) + 2, lines, Ink.MUTED);
      curve = x;
    }
  }

  private void mark(final int at) {
    canvas.textBefore(top + at, label, Format.price(map.mark()), Ink.MARK);
    for (int i = label + 1; i < look.width(); i++) {
      canvas.put(top + at, i, '─', Ink.MARK, Canvas.DEFAULT);
    }
    canvas.text(top + at, bar + 1, " mark ", Ink.MARK);
    if (pixels != null) {
      final int y = (at - 1) * look.cellHeight() + look.cellHeight() / 2;
      pixels.fill(0, y - 1, pixels.width(), 2, Ink.MARK);
      canvas.leave(top + at, bar, 1, bars);
    }
  }
}
