package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MaxPainTest {
  /** 5 bp wide buckets: a band is the bucket and five to either side of it. */
  private final MaxPain maxPain = new MaxPain(5);

  private static double[] cumulative(final double... notionals) {
    final double[] sums = notionals.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }

  private static double[] at(final int length, final int place, final double notional) {
    final double[] notionals = new double[length];
    notionals[place] = notional;
    return cumulative(notionals);
  }

  @Test
  void shouldFindALoneBucketAtItsCentre() {
    maxPain.find(at(40, 20, 7), 40, at(40, 30, 9), 40);
    assertEquals(-20 + .5, maxPain.place(Side.LONG), 1e-9);
    assertEquals(7, maxPain.notional(Side.LONG), 1e-9);
    assertEquals(30.5, maxPain.place(Side.SHORT), 1e-9);
    assertEquals(9, maxPain.notional(Side.SHORT), 1e-9);
    assertEquals(30.5, maxPain.place(), 1e-9);
    assertEquals(9, maxPain.notional(), 1e-9);
  }

  @Test
  void shouldPreferANeighbourhoodToALargerLoneBucket() {
    final double[] notionals = new double[60];
    notionals[10] = 10;
    notionals[40] = 6;
    notionals[50] = 6;
    maxPain.find(cumulative(notionals), 60, new double[0], 0);
    assertEquals(12, maxPain.notional(Side.LONG), 1e-9);
    assertEquals(-45 + .5, maxPain.place(Side.LONG), 1e-9);
    assertTrue(Double.isNaN(maxPain.place(Side.SHORT)));
    assertEquals(0, maxPain.notional(Side.SHORT));
  }

  @Test
  void shouldAddUpBothSidesNearMark() {
    final double[] shorts = new double[30];
    shorts[2] = 4;
    shorts[20] = 5;
    maxPain.find(at(30, 2, 4), 30, cumulative(shorts), 30);
    assertEquals(8, maxPain.notional(), 1e-9);
    assertEquals(.5, maxPain.place(), 1e-9);
    assertEquals(5, maxPain.notional(Side.SHORT), 1e-9);
  }

  @Test
  void shouldTakeTheNearerOfEqualOnes() {
    final double[] notionals = new double[60];
    notionals[10] = 10;
    notionals[40] = 10;
    maxPain.find(new double[0], 0, cumulative(notionals), 60);
    assertEquals(10.5, maxPain.place(), 1e-9);
  }

  /** Notionals are small whole numbers, so that many bands are equal. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldFindWhatALookAtEachBucketFinds(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 3_000; round++) {
      final double[] longs = new double[random.nextInt(1, 60)];
      final double[] shorts = new double[random.nextInt(1, 60)];
      final int filled = random.nextInt(1, 12);
      for (int i = 0; i < longs.length; i++) {
        longs[i] = random.nextInt(filled) == 0 ? random.nextInt(3) : 0;
      }
      for (int i = 0; i < shorts.length; i++) {
        shorts[i] = random.nextInt(filled) == 0 ? random.nextInt(3) : 0;
      }
      maxPain.find(cumulative(longs), longs.length, cumulative(shorts), shorts.length);
      final String what = Arrays.toString(longs) + " " + Arrays.toString(shorts);
      assertEquals(most(longs, new double[0]), notional(Side.LONG), what);
      assertEquals(most(new double[0], shorts), notional(Side.SHORT), what);
      assertEquals(most(longs, shorts), maxPain.notional() + " at " + maxPain.place(), what);
    }
  }

  private String notional(final Side side) {
    return maxPain.notional(side) + " at " + maxPain.place(side);
  }

  private static double bucket(final double[] longs, final double[] shorts, final int offset) {
    return (-offset >= 0 && -offset < longs.length ? longs[-offset] : 0)
        + (offset >= 0 && offset < shorts.length ? shorts[offset] : 0);
  }

  /** The nearest band that holds most, below mark first, and its centre. */
  private static String most(final double[] longs, final double[] shorts) {
    double most = 0;
    double place = Double.NaN;
    for (int distance = 0; distance < Math.max(longs.length, shorts.length); distance++) {
      for (final int centre : new int[] {-distance, distance}) {
        double sum = 0;
        double moment = 0;
        for (int offset = centre - 5; offset <= centre + 5; offset++) {
          sum += bucket(longs, shorts, offset);
          moment += bucket(longs, shorts, offset) * (offset + .5);
        }
        final boolean isOfASide = centre < 0 ? longs.length > 0 : shorts.length > 0;
        if (sum > most && (isOfASide || centre == 0)) {
          most = sum;
          place = moment / sum;
        }
      }
    }
    return most + " at " + place;
  }

  @Test
  void shouldFindNothingWithoutPositions() {
    maxPain.find(new double[8], 8, new double[8], 8);
    assertTrue(Double.isNaN(maxPain.place()));
    assertEquals(0, maxPain.notional());
  }
}
