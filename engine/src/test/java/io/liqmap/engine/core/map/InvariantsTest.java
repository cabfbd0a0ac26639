package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Side;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every map, whatever happens on the market. */
@Tag("slow")
final class InvariantsTest {
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @ValueSource(longs = {101, 102, 103, 104, 105, 106})
  void shouldAddUpToOpenInterestAfterEachUpdate(final long seed) {
    final FastInstrumentMap fast = new FastInstrumentMap(settings(seed));
    final RandomMarket market = market(seed);
    for (int i = 0; i < 30_000; i++) {
      final MarketEvent event = market.next();
      event.applyTo(fast);
      if (event.kind() == MarketEvent.Kind.OPEN_INTEREST) {
        for (final Side side : Side.values()) {
          final String place = "seed " + seed + ", event " + i + ", " + side;
          final double mapped = fast.mapped(side);
          final double unmapped = fast.unmapped(side);
          assertEquals(
              event.quantity(),
              mapped + unmapped,
              TOLERANCE * Math.max(1, event.quantity()),
              place);
          assertTrue(mapped >= 0, place);
          assertTrue(unmapped >= 0, place);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {111, 112, 113, 114, 115, 116})
  void shouldLetNothingStandBeyondMark(final long seed) {
    final FastInstrumentMap fast = new FastInstrumentMap(settings(seed));
    final RandomMarket market = market(seed);
    for (int i = 0; i < 30_000; i++) {
      market.next().applyTo(fast);
      if (i % 53 == 0) {
        final String place = "seed " + seed + ", event " + i;
        final MapSnapshot image = MapSnapshot.of(fast.map());
        final int mark = image.markBucket();
        if (image.bucketCount(Side.LONG) > 0) {
          final int top = image.firstBucket(Side.LONG) + image.bucketCount(Side.LONG) - 1;
          assertTrue(top <= mark, place + ": longs at " + top + ", mark at " + mark);
        }
        if (image.bucketCount(Side.SHORT) > 0) {
          final int bottom = image.firstBucket(Side.SHORT);
          assertTrue(bottom >= mark, place + ": shorts at " + bottom + ", mark at " + mark);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {121, 122, 123, 124, 125, 126})
  void shouldNeverHoldANegativeQuantity(final long seed) {
    final FastInstrumentMap fast = new FastInstrumentMap(settings(seed));
    final RandomMarket market = market(seed);
    for (int i = 0; i < 20_000; i++) {
      market.next().applyTo(fast);
      if (i % 97 == 0) {
        for (final Side side : Side.values()) {
          fast.openQuantities(side)
              .forEach(
                  (bucket, tiers) -> {
                    for (final double quantity : tiers) {
                      assertTrue(
                          quantity >= 0,
                          () ->
                              "seed " + seed + ", " + side + " bucket " + bucket + ": " + quantity);
                    }
                  });
        }
      }
    }
  }

  /** Coarse and fine lattices, calm and wild markets, with and without a change of brackets. */
  private static MapSettings settings(final long seed) {
    return TestSettings.of(
        seed % 3 == 0 ? 2 : 10,
        TestSettings.LADDER,
        .05 * (seed % 4),
        .5,
        seed % 2 == 0
            ? TestSettings.undated()
            : TestSettings.changing(Brackets.btcusdt2024(), Brackets.ethusdt2024()));
  }

  private static RandomMarket market(final long seed) {
    return new RandomMarket(seed, seed % 2 == 0 ? 1e-4 : 1.5e-3, 40);
  }
}
