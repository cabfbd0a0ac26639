package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.HeldMessages;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.journal.StandingJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Brings map and adapter to where a journal ends, and opens it to be gone on with.
 *
 * <pre>
 *   mark: place ahead of the last snapshot ──▶ snapshot ──▶ events behind it, each document checked ──▶ end
 *         not found or not whole: the place before, of four; then the start
 * </pre>
 *
 * A journal that doesn't hold to its end, or replays to another state than it recorded, is left as
 * it is. One thread.
 */
final class Recovery {
  private static final int MAX_INSTRUMENTS = 65_536;

  private final EngineSettings settings;
  private final FeedAdapter adapter;
  private final MapWriter map;
  private Recovered recovered;
  private HeldMessages held;

  /**
   * Takes what is to be brought there.
   *
   * @param adapter has seen nothing
   * @param map likewise
   */
  Recovery(final EngineSettings settings, final FeedAdapter adapter, final MapWriter map) {
    this.settings = settings;
    this.adapter = adapter;
    this.map = map;
  }

  /**
   * Recovers; the writer goes on behind what was recovered.
   *
   * @param clock of the journal, ms since 1970
   */
  JournalWriter from(final Path folder, final LongSupplier clock) throws IOException {
    final long started = System.nanoTime();
    try (StandingJournal journal = StandingJournal.open(folder, clock, settings.text())) {
      final JournalReader reader = journal.reader();
      final FeedEvent first = firstEvent(reader);
      // Its events passed the limits of the feed when they were live.
      final FeedAdapter past = new FeedAdapter(settings.maxInstruments());
      final Replay replay = new Replay(reader, List.of(), past, map);
      replay(replay, folder);
      map.lead(adapter);
      final long acknowledged = reader.acknowledgedDocuments();
      final JournalWriter writer =
          journal.append(settings.journal(), settings.text(), map.sequence());
      final long snapshotEvents = replay.start() == null ? 0 : replay.start().events();
      recovered =
          new Recovered(
              map.events(),
              map.sequence(),
              snapshotEvents,
              map.events() - snapshotEvents,
              Math.max(0, reader.documents() - acknowledged),
              Math.max(0, acknowledged - reader.documents()),
              System.nanoTime() - started);
      held =
          new HeldMessages(
              first.kind() == FeedEvent.GAP ? 0 : first.sequence(),
              first.exchangeTime(),
              map.sequence(),
              replay.lastKind() == FeedEvent.GAP);
      return writer;
    }
  }

  private void replay(final Replay replay, final Path folder) throws JournalException {
    try {
      replay.fromPlaces();
    } catch (final IllegalStateException e) {
      throw new JournalException(
          folder + ": " + e.getMessage() + "; go on with the version that made it", e);
    }
    if (!replay.matches()) {
      throw new JournalException(
          folder
              + ": replays to another state than its run recorded, so it was made by another version; go on with that one, or take another folder");
    }
  }

  /** The journal's first event, of kind NONE if it has none; goes back to the start. */
  private static FeedEvent firstEvent(final JournalReader journal) throws JournalException {
    final FeedAdapter reader = new FeedAdapter(MAX_INSTRUMENTS);
    final FeedEvent event = new FeedEvent();
    boolean found = false;
    while (!found && journal.next()) {
      if (journal.kind() == Envelope.EVENTS) {
        reader.wrap(journal.buffer(), journal.offset(), journal.length());
        found = reader.next(event);
      }
    }
    journal.rewind();
    if (!found) {
      event.clear();
    }
    return event;
  }

  /** What was found. */
  Recovered recovered() {
    return recovered;
  }

  /** Passes over what the journal holds. */
  HeldMessages held() {
    return held;
  }
}
