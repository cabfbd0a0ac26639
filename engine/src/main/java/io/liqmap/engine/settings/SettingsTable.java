package io.liqmap.engine.settings;

import static io.liqmap.engine.settings.Key.choice;
import static io.liqmap.engine.settings.Key.duration;
import static io.liqmap.engine.settings.Key.durations;
import static io.liqmap.engine.settings.Key.flag;
import static io.liqmap.engine.settings.Key.names;
import static io.liqmap.engine.settings.Key.number;
import static io.liqmap.engine.settings.Key.size;
import static io.liqmap.engine.settings.Key.whole;
import static io.liqmap.engine.settings.Key.wholes;

import com.typesafe.config.ConfigUtil;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.EntryBudget;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.PositionSettings;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SkewSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalSync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every scalar setting: its key, range, getter and description. */
final class SettingsTable {
  static final Key<EngineSettings, Integer> MAX_INSTRUMENTS =
      whole("max-instruments", 1, 65_536, EngineSettings::maxInstruments, "Ids are below this.");

  static final Key<MapSettings, Double> RESOLUTION =
      number(
          "resolution-bps", "0.5", "100", MapSettings::resolutionBps, "Width of a price bucket.");
  static final Key<MapSettings, Long> MARK_STALE =
      duration(
          "mark-stale",
          "1ms",
          "36500d",
          MapSettings::markStaleNanos,
          "Age of the mark price from which the last price replaces it.");
  static final Key<MapSettings, Long> OPEN_INTEREST_STALE =
      duration(
          "open-interest-stale",
          "1ms",
          "36500d",
          MapSettings::openInterestStaleNanos,
          "Age from which answers call open interest stale.");
  static final Key<MapSettings, Long> MEMORY =
      size(
              "memory",
              "16MiB",
              "4EiB",
              MapSettings::memoryBytes,
              "Memory for the entry buckets of all instruments.")
          .orIfOlder(EntryBudget.UNLIMITED);
  static final Key<MapSettings, List<String>> MODELS =
      names(
          "models",
          16,
          (map) -> map.models().stream().map(ModelSettings::name).toList(),
          "Models that run, the default of answers first.");

  static final Key<ModelSettings, Double> WEIGHT =
      number("weight", "0", "1e6", ModelSettings::weight, "Weight in the consensus.");
  static final Key<ModelSettings, Maintenance> MAINTENANCE =
      choice(
          "maintenance",
          List.of(Maintenance.VENUE, Maintenance.NONE),
          ModelSettings::maintenance,
          "Liquidation by the venue's brackets, or at the bankruptcy price.");

  static final Group<LearningSettings> LEARNING =
      new Group<>(
          "learning",
          LearningSettings.class,
          List.of(
              choice(
                      "mode",
                      List.of(LearningMode.values()),
                      LearningSettings::mode,
                      "Whether shares follow reported liquidations; frozen: they are only scored.")
                  .orIfOlder(LearningMode.OFF),
              number(
                      "prior-weight",
                      "0.001",
                      "1000",
                      LearningSettings::priorWeight,
                      "Exposure that the given shares count for, in open interests swept.")
                  .orIfOlder(LearningSettings.OFF.priorWeight()),
              duration(
                      "half-life",
                      "1h",
                      "36500d",
                      LearningSettings::halfLifeNanos,
                      "Time in which what was learned loses half of its weight.")
                  .orIfOlder(LearningSettings.OFF.halfLifeNanos())));

  static final Group<EntrySettings> ENTRIES =
      new Group<>(
          "entries",
          EntrySettings.class,
          List.of(
              number(
                  "turnover",
                  "0",
                  "1",
                  EntrySettings::turnover,
                  "Share of volume beyond the change of open interest that opens positions."),
              number(
                  "taker-lean",
                  "0",
                  "1",
                  EntrySettings::takerLean,
                  "How much entries lean on the taker's side."),
              number(
                  "min-trade-notional",
                  "0",
                  "1e12",
                  EntrySettings::minTradeNotional,
                  "Smaller trades open nothing, quote asset.")));

  static final Group<ExitSettings> EXITS =
      new Group<>(
          "exits",
          ExitSettings.class,
          List.of(
              duration(
                  "age-half-life",
                  "0s",
                  "36500d",
                  ExitSettings::ageHalfLifeNanos,
                  "Age of half the full chance of closing; 0s for off."),
              number(
                  "profit-bps",
                  "0",
                  "100000",
                  ExitSettings::profitBps,
                  "Gain that doubles the chance of closing; 0 for off.")),
          SettingsTable::checkExits);

