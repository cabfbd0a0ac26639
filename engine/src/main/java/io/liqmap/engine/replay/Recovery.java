package io.liqmap.engine.replay;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.journal.ExistingJournal;
import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.journal.SnapshotIndex;
import io.liqmap.engine.market.MapWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Brings map and adapter to the end of a journal, and resumes it.
 *
 * <pre>
 *   mark: place ahead of the last snapshot ──▶ snapshot ──▶ events behind it, each document checked ──▶ end
 *         not found or not whole: the place before, of four; then the start
 * </pre>
 *
 * A journal that doesn't hold to its end, or replays to another state than it recorded, is left as
 * it is. One thread.
 */
public final class Recovery {
  /**
   * Bytes before the place that are read too, to warn of damage there: bounded, so that the time
   * doesn't depend on the journal's age.
   */
  private static final long EARLIER_BYTES = 64L << 20;

  private final int maxInstruments;
  private final JournalSettings settings;
  private final String text;
  private final FeedAdapter adapter;
  private final MapWriter map;
  private Recovered recovered;
  private JournaledPrefix prefix;
  private long firstSequence;
  private String earlierDamage;
  private long earlierEvents;

  /**
   * Prepares a recovery.
   *
   * @param maxInstruments instruments have numbers below this
   * @param settings of the journal
   * @param text the settings that the run writes down
   * @param adapter has seen nothing
   * @param map has seen nothing
   */
  public Recovery(
      final int maxInstruments,
      final JournalSettings settings,
      final String text,
      final FeedAdapter adapter,
      final MapWriter map) {
    this.maxInstruments = maxInstruments;
    this.settings = settings;
    this.text = text;
    this.adapter = adapter;
    this.map = map;
  }

  /**
   * Recovers; the writer appends after the last recovered event.
   *
   * @param clock of the journal, ms since 1970
   */
  public JournalWriter from(final Path folder, final LongSupplier clock) throws IOException {
    final long started = System.nanoTime();
    try (ExistingJournal journal = ExistingJournal.open(folder, clock, text)) {
      final JournalReader reader = journal.reader();
      final List<SnapshotIndex.Entry> snapshots = reader.recentSnapshots();
      scanEarlier(
          reader,
          snapshots.isEmpty() ? 0 : snapshots.get(snapshots.size() - 1).place().documents());
      // Its events passed the limits of the feed when they were live.
      final FeedAdapter past = new FeedAdapter(maxInstruments);
      final Replay replay = new Replay(reader, snapshots, past, map);
      replay(replay, folder);
      map.prime(adapter);
      final long acknowledged = reader.acknowledgedDocuments();
      final JournalWriter writer = journal.append(settings, text, map.sequence());
      final SnapshotIndex.Entry start = replay.start();
      final long snapshotEvents = start == null ? 0 : start.events();
      recovered =
          new Recovered(
              map.events(),
              map.sequence(),
              snapshotEvents,
              map.events() - snapshotEvents,
              Math.max(0, reader.documents() - acknowledged),
              Math.max(0, acknowledged - reader.documents()),
              start == null ? 0 : Math.max(0, start.place().events() - earlierEvents),
              start == null ? null : earlierDamage,
              System.nanoTime() - started);
      prefix = new JournaledPrefix(folder, map.events(), firstSequence, map.feed());
      return writer;
    }
  }

  private void replay(final Replay replay, final Path folder) throws JournalException {
    try {
      replay.toEnd();
    } catch (final IllegalStateException e) {
      throw new JournalException(
          folder + ": " + e.getMessage() + "; resume it with the version that made it", e);
    }
    if (!replay.matches()) {
      throw new JournalException(
          folder
              + ": replays to another state than its run recorded, so it was made by another version; resume it with that one, or use another folder");
    }
  }

  /**
   * Finds the sequence of the first event, and damage ahead of the newest place as far as it looks:
   * that doesn't touch the state, so it is no reason to refuse the journal. Goes back to the start.
   *
   * @param end documents before that place
   */
  private void scanEarlier(final JournalReader journal, final long end) throws JournalException {
    long bytes = 0;
    try {
      while (journal.documents() < end && bytes < EARLIER_BYTES && journal.next()) {
        bytes += journal.length();
      }
    } catch (final JournalDamageException e) {
      earlierDamage = e.getMessage();
    }
    earlierEvents = journal.events();
    journal.rewind();
    boolean isFound = false;
    while (!isFound && journal.pass()) {
      isFound = journal.kind() == Envelope.EVENTS;
    }
    // Where the first document is unreadable, the feed has to begin with the journal.
    firstSequence = isFound ? journal.envelope().firstSequence() : Long.MAX_VALUE - 1;
    journal.rewind();
  }

  /** What was found. */
  public Recovered recovered() {
    return recovered;
  }

  /** What the journal holds of the feed. */
  public JournaledPrefix prefix() {
    return prefix;
  }
}
