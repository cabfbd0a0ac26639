package io.liqmap.engine.settings;

import com.typesafe.config.ConfigUtil;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.EntryBudget;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.RunSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes settings as a journal keeps them: HOCON with all keys in one order, so that equal settings
 * have equal texts, and with numbers that read back to the very same.
 */
public final class SettingsText {
  private static final long[] NANOS = {
    3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
  };
  private static final String[] TIME_UNITS = {"h", "m", "s", "ms", "us", "ns"};
  private static final long[] BYTES = {1L << 30, 1L << 20, 1L << 10, 1L};
  private static final String[] SIZE_UNITS = {"GiB", "MiB", "KiB", "B"};

  private final StringBuilder text = new StringBuilder(4096);

  private SettingsText() {}

  static String of(final EngineSettings settings) {
    final MapSettings map = settings.map();
    final PipelineSettings pipeline = settings.pipeline();
    final JournalSettings journal = settings.journal();
    final SettingsText out = new SettingsText();
    out.line("max-instruments = " + settings.maxInstruments());
    out.map(map);
    out.levels(settings.levels());
    out.line("standard-brackets = [");
    out.brackets(map.brackets().standard());
    out.line("brackets {");
    for (final Map.Entry<String, Dated<BracketTable>> entry :
        new TreeMap<>(map.brackets().bySymbol()).entrySet()) {
      out.line(ConfigUtil.quoteString(entry.getKey()) + " = [");
      out.brackets(entry.getValue());
    }
    out.line("}");
    out.line(RunSettings.NO_INFLUENCE);
    out.line("snapshot.interval = " + duration(settings.snapshotIntervalNanos()));
    out.line("pipeline.mode = " + lower(pipeline.mode()));
    out.line("pipeline.shards = " + pipeline.shards());
    out.line("pipeline.ring-size = " + pipeline.ringSize());
    out.line("pipeline.claim = " + pipeline.claim());
    out.line("pipeline.wait = " + lower(pipeline.waitMode()));
    out.line("pipeline.force-wait = " + pipeline.forced());
    out.line("journal.block-size = " + size(journal.blockBytes()));
    out.line("journal.min-free-space = " + size(journal.minFreeBytes()));
    out.line("journal.give-up-after = " + duration(journal.giveUpNanos()));
    out.line("journal.sync = " + journal.sync().name().toLowerCase(Locale.ROOT));
    out.line("journal.sync-interval = " + duration(journal.syncNanos()));
    return out.text.toString();
  }

