package io.liqmap.tools.watch;

import java.util.Arrays;

/** A picture of pixels; those that aren't set let the ground through. */
final class Pixels {
  /** A pixel that isn't set. */
  static final int NONE = -1;

  private final int width;
  private final int height;
  private final int[] colours;

  Pixels(final int width, final int height) {
    this.width = width;
    this.height = height;
    colours = new int[width * height];
    Arrays.fill(colours, NONE);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** 0xRRGGBB, or {@link #NONE}. */
  int colour(final int x, final int y) {
    return colours[y * width + x];
  }

  /** Sets a rectangle, as far as it is in the picture. */
  void fill(final int x, final int y, final int columns, final int rows, final int colour) {
    final int from = Math.max(0, x);
    final int to = Math.min(width, x + columns);
    for (int i = Math.max(0, y); i < Math.min(height, y + rows) && from < to; i++) {
      Arrays.fill(colours, i * width + from, i * width + to, colour);
    }
  }

  boolean isSame(final Pixels other) {
    return other != null && width == other.width && Arrays.equals(colours, other.colours);
  }
}
