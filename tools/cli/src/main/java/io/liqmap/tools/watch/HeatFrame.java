package io.liqmap.tools.watch;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.picture.Palette;
import java.util.Arrays;
import java.util.List;

/**
 * Draws the last columns of a map's history: time to the right, price up, the lighter the more is
 * liquidated there; mark in white.
 */
final class HeatFrame {
  private static final String SHADES = " ░▒▓█";
  private static final String ASCII_SHADES = " .:-=+*#%";
  private static final int PIXEL = 4;
  private static final int LEGEND = 16;

  /** Lines beside the picture's: of times and of colours. */
  private static final int EXTRA = 2;

  private final WatchedMap map;
  private final Look look;
  private final Canvas canvas;
  private final int top;
  private final int lines;
  private final List<HeatColumn> columns;
  private final PriceRows rows;
  private final Palette palette = Palette.of(Palette.names().get(0));
  private final int left;
  private final double[] cells;
  private double most;

  private HeatFrame(
      final WatchedMap map,
      final List<HeatColumn> columns,
      final Look look,
      final Canvas canvas,
      final int top,
      final int lines,
      final double reach) {
    this.map = map;
    this.columns = columns;
    this.look = look;
    this.canvas = canvas;
    this.top = top;
    this.lines = lines;
    rows =
        rows(columns, lines * (isSixel() ? look.cellHeight() / PIXEL : look.rowsInLine()), reach);
    left =
        Math.max(rows.label(rows.high(0)).length(), rows.label(rows.low(rows.rows() - 1)).length())
            + 1;
    cells = new double[columns.size() * rows.rows()];
  }

  /**
   * Draws columns.
   *
   * @param map the newest one; null before there is one
   * @param columns in the order of time
   * @param reach how far prices reach beyond mark's way, as a share of it
   */
  static Frame of(
      final WatchedMap map,
      final WatchState state,
      final List<HeatColumn> columns,
      final Look look,
      final double reach,
      final String keys) {
    final Margins margins = new Margins(map, state, look, keys);
    final Canvas canvas = look.canvas();
    margins.draw(canvas);
    final int lines = margins.height() - EXTRA;
    final List<HeatColumn> known =
        columns.stream().filter((column) -> !Double.isNaN(column.mark())).toList();
    if (map == null || known.isEmpty() || lines < 1) {
      canvas.text(margins.top(), 0, map == null ? "" : "making the columns …", Ink.WARN);
      return new Frame(canvas, null, 0, 0);
    }
    final int room = room(look);
    final List<HeatColumn> last = known.subList(Math.max(0, known.size() - room), known.size());
    return new HeatFrame(map, last, look, canvas, margins.top(), lines, reach).draw();
  }

  /** Columns that a frame has room for, at most. */
  static int room(final Look look) {
    final int cells = Math.max(1, look.width() - 14);
    return look.picture() == Look.Picture.SIXEL ? cells * look.cellWidth() / PIXEL : cells;
  }

  private boolean isSixel() {
    return look.picture() == Look.Picture.SIXEL;
  }

  private static PriceRows rows(
      final List<HeatColumn> columns, final int rows, final double reach) {
    double low = Double.MAX_VALUE;
    double high = 0;
    for (final HeatColumn column : columns) {
      low = Math.min(low, column.mark());
      high = Math.max(high, column.mark());
    }
    return PriceRows.between(low * (1 - reach), high * (1 + reach), rows);
  }

  private Frame draw() {
    measure();
    for (int line = 0; line < lines; line += 4) {
      canvas.textBefore(
          top + line, left - 1, rows.label(rows.high(line * rows.rows() / lines)), Ink.MUTED);
    }
    times();
    legend();
    if (isSixel()) {
      return new Frame(canvas, pixels(), top, left);
    }
    for (int line = 0; line < lines; line++) {
      for (int i = 0; i < columns.size(); i++) {
        if (look.picture() == Look.Picture.HALVES) {
          canvas.put(top + line, left + i, '▀', colour(i, 2 * line), colour(i, 2 * line + 1));
        } else {
          canvas.put(top + line, left + i, shade(i, line), Canvas.DEFAULT, Canvas.DEFAULT);
        }
      }
    }
    return new Frame(canvas, null, 0, 0);
  }

