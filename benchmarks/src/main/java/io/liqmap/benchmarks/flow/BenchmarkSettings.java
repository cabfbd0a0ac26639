package io.liqmap.benchmarks.flow;

import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SizeClass;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.pipeline.MarketFlow;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What all benchmarks assume: one linear instrument of two price and three quantity decimals. */
public final class BenchmarkSettings {
  /** 2026-01-01. */
  public static final long START = MarketFlow.START;

  /** Two price decimals. */
  public static final int PRICE_EXPONENT = MarketFlow.PRICE_EXPONENT;

  /** Three quantity decimals. */
  public static final int QUANTITY_EXPONENT = MarketFlow.QUANTITY_EXPONENT;

  private static final long HOUR = 3_600_000_000_000L;
  private static final double LOWEST_LEVERAGE = 3;
  private static final double HIGHEST_LEVERAGE = 100;
  private static final double RESOLUTION_BPS = 5;

  private BenchmarkSettings() {}

  /** The instrument of flows that have only one. */
  public static InstrumentDefinition instrument() {
    return MarketFlow.instrument(0);
  }

  /** Map of one model with so many tiers between 3x and 100x. */
  public static MapSettings map(final int tiers) {
    return map(tiers, RESOLUTION_BPS);
  }

  /** The same with buckets of another width, basis points. */
  public static MapSettings map(final int tiers, final double resolutionBps) {
    return map(tiers, 1, ExitSettings.PROPORTIONAL, resolutionBps);
  }

  /** Map of equal models; the nearest line is the same for any number of tiers. */
  public static MapSettings map(final int tiers, final int models, final ExitSettings exits) {
    return map(tiers, models, exits, RESOLUTION_BPS);
  }

  private static MapSettings map(
      final int tiers, final int models, final ExitSettings exits, final double resolutionBps) {
    final SizeClass size = new SizeClass("small", 20_000);
    final List<LeverageTier> profile =
        IntStream.range(0, tiers)
            .mapToObj((tier) -> new LeverageTier(leverage(tier, tiers), size, 1.0 / tiers))
            .toList();
    final BracketTable brackets =
        new BracketTable(
            List.of(new Bracket(0, 50e3, .004, 0, 125), new Bracket(50e3, 600e3, .005, 50, 100)));
    return new MapSettings(
        resolutionBps,
        60_000_000_000L,
        900_000_000_000L,
        IntStream.range(0, models).mapToObj((model) -> model(model, profile, exits)).toList(),
        new StructureSettings(
            72 * HOUR, .7, List.of(50, 150, 500), List.of(HOUR, 6 * HOUR, 24 * HOUR), 10),
        new BracketCatalog(Map.of(), new Dated<>(new long[] {0}, List.of(brackets))),
        Map.of());
  }

  private static ModelSettings model(
      final int number, final List<LeverageTier> profile, final ExitSettings exits) {
    return new ModelSettings(
        "benchmark " + number,
        1,
        profile,
        Maintenance.VENUE,
        new EntrySettings(.1, .3, 0),
        exits,
        SkewSettings.NONE);
  }

  private static double leverage(final int tier, final int tiers) {
    return LOWEST_LEVERAGE
        * StrictMath.pow(HIGHEST_LEVERAGE / LOWEST_LEVERAGE, tier / (double) (tiers - 1));
  }
}
