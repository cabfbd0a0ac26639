package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LocalBaselineTest {
  @Test
  void shouldBeTheMeanOfTheBucketsWithinReach() {
    final SplittableRandom random = new SplittableRandom(3);
    final double[] notionals = new double[200];
    double sum = 0;
    int occupied = 0;
    for (int i = 0; i < notionals.length; i++) {
      notionals[i] = random.nextInt(4) == 0 ? 0 : random.nextDouble(100);
      sum += notionals[i];
      occupied += notionals[i] > 0 ? 1 : 0;
    }
    final LocalBaseline near = new LocalBaseline(7);
    final LocalBaseline side = new LocalBaseline(0);
    near.compute(notionals, notionals.length);
    side.compute(notionals, notionals.length);
    for (int i = 0; i < notionals.length; i++) {
      double around = 0;
      int buckets = 0;
      for (int k = Math.max(0, i - 7); k <= Math.min(notionals.length - 1, i + 7); k++) {
        around += notionals[k];
        buckets++;
      }
      assertEquals(Math.max(around / buckets, sum / occupied / 2), near.at(i), 1e-9);
      assertEquals(sum / occupied, side.at(i), 1e-9);
    }
  }

  @Test
  void shouldSayWhetherANotionalReachesSoManyTimesTheUsualJustAsADivisionWould() {
    final SplittableRandom random = new SplittableRandom(5);
    final double[] notionals = new double[300];
    for (int i = 0; i < notionals.length; i++) {
      notionals[i] = random.nextInt(3) == 0 ? 0 : random.nextDouble(100);
    }
    for (final int reach : new int[] {0, 1, 20}) {
      final LocalBaseline around = new LocalBaseline(reach);
      around.compute(notionals, notionals.length);
      for (int i = 0; i < notionals.length; i++) {
        for (final double times : new double[] {.5, 1.2, 1.5}) {
          final double least = times * around.at(i);
          assertEquals(notionals[i] >= least, around.isReached(i, notionals[i], times));
          assertEquals(true, around.isReached(i, least, times), "just as much");
          assertEquals(true, around.isReached(i, Math.nextUp(least), times));
          assertEquals(
              Math.nextDown(least) >= least, around.isReached(i, Math.nextDown(least), times));
          assertEquals(false, around.isReached(i, least * .999, times));
        }
      }
    }
  }

  @Test
  void shouldNotCallNextToNothingUsualWhereTheSideIsThin() {
    final double[] notionals = new double[100];
    notionals[0] = 1_000;
    notionals[99] = 1;
    final LocalBaseline near = new LocalBaseline(5);
    near.compute(notionals, notionals.length);
    assertEquals(1_001 / 2.0 / 2, near.at(99), 1e-9);
  }

  @Test
  void shouldForgetWhatItSawBefore() {
    final LocalBaseline near = new LocalBaseline(1);
    near.compute(new double[] {9, 9, 9, 9, 9, 9}, 6);
    near.compute(new double[] {1, 2, 3, 99, 99, 99}, 3);
    assertEquals(2, near.at(1), 1e-9);
    assertEquals(2.5, near.at(2), 1e-9);
  }

  @Test
  void shouldReachAtLeastToTheNextBucket() {
    final LocalBaseline near = LocalBaseline.within(1, 5);
    near.compute(new double[] {1, 4, 1}, 3);
    assertEquals(2, near.at(1), 1e-9);
  }
}
