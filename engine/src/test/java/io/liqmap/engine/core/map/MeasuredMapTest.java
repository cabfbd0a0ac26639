package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Prices have two digits, quantities three. */
final class MeasuredMapTest {
  private static final long START = TestSettings.START;
  private static final long DAY = 86_400_000_000_000L;
  private static final double EXACT = 1e-9;

  private static InstrumentMap map() {
    return map(Contract.LINEAR);
  }

  private static InstrumentMap map(final Contract contract) {
    final LiquidationMaps maps = new LiquidationMaps(TestSettings.plain(5, 10), 1);
    maps.define(new Instrument(0, "BTC", "hyperliquid", contract, "BTC", "USD", .01, .001));
    maps.of(0).onMark(START, 10_000, 0, 0);
    return maps.of(0);
  }

  private static MeasuredMap measured(final InstrumentMap map) {
    return MeasuredMap.of(map, map.time());
  }

  @Test
  void shouldShowPositionsByLiquidationPriceAndLeverage() {
    final InstrumentMap map = map();
    map.onKnownPosition(START, 1, Side.LONG, 3_000, 10_000, 9_500, 0, 1_000);
    map.onKnownPosition(START, 2, Side.LONG, 1_000, 10_000, 9_500, 0, 0);
    map.onKnownPosition(START, 3, Side.SHORT, 2_000, 10_000, 11_000, 0, 500);
    map.onOpenInterest(START, 20_000);

    final MeasuredMap measured = measured(map);
    final MapSnapshot snapshot = measured.map();

    assertEquals(MapSnapshot.MEASURED, snapshot.model());
    final int bucket = map.lattice().bucketOf(9_500, 0);
    assertEquals(bucket, snapshot.firstBucket(Side.LONG));
    assertEquals(1, snapshot.bucketCount(Side.LONG));
    assertEquals(3, snapshot.leverages());
    assertEquals(0, snapshot.leverage(0));
    assertEquals(1, snapshot.quantity(Side.LONG, 0, bucket), EXACT);
    assertEquals(3, snapshot.quantity(Side.LONG, 2, bucket), EXACT);
    assertEquals(2, snapshot.quantity(Side.SHORT, map.lattice().bucketOf(11_000, 0)), EXACT);
    assertEquals(.2, snapshot.coverage(Side.LONG), EXACT);
    assertEquals(.1, measured.side(Side.SHORT).openInterestShare(), EXACT);
    assertEquals(16 / 10.0, measured.side(Side.LONG).effectiveAccounts(), EXACT);
    assertEquals(400, measured.side(Side.LONG).notional(), 1e-6);
  }

  @Test
  void shouldPutOutOfReachWhatNoPriceOrAFarOneLiquidates() {
    final InstrumentMap map = map();
    final long within = (long) (10_000 * StrictMath.exp(-MeasuredMap.REACH)) + 1;
    map.onKnownPosition(START, 1, Side.LONG, 1_000, 10_000, 0, 0, 1_000);
    map.onKnownPosition(START, 2, Side.LONG, 2_000, 10_000, within - 1, 0, 1_000);
    map.onKnownPosition(START, 3, Side.LONG, 4_000, 10_000, within, 0, 1_000);
    map.onOpenInterest(START, 10_000);

    final MeasuredSide longs = measured(map).side(Side.LONG);

    assertEquals(3, longs.outOfReach(), EXACT);
    assertEquals(.3, longs.outOfReachShare(), EXACT);
    assertEquals(.7, longs.openInterestShare(), EXACT);
    assertEquals(4, measured(map).map().mapped(Side.LONG), EXACT);
    assertEquals(.4, measured(map).map().coverage(Side.LONG), EXACT);
    assertEquals(.3, measured(map).map().outOfReach(Side.LONG), EXACT);
    assertEquals(3, measured(map).map().unmapped(Side.LONG), EXACT);
    assertEquals(10, measured(map).map().unmapped(Side.SHORT), EXACT);
  }

