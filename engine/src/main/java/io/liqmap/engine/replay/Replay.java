package io.liqmap.engine.replay;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.state.StateHash;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.SnapshotIndex;
import io.liqmap.engine.market.MapWriter;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Applies a journal's events again, from its start or from a snapshot, and compares the state with
 * what was recorded.
 *
 * <p>Runs on the caller's thread with the adapter and map writer of the live engine. One thread,
 * one run.
 */
public final class Replay {
  private final JournalReader journal;
  private final List<SnapshotIndex.Entry> snapshots;
  private final FeedAdapter adapter;
  private final MapWriter map;
  private final FeedEvent slot = new FeedEvent();

  private int nextSnapshot;
  private long compared;
  private long skipped;
  private SnapshotIndex.Entry firstDifference;
  private SnapshotIndex.Entry start;
  private SnapshotIndex.Entry read;
  private StateReport recorded;
  private StateReport firstReportDifference;
  private long reports;
  private boolean boundReached;

  /**
   * Prepares a replay.
   *
   * @param settings that the journal names
   * @param levels that the journal names
   * @param maxInstruments that the journal names
   */
  public Replay(
      final JournalReader journal,
      final MapSettings settings,
      final ClusterSettings levels,
      final int maxInstruments)
      throws JournalException {
    this(
        journal,
        journal.snapshots(),
        new FeedAdapter(maxInstruments),
        new MapWriter(settings, levels, maxInstruments));
  }

  /**
   * Prepares a replay into an engine that resumes.
   *
   * @param snapshots to start from, or to compare states with
   * @param adapter has seen nothing
   * @param map has seen nothing
   */
  public Replay(
      final JournalReader journal,
      final List<SnapshotIndex.Entry> snapshots,
      final FeedAdapter adapter,
      final MapWriter map) {
    this.journal = journal;
    this.snapshots = snapshots;
    this.adapter = adapter;
    this.map = map;
  }

  /**
   * Goes from the first event to a bound.
   *
   * @throws JournalDamageException if the journal breaks before; the map is then as of the last
   *     whole event
   */
  public void fromStart(final Until until) throws JournalException {
    compareSnapshots();
    apply(until, List.of());
  }

  /**
   * Goes from the newest whole snapshot at or before a bound; from the start if there is none.
   * Newer ones that aren't whole are skipped: what is damaged in them is no event.
   *
   * @throws JournalDamageException if the journal breaks before the bound otherwise; the map is
   *     then as of the last whole event
   */
  public void fromSnapshot(final Until until) throws JournalException {
    try {
      restoreNewest(until);
    } catch (final IllegalStateException e) {
      throw new JournalException(
          "the snapshot behind event "
              + read.events()
              + ": "
              + e.getMessage()
              + "; read the journal with the version that made it, or replay it from its start",
          e);
    }
    if (start != null) {
      passEventsHeld();
    }
    apply(until, snapshots);
  }

  /**
   * Goes from the newest whole snapshot to the end, and requires that all from its place on is
   * whole, other snapshots included.
   *
   * @throws JournalDamageException if it isn't; the map is then of no use
   * @throws IllegalStateException if another version wrote the snapshot
   */
  public void toEnd() throws JournalException {
    restoreNewest(Until.END);
    apply(Until.END, List.of());
  }

  /** Leaves the journal at the place ahead of the snapshot, or at its start. */
  private void restoreNewest(final Until until) throws JournalException {
    // Later snapshots aren't compared: one may have been skipped.
    nextSnapshot = snapshots.size();
    for (int i = snapshots.size() - 1; i >= 0; i--) {
      final SnapshotIndex.Entry entry = snapshots.get(i);
      if (entry.time() <= until.time() && entry.sequence() <= until.sequence()) {
        if (restore(entry) && journal.moveTo(entry.place())) {
          start = entry;
          return;
        }
        skipped++;
      }
    }
    journal.rewind();
  }

  private boolean restore(final SnapshotIndex.Entry entry) throws JournalException {
    if (!journal.moveTo(entry.place()) || !journal.passTo(entry.document())) {
      return false;
    }
    try {
      boolean isThere = journal.next();
      while (isThere && journal.kind() == Envelope.PIECE) {
        isThere = journal.next();
      }
      if (!isThere || journal.kind() != Envelope.SNAPSHOT) {
        return false;
      }
    } catch (final JournalDamageException e) {
      return false;
    }
    final DirectBuffer state = journal.state();
    if (StateHash.of(state, 0, state.capacity()) != journal.snapshot().stateHash()) {
      return false;
    }
    read = entry;
    map.decode(new StateReader(state, 0, state.capacity()), adapter);
    return true;
  }

