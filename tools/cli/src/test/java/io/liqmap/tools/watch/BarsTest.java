package io.liqmap.tools.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.core.margin.Side;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Amounts between prices against a sum over all buckets. */
final class BarsTest {
  @Test
  void shouldAddUpWhatLiesBetweenTwoPrices() {
    final SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 300; round++) {
      final int count = random.nextInt(30);
      final double[] lows = new double[count];
      final double[] highs = new double[count];
      final double[] notionals = new double[count];
      double price = 100;
      for (int i = 0; i < count; i++) {
        price += random.nextInt(3) == 0 ? random.nextDouble() * 5 : 0;
        lows[i] = price;
        price += random.nextDouble() * 3 + .01;
        highs[i] = price;
        notionals[i] = random.nextInt(5);
      }
      final Side side = random.nextBoolean() ? Side.LONG : Side.SHORT;
      final double mark = random.nextInt(4) == 0 ? Double.NaN : 90 + random.nextDouble() * 60;
      final Bars bars = Bars.of(side, mark, lows, highs, notionals);
      final double low = 90 + random.nextDouble() * 70;
      final double high = 90 + random.nextDouble() * 70;
      double expected = 0;
      for (int i = 0; i < count && low < high; i++) {
        final boolean hasMark = lows[i] < mark && mark < highs[i];
        final double from = hasMark && side == Side.SHORT ? mark : lows[i];
        final double to = hasMark && side == Side.LONG ? mark : highs[i];
        final double inside = Math.min(high, to) - Math.max(low, from);
        expected += inside > 0 ? notionals[i] * inside / (to - from) : 0;
      }
      assertEquals(expected, bars.between(low, high), 1e-9);
    }
  }
}
