package io.liqmap.tools.watch;

import java.util.Locale;
import java.util.Map;

/** How many colours a terminal shows. */
public enum ColorLevel {
  NONE,
  SIXTEEN,
  INDEXED,
  TRUE;

  private static final int CUBE = 16;
  private static final int GREYS = 232;
  private static final int[] CUBE_STEPS = {0, 95, 135, 175, 215, 255};
  private static final int[] SIXTEEN_COLOURS = {
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff
  };

  /** What {@code --color} asks for. */
  public enum Choice {
    AUTO,
    ALWAYS,
    NEVER
  }

  /**
   * What to use.
   *
   * @param environment COLORTERM, TERM and NO_COLOR decide
   * @param isTerminal whether output goes to a terminal
   */
  static ColorLevel of(
      final Choice choice, final Map<String, String> environment, final boolean isTerminal) {
    if (choice == Choice.NEVER) {
      return NONE;
    }
    final ColorLevel most = of(environment);
    if (choice == Choice.ALWAYS) {
      return most == NONE ? SIXTEEN : most;
    }
    return isTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty() ? most : NONE;
  }

  private static ColorLevel of(final Map<String, String> environment) {
    final String term = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
    if (term.isEmpty() || term.equals("dumb")) {
      return NONE;
    }
    final String more = environment.getOrDefault("COLORTERM", "").toLowerCase(Locale.ROOT);
    if (more.equals("truecolor") || more.equals("24bit") || term.endsWith("-direct")) {
      return TRUE;
    }
    return term.contains("256") ? INDEXED : SIXTEEN;
  }

  /**
   * Parameters of the sequence that sets a colour, each after a semicolon; empty for none.
   *
   * @param colour 0xRRGGBB, or {@link Canvas#DEFAULT}
   */
  void append(final StringBuilder to, final int colour, final boolean isGround) {
    if (colour == Canvas.DEFAULT || this == NONE) {
      return;
    }
    if (this == SIXTEEN) {
      final int index = nearest(colour);
      final int base = index < 8 ? 30 + index : 90 + index - 8;
      to.append(';').append(isGround ? base + 10 : base);
      return;
    }
    to.append(isGround ? ";48;" : ";38;");
    if (this == INDEXED) {
      to.append("5;").append(indexed(colour));
    } else {
      to.append("2;").append(colour >> 16 & 0xff).append(';');
      to.append(colour >> 8 & 0xff).append(';').append(colour & 0xff);
    }
  }

  private static int nearest(final int colour) {
    int nearest = 0;
    for (int i = 1; i < SIXTEEN_COLOURS.length; i++) {
      if (distance(colour, SIXTEEN_COLOURS[i]) < distance(colour, SIXTEEN_COLOURS[nearest])) {
        nearest = i;
      }
    }
    return nearest;
  }

  /** In the cube of 216 colours, or among the 24 greys. */
  private static int indexed(final int colour) {
    final int red = step(colour >> 16 & 0xff);
    final int green = step(colour >> 8 & 0xff);
    final int blue = step(colour & 0xff);
    final int inCube = CUBE_STEPS[red] << 16 | CUBE_STEPS[green] << 8 | CUBE_STEPS[blue];
    final int mean = ((colour >> 16 & 0xff) + (colour >> 8 & 0xff) + (colour & 0xff)) / 3;
    final int grey = Math.max(0, Math.min(23, (mean - 3) / 10));
    final int level = 8 + 10 * grey;
    return distance(colour, level << 16 | level << 8 | level) < distance(colour, inCube)
        ? GREYS + grey
        : CUBE + 36 * red + 6 * green + blue;
  }

  private static int step(final int value) {
    int nearest = 0;
    for (int i = 1; i < CUBE_STEPS.length; i++) {
      if (Math.abs(value - CUBE_STEPS[i]) < Math.abs(value - CUBE_STEPS[nearest])) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static int distance(final int one, final int other) {
    final int red = (one >> 16 & 0xff) - (other >> 16 & 0xff);
    final int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
    final int blue = (one & 0xff) - (other & 0xff);
    return red * red + green * green + blue * blue;
  }
}
