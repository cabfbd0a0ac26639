package io.liqmap.gateway.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TextAssemblyTest {
  private static final int[] HIGHEST = {0x80, 0x800, 0xd800, 0x110000};

  @Test
  void shouldPutTogetherWhatWasCutAnywhere() {
    final SplittableRandom random = new SplittableRandom(3);
    final TextAssembly text = new TextAssembly(1 << 20);
    for (int i = 0; i < 2_000; i++) {
      final String whole = text(random);
      int from = 0;
      while (from < whole.length()) {
        final int to = Math.min(whole.length(), from + 1 + random.nextInt(9));
        assertTrue(text.add(whole.substring(from, to)));
        from = to;
      }
      assertArrayEquals(
          whole.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(text.bytes(), text.length()));
      text.clear();
    }
  }

  private static String text(final SplittableRandom random) {
    final StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(100); i > 0; i--) {
      final int point = random.nextInt(HIGHEST[random.nextInt(HIGHEST.length)]);
      if (point < 0xd800 || point > 0xdfff) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  @Test
  void shouldRefuseWhatIsLargerThanTheLimitInBytes() {
    final TextAssembly text = new TextAssembly(9);
    assertTrue(text.add("牛来🙂".substring(0, 2)));
    assertFalse(text.add("🙂"));
    text.clear();
    assertTrue(text.add("123456789"));
    assertFalse(text.add("0"));
  }
}
