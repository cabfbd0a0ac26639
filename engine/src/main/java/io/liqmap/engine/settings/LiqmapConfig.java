package io.liqmap.engine.settings;

import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All settings: the engine's and the instruments'. Immutable.
 *
 * @param engine settings of the engine
 * @param sharing how much other processes see
 * @param instruments definitions of the instruments, in the order of the files
 */
public record LiqmapConfig(
    EngineSettings engine, SharingSettings sharing, List<InstrumentDefinition> instruments) {
  /** The section of a replicated engine, which other commands pass over. */
  public static final String CLUSTER = "cluster";

  /** Copies the list. */
  public LiqmapConfig {
    instruments = List.copyOf(instruments);
  }

  /**
   * Reads {@code engine.conf} and {@code instruments.conf}, and a user's file over them. What the
   * chosen preset says lies between the two.
   *
   * @param userFile overrides the defaults; null for none
   * @param directory where the defaults lie; null for those in the engine's jar
   * @throws ConfigException if a file is missing or wrong, listing every problem with file and line
   */
  public static LiqmapConfig load(final Path userFile, final Path directory) {
    return load(userFile, directory, (top) -> {});
  }

  /**
   * The same with a section of others' beside the engine's.
   *
   * @param beside reads {@link #CLUSTER} of the top section
   */
  public static LiqmapConfig load(
      final Path userFile, final Path directory, final Consumer<Section> beside) {
    final Problems problems = new Problems();
    final Section top =
        new Section(new ConfigFiles(problems).read(userFile, directory), "", problems);
    top.text("preset", 64);
    final Section presets = top.section("presets");
    presets.byName(presets::section);
    top.has(CLUSTER);
    beside.accept(top);
    final InstrumentReading instruments = new InstrumentReading();
    instruments.read(top, "instruments");
    final Integer room = SettingsTable.MAX_INSTRUMENTS.read(top);
    if (room != null) {
      instruments.checkRoom(room);
    }
    final SharingSettings sharing = SettingsTable.SHARING.read(top.section("sharing"));
    final EngineSettings engine = EngineReading.read(top, instruments.brackets());
    if (sharing != null && engine != null && areMaps(top.section("levels"), engine)) {
      checkMaps(top.section("sharing"), sharing, engine);
    }
    problems.raise();
    return new LiqmapConfig(engine, sharing, instruments.definitions());
  }

  private static void checkMaps(
      final Section at, final SharingSettings sharing, final EngineSettings engine) {
    for (final String name : sharing.maps()) {
      if (!MapVariant.isNamed(name, engine.map())) {
        at.reject("maps", name, MapVariant.names(engine.map()));
        return;
      }
    }
    if (sharing.maps(engine).size() > SharingSettings.MAX_MAPS) {
      at.reject(
          "maps",
          sharing.maps().toString(),
          "at most " + SharingSettings.MAX_MAPS + " maps, those of levels.tracked included");
    }
  }

  /** Whether maps whose clusters are to be tracked are there. */
  private static boolean areMaps(final Section at, final EngineSettings engine) {
    final Set<MapVariant> before = new HashSet<>(Set.of(MapVariant.FIRST));
    for (final String name : engine.levels().tracked()) {
      if (!MapVariant.isNamed(name, engine.map())
          || !before.add(MapVariant.of(name, engine.map()))) {
        at.reject(
            "tracked",
            name,
            "maps beside the first model's whole one, each once: "
                + MapVariant.names(engine.map()));
        return false;
      }
    }
    return true;
  }

  /** Each key with its value, range and meaning; of the models the first. */
  public List<SettingDescription> describe() {
    return SettingsTable.describe(this);
  }
}
