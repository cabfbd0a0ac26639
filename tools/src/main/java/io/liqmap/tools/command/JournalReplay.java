package io.liqmap.tools.command;

import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.pipeline.EngineSettings;
import io.liqmap.engine.pipeline.Replay;
import io.liqmap.engine.pipeline.Until;
import io.liqmap.tools.config.ConfigException;
import io.liqmap.tools.config.LiqmapConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** A journal opened for a replay with the settings that it names. */
final class JournalReplay implements AutoCloseable {
  private final Path folder;
  private final JournalReader reader;
  private final EngineSettings settings;

  private JournalReplay(
      final Path folder, final JournalReader reader, final EngineSettings settings) {
    this.folder = folder;
    this.reader = reader;
    this.settings = settings;
  }

  static JournalReplay open(final Path journal) throws IOException {
    final JournalReader reader = JournalReader.open(journal);
    try {
      return new JournalReplay(journal, reader, LiqmapConfig.parseJournalText(reader.settings()));
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

  /** Goes to a moment from a snapshot, and says what was lacking on the way. */
  void fromSnapshot(final Replay replay, final Until until, final PrintWriter err)
      throws IOException {
    replay.fromSnapshot(until);
    if (replay.passedOver() > 0) {
      err.println(
          "liqmap: "
              + folder
              + ": "
              + Figures.count(replay.passedOver())
              + " of the last snapshots can't be read; "
              + (replay.start() == null
                  ? "all was replayed from the start"
                  : "the one before was taken, and the events behind it are whole")
              + ". 'liqmap verify' says where");
    }
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
