package io.liqmap.tools.page;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Which colour an amount has: one of a palette's, by its share of the way between two limits. */
final class HeatColours {
  private static final int COLOURS = 256;
  private static final int DIGITS = 6;
  private static final int HEX = 16;

  private final int[] palette;
  private final double low;
  private final double high;
  private final boolean isLog;

  private HeatColours(
      final int[] palette, final double low, final double high, final boolean isLog) {
    this.palette = palette;
    this.low = low;
    this.high = high;
    this.isLog = isLog;
  }

  /** Colours of a palette that a page has; {@code scale} is {@code log} or {@code linear}. */
  static HeatColours of(
      final String origin,
      final String palette,
      final double low,
      final double high,
      final String scale)
      throws Exception {
    final String hex =
        new ObjectMapper().readTree(HeatCells.get(origin + "/palettes.json")).get(palette).asText();
    final int[] colours = new int[COLOURS];
    for (int i = 0; i < COLOURS; i++) {
      colours[i] = Integer.parseInt(hex.substring(DIGITS * i, DIGITS * (i + 1)), HEX);
    }
    return new HeatColours(colours, low, high, scale.equals("log"));
  }

  /** Number of an amount's colour, 0 to 255. */
  int colour(final double amount) {
    if (amount < low) {
      return 0;
    }
    final double share =
        isLog
            ? StrictMath.log(amount / low) / StrictMath.log(high / low)
            : (amount - low) / (high - low);
    return (int) Math.min(COLOURS - 1, Math.floor(COLOURS * share));
  }

  /** Red, green and blue of a colour. */
  int rgb(final int colour) {
    return palette[colour];
  }

  /** Whether a pixel has a colour, or one beside it: an amount may lie at the edge of two. */
  boolean isLike(final int rgb, final int colour) {
    return rgb == rgb(colour)
        || rgb == rgb(Math.max(0, colour - 1))
        || rgb == rgb(Math.min(COLOURS - 1, colour + 1));
  }
}
