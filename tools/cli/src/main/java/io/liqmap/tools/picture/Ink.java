package io.liqmap.tools.picture;

import java.util.Arrays;
import java.util.List;

/**
 * The colours of a picture: a palette's for amounts, and those that are drawn with. Few enough for
 * one byte a pixel.
 */
final class Ink {
  /** Colours for amounts, from number 0. */
  static final int AMOUNTS = 192;

  static final int BACKGROUND = AMOUNTS;
  static final int PANEL = AMOUNTS + 1;
  static final int GRID = AMOUNTS + 2;
  static final int FRAME = AMOUNTS + 3;
  static final int DIM = AMOUNTS + 4;
  static final int TEXT = AMOUNTS + 5;
  static final int BRIGHT = AMOUNTS + 6;
  static final int LONG = AMOUNTS + 7;
  static final int SHORT = AMOUNTS + 8;
  static final int MARK = AMOUNTS + 9;
  static final int RISE = AMOUNTS + 10;
  static final int FALL = AMOUNTS + 11;
  static final int HEAVIEST = AMOUNTS + 12;
  static final int HALO = AMOUNTS + 13;

  /** Colours of leverages, as many as {@link #TIERS}. */
  static final int TIER = AMOUNTS + 16;

  static final int TIERS = 32;

  private static final int[] DRAWN = {
    0x0C0F16, 0x11151F, 0x232A38, 0x3C4658, 0x8490A4, 0xC4CCD9, 0xF4F7FB, 0xEDA04A, 0x56B4E9,
    0xFFFFFF, 0xE9FBFF, 0x39B6DB, 0x7CF5B0, 0x000000
  };

  private Ink() {}

  /** All colours, as 0xRRGGBB, by number. */
  static int[] colours(final Palette palette) {
    final int[] colours = new int[256];
    for (int i = 0; i < AMOUNTS; i++) {
      colours[i] = palette.colour(amount(i));
    }
    System.arraycopy(DRAWN, 0, colours, AMOUNTS, DRAWN.length);
    final Palette tiers = Palette.of("viridis");
    for (int i = 0; i < TIERS; i++) {
      colours[TIER + i] = tiers.colour(40 + i * (Palette.COLOURS - 41) / (TIERS - 1));
    }
    return colours;
  }

  /** Which of the palette's colours an amount's number has. */
  static int amount(final int number) {
    return number * (Palette.COLOURS - 1) / (AMOUNTS - 1);
  }

  /** Colours of several leverages, as far apart as they can be. */
  static List<Integer> tiers(final int count) {
    final Integer[] all = new Integer[count];
    Arrays.setAll(all, (i) -> TIER + (count == 1 ? TIERS / 2 : i * (TIERS - 1) / (count - 1)));
    return List.of(all);
  }
}
