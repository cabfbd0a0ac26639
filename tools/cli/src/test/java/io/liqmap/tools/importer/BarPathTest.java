package io.liqmap.tools.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BarPathTest {
  private static final long UNIT = 100_000_000;
  private final BarPath path = new BarPath(UNIT / 10);

  @Test
  void shouldGoLowFirstWhenTheBarRises() {
    path.lay(100 * UNIT, 110 * UNIT, 95 * UNIT, 105 * UNIT, UNIT, UNIT);
    assertTrue(path.lowPoint() < path.highPoint());
    assertEquals(100 * UNIT, path.price(0));
    assertEquals(95 * UNIT, path.price(path.lowPoint()));
    assertEquals(110 * UNIT, path.price(path.highPoint()));
    assertEquals(105 * UNIT, path.price(path.points() - 1));
  }

  @Test
  void shouldGoHighFirstWhenTheBarFalls() {
    path.lay(105 * UNIT, 110 * UNIT, 95 * UNIT, 100 * UNIT, UNIT, UNIT);
    assertTrue(path.highPoint() < path.lowPoint());
  }

  @Test
  void shouldSpreadAFlatBarOverFourPoints() {
    path.lay(UNIT, UNIT, UNIT, UNIT, 4 * UNIT, 8 * UNIT);
    assertEquals(4, path.points());
    for (int i = 0; i < 4; i++) {
      assertEquals(UNIT, path.price(i));
      assertEquals(UNIT, path.bought(i));
      assertEquals(2 * UNIT, path.sold(i));
    }
    assertEquals(1, path.lowPoint());
    assertEquals(2, path.highPoint());
  }

  @Test
  void shouldKeepVolumeAndRangeOfAnyBar() {
    final SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 5_000; i++) {
      final long low = random.nextLong(1, 1L << random.nextInt(10, 46));
      final long high = low + random.nextLong(1 + (low >> random.nextInt(0, 14)));
      final long open = random.nextLong(low, high + 1);
      final long close = random.nextLong(low, high + 1);
      final long bought = random.nextLong(1L << random.nextInt(1, 53));
      final long sold = random.nextLong(1L << random.nextInt(1, 53));
      final BarPath any = new BarPath(random.nextLong(1, 1 + low));
      any.lay(open, high, low, close, bought, sold);
      assertTrue(any.points() >= 4 && any.points() <= 4004, () -> "points " + any.points());
      long boughtSum = 0;
      long soldSum = 0;
      long lowest = Long.MAX_VALUE;
      long highest = Long.MIN_VALUE;
      for (int point = 0; point < any.points(); point++) {
        assertTrue(any.bought(point) >= 0 && any.sold(point) >= 0);
        boughtSum += any.bought(point);
        soldSum += any.sold(point);
        if (any.bought(point) + any.sold(point) > 0 || bought + sold < 64) {
          lowest = Math.min(lowest, any.price(point));
          highest = Math.max(highest, any.price(point));
        }
      }
      assertEquals(bought, boughtSum);
      assertEquals(sold, soldSum);
      assertEquals(low, lowest);
      assertEquals(high, highest);
    }
  }

  @Test
  void shouldStepAtMostFiveBasisPoints() {
    final BarPath fine = new BarPath(1);
    fine.lay(60_000 * UNIT, 62_000 * UNIT, 55_000 * UNIT, 56_000 * UNIT, UNIT, UNIT);
    for (int i = 1; i < fine.points(); i++) {
      assertEquals(1, (double) fine.price(i) / fine.price(i - 1), 5.01e-4);
    }
  }

  @Test
  void shouldSpreadVolumeEvenlyOverTheLength() {
    final BarPath fine = new BarPath(1);
    fine.lay(100 * UNIT, 110 * UNIT, 100 * UNIT, 110 * UNIT, 1000 * UNIT, 0);
    final double step = 1000.0 * UNIT / (fine.points() - 1);
    for (int i = 1; i < fine.points() - 1; i++) {
      assertEquals(step, (double) fine.bought(i), 2);
    }
    assertEquals(step / 2, (double) fine.bought(0), 2);
    assertEquals(step / 2, (double) fine.bought(fine.points() - 1), 2);
  }
}
