package io.liqmap.tools.watch;

/**
 * How a frame is drawn.
 *
 * @param width columns, 1 or more
 * @param height lines, 1 or more
 * @param colors that it may use
 * @param picture how pictures are drawn
 * @param cellWidth pixels of a column, for sixel
 * @param cellHeight pixels of a line, for sixel
 */
record Look(
    int width, int height, ColorLevel colors, Picture picture, int cellWidth, int cellHeight) {
  /** How pictures are drawn. */
  enum Picture {
    SIXEL,
    /** Two pixels in a character, by its colour and that of its ground. */
    HALVES,
    /** Characters that cover a part of their cell, without colour. */
    SHADES,
    ASCII
  }

  boolean isAscii() {
    return picture == Picture.ASCII;
  }

  /** Rows of a picture in a line of text. */
  int rowsInLine() {
    return picture == Picture.HALVES ? 2 : 1;
  }

  Canvas canvas() {
    return new Canvas(width, height, isAscii());
  }
}
