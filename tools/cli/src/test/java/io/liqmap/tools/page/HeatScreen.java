package io.liqmap.tools.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import javax.imageio.ImageIO;

/** The heatmap's pixels, and what its canvas says about where they lie; both of one drawing. */
final class HeatScreen {
  static final String CANVAS = "#heat-plot canvas";

  /** Pixels nearer to a cell's edge may be the neighbour's. */
  private static final double EDGE = .125;

  private static final int RGB = 0xffffff;

  private final Map<?, ?> told;
  private final BufferedImage pixels;
  private final double left;
  private final double top;
  private final double width;
  private final double height;

  private HeatScreen(final Map<?, ?> told, final BufferedImage pixels) {
    this.told = told;
    this.pixels = pixels;
    left = number("left");
    top = number("top");
    width = number("width");
    height = number("height");
  }

  static HeatScreen of(final Browser browser) throws IOException {
    final Map<?, ?> seen =
        (Map<?, ?>)
            browser.evaluate(
                "((canvas) => ({told: {...canvas.dataset},"
                    + " png: canvas.toDataURL('image/png').split(',')[1]}))"
                    + "(document.querySelector(arguments[0]))",
                CANVAS);
    final byte[] png = Base64.getDecoder().decode((String) seen.get("png"));
    return new HeatScreen(
        (Map<?, ?>) seen.get("told"), ImageIO.read(new ByteArrayInputStream(png)));
  }

  /** What the canvas says; the name as in JavaScript. */
  String text(final String name) {
    return String.valueOf(told.get(name));
  }

  double number(final String name) {
    return Double.parseDouble(text(name));
  }

  /**
   * How many cells that are seen have the colour of their amount.
   *
   * @param right cells that aren't dark and have it
   * @param wrong cells, also dark ones, that don't
   * @param shades different colours that they should have
   * @param example the first wrong one; empty where there is none
   */
  record Comparison(int right, int wrong, int shades, String example) {}

  /** Compares the pixel in the middle of each cell with the cell's amount. */
  Comparison compare(final HeatCells cells, final HeatColours colours) {
    final double from = number("from");
    final double perMs = width / (number("to") - from);
    final double logHigh = StrictMath.log(number("high"));
    final double perLog = height / (logHigh - StrictMath.log(number("low")));
    final double cellHeight = StrictMath.log(cells.ratio) * perLog;
    final BitSet shades = new BitSet();
    int right = 0;
    int wrong = 0;
    String example = "";
    for (int row = 0; row < cells.rows; row++) {
      final double y = top + (logHigh - StrictMath.log(cells.price(row))) * perLog - cellHeight / 2;
      // The last column may be narrower.
      for (int column = 0; column < cells.columns - 1; column++) {
        final double x = left + (cells.time(column) - cells.every / 2 - from) * perMs;
        if (isIn(x, left, width, cells.every * perMs) && isIn(y, top, height, cellHeight)) {
          final int pixel = pixels.getRGB((int) x, (int) y) & RGB;
          final double amount = Math.abs(cells.cell(column, row));
          final int colour = colours.colour(amount);
          shades.set(colour);
          if (!colours.isLike(pixel, colour)) {
            if (wrong++ == 0) {
              example =
                  "%.0f in column %d, row %d is %06x, not colour %d %06x"
                      .formatted(amount, column, row, pixel, colour, colours.rgb(colour));
            }
          } else if (colour > 0) {
            right++;
          }
        }
      }
    }
    return new Comparison(right, wrong, shades.cardinality(), example);
  }

  /** Whether the middle of a cell is seen, in a pixel whose own middle is the cell's. */
  private static boolean isIn(
      final double middle, final double from, final double length, final double size) {
    return middle > from + 1
        && middle < from + length - 1
        && Math.abs(Math.floor(middle) + .5 - middle) < size / 2 - EDGE;
  }
}
