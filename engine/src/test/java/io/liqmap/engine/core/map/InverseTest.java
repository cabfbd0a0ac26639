package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an inverse contract does otherwise: its quantities are in the quote asset, and its own
 * brackets in the base asset.
 *
 * <p>At 60,000 to the coin a long of 3.2 million is liquidated when it is worth 58 coins, in the
 * bracket of 1 %, and a short at 48 coins, in that of 0.65 %, which reaches up to 50. A quarter
 * higher the long lies in the lower bracket, a fifth lower the short in the higher one.
 */
@ParameterizedClass
@EnumSource(MapKind.class)
final class InverseTest {
  private static final long START = TestSettings.START;
  private static final long PRICE = 60_000;
  private static final double NOTIONAL = 3.2e6;
  private static final double BPS = 2;
  private static final Lattice LATTICE = new Lattice(BPS);
  private static final int ENTRY = LATTICE.bucketOf(PRICE, 0);

  @Parameter private MapKind kind;

  private static MapSettings standard() {
    return TestSettings.of(
        BPS,
        TestSettings.undated(),
        TestSettings.model(
            "test",
            List.of(TestSettings.tier(10, 1, NOTIONAL)),
            new EntrySettings(0, 0, 0),
            ExitSettings.PROPORTIONAL));
  }

  private static MapSettings withOwnBrackets() {
    return TestSettings.withOwnBrackets(standard(), Brackets.inCoin());
  }

  private static MapUnderTest opened(final MapUnderTest map) {
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 600_000, true);
    map.onOpenInterest(START, 600_000);
    return map;
  }

  /** Binance's formula at 10x, over the entry price, in the bracket of 1 % at a price. */
  private static double higher(final Side side, final double price) {
    return ratio(side, .01, 11_450 * price / 60_000);
  }

  /** The same in the bracket of 0.65 %: amounts are a constant number of coins. */
  private static double lower(final Side side, final double price) {
    return ratio(side, .0065, 950 * price / 60_000);
  }

  private static double ratio(final Side side, final double rate, final double amount) {
    return (side.sign() + rate) / (.1 + amount / NOTIONAL + side.sign());
  }

  /** Positions keep their mean distance, however the lattice splits them in two buckets. */
  private static void assertRatio(
      final double expected, final MapUnderTest map, final Side side, final boolean isInverse) {
    double sum = 0;
    double moment = 0;
    for (final Map.Entry<Integer, double[]> each : map.openQuantities(side).entrySet()) {
      final double quantity = each.getValue()[0] * (isInverse ? LATTICE.centre(each.getKey()) : 1);
      sum += quantity;
      moment += quantity * (each.getKey() - ENTRY);
    }
    assertEquals(600_000, sum, 1e-3);
    assertEquals(LATTICE.distance(expected), moment / sum, 1e-6);
  }

  @Test
  void shouldSayInBaseAtTheLiquidationPriceWhatIsHeldInQuote() {
    final MapUnderTest map = opened(kind.inverse(withOwnBrackets()));
    assertRatio(higher(Side.LONG, PRICE), map, Side.LONG, true);
    assertRatio(lower(Side.SHORT, PRICE), map, Side.SHORT, true);
  }

  @Test
  void shouldSweepTheSameNotionalWhateverItIsInBase() {
    final MapUnderTest map = opened(kind.inverse(withOwnBrackets()));
    final double coins = map.mapped(Side.LONG);
    map.onMark(START, PRICE / 10 * 9);
    assertEquals(600_000, map.sweptNotional(Side.LONG), 1e-3);
    assertEquals(coins, map.sweptQuantity(Side.LONG), 1e-9);
    assertEquals(600_000 / (PRICE * higher(Side.LONG, PRICE)), coins, 2e-4 * coins);
  }

  @Test
  void shouldSayInBaseAtMarkWhatIsNotKnown() {
    final MapUnderTest map = kind.inverse(withOwnBrackets());
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 600_000);
    assertEquals(10, map.unmapped(Side.LONG), 1e-9);
    map.onMark(START, 75_000);
    assertEquals(8, map.unmapped(Side.LONG), 1e-9);
  }

  @Test
  void shouldRefreshItsBracketsWhenPriceHasRisenByAQuarter() {
    final MapUnderTest map = opened(kind.inverse(withOwnBrackets()));
    map.onMark(START, 75_000);
    assertRatio(higher(Side.LONG, PRICE), map, Side.LONG, true);
    map.onMark(START, 75_100);
    assertRatio(lower(Side.LONG, 75_100), map, Side.LONG, true);
    map.onMark(START, 62_000);
    assertRatio(lower(Side.LONG, 75_100), map, Side.LONG, true);
  }

  @Test
  void shouldRefreshItsBracketsWhenPriceHasFallenByAFifth() {
    final MapUnderTest map = opened(kind.inverse(withOwnBrackets()));
    map.onMark(START, 48_000);
    assertRatio(lower(Side.SHORT, PRICE), map, Side.SHORT, true);
    map.onMark(START, 47_960);
    assertRatio(higher(Side.SHORT, 47_960), map, Side.SHORT, true);
    map.onMark(START, 59_000);
    assertRatio(higher(Side.SHORT, 47_960), map, Side.SHORT, true);
  }

  @Test
  void shouldKeepTheStandardBracketsWhateverThePrice() {
    final MapUnderTest map = opened(kind.inverse(standard()));
    final double longs = ratio(Side.LONG, .01, 11_450);
    assertRatio(longs, map, Side.LONG, true);
    map.onMark(START, 90_000);
    assertRatio(longs, map, Side.LONG, true);
  }

  @Test
  void shouldKeepTheBracketsOfALinearContractWhateverThePrice() {
    final MapUnderTest map = opened(kind.linear(standard()));
    final double longs = (.1 + 950 / NOTIONAL - 1) / (.0065 - 1);
    assertRatio(longs, map, Side.LONG, false);
    map.onMark(START, 90_000);
    assertRatio(longs, map, Side.LONG, false);
  }
}
