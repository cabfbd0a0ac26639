package io.liqmap.engine.settings;

import com.typesafe.config.ConfigUtil;
import io.liqmap.engine.core.map.EntryBudget;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.engine.journal.RunSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
    final SettingsText out = new SettingsText();
    out.key("", SettingsTable.MAX_INSTRUMENTS, settings);
    out.map(map);
    SettingsTable.CLUSTERS.write(settings.levels(), out.text);
    out.line("standard-brackets = [");
    out.brackets(map.brackets().standard());
    out.line("brackets {");
    final Map<String, Dated<BracketTable>> byName = new TreeMap<>();
    map.brackets().byName().forEach((name, tables) -> byName.put(name.toString(), tables));
    for (final Map.Entry<String, Dated<BracketTable>> entry : byName.entrySet()) {
      out.line(quote(entry.getKey()) + " = [");
      out.brackets(entry.getValue());
    }
    out.line("}");
    out.line(RunSettings.NO_INFLUENCE);
    out.key("snapshot", SettingsTable.SNAPSHOT_INTERVAL, settings);
    SettingsTable.PIPELINE.write(settings.pipeline(), out.text);
    SettingsTable.JOURNAL.write(settings.journal(), out.text);
    return out.text.toString();
  }

  /** A number without an exponent, which reads back to the very same. */
  public static String number(final double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** A name in quotes, with escapes where it needs them. */
  public static String quote(final String name) {
    return ConfigUtil.quoteString(name);
  }

  /** A time, ISO-8601 UTC. */
  public static String time(final long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
        .toString();
  }

  private void map(final MapSettings map) {
    key("map", SettingsTable.RESOLUTION, map);
    key("map", SettingsTable.MARK_STALE, map);
    key("map", SettingsTable.OPEN_INTEREST_STALE, map);
    if (map.memoryBytes() != EntryBudget.UNLIMITED) {
      key("map", SettingsTable.MEMORY, map);
    }
    key("map", SettingsTable.MODELS, map);
    sizes(map);
    line("profiles {");
    map.models().forEach(this::profile);
    line("}");
    line("models {");
    map.models().forEach(this::model);
    line("}");
    SettingsTable.STRUCTURE.write(map.structure(), text);
    if (map.positions().isOn()) {
      SettingsTable.POSITIONS.write(map.positions(), text);
    }
    if (!map.groups().isEmpty()) {
      line("groups {");
      map.groups().forEach(this::group);
      line("}");
    }
    line("forced-per-reported {");
    new TreeMap<>(map.forcedPerReported())
        .forEach((venue, factor) -> line(quote(venue) + " = " + number(factor)));
    line("}");
  }

  private void group(final GroupSettings group) {
    line(quote(group.name()) + " {");
    key("", SettingsTable.MEMBERS, group);
    key("", SettingsTable.SILENT, group);
    line("}");
  }

  private void sizes(final MapSettings map) {
    final Map<String, Double> sizes = new TreeMap<>();
    for (final ModelSettings model : map.models()) {
      for (final ProfileTier tier : model.profile()) {
        if (tier instanceof LeverageTier leveraged) {
          sizes.put(leveraged.size().name(), leveraged.size().notional());
        }
      }
    }
    line("size-classes {");
    sizes.forEach((name, notional) -> line(quote(name) + " = " + number(notional)));
    line("}");
  }

  /** A profile has the name of its model here. */
  private void profile(final ModelSettings model) {
    line(quote(model.name()) + " = [");
    model.profile().forEach((tier) -> line("{ " + range(tier) + ", " + shares(tier) + " }"));
    if (model.outOfReach(Side.LONG) + model.outOfReach(Side.SHORT) > 0) {
      line(outOfReach(model.outOfReach(Side.LONG), model.outOfReach(Side.SHORT)));
    }
    line("]");
  }

  /** The line of a profile for what no price liquidates. */
  public static String outOfReach(final double longs, final double shorts) {
    return "{ out-of-reach = true, long = " + number(longs) + ", short = " + number(shorts) + " }";
  }

  private static String range(final ProfileTier tier) {
    if (tier instanceof DistanceTier distances) {
      return "from = " + number(distances.from()) + ", to = " + number(distances.to());
    }
    final LeverageTier leveraged = (LeverageTier) tier;
    return "leverage = "
        + number(leveraged.leverage())
        + ", size = "
        + quote(leveraged.size().name());
  }

  private static String shares(final ProfileTier tier) {
    final double longs = tier.share(Side.LONG);
    final double shorts = tier.share(Side.SHORT);
    return longs == shorts && longs > 0
        ? "share = " + number(longs)
        : "long = " + number(longs) + ", short = " + number(shorts);
  }

  static String lower(final Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void model(final ModelSettings model) {
    line(quote(model.name()) + " {");
    key("", SettingsTable.WEIGHT, model);
    line("profile = " + quote(model.name()));
    key("", SettingsTable.MAINTENANCE, model);
    if (model.learning().isScored()) {
      SettingsTable.LEARNING.write(model.learning(), text);
    }
    SettingsTable.ENTRIES.write(model.entries(), text);
    SettingsTable.EXITS.write(model.exits(), text);
    SettingsTable.weights("skew.funding").write(model.skew().funding(), text);
    SettingsTable.weights("skew.taker-flow").write(model.skew().takerFlow(), text);
    SettingsTable.weights("skew.accounts").write(model.skew().accounts(), text);
    line("}");
  }

  /** The beginning of a table, with its date as it was given. */
  public static String date(final Dated<BracketTable> dated, final int index) {
    return (dated.isSeen(index) ? "{ seen = \"" : "{ from = \"") + time(dated.date(index)) + '"';
  }

  /** A row of a table. */
  public static String bracket(final Bracket row) {
    return "{ floor = "
        + number(row.floor())
        + ", cap = "
        + number(row.cap())
        + ", rate = "
        + number(row.maintenanceRate())
        + ", amount = "
        + number(row.maintenanceAmount())
        + ", max-leverage = "
        + number(row.maxLeverage())
        + " }";
  }

  private void brackets(final Dated<BracketTable> dated) {
    for (int i = 0; i < dated.size(); i++) {
      line(date(dated, i) + ", table = [");
      dated.value(i).brackets().forEach((row) -> line(bracket(row)));
      line("] }");
    }
    line("]");
  }

  private <S> void key(final String section, final Key<S, ?> key, final S settings) {
    line(Section.join(section, key.name()) + " = " + key.write(settings));
  }

  private void line(final String line) {
    text.append(line).append('\n');
  }

  /** A duration in the largest unit that leaves no rest. */
  static String duration(final long nanos) {
    return inUnits(nanos, NANOS, TIME_UNITS);
  }

  static String size(final long bytes) {
    return inUnits(bytes, BYTES, SIZE_UNITS);
  }

  private static String inUnits(final long value, final long[] units, final String[] names) {
    int i = 0;
    while (value % units[i] != 0) {
      i++;
    }
    return value / units[i] + names[i];
  }
}