  private void measure() {
    for (int i = 0; i < columns.size(); i++) {
      for (int row = 0; row < rows.rows(); row++) {
        cells[i * rows.rows() + row] = columns.get(i).between(rows.low(row), rows.high(row));
      }
    }
    final double[] sorted = Arrays.stream(cells).filter((cell) -> cell > 0).sorted().toArray();
    // A single cell that holds far more would leave all others dark.
    most = sorted.length == 0 ? 0 : sorted[(int) (0.995 * (sorted.length - 1))];
  }

  /** How light a cell is, 0 to 1; below 0 for an empty one. */
  private double light(final int column, final int row) {
    final double notional = cells[column * rows.rows() + row];
    if (notional <= 0) {
      return -1;
    }
    return Math.min(1, notional / most);
  }

  private boolean isMark(final int column, final int row) {
    return rows.row(columns.get(column).mark()) == row;
  }

  private int colour(final int column, final int row) {
    if (isMark(column, row)) {
      return Ink.MARK;
    }
    return colour(light(column, row));
  }

  private int colour(final double light) {
    return palette.colour((int) Math.round((Palette.COLOURS - 1) * Math.max(0, light)));
  }

  private int shade(final int column, final int row) {
    if (isMark(column, row)) {
      return look.isAscii() ? 'o' : '─';
    }
    return shade(light(column, row));
  }

  private char shade(final double light) {
    final String shades = look.isAscii() ? ASCII_SHADES : SHADES;
    return light < 0
        ? ' '
        : shades.charAt(1 + (int) Math.min(shades.length() - 2, light * (shades.length() - 1)));
  }

  private Pixels pixels() {
    final int width =
        Math.min(columns.size() * PIXEL, (look.width() - left - 1) * look.cellWidth());
    final Pixels pixels = new Pixels(width, lines * look.cellHeight());
    for (int i = 0; i < columns.size(); i++) {
      for (int row = 0; row < rows.rows(); row++) {
        pixels.fill(i * PIXEL, row * PIXEL, PIXEL, PIXEL, colour(light(i, row)));
      }
      final int row = rows.row(columns.get(i).mark());
      pixels.fill(i * PIXEL, row * PIXEL + PIXEL / 2 - 1, PIXEL, 2, Ink.MARK);
    }
    canvas.leave(top, left, lines, (width + look.cellWidth() - 1) / look.cellWidth());
    return pixels;
  }

  private void times() {
    final String from = minute(columns.get(0).time());
    final String to = minute(columns.get(columns.size() - 1).time());
    canvas.text(top + lines, left, from, Ink.MUTED);
    if (look.width() > left + 2 * (to.length() + 1)) {
      final int end = Math.max(left + from.length() + 4 + to.length(), left + wide());
      canvas.text(top + lines, left + from.length() + 1, "to", Ink.MUTED);
      canvas.textBefore(top + lines, Math.min(look.width(), end), to, Ink.MUTED);
    }
  }

  private int wide() {
    return isSixel() ? columns.size() * PIXEL / look.cellWidth() : columns.size();
  }

  private static String minute(final long time) {
    return Format.time(time / 60_000_000_000L * 60_000_000_000L);
  }

  private void legend() {
    final int row = top + lines + 1;
    final String least = "0";
    canvas.text(row, left, least, Ink.MUTED);
    int at = left + least.length() + 1;
    for (int i = 0; i < LEGEND; i++) {
      final double light = i / (LEGEND - 1.0);
      if (look.isAscii() || look.picture() == Look.Picture.SHADES) {
        canvas.put(row, at++, shade(light), Canvas.DEFAULT, Canvas.DEFAULT);
      } else {
        canvas.put(row, at++, ' ', Canvas.DEFAULT, colour(light));
      }
    }
    canvas.text(
        row, at + 1, Format.amount(most) + " " + map.quote() + " and more in a cell", Ink.MUTED);
  }
}
