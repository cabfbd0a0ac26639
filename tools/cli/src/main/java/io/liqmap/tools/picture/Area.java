package io.liqmap.tools.picture;

/**
 * A rectangle of pixels.
 *
 * @param x leftmost pixel
 * @param y topmost pixel
 * @param width pixels across
 * @param height pixels down
 */
public record Area(int x, int y, int width, int height) {
  /** First pixel to the right of it. */
  public int right() {
    return x + width;
  }

  /** First pixel below it. */
  public int bottom() {
    return y + height;
  }

  boolean contains(final int atX, final int atY) {
    return atX >= x && atX < right() && atY >= y && atY < bottom();
  }
}
