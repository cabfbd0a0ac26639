package io.liqmap.tools.history;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.SnapshotIndex;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A journal opened for a replay with the settings that it names. One thread. */
public final class OpenJournal implements AutoCloseable {
  private final Path folder;
  private final JournalReader reader;
  private final EngineSettings settings;

  private OpenJournal(
      final Path folder, final JournalReader reader, final EngineSettings settings) {
    this.folder = folder;
    this.reader = reader;
    this.settings = settings;
  }

  /**
   * Opens a journal, whether or not an engine is writing it.
   *
   * @throws JournalException if there is none, it is damaged at its start, or it carries settings
   *     of another version
   */
  public static OpenJournal of(final Path folder) throws IOException {
    final JournalReader reader = JournalReader.open(folder);
    try {
      return new OpenJournal(folder, reader, EngineConfig.ofJournal(folder, reader));
    } catch (final JournalException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Opens the same journal a second time, for another thread; its settings aren't read again. */
  OpenJournal again() throws IOException {
    return new OpenJournal(folder, JournalReader.open(folder), settings);
  }

  /** A replay that compares all snapshots on its way from the start. */
  public Replay replay() throws IOException {
    return new Replay(reader, settings.map(), settings.levels(), settings.maxInstruments());
  }

  /** A replay into a writer, that compares no states. */
  public Replay replay(final MapWriter into) {
    return replay(into, List.of());
  }

  /**
   * A replay into a writer.
   *
   * @param snapshots to start from, the oldest first
   */
  public Replay replay(final MapWriter into, final List<SnapshotIndex.Entry> snapshots) {
    return new Replay(reader, snapshots, new FeedAdapter(settings.maxInstruments()), into);
  }

  /** A writer without events. */
  public MapWriter writer() {
    return new MapWriter(settings.map(), settings.levels(), settings.maxInstruments());
  }

  /** Folder of the journal. */
  public Path folder() {
    return folder;
  }

  /** Reads its documents; belongs to the replay while there is one. */
  public JournalReader reader() {
    return reader;
  }

  /** Settings that its events were applied with. */
  public EngineSettings settings() {
    return settings;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
