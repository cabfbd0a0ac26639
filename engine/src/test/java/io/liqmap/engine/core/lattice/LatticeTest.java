package io.liqmap.engine.core.lattice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatticeTest {
  private static final long MAX_PRICE = 1L << 53;

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 5, 20, 100})
  void shouldPutThePricesAtEachBoundIntoTheirBuckets(final double width) {
    final Lattice lattice = new Lattice(width);
    for (int bucket = 1; bucket < lattice.buckets(); bucket++) {
      final long bound = (long) StrictMath.ceil(lattice.edge(bucket));
      final int at = lattice.bucketOf(bound, bucket);
      final int below = lattice.bucketOf(bound - 1, bucket);
      if (at < bucket || below >= bucket) {
        throw new AssertionError(
            "bucket " + bucket + ": " + below + " below its bound, then " + at);
      }
      assertHolds(lattice, at, bound);
      assertHolds(lattice, below, bound - 1);
    }
  }

  private static void assertHolds(final Lattice lattice, final int bucket, final long price) {
    if (!(lattice.edge(bucket) <= price)
        || !(price < lattice.edge(bucket + 1) || bucket == lattice.buckets() - 1)) {
      throw new AssertionError("bucket " + bucket + " doesn't hold " + price);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 5, 100})
  void shouldFindTheSameBucketWhateverTheHint(final double width) {
    final Lattice lattice = new Lattice(width);
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      final long price = anyPrice(random);
      final int bucket = lattice.bucketOf(price, -1);
      assertHolds(lattice, bucket, price);
      for (int hint = bucket - 3; hint <= bucket + 3; hint++) {
        assertEquals(bucket, lattice.bucketOf(price, hint), price + " from " + hint);
      }
      final int hint = random.nextInt(-5, lattice.buckets() + 5);
      assertEquals(bucket, lattice.bucketOf(price, hint), price + " from " + hint);
      assertEquals(bucket, lattice.bucketOf(price, Integer.MIN_VALUE));
      assertEquals(bucket, lattice.bucketOf(price, Integer.MAX_VALUE));
    }
  }

  private static long anyPrice(final SplittableRandom random) {
    return 1 + random.nextLong(1L << random.nextInt(1, 54));
  }

  @Test
  void shouldFindTheSameBucketFromAnyHintForSmallPrices() {
    final Lattice lattice = new Lattice(5);
    for (long price = 1; price < 5_000; price++) {
      final int bucket = lattice.bucketOf(price, -1);
      for (int hint = Math.max(0, bucket - 1_500); hint < bucket + 1_500; hint++) {
        assertEquals(bucket, lattice.bucketOf(price, hint));
      }
    }
  }

  @Test
  void shouldRiseWithThePrice() {
    final Lattice lattice = new Lattice(5);
    final SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 20_000; i++) {
      final long one = anyPrice(random);
      final long other = anyPrice(random);
      assertTrue(
          lattice.bucketOf(Math.min(one, other), -1) <= lattice.bucketOf(Math.max(one, other), -1));
    }
  }

  @Test
  void shouldHoldEveryPriceWithoutAnEnd() {
    final Lattice lattice = new Lattice(5);
    final int last = lattice.buckets() - 1;
    for (final int hint : new int[] {-1, 0, last - 1, last, last + 1, Integer.MAX_VALUE}) {
      assertEquals(0, lattice.bucketOf(1, -1) - lattice.bucketOf(1, hint));
      assertEquals(last, lattice.bucketOf(MAX_PRICE, hint));
      assertEquals(last, lattice.bucketOf(Long.MAX_VALUE, hint));
    }
  }

  @Test
  void shouldWidenFromBucketToBucketByTheResolution() {
    final Lattice lattice = new Lattice(5);
    for (int bucket = -100; bucket < lattice.buckets() + 100; bucket++) {
      final double low = lattice.edge(bucket);
      final double high = lattice.edge(bucket + 1);
      assertEquals(1.0005, high / low, 1e-11);
      assertEquals(1, lattice.centre(bucket) / Math.sqrt(low * high), 1e-11);
    }
    assertEquals(5, lattice.resolutionBps());
  }

  @Test
  void shouldMeasureDistancesInBuckets() {
    final Lattice lattice = new Lattice(5);
    assertEquals(0, lattice.distance(1));
    for (int buckets = -2_000; buckets <= 2_000; buckets += 7) {
      assertEquals(buckets, lattice.distance(StrictMath.pow(1.0005, buckets)), 1e-8);
      assertEquals(
          buckets,
          lattice.distance(lattice.centre(20_000 + buckets) / lattice.centre(20_000)),
          1e-8);
    }
    assertEquals(-lattice.distance(.8), lattice.distance(1 / .8), 1e-9);
  }

  /** A change of these would change what every journal replays to. */
  @Test
  void shouldStayWhereItIs() {
    final Lattice lattice = new Lattice(5);
    assertEquals(73_492, lattice.buckets());
    assertEquals(31_222, lattice.bucketOf(6_000_000, -1));
    assertEquals(734_755, new Lattice(0.5).buckets());
    assertEquals(3_693, new Lattice(100).buckets());
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, 0.49, 100.01, -5, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE})
  void shouldRefuseAWidthOutOfRange(final double width) {
    final Exception refused =
        assertThrows(IllegalArgumentException.class, () -> new Lattice(width));
    assertTrue(refused.getMessage().contains("was " + width), refused.getMessage());
  }
}
