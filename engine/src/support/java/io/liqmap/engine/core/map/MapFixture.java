package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.MarginTerms;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ShiftLines;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.params.Parameter;

/**
 * What tests by theme share: buckets of 10 bp, and positions at 10x, which lie in two buckets, so
 * that entries two buckets apart can be distinguished.
 */
abstract class MapFixture {
  static final long SECOND = 1_000_000_000L;
  static final long HOUR = 3_600 * SECOND;
  static final long DAY = 24 * HOUR;
  static final long START = TestSettings.START;
  static final long PRICE = 6_000_000;
  static final double BPS = 10;
  static final Lattice LATTICE = new Lattice(BPS);
  static final int ENTRY = LATTICE.bucketOf(PRICE, 0);
  static final EntrySettings RISES_ONLY = new EntrySettings(0, 0, 0);

  private static final List<LeverageTier> TEN_TIMES = List.of(TestSettings.tier(10, 1, 40e3));

  @Parameter private MapKind kind;

  final MapUnderTest map(final MapSettings settings) {
    return kind.linear(settings);
  }

  final MapUnderTest map(final EntrySettings entries, final ExitSettings exits) {
    return map(TestSettings.of(BPS, TestSettings.undated(), model(entries, exits)));
  }

  final MapUnderTest map(final EntrySettings entries) {
    return map(entries, ExitSettings.PROPORTIONAL);
  }

  /** Started at a price and without open interest. */
  static MapUnderTest started(final MapUnderTest map) {
    map.onMark(START, PRICE);
    map.onOpenInterest(START, 0);
    return map;
  }

  static ModelSettings model(final EntrySettings entries, final ExitSettings exits) {
    return TestSettings.model("test", TEN_TIMES, entries, exits);
  }

  static long priceOf(final int bucket) {
    return Math.round(LATTICE.centre(bucket));
  }

  static void assertQuantity(final double expected, final double actual) {
    assertEquals(expected, actual, 1e-9 * Math.max(1, Math.abs(expected)));
  }

  static double openQuantity(final MapUnderTest map, final Side side, final int entry) {
    return openQuantity(map, side, Window.ALL, entry);
  }

  /** Open quantity of the positions at 10x that were opened in a bucket. */
  static double openQuantity(
      final MapUnderTest map, final Side side, final Window window, final int entry) {
    final ShiftLines lines =
        new ShiftLines(
            side,
            model(RISES_ONLY, ExitSettings.PROPORTIONAL),
            new MarginTerms(MarginRule.BINANCE_USDM, Brackets.btcusdt2024(), 1),
            LATTICE);
    final SortedMap<Integer, double[]> all = map.openQuantities(side, window);
    double sum = 0;
    for (int line = 0; line < lines.count(); line++) {
      final double[] tiers = all.get(entry + lines.shift(line));
      sum += tiers == null ? 0 : tiers[0];
    }
    return sum;
  }

  static void assertOpen(
      final double expected, final MapUnderTest map, final Side side, final int entry) {
    assertQuantity(expected, openQuantity(map, side, entry));
  }

  /** Checks a side's quantity at {@link #ENTRY} and at another entry. */
  static void assertOpen(
      final MapUnderTest map,
      final Side side,
      final double atEntry,
      final int other,
      final double atOther) {
    assertOpen(atEntry, map, side, ENTRY);
    assertOpen(atOther, map, side, other);
  }

  static double ofTier(final MapUnderTest map, final Side side, final int tier) {
    return map.openQuantities(side).values().stream().mapToDouble((tiers) -> tiers[tier]).sum();
  }

  static double sum(final MapUnderTest map, final Side side, final Window window) {
    double sum = 0;
    for (final double[] tiers : map.openQuantities(side, window).values()) {
      for (final double quantity : tiers) {
        sum += quantity;
      }
    }
    return sum;
  }
}