  /** A number without an exponent, which reads back to the very same. */
  public static String number(final double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** A time, ISO-8601 UTC. */
  public static String time(final long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
        .toString();
  }

  private void map(final MapSettings map) {
    line("map.resolution-bps = " + number(map.resolutionBps()));
    line("map.mark-stale = " + duration(map.markStaleNanos()));
    line("map.open-interest-stale = " + duration(map.openInterestStaleNanos()));
    if (map.memoryBytes() != EntryBudget.UNLIMITED) {
      line("map.memory = " + size(map.memoryBytes()));
    }
    line(
        "map.models = ["
            + map.models().stream()
                .map((model) -> ConfigUtil.quoteString(model.name()))
                .collect(Collectors.joining(", "))
            + "]");
    sizes(map);
    line("profiles {");
    map.models().forEach(this::profile);
    line("}");
    line("models {");
    map.models().forEach(this::model);
    line("}");
    structure(map.structure());
    line("forced-per-reported {");
    new TreeMap<>(map.forcedPerReported())
        .forEach((venue, factor) -> line(ConfigUtil.quoteString(venue) + " = " + number(factor)));
    line("}");
  }

  private void sizes(final MapSettings map) {
    final Map<String, Double> sizes = new TreeMap<>();
    for (final ModelSettings model : map.models()) {
      for (final LeverageTier tier : model.profile()) {
        sizes.put(tier.size().name(), tier.size().notional());
      }
    }
    line("size-classes {");
    sizes.forEach(
        (name, notional) -> line(ConfigUtil.quoteString(name) + " = " + number(notional)));
    line("}");
  }

  /** A profile has the name of its model here. */
  private void profile(final ModelSettings model) {
    line(ConfigUtil.quoteString(model.name()) + " = [");
    for (final LeverageTier tier : model.profile()) {
      line(
          "{ leverage = "
              + number(tier.leverage())
              + ", size = "
              + ConfigUtil.quoteString(tier.size().name())
              + ", share = "
              + number(tier.share())
              + " }");
    }
    line("]");
  }

  private void model(final ModelSettings model) {
    line(ConfigUtil.quoteString(model.name()) + " {");
    line("weight = " + number(model.weight()));
    line("profile = " + ConfigUtil.quoteString(model.name()));
    line("maintenance = " + lower(model.maintenance()));
    line("entries.turnover = " + number(model.entries().turnover()));
    line("entries.taker-lean = " + number(model.entries().takerLean()));
    line("entries.min-trade-notional = " + number(model.entries().minTradeNotional()));
    line("exits.age-half-life = " + duration(model.exits().ageHalfLifeNanos()));
    line("exits.profit-bps = " + number(model.exits().profitBps()));
    weights("skew.funding", model.skew().funding());
    weights("skew.taker-flow", model.skew().takerFlow());
    weights("skew.accounts", model.skew().accounts());
    line("}");
  }

  private void weights(final String key, final SkewSettings.Weights weights) {
    line(key + ".leverage = " + number(weights.leverage()));
    line(key + ".lean = " + number(weights.lean()));
  }

  private void structure(final StructureSettings structure) {
    line("structure.volume-half-life = " + duration(structure.halfLifeNanos()));
    line("structure.value-area = " + number(structure.valueArea()));
    line("structure.swing-bps = " + structure.scalesBps());
    line(
        "structure.trend-windows = "
            + structure.windowsNanos().stream().map(SettingsText::duration).toList());
    line("structure.trend-dead-band-bps = " + number(structure.deadBandBps()));
  }

  private void levels(final ClusterSettings levels) {
    line("levels.around-bps = " + number(levels.aroundBps()));
    line("levels.born-at = " + number(levels.bornAt()));
    line("levels.kept-at = " + number(levels.keptAt()));
    line("levels.bridged = " + levels.bridged());
    line("levels.changed = " + number(levels.changed()));
    line("levels.refresh = " + duration(levels.refreshNanos()));
    line(
        "levels.horizons = "
            + levels.horizonsNanos().stream().map(SettingsText::duration).toList());
    line("levels.dead-band-bps = " + number(levels.deadBandBps()));
    line("levels.half-life = " + duration(levels.halfLifeNanos()));
    line("levels.cascade-shock-bps = " + number(levels.cascadeShockBps()));
    line("levels.cascade-reach = " + number(levels.cascadeReach()));
  }

  /** The beginning of a table, with its date as it was given. */
  public static String date(final Dated<BracketTable> dated, final int index) {
    return (dated.isSeen(index) ? "{ seen = \"" : "{ from = \"") + time(dated.date(index)) + '"';
  }

  private void brackets(final Dated<BracketTable> dated) {
    for (int i = 0; i < dated.size(); i++) {
      line(date(dated, i) + ", table = [");
      for (final Bracket row : dated.value(i).brackets()) {
        line(
            "{ floor = "
                + number(row.floor())
                + ", cap = "
                + number(row.cap())
                + ", rate = "
                + number(row.maintenanceRate())
                + ", amount = "
                + number(row.maintenanceAmount())
                + ", max-leverage = "
                + number(row.maxLeverage())
                + " }");
      }
      line("] }");
    }
    line("]");
  }

  private void line(final String line) {
    text.append(line).append('\n');
  }

  private static String lower(final Enum<?> constant) {
    return String.valueOf(constant).toLowerCase(Locale.ROOT);
  }

  /** A duration in the largest unit that leaves no rest. */
  static String duration(final long nanos) {
    return inUnits(nanos, NANOS, TIME_UNITS);
  }

  private static String size(final long bytes) {
    return inUnits(bytes, BYTES, SIZE_UNITS);
  }

  /** In the largest unit that leaves no rest. */
  private static String inUnits(final long value, final long[] units, final String[] names) {
    int i = 0;
    while (value % units[i] != 0) {
      i++;
    }
    return value / units[i] + names[i];
  }
}
