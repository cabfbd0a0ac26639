package io.liqmap.tools.config;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.PipelineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All settings: the engine's and the instruments'. Immutable.
 *
 * @param engine settings of the engine, whose text is canonical: equal settings have equal texts
 * @param sharing how much other processes see
 * @param instruments definitions of the instruments, in the order of the files
 */
public record LiqmapConfig(
    EngineSettings engine, SharingSettings sharing, List<InstrumentDefinition> instruments) {
  /** Copies the list. */
  public LiqmapConfig {
    instruments = List.copyOf(instruments);
  }

  /**
   * Reads {@code engine.conf} and {@code instruments.conf}, and a user's file over them. What the
   * chosen preset says stands between the two.
   *
   * @param userFile what the user wants otherwise; null for nothing
   * @param directory where the defaults lie
   * @throws ConfigException if a file is missing or wrong, listing every problem with file and line
   */
  public static LiqmapConfig load(final Path userFile, final Path directory) {
    final Problems problems = new Problems();
    final Section top =
        new Section(new ConfigFiles(problems).read(userFile, directory), "", problems);
    top.text("preset", 64);
    final Section presets = top.section("presets");
    presets.byName(presets::section);
    final InstrumentReading instruments = new InstrumentReading();
    instruments.read(top, "instruments");
    final int room = top.whole("max-instruments", EngineReading.INSTRUMENTS);
    instruments.checkRoom(room);
    final SharingSettings sharing = SharingSettings.read(top.section("sharing"));
    final EngineSettings engine = EngineReading.read(top, instruments.brackets());
    problems.raise();
    return new LiqmapConfig(engine, sharing, instruments.definitions());
  }

  /**
   * Reads the text of settings back.
   *
   * @param text {@link EngineSettings#text()} of settings that this class made
   * @return settings equal to those, with the same text
   * @throws ConfigException if the text is wrong, listing every problem with its line
   */
  public static EngineSettings parseJournalText(final String text) {
    final Problems problems = new Problems();
    final String description = "settings in the journal";
    final Section top =
        new Section(new ConfigFiles(problems).readText(text, description), "", problems);
    final Section brackets = top.section("brackets");
    final Map<String, Dated<BracketTable>> bySymbol =
        brackets.byName((symbol) -> BracketReading.read(brackets, symbol));
    final EngineSettings engine = EngineReading.read(top, bySymbol);
    problems.raise();
    return engine;
  }

  /** The same with other threads, as a command line may ask for; inline there is one for all. */
  public LiqmapConfig withMode(final ThreadingMode mode) {
    final PipelineSettings old = engine.pipeline();
    final PipelineSettings pipeline =
        new PipelineSettings(
            mode,
            mode == ThreadingMode.INLINE ? 1 : old.shards(),
            old.ringSize(),
            old.claim(),
            old.waitMode(),
            old.forced());
    final String text =
        SettingsText.of(
            engine.maxInstruments(),
            engine.map(),
            engine.levels(),
            engine.snapshotIntervalNanos(),
            pipeline,
            engine.journal());
    return new LiqmapConfig(
        new EngineSettings(
            engine.maxInstruments(),
            engine.map(),
            engine.levels(),
            engine.snapshotIntervalNanos(),
            pipeline,
            engine.journal(),
            text),
        sharing,
        instruments);
  }
}