  static final Group<StructureSettings> STRUCTURE =
      new Group<>(
          "structure",
          StructureSettings.class,
          List.of(
              duration(
                  "volume-half-life",
                  "1m",
                  "3650d",
                  StructureSettings::halfLifeNanos,
                  "Half-life of a quantity in the volume profile."),
              number(
                  "value-area",
                  "0.5",
                  "0.95",
                  StructureSettings::valueArea,
                  "Share of volume in the value area."),
              wholes(
                  "swing-bps",
                  1,
                  StructureSettings.MAX_SCALE_BPS,
                  StructureSettings.MAX_COUNT,
                  StructureSettings::scalesBps,
                  "Reversals that make swing points."),
              durations(
                  "trend-windows",
                  "1m",
                  "3650d",
                  StructureSettings.MAX_COUNT,
                  StructureSettings::windowsNanos,
                  "Time constants of the trends."),
              number(
                  "trend-dead-band-bps",
                  "0",
                  "1000",
                  StructureSettings::deadBandBps,
                  "Change up to which a trend has no sign.")));

  static final Group<PositionSettings> POSITIONS =
      new Group<>(
          "positions",
          PositionSettings.class,
          List.of(
              whole(
                  "capacity",
                  0,
                  PositionSettings.MAX_CAPACITY,
                  PositionSettings::capacity,
                  "Accounts of an instrument whose positions are kept; 0 for none."),
              duration(
                  "stale",
                  "1m",
                  "36500d",
                  PositionSettings::staleNanos,
                  "Age from which answers leave out a known position.")));

  static final Group<ClusterSettings> CLUSTERS =
      new Group<>(
          "levels",
          ClusterSettings.class,
          List.of(
              number(
                  "around-bps",
                  "0",
                  "5000",
                  ClusterSettings::aroundBps,
                  "Reach of a bucket's baseline; 0 for its whole side."),
              number(
                  "born-at",
                  "1",
                  "100",
                  ClusterSettings::bornAt,
                  "Multiple of the baseline at which a cluster forms."),
              number(
                  "kept-at",
                  "0.1",
                  "100",
                  ClusterSettings::keptAt,
                  "Multiple of the baseline at which it keeps a bucket, at most born-at."),
              whole(
                  "bridged",
                  0,
                  100,
                  ClusterSettings::bridged,
                  "Thinner buckets in a row that don't split it."),
              number(
                  "changed",
                  "0.01",
                  "10",
                  ClusterSettings::changed,
                  "Relative change of its notional that is reported."),
              duration(
                  "refresh",
                  "1ms",
                  "1h",
                  ClusterSettings::refreshNanos,
                  "Longest time between two scans for clusters."),
              durations(
                  "horizons",
                  "1s",
                  "30d",
                  ClusterSettings.MAX_HORIZONS,
                  ClusterSettings::horizonsNanos,
                  "Times after a sweep at which the reaction is measured."),
              number(
                  "dead-band-bps",
                  "0",
                  "1000",
                  ClusterSettings::deadBandBps,
                  "Price move up to which a reaction is flat."),
              duration(
                  "half-life",
                  "1m",
                  "3650d",
                  ClusterSettings::halfLifeNanos,
                  "Half-life of a bar in volatility and impact."),
              number(
                  "cascade-shock-bps",
                  "1",
                  "5000",
                  ClusterSettings::cascadeShockBps,
                  "Price shock from which a cascade is followed."),
              number(
                  "cascade-reach",
                  "1.01",
                  "100",
                  ClusterSettings::cascadeReach,
                  "Multiple of the shock from which a cascade is reported."),
              Key.<ClusterSettings>namesOrNone(
                      "tracked",
                      ClusterSettings.MAX_TRACKED,
                      ClusterSettings::tracked,
                      "Maps whose clusters are tracked beside first, named as in sharing.maps.")
                  .orIfOlder(List.of())),
          SettingsTable::checkClusters);

  static final Key<GroupSettings, List<String>> MEMBERS =
      names(
          "members",
          GroupSettings.MAX_MEMBERS,
          GroupSettings::members,
          "Instruments that answer like one, venue:symbol.");
  static final Key<GroupSettings, Long> SILENT =
      duration(
              "silent-after",
              "1ms",
              "36500d",
              GroupSettings::silentNanos,
              "Time without an event after which a member is called silent.")
          .orIfOlder(GroupSettings.DEFAULT_SILENT);

