package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.core.map.BucketChanges;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LocalBaselineTest {
  @Test
  void shouldBeTheMeanOfTheBucketsWithinReach() {
    final SplittableRandom random = new SplittableRandom(3);
    final double[] notionals = new double[208];
    double sum = 0;
    int occupied = 0;
    for (int i = 0; i < notionals.length; i++) {
      notionals[i] = random.nextInt(4) == 0 ? 0 : random.nextDouble(100);
      sum += notionals[i];
      occupied += notionals[i] > 0 ? 1 : 0;
    }
    final LocalBaseline near = new LocalBaseline(7);
    final LocalBaseline side = new LocalBaseline(0);
    near.compute(notionals, 0, notionals.length - 1);
    side.compute(notionals, 0, notionals.length - 1);
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
  void shouldGiveTheSameBitsWhenOnlyBlocksThatChangedAreSummedAgain() {
    final SplittableRandom random = new SplittableRandom(5);
    final double[] notionals = new double[320];
    final LocalBaseline changed = new LocalBaseline(20);
    changed.compute(notionals, 0, 319);
    for (int round = 0; round < 200; round++) {
      for (int change = random.nextInt(5); change >= 0; change--) {
        final int place = random.nextInt(notionals.length);
        notionals[place] = random.nextInt(3) == 0 ? 0 : random.nextDouble(100);
        changed.sum(notionals, place / BucketChanges.BLOCK);
      }
      changed.total(0, 319);
      final LocalBaseline whole = new LocalBaseline(20);
      whole.compute(notionals, 0, 319);
      for (int place = 0; place < notionals.length; place++) {
        assertEquals(whole.at(place), changed.at(place));
      }
    }
  }

  @Test
  void shouldNotCallNextToNothingUsualWhereTheSideIsThin() {
    final double[] notionals = new double[112];
    notionals[0] = 1_000;
    notionals[99] = 1;
    final LocalBaseline near = new LocalBaseline(5);
    near.compute(notionals, 0, 99);
    assertEquals(1_001 / 2.0 / 2, near.at(99), 1e-9);
  }

  @Test
  void shouldForgetWhatItSawBefore() {
    final LocalBaseline near = new LocalBaseline(1);
    near.compute(block(9, 9, 9, 9, 9, 9), 0, 5);
    near.compute(block(1, 2, 3), 0, 2);
    assertEquals(2, near.at(1), 1e-9);
    assertEquals(2.5, near.at(2), 1e-9);
  }

  @Test
  void shouldReachAtLeastToTheNextBucket() {
    final LocalBaseline near = LocalBaseline.within(1, 5);
    near.compute(block(1, 4, 1), 0, 2);
    assertEquals(2, near.at(1), 1e-9);
  }

  private static double[] block(final double... notionals) {
    return Arrays.copyOf(notionals, BucketChanges.BLOCK);
  }
}
