package io.liqmap.engine.map;

import io.liqmap.engine.margin.BracketCatalog;
import io.liqmap.engine.margin.BracketTable;
import io.liqmap.engine.margin.Brackets;
import io.liqmap.engine.margin.DatedBrackets;
import io.liqmap.engine.model.LeverageTier;
import io.liqmap.engine.model.ModelSettings;
import java.util.List;
import java.util.Map;

/** Settings to test with. */
public final class TestSettings {
  /** 2026-01-01. */
  public static final long START = 1_767_225_600_000_000_000L;

  /** When brackets change, where they do. */
  public static final long BRACKET_CHANGE = START + 600_000_000_000L;

  /** Without mark for longer than this, the last price stands in for it. */
  public static final long MARK_STALE = 5_000_000_000L;

  /** 5 to 100x, positions of different brackets. */
  public static final List<LeverageTier> LADDER =
      List.of(
          new LeverageTier(5, .1, 1e6),
          new LeverageTier(10, .25, 500e3),
          new LeverageTier(25, .3, 200e3),
          new LeverageTier(50, .2, 60e3),
          new LeverageTier(100, .15, 20e3));

  private TestSettings() {}

  public static MapSettings ladder() {
    return of(5, LADDER, .2, .5, undated());
  }

  public static MapSettings of(
      final double resolutionBps,
      final List<LeverageTier> profile,
      final double turnover,
      final double takerLean,
      final DatedBrackets brackets) {
    return new MapSettings(
        resolutionBps,
        MARK_STALE,
        60_000_000_000L,
        new ModelSettings("test", profile, turnover, takerLean),
        new BracketCatalog(Map.of(), brackets));
  }

  public static DatedBrackets undated() {
    return new DatedBrackets(new long[] {0}, List.of(Brackets.btcusdt2024()));
  }

  /** A table, and another from {@link #BRACKET_CHANGE} on. */
  public static DatedBrackets changing(final BracketTable before, final BracketTable after) {
    return new DatedBrackets(new long[] {0, BRACKET_CHANGE}, List.of(before, after));
  }
}