  static final Key<EngineSettings, Long> SNAPSHOT_INTERVAL =
      duration(
          "interval",
          "1s",
          "36500d",
          EngineSettings::snapshotIntervalNanos,
          "Event time between two snapshots.");

  static final Group<PipelineSettings> PIPELINE =
      new Group<>(
          "pipeline",
          PipelineSettings.class,
          List.of(
              choice(
                  "mode",
                  List.of(ThreadingMode.values()),
                  PipelineSettings::mode,
                  "Threads: the caller's alone, or own ones for maps and journal."),
              whole(
                      "shards",
                      1,
                      PipelineSettings.MAX_SHARDS,
                      PipelineSettings::shards,
                      "Map threads; 1 with mode inline.")
                  .orIfOlder(1),
              whole(
                  "ring-size",
                  64,
                  1 << 20,
                  PipelineSettings::ringSize,
                  "Slots of the ring, a power of two."),
              whole(
                  "claim",
                  1,
                  1 << 18,
                  PipelineSettings::claim,
                  "Slots claimed at a time, at most a quarter of ring-size."),
              choice(
                  "wait",
                  List.of(WaitMode.values()),
                  PipelineSettings::waitMode,
                  "How a map thread waits for events."),
              flag(
                  "force-wait",
                  PipelineSettings::forced,
                  "Accepts a spinning wait with too few processors.")),
          SettingsTable::checkPipeline);

  static final Group<JournalSettings> JOURNAL =
      new Group<>(
          "journal",
          JournalSettings.class,
          List.of(
              SettingsTable.<JournalSettings>smallSize(
                  "block-size", "4KiB", "1MiB", JournalSettings::blockBytes, "Size of a document."),
              size(
                  "min-free-space",
                  "16MiB",
                  "1PiB",
                  JournalSettings::minFreeBytes,
                  "Free disk space below which appending stops."),
              duration(
                  "give-up-after",
                  "10ms",
                  "1h",
                  JournalSettings::abandonNanos,
                  "Time after which a journal that blocks the ring is abandoned."),
              choice(
                      "sync",
                      List.of(JournalSync.values()),
                      JournalSettings::sync,
                      "When the journal is forced to the disk.")
                  .orIfOlder(JournalSync.END),
              duration(
                      "sync-interval",
                      "1ms",
                      "1h",
                      JournalSettings::syncNanos,
                      "Time between two forces with sync = interval.")
                  .orIfOlder(1_000_000_000L)));

  static final Group<SharingSettings> SHARING =
      new Group<>(
          "sharing",
          SharingSettings.class,
          List.of(
              whole("buckets", 16, 65_536, SharingSettings::buckets, "Buckets of each side."),
              whole("clusters", 1, 1_024, SharingSettings::clusters, "Most clusters."),
              whole("leverages", 1, 64, SharingSettings::leverages, "Most leverages of a cluster."),
              Key.<SharingSettings>names(
                      "maps",
                      SharingSettings.MAX_MAPS,
                      SharingSettings::maps,
                      "Maps of each instrument: first, then models or consensus, with /12h, /1d,"
                          + " /3d, /7d, /30d for a window.")
                  .orIfOlder(SharingSettings.FIRST_ONLY),
              SettingsTable.<SharingSettings>smallSize(
                  "event-bytes",
                  "4KiB",
                  "256MiB",
                  SharingSettings::eventBytes,
                  "Capacity of the event stream, a power of two.")),
          SettingsTable::checkSharing);

  private SettingsTable() {}

