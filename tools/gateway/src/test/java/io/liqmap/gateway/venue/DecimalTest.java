package io.liqmap.gateway.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalTest {
  private static long exact(final String text, final int decimals) {
    return parse(text, decimals, false);
  }

  private static long parse(final String text, final int decimals, final boolean rounds) {
    final char[] chars = ("9" + text + "9").toCharArray();
    return Decimal.parse(chars, 1, chars.length - 1, decimals, rounds);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 8, 0",
    "1, 8, 100000000",
    "-1.5, 8, -150000000",
    "0.00000001, 8, 1",
    "64850.40000000, 2, 6485040",
    "75707.5350000000000000000000000, 8, 7570753500000",
    "1e-05, 8, 1000",
    "5.6E-7, 8, 56",
    "1.25e+3, 0, 1250",
    "1000, -3, 1",
    "000000000000000000000000000012, 0, 12",
    "0e999, 8, 0",
  })
  void shouldReadExactly(final String text, final int decimals, final long expected) {
    assertEquals(expected, exact(text, decimals));
  }

  @ParameterizedTest
  @CsvSource({
    "3107.466999999993, 8, 310746700000",
    "0.9740000000000001, 8, 97400000",
    "0.5, 0, 0",
    "1.5, 0, 2",
    "2.5, 0, 2",
    "2.50000000000000000000000001, 0, 3",
    "-1.5, 0, -2",
    "5, -1, 0",
    "15, -1, 2",
    "4, -3, 0",
    "9e-999, 8, 0",
  })
  void shouldRoundHalfToEven(final String text, final int decimals, final long expected) {
    assertEquals(expected, parse(text, decimals, true));
  }

  @Test
  void shouldAgreeWithBigDecimalOnRandomNumbers() {
    final SplittableRandom random = new SplittableRandom(20_240_805);
    for (int i = 0; i < 50_000; i++) {
      final int scale = random.nextInt(-3, 20);
      final BigDecimal number =
          BigDecimal.valueOf(random.nextLong(-1L << random.nextInt(1, 53), 1L << 53), scale);
      final int decimals = random.nextInt(-6, 9);
      final BigDecimal expected =
          number.movePointRight(decimals).setScale(0, RoundingMode.HALF_EVEN);
      if (expected.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 10)) < 0) {
        final String text = random.nextBoolean() ? number.toPlainString() : number.toString();
        assertEquals(expected.longValueExact(), parse(text, decimals, true), text);
      }
    }
  }

  @Test
  void shouldGiveTheSameForPackedNumbers() {
    final SplittableRandom random = new SplittableRandom(20_240_806);
    int packed = 0;
    for (int i = 0; i < 50_000; i++) {
      final BigDecimal number =
          BigDecimal.valueOf(random.nextLong(1L << random.nextInt(1, 58)), random.nextInt(0, 17));
      final String text =
          random.nextInt(9) == 0 ? number + List.of("e1", ".", "-", "x").get(i % 4) : number + "";
      final char[] chars = text.toCharArray();
      final long digits = Decimal.packed(chars, 0, chars.length);
      if (digits >= 0) {
        packed++;
        final int decimals = random.nextInt(-18, 13);
        final boolean rounds = random.nextBoolean();
        final long expected = Decimal.parse(chars, 0, chars.length, decimals, rounds);
        final long found = Decimal.scaled(digits, decimals, rounds);
        assertTrue(
            found == expected || (found == Decimal.TOO_LARGE && expected > Long.MAX_VALUE / 100),
            () -> text + " at " + decimals + ": " + found + ", not " + expected);
      }
    }
    assertTrue(packed > 10_000, "many are plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "1.",
        ".5",
        "+1",
        "1,5",
        "NaN",
        "Infinity",
        "0x1",
        "1e",
        "1e+",
        "1e1.5",
        "1e1000",
        " 1",
        "1 ",
        "--1",
        "1.2.3",
        "١"
      })
  void shouldRefuseWhatIsNoNumber(final String text) {
    assertEquals(Decimal.NO_NUMBER, exact(text, 8));
  }

  @Test
  void shouldRefuseMoreDecimalsThanTheUnitHolds() {
    assertEquals(Decimal.TOO_FINE, exact("0.000000001", 8));
    assertEquals(Decimal.TOO_FINE, exact("-0.000000001", 8));
    assertEquals(Decimal.TOO_FINE, exact("15", -1));
  }

  @Test
  void shouldRefuseWhatIsTooLarge() {
    assertEquals(Decimal.TOO_LARGE, exact("92233720368.54775808", 8));
    assertEquals(Decimal.TOO_LARGE, exact("1e30", 8));
    assertEquals(Decimal.TOO_LARGE, exact("-1e400", 8));
    assertEquals(Decimal.TOO_LARGE, parse("99999999999999999999", 0, true));
  }

  @ParameterizedTest
  @ValueSource(longs = {Decimal.NO_NUMBER, Decimal.TOO_FINE, Decimal.TOO_LARGE})
  void shouldSayThatARefusalIsNoValue(final long refusal) {
    assertFalse(Decimal.isValue(refusal));
  }
}
