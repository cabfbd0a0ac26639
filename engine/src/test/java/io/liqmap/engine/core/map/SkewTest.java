package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.model.SkewSettings.Weights;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the crowd tilts a map. */
@ParameterizedClass
@EnumSource(MapKind.class)
final class SkewTest extends MapFixture {
  /** Funding at which the crowd is assumed on one side. */
  private static final long FULL = 500_000;

  private static final long PARITY = 1_000_000_000;
  private static final Weights OFF = new Weights(0, 0);
  private static final int OTHER = ENTRY + 5;
  private static final List<LeverageTier> PROFILE =
      List.of(TestSettings.tier(10, .6, 40e3), TestSettings.tier(50, .4, 40e3));

  private MapUnderTest map(final double takerLean, final SkewSettings skew) {
    return map(
        TestSettings.of(
            BPS,
            TestSettings.undated(),
            new ModelSettings(
                "test",
                1,
                PROFILE,
                Maintenance.NONE,
                new EntrySettings(0, takerLean, 0),
                ExitSettings.PROPORTIONAL,
                skew)));
  }

  private static SkewSettings byFunding(final double leverage, final double lean) {
    return new SkewSettings(new Weights(leverage, lean), OFF, OFF);
  }

  private static void open(final MapUnderTest map) {
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
  }

