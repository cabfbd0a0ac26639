package io.liqmap.tools.watch;

import io.liqmap.engine.core.margin.Side;

/** Colours, as the page has them in the dark. */
final class Ink {
  static final int MUTED = 0x8c99a9;
  static final int GOOD = 0x4cc38a;
  static final int BAD = 0xff7b72;
  static final int WARN = 0xe3b341;
  static final int MARK = 0xffffff;
  private static final int LONG = 0xeda04a;
  private static final int SHORT = 0x56b4e9;
  private static final double DARKEST = 0.35;

  private Ink() {}

  static int of(final Side side) {
    return side == Side.LONG ? LONG : SHORT;
  }

  /**
   * A side's colour, the brighter the more there is.
   *
   * @param share of the most, 0 to 1
   */
  static int of(final Side side, final double share) {
    final double light = DARKEST + (1 - DARKEST) * Math.sqrt(Math.max(0, Math.min(1, share)));
    final int full = of(side);
    final int red = (int) ((full >> 16 & 0xff) * light);
    final int green = (int) ((full >> 8 & 0xff) * light);
    final int blue = (int) ((full & 0xff) * light);
    return red << 16 | green << 8 | blue;
  }
}
