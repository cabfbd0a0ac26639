package io.liqmap.engine.settings;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.PositionSettings;
import io.liqmap.engine.core.margin.BracketCatalog;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.structure.StructureSettings;
import io.liqmap.engine.journal.JournalSettings;
import java.util.List;
import java.util.Map;

/** Reads the settings of an engine. */
final class EngineReading {
  private EngineReading() {}

  /**
   * The settings under the top of a file or text; null if something is wrong.
   *
   * @param brackets of the instruments that are configured
   */
  static EngineSettings read(
      final Section top, final Map<InstrumentName, Dated<BracketTable>> brackets) {
    final Integer maxInstruments = SettingsTable.MAX_INSTRUMENTS.read(top);
    final Section map = top.section("map");
    final Double resolution = SettingsTable.RESOLUTION.read(map);
    final Long markStale = SettingsTable.MARK_STALE.read(map);
    final Long openInterestStale = SettingsTable.OPEN_INTEREST_STALE.read(map);
    final Long memory = SettingsTable.MEMORY.read(map);
    final Dated<BracketTable> standard = BracketReading.read(top, "standard-brackets");
    final List<ModelSettings> models = ModelReading.read(top, map);
    map.end();
    final StructureSettings structure = SettingsTable.STRUCTURE.read(top.section("structure"));
    // Journals made before there were known positions have no such section.
    final PositionSettings positions =
        top.has("positions")
            ? SettingsTable.POSITIONS.read(top.section("positions"))
            : PositionSettings.NONE;
    final List<GroupSettings> groups = groups(top);
    final Section forced = top.section("forced-per-reported");
    final Map<String, Double> forcedPerReported =
        forced.byName((venue) -> forced.number(venue, Range.of("1", "100")));
    final ClusterSettings levels = SettingsTable.CLUSTERS.read(top.section("levels"));
    final Section snapshot = top.section("snapshot");
    final Long interval = SettingsTable.SNAPSHOT_INTERVAL.read(snapshot);
    snapshot.end();
    final PipelineSettings pipeline = SettingsTable.PIPELINE.read(top.section("pipeline"));
    final JournalSettings journal = SettingsTable.JOURNAL.read(top.section("journal"));
    return top.make(
        () -> {
          final BracketCatalog catalog = new BracketCatalog(brackets, standard);
          final MapSettings settings =
              new MapSettings(
                  resolution,
                  markStale,
                  openInterestStale,
                  models,
                  structure,
                  catalog,
                  forcedPerReported,
                  memory,
                  positions,
                  groups);
          return new EngineSettings(maxInstruments, settings, levels, interval, pipeline, journal);
        });
  }

  /** In the order of their names; a journal has none where none were configured. */
  private static List<GroupSettings> groups(final Section top) {
    if (!top.has("groups")) {
      return List.of();
    }
    final Section section = top.section("groups");
    return List.copyOf(
        section
            // A null removes a group of the defaults.
            .byName((name) -> section.has(name) ? group(section.section(name), name) : null)
            .values());
  }

  private static GroupSettings group(final Section at, final String name) {
    final List<String> members = SettingsTable.MEMBERS.read(at);
    final Long silent = SettingsTable.SILENT.read(at);
    return at.make(() -> new GroupSettings(name, members, silent));
  }
}
