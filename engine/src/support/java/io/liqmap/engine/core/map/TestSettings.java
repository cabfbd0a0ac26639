package io.liqmap.engine.core.map;

import static io.liqmap.engine.core.model.ExitSettings.PROPORTIONAL;

import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Brackets;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SizeClass;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import java.util.List;
import java.util.Map;

/** Settings to test with. */
public final class TestSettings {
  /** 2026-01-01. */
  public static final long START = 1_767_225_600_000_000_000L;

  /** When brackets change, where they do. */
  public static final long BRACKET_CHANGE = START + 600_000_000_000L;

  /** Without mark for longer than this, the last price replaces it. */
  public static final long MARK_STALE = 5_000_000_000L;

  /** 5 to 100x, positions of different brackets. */
  public static final List<LeverageTier> LADDER =
      List.of(
          tier(5, .1, 1e6),
          tier(10, .25, 500e3),
          tier(25, .3, 200e3),
          tier(50, .2, 60e3),
          tier(100, .15, 20e3));

  private static final long HOUR = 3_600_000_000_000L;

  public static final StructureSettings STRUCTURE =
      new StructureSettings(24 * HOUR, .7, List.of(50, 200), List.of(HOUR, 24 * HOUR), 5);

  private TestSettings() {}

  public static MapSettings ladder() {
    return of(5, LADDER, .2, .5, undated());
  }

  public static LeverageTier tier(
      final double leverage, final double share, final double notional) {
    return new LeverageTier(leverage, new SizeClass("of " + notional, notional), share);
  }

  public static MapSettings of(
      final double resolutionBps,
      final List<LeverageTier> profile,
      final double turnover,
      final double takerLean,
      final Dated<BracketTable> brackets) {
    return of(
        resolutionBps,
        brackets,
        model("test", profile, new EntrySettings(turnover, takerLean, 0), PROPORTIONAL));
  }

  public static MapSettings of(
      final double resolutionBps,
      final Dated<BracketTable> brackets,
      final ModelSettings... models) {
    return new MapSettings(
        resolutionBps,
        MARK_STALE,
        60_000_000_000L,
        List.of(models),
        STRUCTURE,
        new BracketCatalog(Map.of(), brackets),
        Map.of(FastInstrumentMap.VENUE, 2.5));
  }

  /** A trade counts in full on both sides; longs are liquidated some buckets below their entry. */
  public static MapSettings plain(final double resolutionBps, final int shift) {
    final double leverage =
        1 / (1 - StrictMath.exp(-shift * StrictMath.log1p(resolutionBps * 1e-4)));
    final ModelSettings model =
        new ModelSettings(
            "plain",
            1,
            List.of(tier(leverage, 1, 1)),
            Maintenance.NONE,
            new EntrySettings(1, 0, 0),
            PROPORTIONAL,
            SkewSettings.NONE);
    return of(resolutionBps, undated(), model);
  }

  /** The same for an instrument whose brackets are configured. */
  public static MapSettings withOwnBrackets(final MapSettings settings, final BracketTable own) {
    return withOwnBrackets(settings, new Dated<>(new long[] {0}, List.of(own)));
  }

  /** The same for an instrument whose brackets are configured, by date. */
  public static MapSettings withOwnBrackets(
      final MapSettings settings, final Dated<BracketTable> own) {
    return new MapSettings(
        settings.resolutionBps(),
        settings.markStaleNanos(),
        settings.openInterestStaleNanos(),
        settings.models(),
        settings.structure(),
        new BracketCatalog(Map.of(FastInstrumentMap.NAME, own), settings.brackets().standard()),
        settings.forcedPerReported());
  }

  public static ModelSettings model(
      final String name,
      final List<LeverageTier> profile,
      final EntrySettings entries,
      final ExitSettings exits) {
    return new ModelSettings(
        name, 1, profile, Maintenance.VENUE, entries, exits, SkewSettings.NONE);
  }

  /**
   * Models that differ in all that models can differ in.
   *
   * @param tradeNotional of a trade that some of them find small
   */
  public static ModelSettings[] allKinds(final double tradeNotional) {
    final List<LeverageTier> ladder =
        List.of(tier(100, .25, 1), tier(50, .25, 1), tier(25, .25, 1), tier(10, .25, 1));
    final SkewSettings skewed =
        new SkewSettings(
            new SkewSettings.Weights(.3, .2),
            new SkewSettings.Weights(-.5, .4),
            new SkewSettings.Weights(.7, -.3));
    return new ModelSettings[] {
      model("blend", LADDER, new EntrySettings(.2, .5, 0), PROPORTIONAL),
      model("oi-delta", LADDER, new EntrySettings(0, 0, 0), new ExitSettings(HOUR, 0)),
      model("taker-volume", LADDER, new EntrySettings(1, 1, 0), new ExitSettings(0, 100)),
      new ModelSettings(
          "volume-ladder",
          1,
          ladder,
          Maintenance.NONE,
          new EntrySettings(1, 1, 60 * tradeNotional),
          PROPORTIONAL,
          SkewSettings.NONE),
      new ModelSettings(
          "skewed",
          2,
          LADDER,
          Maintenance.VENUE,
          new EntrySettings(.3, .5, 20 * tradeNotional),
          new ExitSettings(3 * HOUR, 40),
          skewed)
    };
  }

  public static Dated<BracketTable> undated() {
    return new Dated<>(new long[] {0}, List.of(Brackets.btcusdt2024()));
  }

  /** A table, and another from {@link #BRACKET_CHANGE} on. */
  public static Dated<BracketTable> changing(final BracketTable before, final BracketTable after) {
    return new Dated<>(new long[] {0, BRACKET_CHANGE}, List.of(before, after));
  }
}