  @Test
  void shouldNotKnowItsCoverageWithoutOpenInterest() {
    final InstrumentMap map = map();
    map.onKnownPosition(START, 1, Side.LONG, 1_000, 10_000, 9_000, 0, 0);
    assertTrue(Double.isNaN(measured(map).side(Side.LONG).openInterestShare()));
    assertTrue(Double.isNaN(measured(map).map().coverage(Side.LONG)));
    assertEquals(1, measured(map).map().mapped(Side.LONG), EXACT);
  }

  @Test
  void shouldLeaveOutStalePositionsAndSayHowOldTheOthersAre() {
    final InstrumentMap map = map();
    assertFalse(map.hasKnownPositions());
    map.onKnownPosition(START, 1, Side.LONG, 1_000, 10_000, 9_000, 0, 0);
    map.onKnownPosition(START + DAY / 2, 2, Side.LONG, 1_000, 10_000, 9_000, 0, 0);
    map.onKnownPosition(START + DAY, 3, Side.SHORT, 1_000, 10_000, 11_000, 0, 0);
    assertTrue(map.hasKnownPositions());

    final MeasuredMap fresh = MeasuredMap.of(map, START + DAY);
    assertEquals(START, fresh.oldest());
    assertEquals(START + DAY / 2, fresh.median());
    assertEquals(0, fresh.stale());

    final MeasuredMap later = MeasuredMap.of(map, START + DAY + 1);
    assertEquals(START + DAY / 2, later.oldest());
    assertEquals(1, later.stale());
    assertEquals(1, later.side(Side.LONG).accounts());
  }

  @Test
  void shouldCountAnInverseContractInItsBaseAsset() {
    final InstrumentMap map = map(Contract.INVERSE);
    map.onKnownPosition(START, 1, Side.LONG, 100_000, 10_000, 8_000, 0, 0);
    map.onOpenInterest(START, 200_000);
    final int bucket = map.lattice().bucketOf(8_000, 0);
    final MeasuredMap measured = measured(map);
    assertEquals(100, measured.map().notional(Side.LONG, bucket), 1e-6);
    assertEquals(1, measured.side(Side.LONG).quantity(), EXACT);
    assertEquals(.5, measured.map().coverage(Side.LONG), EXACT);
    map.onMark(START, 8_000, 0, 0);
    assertEquals(100, measured(map).side(Side.LONG).sweptNotional(), 1e-6);
  }

  @Test
  void shouldShareTheProfileByDistanceFromEntry() {
    final double[] edges = {.01, .05, .2, .6};
    final SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 20; round++) {
      final InstrumentMap map = map();
      final double[] expected = new double[edges.length + 1];
      double sum = 0;
      double squares = 0;
      for (int account = 0; account < 50; account++) {
        final int quantity = random.nextInt(1, 1_000);
        final long entry = random.nextLong(8_000, 13_000);
        final long liquidation = random.nextInt(5) == 0 ? 0 : random.nextLong(10_001, 20_000);
        map.onKnownPosition(START, account, Side.SHORT, quantity, entry, liquidation, 0, 0);
        final double distance =
            liquidation == 0 ? 9 : Math.abs(StrictMath.log((double) liquidation / entry));
        int bin = 0;
        for (final double edge : edges) {
          bin += distance >= edge ? 1 : 0;
        }
        expected[bin] += quantity;
        sum += quantity;
        squares += (double) quantity * quantity;
      }
      final MeasuredProfile profile = new MeasuredProfile(edges);
      map.measure(profile);
      map.measure(profile);

      assertEquals(edges.length - 1, profile.bins());
      assertEquals(expected[0] / sum, profile.nearer(Side.SHORT), EXACT);
      for (int bin = 0; bin < profile.bins(); bin++) {
        assertEquals(expected[bin + 1] / sum, profile.share(Side.SHORT, bin), EXACT);
        assertEquals(0, profile.share(Side.LONG, bin));
      }
      assertEquals(expected[edges.length] / sum, profile.outOfReach(Side.SHORT), EXACT);
      assertEquals(50, profile.accounts(Side.SHORT));
      assertEquals(sum * sum / squares, profile.effectiveAccounts(Side.SHORT), EXACT);
      assertEquals(0, profile.effectiveAccounts(Side.LONG));
    }
  }
}
