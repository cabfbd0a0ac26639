package io.liqmap.tools.watch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes pixels in DEC's sixel form: bands of six lines; in each, a run of characters for each
 * colour, a bit for each of its lines (VT330/VT340 Programmer Reference Manual, chapter 14).
 */
final class Sixel {
  /** Colours that every terminal with many of them has room for. */
  private static final int COLOURS = 250;

  private static final int BAND = 6;

  /** Shorter runs take no fewer bytes with a count. */
  private static final int COUNTED = 4;

  private final Pixels pixels;
  private final int[] colours;
  private final Map<Integer, Integer> registers = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private Sixel(final Pixels pixels) {
    this.pixels = pixels;
    colours = new int[pixels.width() * pixels.height()];
    int mask = 0xff;
    do {
      registers.clear();
      quantize(mask);
      mask = mask << 1 & 0xff;
    } while (registers.size() > COLOURS);
  }

  static String of(final Pixels pixels) {
    return new Sixel(pixels).encode();
  }

  /** Leaves out the low bits that a mask hasn't. */
  private void quantize(final int mask) {
    final int all = mask << 16 | mask << 8 | mask;
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        final int colour = pixels.colour(x, y);
        colours[y * pixels.width() + x] = colour == Pixels.NONE ? colour : colour & all;
        if (colour != Pixels.NONE) {
          registers.putIfAbsent(colour & all, registers.size());
        }
      }
    }
  }

  private String encode() {
    // Pixels that aren't set keep what is there.
    text.append("\u001BP0;1;0q\"1;1;");
    text.append(pixels.width()).append(';').append(pixels.height());
    registers.forEach(
        (colour, register) ->
            text.append('#')
                .append(register)
                .append(";2;")
                .append(percent(colour >> 16))
                .append(';')
                .append(percent(colour >> 8))
                .append(';')
                .append(percent(colour)));
    for (int top = 0; top < pixels.height(); top += BAND) {
      band(top);
      text.append('-');
    }
    return text.append("\u001B\\").toString();
  }

  private static int percent(final int part) {
    return ((part & 0xff) * 100 + 127) / 255;
  }

  private void band(final int top) {
    boolean isFirst = true;
    for (final int colour : coloursOf(top)) {
      if (!isFirst) {
        text.append('$');
      }
      isFirst = false;
      text.append('#').append(registers.get(colour));
      int run = 0;
      int bits = 0;
      for (int x = 0; x < pixels.width(); x++) {
        final int next = bits(colour, x, top);
        if (next != bits) {
          append(bits, run);
          run = 0;
          bits = next;
        }
        run++;
      }
      if (bits != 0) {
        append(bits, run);
      }
    }
  }

  private Collection<Integer> coloursOf(final int top) {
    final TreeSet<Integer> found = new TreeSet<>();
    final int to = Math.min(pixels.height(), top + BAND) * pixels.width();
    for (int at = top * pixels.width(); at < to; at++) {
      if (colours[at] != Pixels.NONE) {
        found.add(colours[at]);
      }
    }
    return found;
  }

  private int bits(final int colour, final int x, final int top) {
    int bits = 0;
    for (int line = 0; line < BAND && top + line < pixels.height(); line++) {
      if (colours[(top + line) * pixels.width() + x] == colour) {
        bits |= 1 << line;
      }
    }
    return bits;
  }

  private void append(final int bits, final int run) {
    final char character = (char) ('?' + bits);
    if (run >= COUNTED) {
      text.append('!').append(run).append(character);
      return;
    }
    for (int i = 0; i < run; i++) {
      text.append(character);
    }
  }
}