  /** Each key with its value; of models and groups the first, of a skew each signal. */
  static List<SettingDescription> describe(final LiqmapConfig config) {
    final EngineSettings engine = config.engine();
    final MapSettings map = engine.map();
    final ModelSettings model = map.models().get(0);
    final String models = ConfigUtil.joinPath("models", model.name());
    final List<SettingDescription> all = new ArrayList<>();
    all.add(SettingDescription.of("", MAX_INSTRUMENTS, engine));
    for (final Key<MapSettings, ?> key :
        List.of(RESOLUTION, MARK_STALE, OPEN_INTEREST_STALE, MEMORY, MODELS)) {
      all.add(SettingDescription.of("map", key, map));
    }
    all.add(SettingDescription.of(models, WEIGHT, model));
    all.add(SettingDescription.of(models, MAINTENANCE, model));
    all.addAll(LEARNING.describe(models, model.learning()));
    all.addAll(ENTRIES.describe(models, model.entries()));
    all.addAll(EXITS.describe(models, model.exits()));
    all.addAll(weights("skew.funding").describe(models, model.skew().funding()));
    all.addAll(weights("skew.taker-flow").describe(models, model.skew().takerFlow()));
    all.addAll(weights("skew.accounts").describe(models, model.skew().accounts()));
    all.addAll(STRUCTURE.describe("", map.structure()));
    all.addAll(POSITIONS.describe("", map.positions()));
    if (!map.groups().isEmpty()) {
      final GroupSettings group = map.groups().get(0);
      final String groups = ConfigUtil.joinPath("groups", group.name());
      all.add(SettingDescription.of(groups, MEMBERS, group));
      all.add(SettingDescription.of(groups, SILENT, group));
    }
    all.addAll(CLUSTERS.describe("", engine.levels()));
    all.addAll(SHARING.describe("", config.sharing()));
    all.add(SettingDescription.of("snapshot", SNAPSHOT_INTERVAL, engine));
    all.addAll(PIPELINE.describe("", engine.pipeline()));
    all.addAll(JOURNAL.describe("", engine.journal()));
    return all;
  }

  /** Weights of a signal that skews a model. */
  static Group<SkewSettings.Weights> weights(final String signal) {
    return new Group<>(
        signal,
        SkewSettings.Weights.class,
        List.of(
            number(
                "leverage",
                "-2",
                "2",
                SkewSettings.Weights::leverage,
                "Power by which the crowded side's shares rise with leverage."),
            number(
                "lean",
                "-1",
                "1",
                SkewSettings.Weights::lean,
                "Added to the crowded side's lean on its takers.")));
  }

  private static <S> Key<S, Integer> smallSize(
      final String name,
      final String low,
      final String high,
      final Function<S, Integer> getter,
      final String description) {
    final Key<S, Long> key = size(name, low, high, null, description);
    return new Key<>(
        name,
        key.range(),
        (at, under) -> key.reader().apply(at, under).intValue(),
        (value) -> SettingsText.size(value),
        getter,
        null,
        description);
  }

  private static void checkExits(final Section at, final Map<String, Object> values) {
    if (values.get("age-half-life") instanceof Long age && age > 0 && age < 60_000_000_000L) {
      at.reject("age-half-life", SettingsText.duration(age), "0s, or 1m or more");
    }
    if (values.get("profit-bps") instanceof Double profit && profit > 0 && profit < 1) {
      at.reject("profit-bps", SettingsText.number(profit), "0, or 1 to 100000");
    }
  }

  private static void checkClusters(final Section at, final Map<String, Object> values) {
    if (values.get("born-at") instanceof Double born
        && values.get("kept-at") instanceof Double kept
        && kept > born) {
      at.reject(
          "kept-at",
          SettingsText.number(kept),
          "at most born-at, which is " + SettingsText.number(born));
    }
  }

  private static void checkPipeline(final Section at, final Map<String, Object> values) {
    if (values.get("mode") == ThreadingMode.INLINE
        && values.get("shards") instanceof Integer shards
        && shards > 1) {
      at.reject("shards", shards.toString(), "1, or mode pipelined: inline has one thread");
    }
    if (!(values.get("ring-size") instanceof Integer ringSize)) {
      return;
    }
    if (Integer.bitCount(ringSize) != 1) {
      at.reject("ring-size", ringSize.toString(), "a power of two, 64 to 1048576");
    } else if (values.get("claim") instanceof Integer claim && claim > ringSize / 4) {
      at.reject(
          "claim",
          claim.toString(),
          "at most " + ringSize / 4 + ", a quarter of ring-size (" + ringSize + ")");
    }
  }

  private static void checkSharing(final Section at, final Map<String, Object> values) {
    if (values.get("maps") instanceof List<?> maps
        && !maps.isEmpty()
        && !maps.get(0).equals(MapVariant.FIRST_NAME)) {
      at.reject("maps", maps.toString(), "first as the first of them");
    }
    if (values.get("event-bytes") instanceof Integer bytes && Integer.bitCount(bytes) != 1) {
      at.reject("event-bytes", bytes.toString(), "a power of two, 4KiB to 256MiB");
    }
  }
}
