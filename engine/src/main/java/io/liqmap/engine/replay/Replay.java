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
 * <p>Runs on the caller's thread with the adapter and map writer of the live engine. One thread. It
 * begins once, by {@link #fromStart}, {@link #fromSnapshot} or {@link #toEnd}, and can then {@link
 * #advance} to later bounds, or follow a journal that is being written.
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

  /** Snapshots of which only headers are read: later documents hold their checksums. */
  private List<SnapshotIndex.Entry> passed = List.of();

  private int nextPassed;
  private boolean isInDocument;

  /** Whether the slot holds an event after the last bound. */
  private boolean isAhead;

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
    advance(until, Long.MAX_VALUE);
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
    passed = snapshots;
    advance(until, Long.MAX_VALUE);
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
    advance(Until.END, Long.MAX_VALUE);
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
   * Continues from the last event applied. Also after the end of a journal that is being written:
   * what was appended since is applied.
   *
   * @param until not before an earlier bound
   * @param limit most events to apply, 0 or more
   * @return events applied; fewer than the limit at the bound or the end
   * @throws JournalDamageException if the journal breaks before; the map is then as of the last
   *     whole event
   */
  public long advance(final Until until, final long limit) throws JournalException {
    final long before = map.events();
    boundReached = false;
    while (applyRest(until, limit - (map.events() - before)) && nextDocument()) {
      switch (journal.kind()) {
        case Envelope.EVENTS -> beginEvents();
        case Envelope.END -> compareReport();
        default -> {}
      }
    }
    return map.events() - before;
  }

  private boolean nextDocument() throws JournalException {
    while (nextPassed < passed.size() && passed.get(nextPassed).document() < journal.documents()) {
      nextPassed++;
    }
    if (nextPassed < passed.size() && passed.get(nextPassed).document() == journal.documents()) {
      journal.passSnapshot();
    }
    return journal.next();
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

  private void beginEvents() {
    if (journal.events() > map.events()) {
      adapter.wrap(journal.buffer(), journal.offset(), journal.length());
      adapter.skip(map.events() - journal.envelope().firstEvent());
      isInDocument = true;
    }
  }

  /** Whether the rest of the document was applied: neither bound nor limit was met in it. */
  private boolean applyRest(final Until until, final long limit) throws JournalException {
    long left = limit;
    while (isInDocument && (isAhead || adapter.next(slot))) {
      isAhead = slot.exchangeTime() > until.time() || slot.sequence() > until.sequence();
      boundReached = isAhead;
      if (isAhead || left == 0) {
        isAhead = true;
        return false;
      }
      left--;
      map.onEvent(slot);
      compareSnapshots();
    }
    if (isInDocument) {
      isInDocument = false;
      requireAll();
    }
    return true;
  }

  private void requireAll() throws JournalException {
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
   * Whether an event after the last bound was met: the replay stopped there, not at its limit or
   * the journal's end.
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
