package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.MaxPain;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;

/**
 * The price around which most would be liquidated.
 *
 * @param longs of the longs alone
 * @param shorts of the shorts alone
 * @param both of both together
 * @param aroundBps how far from it counts, basis points
 */
record MaxPainAnswer(
    @Json.Name("long") Around longs,
    @Json.Name("short") Around shorts,
    Around both,
    double aroundBps) {

  record Around(double price, double notional) {}

  static MaxPainAnswer of(final MapSnapshot image) {
    final MaxPain found = new MaxPain(image.settings().resolutionBps());
    final double[] longs = outward(image, Side.LONG);
    final double[] shorts = outward(image, Side.SHORT);
    found.find(longs, longs.length, shorts, shorts.length);
    return new MaxPainAnswer(
        new Around(price(image, found.place(Side.LONG)), found.notional(Side.LONG)),
        new Around(price(image, found.place(Side.SHORT)), found.notional(Side.SHORT)),
        new Around(price(image, found.place()), found.notional()),
        MaxPain.AROUND_BPS);
  }

  private static double[] outward(final MapSnapshot image, final Side side) {
    if (image.bucketCount(side) == 0 || image.markBucket() < 0) {
      return new double[0];
    }
    final int first = image.firstBucket(side);
    final int far = side == Side.LONG ? first : first + image.bucketCount(side) - 1;
    final int count = Math.max(0, side.sign() * (image.markBucket() - far) + 1);
    final double[] cumulative = new double[count];
    // Behind mark only a group has any: of a member whose own mark is there.
    double sum = behind(image, side);
    for (int i = 0; i < count; i++) {
      final int bucket = image.markBucket() - side.sign() * i;
      if (bucket >= first && bucket < first + image.bucketCount(side)) {
        sum += image.notional(side, bucket);
      }
      cumulative[i] = sum;
    }
    return cumulative;
  }

  private static double behind(final MapSnapshot image, final Side side) {
    final int near =
        side == Side.LONG
            ? image.firstBucket(side) + image.bucketCount(side) - 1
            : image.firstBucket(side);
    double sum = 0;
    for (int bucket = near;
        side.sign() * (bucket - image.markBucket()) > 0;
        bucket -= side.sign()) {
      sum += image.notional(side, bucket);
    }
    return sum;
  }

  private static double price(final MapSnapshot image, final double place) {
    if (Double.isNaN(place)) {
      return Double.NaN;
    }
    // Between the edges of its bucket a place is a logarithm.
    final int bucket = image.markBucket() + (int) StrictMath.floor(place);
    final double part = place - StrictMath.floor(place);
    return image.priceLow(bucket)
        * StrictMath.pow(image.priceHigh(bucket) / image.priceLow(bucket), part);
  }
}
