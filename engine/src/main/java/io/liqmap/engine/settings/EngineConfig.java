package io.liqmap.engine.settings;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads the settings of an engine: the defaults, a file laid over them, or a journal's own. */
public final class EngineConfig {
  private EngineConfig() {}

  /** The settings of {@code config/engine.conf} and {@code config/instruments.conf}. */
  public static EngineSettings defaults() {
    return LiqmapConfig.load(null, null).engine();
  }

  /**
   * The defaults with a file laid over them, which needs only the keys that it changes.
   *
   * @throws ConfigException if the file is missing or wrong, listing every problem with its line
   */
  public static EngineSettings load(final Path file) {
    return LiqmapConfig.load(file, null).engine();
  }

  /**
   * The settings that a journal's events were applied with. An engine with them resumes the
   * journal.
   *
   * @throws JournalException if there is no journal, it is damaged at its start, or it carries
   *     settings of another version
   */
  public static EngineSettings ofJournal(final Path folder) throws IOException {
    try (JournalReader reader = JournalReader.open(folder)) {
      return ofJournal(folder, reader);
    }
  }

  /** The same of a journal that is open. */
  public static EngineSettings ofJournal(final Path folder, final JournalReader reader)
      throws JournalException {
    try {
      return parse(reader.settings());
    } catch (final ConfigException e) {
      throw new JournalException(
          folder
              + ": was made by another version, with other settings; run its feed again with this"
              + " one. "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Reads {@link EngineSettings#text} back.
   *
   * @throws ConfigException if the text is wrong, listing every problem with its line
   */
  public static EngineSettings parse(final String text) {
    final Problems problems = new Problems();
    final Section top =
        new Section(
            new ConfigFiles(problems).readText(text, "settings in the journal"), "", problems);
    final Section brackets = top.section("brackets");
    final Map<InstrumentName, Dated<BracketTable>> byName = new HashMap<>();
    brackets
        .byName((name) -> BracketReading.read(brackets, name))
        .forEach((name, tables) -> byName.put(InstrumentName.parse(name), tables));
    final EngineSettings engine = EngineReading.read(top, byName);
    problems.raise();
    return engine;
  }
}
