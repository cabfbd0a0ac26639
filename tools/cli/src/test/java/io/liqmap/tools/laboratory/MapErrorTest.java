package io.liqmap.tools.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MapErrorTest {
  private static final int BUCKETS = 100;
  private static final int NEAR = 30;

  private final SplittableRandom random = new SplittableRandom(3);
  private final double[] truth = random.doubles(BUCKETS).toArray();
  private final double[] widths = random.doubles(BUCKETS, 0.05, 0.15).toArray();

  private MapError of(final double[] map, final double factor) {
    final MapError error = new MapError();
    error.add(new TrueSide(Side.LONG, truth, widths, NEAR), map, factor);
    return error;
  }

  @Test
  void shouldFindNoErrorInTheTruthAndAllOfItInAnEmptyMap() {
    for (final Reach reach : Reach.values()) {
      assertEquals(0, of(truth, 1).within(reach), 1e-12);
      assertEquals(1, of(new double[BUCKETS], 1).within(reach), 1e-12);
      assertEquals(0.5, of(truth, 1.5).within(reach), 1e-12);
    }
    assertEquals(0, of(truth, 7).shape(), 1e-12);
    assertTrue(Double.isNaN(of(new double[BUCKETS], 1).shape()));
  }

  @Test
  void shouldMeasureHowFarTheQuantityWouldHaveToBeMoved() {
    final double[] one = new double[BUCKETS];
    one[20] = 5;
    final double[] other = new double[BUCKETS];
    other[60] = 2;
    final MapError error = new MapError();
    error.add(new TrueSide(Side.SHORT, one, widths, NEAR), other, 1);
    assertEquals(Arrays.stream(widths, 20, 60).sum(), error.shape(), 1e-12);
  }

  @Test
  void shouldAgreeWithTheDefinitionOnRandomMaps() {
    for (int draw = 0; draw < 50; draw++) {
      final double[] map = random.doubles(BUCKETS, 0, 3).toArray();
      double apart = 0;
      double whole = 0;
      for (int i = 0; i < NEAR; i++) {
        final double mine = Arrays.stream(map, 0, i + 1).sum();
        final double there = Arrays.stream(truth, 0, i + 1).sum();
        apart += Math.abs(mine - there) * widths[i];
        whole += there * widths[i];
      }
      assertEquals(apart / whole, of(map, 1).within(Reach.NEAR), 1e-9);
    }
  }
}
