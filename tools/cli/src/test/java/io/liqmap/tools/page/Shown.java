package io.liqmap.tools.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure as a person reads it, such as {@code 1.16 M} or {@code 64,711.6}.
 *
 * @param value what it says
 * @param precision what its last digit is worth
 */
record Shown(double value, double precision) {
  private static final Map<String, Double> UNITS =
      Map.of("", 1.0, "k", 1e3, "M", 1e6, "B", 1e9, "T", 1e12, "%", .01);
  private static final Pattern FIGURE =
      Pattern.compile(
          "([-−+]?)([0-9][0-9,]*)(?:\\.([0-9]+))?(?:[ \u00a0\u202f]?([kMBT%])(?![a-zA-Z]))?");

  /** The first figure of a text. */
  static Shown first(final String text) {
    final Matcher figure = FIGURE.matcher(text);
    assertTrue(figure.find(), () -> "no figure in '" + text + "'");
    final String decimals = figure.group(3) == null ? "" : figure.group(3);
    final double unit = UNITS.get(figure.group(4) == null ? "" : figure.group(4));
    final double size = Double.parseDouble(figure.group(2).replace(",", "") + "." + decimals + "0");
    final boolean isNegative = !figure.group(1).isEmpty() && !figure.group(1).equals("+");
    return new Shown(
        (isNegative ? -size : size) * unit, unit * StrictMath.pow(10, -decimals.length()));
  }

  /** Whether a text begins with a figure that is a value, rounded. */
  static void assertShows(final double expected, final String text) {
    final Shown shown = first(text);
    assertEquals(
        expected,
        shown.value,
        shown.precision * .5000001,
        () -> "'" + text + "' should show " + expected);
  }
}
