package io.liqmap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.lattice.Lattice;
import io.liqmap.engine.margin.BinanceUsdm;
import io.liqmap.engine.margin.BracketTable;
import io.liqmap.engine.margin.Brackets;
import io.liqmap.engine.margin.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShiftLinesTest {
  private static final BracketTable TABLE = Brackets.btcusdt2024();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldKeepMassAndMeanOfEachTier(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final Lattice lattice = new Lattice(.5 + random.nextDouble() * 99);
    final List<LeverageTier> profile = new ArrayList<>();
    for (int tier = 0; tier < 20; tier++) {
      profile.add(
          new LeverageTier(
              1.5 + random.nextDouble() * 38,
              random.nextDouble(),
              1_000 + random.nextInt(1_000_000)));
    }
    for (final Side side : Side.values()) {
      final ShiftLines lines = new ShiftLines(side, profile, TABLE, lattice);
      assertEquals(40, lines.count());
      int nearest = Integer.MAX_VALUE;
      for (int tier = 0; tier < profile.size(); tier++) {
        final LeverageTier line = profile.get(tier);
        final String place = "seed " + seed + ", " + side + ", tier " + tier;
        final int near = lines.shift(2 * tier);
        final int far = lines.shift(2 * tier + 1);
        final double nearShare = lines.share(2 * tier);
        final double farShare = lines.share(2 * tier + 1);
        final double exact =
            lattice.distance(
                BinanceUsdm.liquidationRatio(
                    side, line.leverage(), line.positionNotional(), TABLE));
        assertEquals(-side.sign(), far - near, place);
        assertTrue(-side.sign() * near >= 0, place);
        assertTrue(nearShare > 0 && farShare >= 0, place);
        assertEquals(line.share(), nearShare + farShare, 1e-12, place);
        assertEquals(
            exact,
            (near * nearShare + far * farShare) / line.share(),
            1e-9 * Math.abs(exact),
            place);
        nearest = Math.min(nearest, Math.abs(near));
      }
      assertEquals(nearest, Math.abs(lines.nearest()));
    }
  }

  @Test
  void shouldNameTheRateOfTheBracketAtLiquidation() {
    final List<LeverageTier> profile =
        List.of(new LeverageTier(100, .5, 6_000), new LeverageTier(20, .5, 612_000));
    final ShiftLines longs = new ShiftLines(Side.LONG, profile, TABLE, new Lattice(5));
    assertEquals(.004, longs.maintenanceRate(0));
    assertEquals(.005, longs.maintenanceRate(1));
    final ShiftLines shorts = new ShiftLines(Side.SHORT, profile, TABLE, new Lattice(5));
    assertEquals(.0065, shorts.maintenanceRate(1));
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void shouldRefuseALeverageThatIsLiquidatedAtItsEntry(final Side side) {
    for (final double leverage : new double[] {250, 251, 300, 500}) {
      for (double notional = 1; notional < 50_000; notional = notional * 1.37 + .01) {
        assertRefused(side, leverage, notional);
      }
    }
    assertRefused(side, 100, 20e6);
  }

  private static void assertRefused(final Side side, final double leverage, final double notional) {
    final List<LeverageTier> profile =
        List.of(new LeverageTier(10, .5, 1_000), new LeverageTier(leverage, .5, notional));
    final Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ShiftLines(side, profile, TABLE, new Lattice(5)),
            side + " " + leverage + "x, notional " + notional);
    assertTrue(refused.getMessage().contains(side + " of " + leverage + "x"), refused.getMessage());
  }

  @Test
  void shouldTakeALeverageJustBelowWhatTheBracketLeaves() {
    final ShiftLines lines =
        new ShiftLines(Side.LONG, List.of(new LeverageTier(249, 1, 1_000)), TABLE, new Lattice(5));
    assertEquals(0, lines.shift(0));
    assertEquals(-1, lines.shift(1));
  }

  @Test
  void shouldRefuseValuesOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new LeverageTier(1, .5, 1_000));
    assertThrows(IllegalArgumentException.class, () -> new LeverageTier(501, .5, 1_000));
    assertThrows(IllegalArgumentException.class, () -> new LeverageTier(Double.NaN, .5, 1_000));
    assertThrows(IllegalArgumentException.class, () -> new LeverageTier(10, 0, 1_000));
    assertThrows(IllegalArgumentException.class, () -> new LeverageTier(10, 1.01, 1_000));
    assertThrows(IllegalArgumentException.class, () -> new LeverageTier(10, .5, 0));
    assertThrows(IllegalArgumentException.class, () -> new LeverageTier(10, .5, 1e13));
    final List<LeverageTier> whole = List.of(new LeverageTier(10, 1, 1_000));
    final List<LeverageTier> part = List.of(new LeverageTier(10, .9, 1_000));
    assertThrows(IllegalArgumentException.class, () -> new ModelSettings("m", part, .1, .1));
    assertThrows(IllegalArgumentException.class, () -> new ModelSettings("m", List.of(), .1, .1));
    assertThrows(IllegalArgumentException.class, () -> new ModelSettings(" ", whole, .1, .1));
    assertThrows(IllegalArgumentException.class, () -> new ModelSettings("m", whole, 1.1, .1));
    assertThrows(IllegalArgumentException.class, () -> new ModelSettings("m", whole, .1, -.1));
    assertThrows(
        IllegalArgumentException.class, () -> new ModelSettings("m", whole, Double.NaN, .1));
    final List<LeverageTier> many = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      many.add(new LeverageTier(10, 1.0 / 65, 1_000));
    }
    assertThrows(IllegalArgumentException.class, () -> new ModelSettings("m", many, .1, .1));
  }
}
