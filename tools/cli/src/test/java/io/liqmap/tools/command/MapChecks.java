package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.list;
import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static io.liqmap.tools.command.JsonText.objects;
import static io.liqmap.tools.command.JsonText.string;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What holds for every map that is printed as JSON. */
final class MapChecks {
  static final List<String> SIDES = List.of("long", "short");

  /** What sums lose to numbers of twelve digits. */
  static final double LOSS = 1e-9;

  private MapChecks() {}

  /** That buckets are in order and hold something, and that the answer's sums are theirs. */
  static void checkBuckets(final Map<String, Object> map) {
    double last = 0;
    for (final Map<?, ?> bucket : objects(map, "buckets")) {
      assertTrue(SIDES.contains(string(bucket, "side")), bucket::toString);
      assertTrue(number(bucket, "quantity") > 0, bucket::toString);
      assertTrue(number(bucket, "priceLow") >= last, bucket::toString);
      assertTrue(number(bucket, "priceHigh") > number(bucket, "priceLow"), bucket::toString);
      last = number(bucket, "priceLow");
      double tiers = 0;
      for (final Object quantity : map(bucket, "tiers").values()) {
        assertTrue((Double) quantity > 0, bucket::toString);
        tiers += (Double) quantity;
      }
      assertEquals(number(bucket, "quantity"), tiers, LOSS * tiers);
    }
    SIDES.forEach((side) -> checkCumulative(map, side));
  }

  /** That the open quantity is the covered part of the open interest, and the rest is named. */
  static void checkCoverage(final Map<String, Object> map) {
    for (final String side : SIDES) {
      final double coverage = number(map(map, "coverage"), side);
      assertTrue(coverage >= 0 && coverage <= 1, side + " " + coverage);
      final double covered = coverage * number(map, "openInterest");
      assertEquals(covered, sum(map, side, "quantity"), LOSS * covered, side);
      final double outOfReach = number(map(map, "outOfReach"), side);
      final double unmapped = number(map(map, "unmapped"), side);
      assertTrue(outOfReach >= 0 && unmapped >= 0, side + " " + outOfReach + " " + unmapped);
      assertEquals(1, coverage + outOfReach + unmapped, LOSS, side);
    }
  }

  private static void checkCumulative(final Map<String, Object> map, final String side) {
    final boolean isLong = side.equals("long");
    final List<Map<?, ?>> outward = of(map, side);
    if (isLong) {
      Collections.reverse(outward);
    }
    final List<?> points = list(map(map, "cumulative"), side);
    assertEquals(outward.size(), points.size());
    double sum = 0;
    double before = 0;
    double price = isLong ? Double.MAX_VALUE : 0;
    for (int i = 0; i < points.size(); i++) {
      final double at = (Double) ((List<?>) points.get(i)).get(0);
      final double amount = (Double) ((List<?>) points.get(i)).get(1);
      sum += number(outward.get(i), "notional");
      assertEquals(number(outward.get(i), isLong ? "priceLow" : "priceHigh"), at);
      assertEquals(sum, amount, LOSS * sum);
      assertTrue(amount >= before, side + " at " + at);
      assertTrue(isLong ? at < price : at > price, side + " at " + at);
      before = amount;
      price = at;
    }
  }

  /** Buckets of a side, by rising price. */
  static List<Map<?, ?>> of(final Map<String, Object> map, final String side) {
    final List<Map<?, ?>> buckets = new ArrayList<>(objects(map, "buckets"));
    buckets.removeIf((bucket) -> !string(bucket, "side").equals(side));
    return buckets;
  }

  static double sum(final Map<String, Object> map, final String side, final String field) {
    return of(map, side).stream().mapToDouble((bucket) -> number(bucket, field)).sum();
  }

  /** The notional in the buckets of a map between two prices, those at the ends in proportion. */
  static double between(
      final Map<String, Object> of, final String side, final double low, final double high) {
    double sum = 0;
    for (final Map<?, ?> bucket : of(of, side)) {
      final double bottom = number(bucket, "priceLow");
      final double top = number(bucket, "priceHigh");
      final double from = Math.max(low, bottom);
      final double to = Math.min(high, top);
      if (from < to) {
        sum += number(bucket, "notional") * Math.log(to / from) / Math.log(top / bottom);
      }
    }
    return sum;
  }

  /** Quantities of a side, by the lower edge of their bucket. */
  static Map<Double, Double> quantities(final Map<String, Object> map, final String side) {
    final Map<Double, Double> quantities = new LinkedHashMap<>();
    for (final Map<?, ?> bucket : of(map, side)) {
      quantities.put(number(bucket, "priceLow"), number(bucket, "quantity"));
    }
    return quantities;
  }

  /** Part of a side that would have to move to make one map of the other. */
  static double disagreement(
      final Map<String, Object> one, final Map<String, Object> other, final String side) {
    final double ours = sum(one, side, "quantity");
    final double theirs = sum(other, side, "quantity");
    final Map<Double, Double> shares = new LinkedHashMap<>();
    quantities(one, side).forEach((price, held) -> shares.merge(price, held / ours, Double::sum));
    quantities(other, side)
        .forEach((price, held) -> shares.merge(price, -held / theirs, Double::sum));
    return shares.values().stream().mapToDouble(Math::abs).sum() / 2;
  }
}
