package io.liqmap.tools.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is written as sixels, read by a decoder of its own. */
final class SixelTest {
  private static final Pattern FORM =
      Pattern.compile("\u001BP0;1;0q\"1;1;(\\d+);(\\d+)(.*)\u001B\\\\");
  private static final Pattern TOKEN =
      Pattern.compile("#(\\d+);2;(\\d+);(\\d+);(\\d+)|#(\\d+)|!(\\d+)([?-~])|([?-~])|(\\$)|(-)");

  private static int[][] decoded(final String sixel) {
    final Matcher form = FORM.matcher(sixel);
    assertTrue(form.matches(), sixel);
    final int[][] pixels =
        new int[Integer.parseInt(form.group(2))][Integer.parseInt(form.group(1))];
    for (final int[] line : pixels) {
      java.util.Arrays.fill(line, Pixels.NONE);
    }
    final Map<Integer, Integer> colours = new HashMap<>();
    final Matcher token = TOKEN.matcher(form.group(3));
    int colour = 0;
    int x = 0;
    int y = 0;
    int end = 0;
    while (token.find()) {
      assertEquals(end, token.start(), "unknown text");
      end = token.end();
      if (token.group(1) != null) {
        int value = 0;
        for (int part = 2; part <= 4; part++) {
          value = value << 8 | Math.round(Integer.parseInt(token.group(part)) * 2.55f);
        }
        colours.put(Integer.parseInt(token.group(1)), value);
      } else if (token.group(5) != null) {
        colour = colours.get(Integer.parseInt(token.group(5)));
      } else if (token.group(9) != null) {
        x = 0;
      } else if (token.group(10) != null) {
        x = 0;
        y += 6;
      } else {
        final boolean isRun = token.group(6) != null;
        final int bits = token.group(isRun ? 7 : 8).charAt(0) - '?';
        for (int i = isRun ? Integer.parseInt(token.group(6)) : 1; i > 0; i--, x++) {
          for (int bit = 0; bit < 6; bit++) {
            if ((bits >> bit & 1) != 0) {
              pixels[y + bit][x] = colour;
            }
          }
        }
      }
    }
    assertEquals(form.group(3).length(), end);
    assertTrue(colours.size() <= 256, "registers: " + colours.size());
    return pixels;
  }

  private static void assertNear(
      final int expected, final int actual, final int tolerance, final String where) {
    if (expected == Pixels.NONE || actual == Pixels.NONE) {
      assertEquals(expected, actual, where);
      return;
    }
    for (int shift = 0; shift <= 16; shift += 8) {
      final int difference = (expected >> shift & 0xff) - (actual >> shift & 0xff);
      assertTrue(Math.abs(difference) <= tolerance, where);
    }
  }

  private static void assertComesBack(final Pixels pixels, final int tolerance) {
    final int[][] back = decoded(Sixel.of(pixels));
    assertEquals(pixels.height(), back.length);
    for (int y = 0; y < pixels.height(); y++) {
      for (int x = 0; x < pixels.width(); x++) {
        assertNear(pixels.colour(x, y), back[y][x], tolerance, x + ", " + y);
      }
    }
  }

  @Test
  void shouldComeBackAsItWas() {
    final SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 50; round++) {
      final Pixels pixels = new Pixels(random.nextInt(1, 60), random.nextInt(1, 40));
      for (int i = 0; i < 30; i++) {
        pixels.fill(
            random.nextInt(-5, 60),
            random.nextInt(-5, 40),
            random.nextInt(30),
            random.nextInt(9),
            random.nextInt(4) == 0 ? Pixels.NONE : random.nextInt(1 << 24));
      }
      // Percent of 255: a step is 2.55.
      assertComesBack(pixels, 2);
    }
  }

  @Test
  void shouldMakeDoWithTheRegistersThatThereAre() {
    final SplittableRandom random = new SplittableRandom(2);
    final Pixels pixels = new Pixels(60, 50);
    for (int i = 0; i < 3_000; i++) {
      pixels.fill(i % 60, i / 60, 1, 1, random.nextInt(1 << 24));
    }
    assertComesBack(pixels, 128);
  }

  @Test
  void shouldAskWhetherTheTerminalCan() {
    final SixelQuery able = SixelQuery.of("\u001B[6;20;10t\u001B[?62;4;22c");
    assertEquals(new SixelQuery(true, 10, 20), able);
    assertEquals(false, SixelQuery.of("\u001B[6;20;10t\u001B[?62;14;22c").isAble());
    assertEquals(false, SixelQuery.of("").isAble());
    // Its cells' size isn't known: a picture might cover text.
    assertEquals(false, SixelQuery.of("\u001B[?62;4c").isAble());
  }
}