  /**
   * Applies what comes.
   *
   * @param passed snapshots of which only headers are read: later documents hold their checksums
   */
  private void apply(final Until until, final List<SnapshotIndex.Entry> passed)
      throws JournalException {
    int next = 0;
    while (!boundReached) {
      while (next < passed.size() && passed.get(next).document() < journal.documents()) {
        next++;
      }
      if (next < passed.size() && passed.get(next).document() == journal.documents()) {
        journal.passSnapshot();
      }
      if (!journal.next()) {
        return;
      }
      switch (journal.kind()) {
        case Envelope.EVENTS -> applyEvents(until);
        case Envelope.END -> compareReport();
        default -> {}
      }
    }
  }

  /** Compares a report; the state may be past it, as after a snapshot. */
  private void compareReport() throws JournalException {
    final StateReport report = journal.report();
    if (report.events() == map.events()) {
      recorded = report;
      reports++;
      if (firstReportDifference == null && report.stateHash() != map.stateHash()) {
        firstReportDifference = report;
      }
    }
  }

  /** Skips documents that the snapshot holds altogether, up to the one that it cuts. */
  private void passEventsHeld() throws JournalException {
    long whole = journal.documents();
    while (journal.pass() && isHeld(map.events())) {
      whole = journal.documents();
    }
    journal.moveTo(start.place());
    journal.passTo(whole);
  }

  private boolean isHeld(final long startEvents) {
    return journal.events() < startEvents
        || (journal.events() == startEvents && journal.kind() == Envelope.EVENTS);
  }

  private void applyEvents(final Until until) throws JournalException {
    if (journal.events() <= map.events()) {
      return;
    }
    final long held = map.events() - journal.envelope().firstEvent();
    adapter.wrap(journal.buffer(), journal.offset(), journal.length());
    adapter.skip(held);
    while (adapter.next(slot)) {
      if (slot.exchangeTime() > until.time() || slot.sequence() > until.sequence()) {
        boundReached = true;
        return;
      }
      map.onEvent(slot);
      compareSnapshots();
    }
    if (map.events() != journal.events()) {
      throw new JournalException(
          "document "
              + (journal.documents() - 1)
              + " says it ends with event "
              + journal.events()
              + ", its messages end with event "
              + map.events()
              + ": it was written by another version");
    }
  }

  private void compareSnapshots() {
    while (nextSnapshot < snapshots.size()
        && snapshots.get(nextSnapshot).events() <= map.events()) {
      final SnapshotIndex.Entry entry = snapshots.get(nextSnapshot++);
      if (entry.events() == map.events()) {
        compared++;
        if (firstDifference == null && map.stateHash() != entry.stateHash()) {
          firstDifference = entry;
        }
      }
    }
  }

  /** The map after the last event applied. */
  public MapWriter map() {
    return map;
  }

  /** Snapshots of the journal. */
  public List<SnapshotIndex.Entry> snapshots() {
    return snapshots;
  }

  /** Snapshot that the replay started from, null if it was the journal's start. */
  public SnapshotIndex.Entry start() {
    return start;
  }

  /**
   * Whether an event behind the bound was met: the replay ended there, not at the journal's end.
   */
  public boolean isBoundReached() {
    return boundReached;
  }

  /** Snapshots nearer to the bound than the start that weren't whole. */
  public long skipped() {
    return skipped;
  }

  /** Snapshots whose hash was compared. */
  public long compared() {
    return compared;
  }

  /** First snapshot whose hash differs from the replayed one, null if none does. */
  public SnapshotIndex.Entry firstDifference() {
    return firstDifference;
  }

  /** What the last run recorded that the replay saw end cleanly, null if there is none. */
  public StateReport recorded() {
    return recorded;
  }

  /** Runs whose recorded end was compared. */
  public long reports() {
    return reports;
  }

  /** First report of a run whose hash differs from the replayed one, null if none does. */
  public StateReport firstReportDifference() {
    return firstReportDifference;
  }

  /** Whether every hash that could be compared was the recorded one. */
  public boolean matches() {
    return firstDifference == null && firstReportDifference == null;
  }
}
