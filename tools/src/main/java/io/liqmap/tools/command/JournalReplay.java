package io.liqmap.tools.command;

import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.pipeline.EngineSettings;
import io.liqmap.engine.pipeline.Replay;
import io.liqmap.tools.config.ConfigException;
import io.liqmap.tools.config.LiqmapConfig;
import java.io.IOException;
import java.nio.file.Path;

/** A journal opened for a replay with the settings that it names. */
final class JournalReplay implements AutoCloseable {
  private final JournalReader reader;
  private final EngineSettings settings;

  private JournalReplay(final JournalReader reader, final EngineSettings settings) {
    this.reader = reader;
    this.settings = settings;
  }

  static JournalReplay open(final Path journal) throws IOException {
    final JournalReader reader = JournalReader.open(journal);
    try {
      return new JournalReplay(reader, LiqmapConfig.parseJournalText(reader.settings()));
    } catch (final ConfigException e) {
      reader.close();
      throw new IOException(
          journal
              + ": was made by another version, with other settings; run its feed again with this one ('verify' and 'inspect' still read it). "
              + e.getMessage(),
          e);
    } catch (final RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  Replay replay() throws IOException {
    return new Replay(reader, settings.map(), settings.levels(), settings.maxInstruments());
  }

  JournalReader reader() {
    return reader;
  }

  EngineSettings settings() {
    return settings;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
