package io.liqmap.engine.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.BinanceUsdm;
import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShiftLinesTest {
  private static final BracketTable TABLE = Brackets.btcusdt2024();
  private static final MarginTerms TERMS = new MarginTerms(MarginRule.BINANCE_USDM, TABLE, 1);

  private static LeverageTier tier(
      final double leverage, final double share, final double notional) {
    return new LeverageTier(leverage, new SizeClass("size", notional), share);
  }

  private static ModelSettings model(final String name, final List<? extends ProfileTier> profile) {
    return new ModelSettings(
        name,
        1,
        profile,
        Maintenance.VENUE,
        new EntrySettings(.1, .1, 0),
        ExitSettings.PROPORTIONAL,
        SkewSettings.NONE);
  }

  private static ShiftLines lines(
      final Side side, final List<LeverageTier> profile, final Lattice lattice) {
    return new ShiftLines(side, model("m", profile), TERMS, lattice);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldKeepMassAndMeanOfEachTier(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final Lattice lattice = new Lattice(.5 + random.nextDouble() * 99);
    final List<LeverageTier> profile = new ArrayList<>();
    for (int tier = 0; tier < 20; tier++) {
      profile.add(
          tier(1.5 + random.nextDouble() * 38, 1.0 / 20, 1_000 + random.nextInt(1_000_000)));
    }
    for (final Side side : Side.values()) {
      final ShiftLines lines = lines(side, profile, lattice);
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
                BinanceUsdm.liquidationRatio(side, line.leverage(), line.size().notional(), TABLE));
        assertEquals(-side.sign(), far - near, place);
        assertTrue(-side.sign() * near >= 0, place);
        assertTrue(nearShare > 0 && farShare >= 0, place);
        assertEquals(line.share(side), nearShare + farShare, 1e-12, place);
        assertEquals(
            exact,
            (near * nearShare + far * farShare) / line.share(side),
            1e-9 * Math.abs(exact),
            place);
        nearest = Math.min(nearest, Math.abs(near));
      }
      assertEquals(nearest, Math.abs(lines.nearest()));
    }
  }

  @Test
  void shouldNameTheRateOfTheBracketAtLiquidation() {
    final List<LeverageTier> profile = List.of(tier(100, .5, 6_000), tier(20, .5, 612_000));
    final ShiftLines longs = lines(Side.LONG, profile, new Lattice(5));
    assertEquals(.004, longs.maintenanceRate(0));
    assertEquals(.005, longs.maintenanceRate(1));
    final ShiftLines shorts = lines(Side.SHORT, profile, new Lattice(5));
    assertEquals(.0065, shorts.maintenanceRate(1));
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void shouldPutATierThatIsLiquidatedAtItsEntryOnTheEntry(final Side side) {
    for (final double leverage : new double[] {250, 251, 300, 500}) {
      for (double notional = 1; notional < 50_000; notional = notional * 1.37 + .01) {
        final ShiftLines lines = lines(side, List.of(tier(leverage, 1, notional)), new Lattice(5));
        assertEquals(0, lines.shift(0), side + " " + leverage + "x, notional " + notional);
        assertEquals(1, lines.share(0));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void shouldShareWhatTheVenueDoesNotGrantAmongTheOthers(final Side side) {
    final ShiftLines lines =
        lines(
            side,
            List.of(tier(10, .3, 1_000), tier(20, .1, 1_000), tier(126, .6, 1_000)),
            new Lattice(5));
    assertEquals(.75, lines.share(0) + lines.share(1), 1e-12);
    assertEquals(.25, lines.share(2) + lines.share(3), 1e-12);
    assertEquals(0, lines.share(4) + lines.share(5));
    assertEquals(lines.shift(2), lines.nearest());
  }

  @Test
  void shouldRefuseValuesOutOfRange() {
    assertRefused("leverage", () -> tier(1, .5, 1_000));
    assertRefused("leverage", () -> tier(501, .5, 1_000));
    assertRefused("leverage", () -> tier(Double.NaN, .5, 1_000));
    assertRefused("share", () -> tier(10, 0, 1_000));
    assertRefused("share", () -> tier(10, 1.01, 1_000));
    assertRefused("notional", () -> tier(10, .5, 0));
    assertRefused("notional", () -> tier(10, .5, 1e13));
    assertRefused("name", () -> new SizeClass(" ", 1));
    final List<LeverageTier> whole = List.of(tier(10, 1, 1_000));
    final List<LeverageTier> more = List.of(tier(10, .9, 1_000), tier(20, .2, 1_000));
    assertRefused("distances", () -> new DistanceTier(0, .1, .1, .1));
    assertRefused("distances", () -> new DistanceTier(.1, .1, .1, .1));
    assertRefused("distances", () -> new DistanceTier(.1, 4, .1, .1));
    assertRefused("share", () -> new DistanceTier(.1, .2, -.1, .1));
    assertRefused("share", () -> new LeverageTier(10, new SizeClass("s", 1), .1, Double.NaN));
    assertRefused("shares", () -> model("m", more));
    assertRefused("tiers", () -> model("m", List.of()));
    assertRefused("name", () -> model(" ", whole));
    assertRefused("turnover", () -> new EntrySettings(1.1, .1, 0));
    assertRefused("turnover", () -> new EntrySettings(Double.NaN, .1, 0));
    assertRefused("takerLean", () -> new EntrySettings(.1, -.1, 0));
    assertRefused("minTradeNotional", () -> new EntrySettings(.1, .1, -1));
    assertRefused("ageHalfLifeNanos", () -> new ExitSettings(1, 0));
    assertRefused("profitBps", () -> new ExitSettings(0, .5));
    assertRefused("leverage weight", () -> new SkewSettings.Weights(3, 0));
    assertRefused("lean weight", () -> new SkewSettings.Weights(0, Double.NaN));
    final List<LeverageTier> many = new ArrayList<>();
    for (int i = 0; i < 65; i++) {
      many.add(tier(10, 1.0 / 65, 1_000));
    }
    assertRefused("tiers", () -> model("m", many));
  }

  private static void assertRefused(final String what, final Executable made) {
    final Exception refused = assertThrows(IllegalArgumentException.class, made);
    assertTrue(refused.getMessage().contains(what), refused.getMessage());
  }

  @Test
  void shouldLiquidateAtTheBankruptcyPriceWhereTheModelKnowsNoMaintenance() {
    final Lattice lattice = new Lattice(5);
    final ModelSettings model =
        new ModelSettings(
            "ladder",
            1,
            List.of(tier(25, 1, 1_000)),
            Maintenance.NONE,
            new EntrySettings(1, 1, 0),
            ExitSettings.PROPORTIONAL,
            SkewSettings.NONE);
    final ShiftLines longs = new ShiftLines(Side.LONG, model, TERMS, lattice);
    final double distance = -lattice.distance(.96);
    assertEquals((int) distance, -longs.shift(0));
    assertEquals(distance % 1, longs.share(1), 1e-9);
    assertEquals(0, longs.maintenanceRate(0));
  }

  @Test
  void shouldPutEverythingOnItsEntryWhereTheVenueGrantsNothing() {
    final BracketTable strict = new BracketTable(List.of(new Bracket(0, 1e12, .025, 0, 20)));
    final ShiftLines longs =
        new ShiftLines(
            Side.LONG,
            model("m", List.of(tier(25, .5, 1_000), tier(35, .5, 1_000))),
            new MarginTerms(MarginRule.BINANCE_USDM, strict, 1),
            new Lattice(5));
    assertEquals(0, longs.shift(0));
    assertEquals(0, longs.shift(2));
    assertFalse(longs.isGranted(0));
    assertFalse(longs.isGranted(1));
  }

  @Test
  void shouldTiltSharesByLeverageAndKeepTheirSum() {
    final ShiftLines longs =
        lines(Side.LONG, List.of(tier(10, .5, 1_000), tier(40, .5, 1_000)), new Lattice(5));
    final double[] shares = shares(longs);
    longs.tilt(.5, 1, shares);
    assertEquals(1, shares[0] + shares[1] + shares[2] + shares[3], 1e-12);
    assertEquals(2, (shares[2] + shares[3]) / (shares[0] + shares[1]), 1e-9);
    final double[] same = shares(longs);
    longs.tilt(0, 1, same);
    for (int line = 0; line < 4; line++) {
      assertEquals(longs.share(line), same[line]);
    }
  }

  private static double[] shares(final ShiftLines lines) {
    return IntStream.range(0, lines.count()).mapToDouble(lines::share).toArray();
  }

  @Test
  void shouldPutATierByDistanceOnBothHalvesOfItsRange() {
    final Lattice lattice = new Lattice(5);
    final List<ProfileTier> profile =
        List.of(new DistanceTier(.02, .04, .3, .1), new DistanceTier(.04, .0403, 0, .2));
    for (final Side side : Side.values()) {
      final ShiftLines lines = new ShiftLines(side, model("m", profile), TERMS, lattice);
      assertEquals(-side.sign() * 50, lines.shift(0), "a quarter of the way");
      assertEquals(-side.sign() * 70, lines.shift(1), "three quarters");
      assertEquals(profile.get(0).share(side), lines.share(0) + lines.share(1), 1e-15);
      assertEquals(lines.share(0), lines.share(1));
      final double narrow = lattice.distance(StrictMath.exp(.04015));
      assertEquals(
          narrow,
          -side.sign() * (lines.shift(2) * lines.weight(2) + lines.shift(3) * lines.weight(3)),
          1e-9,
          "in one place, its mean kept");
      assertEquals(1 - profile.get(0).share(side) - profile.get(1).share(side), lines.outOfReach());
      assertTrue(lines.isGranted(1), "it may learn a share");
    }
  }

  @Test
  void shouldShareWhatTheVenueRefusesAmongLeveragesAlone() {
    final List<ProfileTier> profile =
        List.of(tier(200, .2, 1_000), tier(10, .2, 1_000), new DistanceTier(.02, .04, .3, .3));
    final ShiftLines lines = new ShiftLines(Side.LONG, model("m", profile), TERMS, new Lattice(5));
    assertEquals(0, lines.share(0) + lines.share(1));
    assertEquals(.4, lines.share(2) + lines.share(3), 1e-15);
    assertEquals(.3, lines.share(4) + lines.share(5), 1e-15);
    assertEquals(.3, lines.outOfReach(), 1e-15);
  }
}