  /** Shares are those of the profile times the leverage to a power. */
  private static void assertTilted(final double power, final MapUnderTest map, final Side side) {
    final double ten = .6 * Math.pow(10, power);
    final double fifty = .4 * Math.pow(50, power);
    assertQuantity(1_000 * ten / (ten + fifty), ofTier(map, side, 0));
    assertQuantity(1_000 * fifty / (ten + fifty), ofTier(map, side, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "500000, 1",
    "250000, 0.5",
    "-125000, -0.25",
    "0, 0",
    "5000000, 1",
    "-700000, -1",
  })
  void shouldRaiseTheLeverageOfThoseWhoPayFunding(final long funding, final double crowd) {
    final MapUnderTest map = map(0, byFunding(1, 0));
    map.onMark(START, PRICE, funding);
    map.onOpenInterest(START, 0);
    open(map);
    assertTilted(crowd, map, Side.LONG);
    assertTilted(-crowd, map, Side.SHORT);
  }

  @Test
  void shouldLowerTheLeverageOfTheCrowdByANegativeWeight() {
    final MapUnderTest map = map(0, byFunding(-2, 0));
    map.onMark(START, PRICE, FULL);
    map.onOpenInterest(START, 0);
    open(map);
    assertTilted(-2, map, Side.LONG);
    assertTilted(2, map, Side.SHORT);
  }

  @Test
  void shouldTiltOpenPositionsWithTheNextOpenInterest() {
    final MapUnderTest map = started(map(0, byFunding(1, 0)));
    open(map);
    map.onMark(START, PRICE, FULL);
    assertTilted(0, map, Side.LONG);
    map.onOpenInterest(START, 1_000);
    assertTilted(1, map, Side.LONG);
    assertTilted(-1, map, Side.SHORT);
    map.onMark(START, PRICE, 0);
    map.onOpenInterest(START, 1_000);
    assertTilted(0, map, Side.LONG);
    assertTilted(0, map, Side.SHORT);
  }

  @ParameterizedTest
  @CsvSource({"3, 0.5", "1, 0", "0.6, -0.25", "0, -1"})
  void shouldRaiseTheLeverageOfTheSideWithMoreAccounts(final double ratio, final double crowd) {
    final MapUnderTest map = started(map(0, new SkewSettings(OFF, OFF, new Weights(1, 0))));
    map.onAccountRatio(START, Math.round(ratio * PARITY));
    open(map);
    assertTilted(crowd, map, Side.LONG);
    assertTilted(-crowd, map, Side.SHORT);
  }

  @Test
  void shouldFollowTheFlowOfTakersByAnEighthOfTheWay() {
    final MapUnderTest map = started(map(0, new SkewSettings(OFF, new Weights(1, 0), OFF)));
    open(map);
    assertTilted(.125, map, Side.LONG);
    assertTilted(-.125, map, Side.SHORT);
    map.onTrade(START, PRICE, 250, true);
    map.onTrade(START, PRICE, 750, false);
    map.onOpenInterest(START, 1_000);
    // From 1/8 towards −1/2.
    final double flow = .125 - .625 / 8;
    assertTilted(flow, map, Side.LONG);
    assertTilted(-flow, map, Side.SHORT);
  }

  @Test
  void shouldAddUpTheSignals() {
    final MapUnderTest map =
        started(map(0, new SkewSettings(new Weights(.5, 0), OFF, new Weights(-1, 0))));
    map.onMark(START, PRICE, FULL / 2);
    map.onAccountRatio(START, 3 * PARITY);
    open(map);
    assertTilted(.5 * .5 - .5, map, Side.LONG);
    assertTilted(.5 - .5 * .5, map, Side.SHORT);
  }

  /** Takers buy 300 at {@link #ENTRY} and sell 100 elsewhere, and half of it opens. */
  private static void assertLeans(
      final double ofLongs, final double ofShorts, final MapUnderTest map) {
    map.onTrade(START, PRICE, 300, true);
    map.onTrade(START, priceOf(OTHER), 100, false);
    map.onOpenInterest(START, 200);
    final double longs = 300 * (1 + ofLongs);
    assertQuantity(200 * longs / (longs + 100 * (1 - ofLongs)), atEntry(map, Side.LONG));
    final double shorts = 300 * (1 - ofShorts);
    assertQuantity(200 * shorts / (shorts + 100 * (1 + ofShorts)), atEntry(map, Side.SHORT));
  }

  /** Open quantity of {@link #ENTRY}: entries are five buckets apart, and a tier has two. */
  private static double atEntry(final MapUnderTest map, final Side side) {
    double sum = 0;
    for (int tier = 0; tier < PROFILE.size(); tier++) {
      final int distance = nearest(side, PROFILE.get(tier).leverage());
      final SortedMap<Integer, double[]> all = map.openQuantities(side);
      for (int line = 0; line < 2; line++) {
        final double[] tiers = all.get(ENTRY - side.sign() * (distance + line));
        sum += tiers == null ? 0 : tiers[tier];
      }
    }
    return sum;
  }

  /** Liquidation is at entry · (1 ∓ 1/leverage). */
  private static int nearest(final Side side, final double leverage) {
    return (int) Math.floor(Math.abs(LATTICE.distance(1 - side.sign() / leverage)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5, 500000, 0.5, 0",
    "0, 0.5, -500000, 0, 0.5",
    "0.5, 0.25, 500000, 0.75, 0.25",
    "0.5, -0.5, 250000, 0.25, 0.75",
    "0.5, 1, -500000, 0, 1",
    "0.5, 1, 0, 0.5, 0.5",
  })
  void shouldAddToTheCrowdsLeanOnItsTakers(
      final double takerLean,
      final double weight,
      final long funding,
      final double ofLongs,
      final double ofShorts) {
    final MapUnderTest map = map(takerLean, byFunding(0, weight));
    map.onMark(START, PRICE, funding);
    map.onOpenInterest(START, 0);
    assertLeans(ofLongs, ofShorts, map);
  }

  @Test
  void shouldLeanByTheRatioOfAccounts() {
    final MapUnderTest map = map(.25, new SkewSettings(OFF, OFF, new Weights(0, .5)));
    map.onAccountRatio(START, 3 * PARITY);
    assertLeans(.5, 0, started(map));
  }

  @ParameterizedTest
  @ValueSource(longs = {201, 202})
  void shouldNotFeelTheCrowdAtAllWithoutWeights(final long seed) {
    final MapUnderTest heard = map(.5, SkewSettings.NONE);
    final MapUnderTest deaf = map(.5, SkewSettings.NONE);
    final RandomMarket market = new RandomMarket(seed, 1e-3, 30);
    int signals = 0;
    for (int i = 0; i < 4_000; i++) {
      final MarketEvent event = market.next();
      event.applyTo(heard);
      switch (event.kind()) {
        case MARK -> {
          signals += event.quantity() == 0 ? 0 : 1;
          deaf.onMark(event.at(), event.price());
        }
        case ACCOUNT_RATIO -> signals++;
        default -> event.applyTo(deaf);
      }
      if (event.kind() == MarketEvent.Kind.OPEN_INTEREST) {
        assertIdentical(deaf, heard);
      }
    }
    assertTrue(signals > 100, "the market sent no signals");
  }

  private static void assertIdentical(final MapUnderTest expected, final MapUnderTest actual) {
    for (final Side side : Side.values()) {
      assertEquals(expected.unmapped(side), actual.unmapped(side));
      assertEquals(expected.sweptNotional(side), actual.sweptNotional(side));
      final SortedMap<Integer, double[]> quantities = actual.openQuantities(side);
      assertEquals(expected.openQuantities(side).keySet(), quantities.keySet());
      expected
          .openQuantities(side)
          .forEach((bucket, tiers) -> assertArrayEquals(tiers, quantities.get(bucket)));
    }
  }
}
