package io.liqmap.tools.config;

import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.lattice.Lattice;
import io.liqmap.engine.map.MapSettings;
import io.liqmap.engine.margin.BinanceUsdm;
import io.liqmap.engine.margin.BracketCatalog;
import io.liqmap.engine.margin.DatedBrackets;
import io.liqmap.engine.margin.Side;
import io.liqmap.engine.model.LeverageTier;
import io.liqmap.engine.model.ModelSettings;
import io.liqmap.engine.pipeline.EngineSettings;
import io.liqmap.engine.pipeline.PipelineSettings;
import io.liqmap.engine.pipeline.ThreadingMode;
import io.liqmap.engine.pipeline.WaitMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the settings of an engine. */
final class EngineReading {
  static final Range INSTRUMENTS = Range.of(1, 65_536);

  private static final Range SHARE = Range.above("0", "1");
  private static final Range PART = Range.of("0", "1");
  private static final long MILLISECOND = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final int MAX_NAME = 64;

  private EngineReading() {}

  /**
   * The settings under the top of a file or text; null if something is wrong.
   *
   * @param bySymbol brackets of the instruments that are configured
   */
  static EngineSettings read(final Section top, final Map<String, DatedBrackets> bySymbol) {
    final int maxInstruments = top.whole("max-instruments", INSTRUMENTS);
    final Section map = top.section("map");
    final double resolution =
        map.number("resolution-bps", Range.of(Lattice.MIN_BPS, Lattice.MAX_BPS));
    final long markStale = map.nanos("mark-stale", MILLISECOND, "1ms");
    final long openInterestStale = map.nanos("open-interest-stale", MILLISECOND, "1ms");
    map.end();
    final DatedBrackets standard = BracketReading.read(top, "standard-brackets");
    final ModelSettings model = model(top.section("model"), bySymbol, standard);
    final Section snapshot = top.section("snapshot");
    final long interval = snapshot.nanos("interval", SECOND, "1s");
    snapshot.end();
    final PipelineSettings pipeline = pipeline(top.section("pipeline"));
    final JournalSettings journal = journal(top.section("journal"));
    return top.make(
        () -> {
          final BracketCatalog catalog = new BracketCatalog(bySymbol, standard);
          final MapSettings settings =
              new MapSettings(resolution, markStale, openInterestStale, model, catalog);
          final String text =
              SettingsText.of(maxInstruments, settings, interval, pipeline, journal);
          return new EngineSettings(maxInstruments, settings, interval, pipeline, journal, text);
        });
  }

  private static ModelSettings model(
      final Section at, final Map<String, DatedBrackets> bySymbol, final DatedBrackets standard) {
    final String name = at.text("name", MAX_NAME);
    final double turnover = at.number("turnover", PART);
    final double takerLean = at.number("taker-lean", PART);
    final List<LeverageTier> profile =
        at.list("profile", Range.of(1, 64), (tier) -> tier(tier, bySymbol, standard));
    final double sum = profile.stream().mapToDouble(LeverageTier::share).sum();
    if (!profile.isEmpty() && profile.size() == at.size("profile") && Math.abs(sum - 1) > 1e-9) {
      at.reject("profile", "shares that add up to " + SettingsText.number(sum), "1 altogether");
    }
    return at.make(() -> new ModelSettings(name, profile, turnover, takerLean));
  }

  private static LeverageTier tier(
      final Section at, final Map<String, DatedBrackets> bySymbol, final DatedBrackets standard) {
    final double leverage = at.number("leverage", Range.above("1", "500"));
    final double share = at.number("share", SHARE);
    final double notional = at.number("position-notional", Range.above("0", "1e12"));
    final LeverageTier tier = at.make(() -> new LeverageTier(leverage, share, notional));
    if (tier != null) {
      checkMargin(at, tier, bySymbol, standard);
    }
    return tier;
  }

  /** A tier without a liquidation price would stop the engine at the instrument's first event. */
  private static void checkMargin(
      final Section at,
      final LeverageTier tier,
      final Map<String, DatedBrackets> bySymbol,
      final DatedBrackets standard) {
    int tables = 0;
    String first = "";
    final Map<String, DatedBrackets> all = new TreeMap<>(bySymbol);
    if (standard != null) {
      all.put("(standard-brackets)", standard);
    }
    for (final Map.Entry<String, DatedBrackets> entry : all.entrySet()) {
      final DatedBrackets dated = entry.getValue();
      for (int i = 0; i < dated.size(); i++) {
        if (isLiquidatedAtOnce(tier, dated, i)) {
          tables++;
          first =
              first.isEmpty()
                  ? entry.getKey() + " from " + SettingsText.time(dated.from(i))
                  : first;
        }
      }
    }
    if (tables > 0) {
      at.reject(
          "leverage",
          SettingsText.number(tier.leverage()),
          "less: the margin of a position of "
              + SettingsText.number(tier.positionNotional())
              + " is not above its maintenance margin under the brackets of "
              + first
              + (tables > 1 ? " and " + (tables - 1) + " more" : "")
              + "; lower leverage or position-notional, or give looser brackets");
    }
  }

  private static boolean isLiquidatedAtOnce(
      final LeverageTier tier, final DatedBrackets dated, final int table) {
    for (final Side side : Side.values()) {
      final double ratio =
          BinanceUsdm.liquidationRatio(
              side, tier.leverage(), tier.positionNotional(), dated.table(table));
      if (!(ratio > 0) || side.sign() * (1 - ratio) <= 0) {
        return true;
      }
    }
    return false;
  }

  private static PipelineSettings pipeline(final Section at) {
    final ThreadingMode mode = at.choice("mode", List.of(ThreadingMode.values()));
    final Range sizes = Range.of(64, 1 << 20);
    final int ringSize = at.whole("ring-size", sizes);
    final int claim = at.whole("claim", Range.of(1, 1 << 18), 1);
    if (Integer.bitCount(ringSize) != 1) {
      at.reject("ring-size", Integer.toString(ringSize), "a power of two, " + sizes);
    } else if (claim > ringSize / 4) {
      at.reject(
          "claim",
          Integer.toString(claim),
          "at most " + ringSize / 4 + ", a quarter of ring-size (" + ringSize + ")");
    }
    final WaitMode wait = at.choice("wait", List.of(WaitMode.values()));
    final boolean forced = at.flag("force-wait");
    return at.make(() -> new PipelineSettings(mode, ringSize, claim, wait, forced));
  }

  private static JournalSettings journal(final Section at) {
    final long block = at.bytes("block-size", 1 << 12, "4KiB", 1 << 20, "1MiB");
    final long free = at.bytes("min-free-space", 1 << 24, "16MiB", 1L << 50, "1PiB");
    return at.make(() -> new JournalSettings((int) block, free));
  }
}
