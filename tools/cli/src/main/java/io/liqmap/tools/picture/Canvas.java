package io.liqmap.tools.picture;

/**
 * Pixels to draw on, each the number of an {@link Ink}; y grows downward. What lies beyond the clip
 * isn't drawn. One thread.
 */
final class Canvas {
  private final int width;
  private final int height;
  private final byte[] pixels;
  private Area clip;

  Canvas(final int width, final int height, final int ink) {
    this.width = width;
    this.height = height;
    pixels = new byte[width * height];
    clip = new Area(0, 0, width, height);
    fill(clip, ink);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Number of a pixel's ink. */
  int at(final int x, final int y) {
    return pixels[y * width + x] & 0xFF;
  }

  void copyRow(final int y, final byte[] to, final int offset) {
    System.arraycopy(pixels, y * width, to, offset, width);
  }

  /** Draws within an area alone; null for all. */
  void clip(final Area area) {
    clip = area == null ? new Area(0, 0, width, height) : area;
  }

  void set(final int x, final int y, final int ink) {
    if (clip.contains(x, y)) {
      pixels[y * width + x] = (byte) ink;
    }
  }

  void fill(final Area area, final int ink) {
    for (int y = Math.max(clip.y(), area.y()); y < Math.min(clip.bottom(), area.bottom()); y++) {
      for (int x = Math.max(clip.x(), area.x()); x < Math.min(clip.right(), area.right()); x++) {
        pixels[y * width + x] = (byte) ink;
      }
    }
  }

  void fill(final int x, final int y, final int across, final int down, final int ink) {
    fill(new Area(x, y, across, down), ink);
  }

  void frame(final Area area, final int ink) {
    fill(area.x() - 1, area.y() - 1, area.width() + 2, 1, ink);
    fill(area.x() - 1, area.bottom(), area.width() + 2, 1, ink);
    fill(area.x() - 1, area.y(), 1, area.height(), ink);
    fill(area.right(), area.y(), 1, area.height(), ink);
  }

  /** A dashed line to the right. */
  void dashes(final int x, final int y, final int across, final int ink) {
    for (int i = 0; i < across; i++) {
      if (i % 8 < 5) {
        set(x + i, y, ink);
      }
    }
  }

  /** A line of one pixel's width, both ends included. */
  void line(final int x1, final int y1, final int x2, final int y2, final int ink) {
    final int steps = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1));
    for (int i = 0; i <= steps; i++) {
      set(
          steps == 0 ? x1 : x1 + Math.round((x2 - x1) * (float) i / steps),
          steps == 0 ? y1 : y1 + Math.round((y2 - y1) * (float) i / steps),
          ink);
    }
  }

  /** A disc with a dark rim, so that it shows on any ground. */
  void dot(final int x, final int y, final int radius, final int ink) {
    disc(x, y, radius + 1, Ink.HALO);
    disc(x, y, radius, ink);
  }

  private void disc(final int x, final int y, final int radius, final int ink) {
    for (int dy = -radius; dy <= radius; dy++) {
      for (int dx = -radius; dx <= radius; dx++) {
        if (dx * dx + dy * dy <= radius * radius + radius) {
          set(x + dx, y + dy, ink);
        }
      }
    }
  }

  /** A text by its left upper corner. */
  void text(final int x, final int y, final String text, final Font font, final int ink) {
    for (int i = 0; i < text.length(); i++) {
      for (int row = 0; row < font.height(); row++) {
        for (int column = 0; column < font.width(); column++) {
          if (font.isSet(text.charAt(i), column, row)) {
            set(x + i * font.width() + column, y + row, ink);
          }
        }
      }
    }
  }

  void text(final int x, final int y, final String text, final int ink) {
    text(x, y, text, Font.REGULAR, ink);
  }

  /** A text that ends at x. */
  void textTo(final int x, final int y, final String text, final int ink) {
    text(x - Font.REGULAR.width(text), y, text, ink);
  }

  /** A text whose middle is at x. */
  void textAt(final int x, final int y, final String text, final int ink) {
    text(x - Font.REGULAR.width(text) / 2, y, text, ink);
  }
}
