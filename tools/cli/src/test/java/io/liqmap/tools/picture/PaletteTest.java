package io.liqmap.tools.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaletteTest {
  /** By as much as rounding to eight bits a channel can lower the lightness of a colour. */
  private static final double ROUNDING = 0.25;

  static List<String> names() {
    return Palette.names();
  }

  @Test
  void shouldFindPalettesByName() {
    assertEquals(List.of("inferno", "viridis", "cividis"), Palette.names());
    assertEquals("viridis", Palette.of("viridis").name());
    assertNull(Palette.of("rainbow"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldGrowLighterEvenly(final String name) {
    final Palette palette = Palette.of(name);
    final double first = lightness(palette.colour(0));
    final double last = lightness(palette.colour(Palette.COLOURS - 1));
    assertTrue(last - first > 75, () -> name + ": from " + first + " to " + last);
    for (int i = 1; i < Palette.COLOURS; i++) {
      final double step = lightness(palette.colour(i)) - lightness(palette.colour(i - 1));
      final int at = i;
      assertTrue(step > -ROUNDING, () -> name + " grows darker at " + at + ": " + step);
    }
    for (int i = 16; i < Palette.COLOURS; i += 16) {
      final double sixteenth = lightness(palette.colour(i)) - lightness(palette.colour(i - 16));
      final double mean = (last - first) * 16 / (Palette.COLOURS - 1);
      assertEquals(mean, sixteenth, mean / 2, name + " at " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldHardlyRepeatAColour(final String name) {
    final Set<Integer> colours = new HashSet<>();
    for (int i = 0; i < Palette.COLOURS; i++) {
      colours.add(Palette.of(name).colour(i));
    }
    assertTrue(colours.size() > 250, () -> name + " has " + colours.size() + " colours");
  }

  /** CIELAB L* of an sRGB colour, D65. */
  private static double lightness(final int colour) {
    final double y =
        0.2126 * linear((colour >> 16) & 0xFF)
            + 0.7152 * linear((colour >> 8) & 0xFF)
            + 0.0722 * linear(colour & 0xFF);
    return y > 216.0 / 24_389 ? 116 * Math.cbrt(y) - 16 : y * 24_389 / 27;
  }

  private static double linear(final int channel) {
    final double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
