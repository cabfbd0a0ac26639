package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What reported liquidations explain of a fall; the venue closes 2.5 for one that it reports. */
@ParameterizedClass
@EnumSource(MapKind.class)
final class ForcedTest extends MapFixture {
  private static final List<LeverageTier> PROFILE =
      List.of(TestSettings.tier(10, .6, 40e3), TestSettings.tier(50, .4, 40e3));

  /** Half of 2,000 is known on each side. */
  private MapUnderTest halfKnown() {
    final MapUnderTest map =
        map(
            TestSettings.of(
                BPS,
                TestSettings.undated(),
                TestSettings.model("test", PROFILE, RISES_ONLY, ExitSettings.PROPORTIONAL)));
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 1_000);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 2_000);
    return map;
  }

  private static void assertParts(
      final double mapped, final double unmapped, final MapUnderTest map, final Side side) {
    assertQuantity(mapped, map.mapped(side));
    assertQuantity(unmapped, map.unmapped(side));
  }

  @Test
  void shouldTakeWhatReportsExplainFromTheUnmappedRestAndTheOthersInProportion() {
    final MapUnderTest map = halfKnown();
    map.onLiquidation(START, Side.LONG, PRICE, 100);
    map.onOpenInterest(START, 1_600);
    assertParts(1_000 * 1_600. / 1_750, 750 * 1_600. / 1_750, map, Side.LONG);
    assertParts(800, 800, map, Side.SHORT);
  }

  @Test
  void shouldTakeReportsOfShortsFromShorts() {
    final MapUnderTest map = halfKnown();
    map.onLiquidation(START, Side.SHORT, PRICE, 160);
    map.onOpenInterest(START, 1_600);
    assertParts(800, 800, map, Side.LONG);
    assertParts(1_000, 600, map, Side.SHORT);
  }

  @Test
  void shouldExplainNoMoreThanTheFall() {
    final MapUnderTest map = halfKnown();
    map.onLiquidation(START, Side.LONG, PRICE, 900);
    map.onOpenInterest(START, 1_600);
    assertParts(1_000, 600, map, Side.LONG);
  }

  @Test
  void shouldTakeFromThoseThatAreKnownOnceTheRestIsUsedUp() {
    final MapUnderTest map = halfKnown();
    map.onLiquidation(START, Side.LONG, PRICE, 900);
    map.onOpenInterest(START, 500);
    assertParts(500, 0, map, Side.LONG);
    assertParts(250, 250, map, Side.SHORT);
  }

  @Test
  void shouldSetWhatMarkHasSweptAgainstTheFallAndTheReportsFirst() {
    final MapUnderTest map = halfKnown();
    map.onMark(START, PRICE / 100 * 97);
    assertQuantity(400, map.sweptQuantity(Side.LONG));
    map.onLiquidation(START, Side.LONG, PRICE, 180);
    map.onOpenInterest(START, 1_500);
    // Reports explain 450 of 500, the sweep met 400 of them.
    assertParts(600 * 1_500. / 1_550, 950 * 1_500. / 1_550, map, Side.LONG);
    assertParts(750, 750, map, Side.SHORT);
  }

  @Test
  void shouldLeaveTheRestAloneWhenTheSweepExplainsTheFall() {
    final MapUnderTest map = halfKnown();
    map.onMark(START, PRICE / 100 * 97);
    map.onLiquidation(START, Side.LONG, PRICE, 160);
    map.onOpenInterest(START, 1_600);
    assertParts(600, 1_000, map, Side.LONG);
  }

  @Test
  void shouldForgetReportsWithTheUpdateThatFollows() {
    final MapUnderTest map = halfKnown();
    map.onLiquidation(START, Side.LONG, PRICE, 400);
    map.onOpenInterest(START, 2_000);
    assertParts(1_000, 1_000, map, Side.LONG);
    map.onOpenInterest(START, 1_600);
    assertParts(800, 800, map, Side.LONG);
  }

  @Test
  void shouldForgetSweepsWithTheUpdateThatFollows() {
    final MapUnderTest map = halfKnown();
    map.onMark(START, PRICE / 100 * 97);
    map.onOpenInterest(START, 2_000);
    assertParts(600, 1_400, map, Side.LONG);
    map.onLiquidation(START, Side.LONG, PRICE, 160);
    map.onOpenInterest(START, 1_600);
    assertParts(600, 1_000, map, Side.LONG);
  }

  @Test
  void shouldAddUpReportsBetweenTwoUpdates() {
    final MapUnderTest map = halfKnown();
    map.onLiquidation(START, Side.LONG, PRICE, 60);
    map.onTrade(START, PRICE, 10, false);
    map.onLiquidation(START, Side.LONG, priceOf(ENTRY - 9), 100);
    map.onOpenInterest(START, 1_600);
    assertParts(1_000, 600, map, Side.LONG);
  }
}
