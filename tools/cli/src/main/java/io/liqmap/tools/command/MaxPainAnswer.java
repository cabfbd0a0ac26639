package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.core.clusters.MaxPain;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Side;
import java.io.IOException;

/** The price around which most would be liquidated, by side and of both together. */
final class MaxPainAnswer {
  static final String MEANING =
      "Max pain is where most stands within "
          + MapJson.plain(MaxPain.AROUND_BPS)
          + " bp of a price: what would be liquidated around it, not on the way to it.";

  private final MaxPain found;
  private final double[] prices = new double[3];

  private MaxPainAnswer(final MaxPain found) {
    this.found = found;
  }

  static MaxPainAnswer of(final MapSnapshot image) {
    final MaxPainAnswer answer = new MaxPainAnswer(new MaxPain(image.settings().resolutionBps()));
    final double[] longs = outward(image, Side.LONG);
    final double[] shorts = outward(image, Side.SHORT);
    answer.found.find(longs, longs.length, shorts, shorts.length);
    answer.prices[0] = price(image, answer.found.place(Side.LONG));
    answer.prices[1] = price(image, answer.found.place(Side.SHORT));
    answer.prices[2] = price(image, answer.found.place());
    return answer;
  }

  private static double[] outward(final MapSnapshot image, final Side side) {
    if (image.bucketCount(side) == 0 || image.markBucket() < 0) {
      return new double[0];
    }
    final int first = image.firstBucket(side);
    final int far = side == Side.LONG ? first : first + image.bucketCount(side) - 1;
    final int count = Math.max(0, side.sign() * (image.markBucket() - far) + 1);
    final double[] cumulative = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      final int bucket = image.markBucket() - side.sign() * i;
      if (bucket >= first && bucket < first + image.bucketCount(side)) {
        sum += image.notional(side, bucket);
      }
      cumulative[i] = sum;
    }
    return cumulative;
  }

  /** Between the edges of its bucket a place is a logarithm. */
  private static double price(final MapSnapshot image, final double place) {
    if (Double.isNaN(place)) {
      return Double.NaN;
    }
    final int bucket = image.markBucket() + (int) StrictMath.floor(place);
    final double part = place - StrictMath.floor(place);
    return image.priceLow(bucket)
        * StrictMath.pow(image.priceHigh(bucket) / image.priceLow(bucket), part);
  }

  double price(final Side side) {
    return prices[side == Side.LONG ? 0 : 1];
  }

  double notional(final Side side) {
    return found.notional(side);
  }

  double price() {
    return prices[2];
  }

  double notional() {
    return found.notional();
  }

  /** Writes it as a member of an object; null where nothing stands. */
  void write(final JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("maxPain");
    for (final Side side : Side.values()) {
      part(json, MapJson.name(side), price(side), notional(side));
    }
    part(json, "both", price(), notional());
    Json.number(json, "aroundBps", MaxPain.AROUND_BPS);
    json.writeEndObject();
  }

  private static void part(
      final JsonGenerator json, final String name, final double price, final double notional)
      throws IOException {
    json.writeObjectFieldStart(name);
    Json.number(json, "price", price);
    Json.number(json, "notional", notional);
    json.writeEndObject();
  }
}
