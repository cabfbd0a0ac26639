package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import org.junit.jupiter.api.Test;

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

  @Test
  void shouldFindNothingWithoutPositions() {
    maxPain.find(new double[8], 8, new double[8], 8);
    assertTrue(Double.isNaN(maxPain.place()));
    assertEquals(0, maxPain.notional());
  }
}
