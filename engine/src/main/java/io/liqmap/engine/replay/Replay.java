package io.liqmap.engine.replay;

import io.liqmap.codecs.state.SnapshotDecoder;
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
import io.liqmap.engine.journal.JournalPlace;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.SnapshotEntry;
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
  private final List<SnapshotEntry> snapshots;
  private final FeedAdapter adapter;
  private final MapWriter map;
  private final FeedEvent slot = new FeedEvent();

  private int nextSnapshot;
  private long compared;
  private long passedOver;
  private SnapshotEntry firstDifference;
  private SnapshotEntry start;
  private SnapshotEntry read;
  private StateReport recorded;
  private StateReport firstReportDifference;
  private long reports;
  private long readFrom;
  private boolean boundReached;

  /**
   * Prepares a replay.
   *
   * @param settings those that the journal names
   * @param levels likewise
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
   * Prepares a replay into what a live engine will go on with.
   *
   * @param snapshots that states are compared with
   * @param adapter has seen nothing
   * @param map likewise
   */
  public Replay(
      final JournalReader journal,
      final List<SnapshotEntry> snapshots,
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
   * @throws JournalDamageException if the journal breaks before; the map stands as of the last
   *     whole event
   */
  public void fromStart(final Until until) throws JournalException {
    compareSnapshots();
    apply(until);
  }

  /**
   * Goes from the last whole snapshot before a bound; from the start if there is none. Snapshots
   * behind it that aren't whole are passed over: what is damaged in them is no event.
   *
   * @throws JournalDamageException if the journal breaks before the bound otherwise; the map stands
   *     as of the last whole event
   */
  public void fromSnapshot(final Until until) throws JournalException {
    for (int i = snapshots.size() - 1; i >= 0 && start == null; i--) {
      final SnapshotEntry entry = snapshots.get(i);
      if (entry.time() <= until.time() && entry.sequence() <= until.sequence()) {
        if (restore(entry)) {
          start = entry;
        } else {
          passedOver++;
        }
      }
    }
    // Those behind the start are such as can't be compared with.
    nextSnapshot = snapshots.size();
    if (start != null) {
      passEventsBefore(map.events());
    }
    apply(until, snapshots);
  }

  /**
   * Goes from the newest of the places that the mark keeps to the end, without a look at what comes
   * before; from the start where there is none.
   *
   * @throws JournalDamageException if what is read isn't whole; the map is then of no use
   */
  public void fromPlaces() throws JournalException {
    for (final JournalPlace place : journal.places()) {
      if (restore(place) && journal.moveTo(place)) {
        start = read;
        readFrom = place.events();
        apply(Until.END);
        return;
      }
    }
    journal.rewind();
    apply(Until.END);
  }

  private boolean restore(final JournalPlace place) throws JournalException {
    if (!journal.moveTo(place)) {
      return false;
    }
    while (journal.documents() < place.snapshot()) {
      if (!journal.pass()) {
        return false;
      }
    }
    return restoreNext();
  }

  /**
   * A snapshot that isn't whole is passed over for the one before; the walk over the events will
   * say what is wrong with it.
   */
  private boolean restore(final SnapshotEntry entry) throws JournalException {
    while (journal.documents() < entry.document()) {
      if (!journal.pass()) {
        journal.rewind();
        return false;
      }
    }
    try {
      final boolean restored = restoreNext();
      journal.rewind();
      return restored;
    } catch (final IllegalStateException e) {
      throw new JournalException(
          "the snapshot behind event "
              + entry.events()
              + ": "
              + e.getMessage()
              + "; read the journal with the version that made it, or replay it from its start",
          e);
    }
  }

  private boolean restoreNext() throws JournalException {
    final long document = journal.documents();
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
    final SnapshotDecoder snapshot = journal.snapshot();
    final DirectBuffer state = journal.state();
    read =
        new SnapshotEntry(
            document,
            snapshot.events(),
            snapshot.sequence(),
            snapshot.time(),
            snapshot.stateHash());
    if (StateHash.of(state, 0, state.capacity()) != read.stateHash()) {
      return false;
    }
    map.decode(new StateReader(state, 0, state.capacity()), adapter);
    return true;
  }

  private void apply(final Until until) throws JournalException {
    apply(until, List.of());
  }

  /**
   * Applies what comes.
   *
   * @param passed snapshots whose headers alone are looked at: what follows bears their checksums
   */
  private void apply(final Until until, final List<SnapshotEntry> passed) throws JournalException {
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

  /** A report that the state has passed already, as that of a snapshot, can't be compared. */
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

  /**
   * Documents that the snapshot holds altogether are passed by; the one that it cuts is read again,
   * from its start.
   */
  private void passEventsBefore(final long startEvents) throws JournalException {
    long whole = 0;
    while (journal.pass() && isHeld(startEvents)) {
      whole = journal.documents();
    }
    journal.rewind();
    boolean passed = true;
    while (passed && journal.documents() < whole) {
      passed = journal.pass();
    }
  }

  private boolean isHeld(final long startEvents) {
    return journal.events() < startEvents
        || (journal.events() == startEvents && journal.kind() == Envelope.EVENTS);
  }

  private void applyEvents(final Until until) throws JournalException {
    if (journal.events() <= map.events()) {
      return;
    }
    final long skipped = map.events() - journal.envelope().firstEvent();
    adapter.wrap(journal.buffer(), journal.offset(), journal.length());
    adapter.pass(skipped);
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
      final SnapshotEntry entry = snapshots.get(nextSnapshot++);
      if (entry.events() == map.events()) {
        compared++;
        if (firstDifference == null && map.stateHash() != entry.stateHash()) {
          firstDifference = entry;
        }
      }
    }
  }

  /** The map, as of where the replay has come. */
  public MapWriter map() {
    return map;
  }

  /** Snapshots of the journal. */
  public List<SnapshotEntry> snapshots() {
    return snapshots;
  }

  /** Snapshot that the replay started from, null if it was the journal's start. */
  public SnapshotEntry start() {
    return start;
  }

  /**
   * Whether an event behind the bound was met: the replay ended there, not at the journal's end.
   */
  public boolean isBoundReached() {
    return boundReached;
  }

  /** Snapshots nearer to the bound than the start that weren't whole. */
  public long passedOver() {
    return passedOver;
  }

  /** Snapshots whose hash was compared. */
  public long compared() {
    return compared;
  }

  /** First snapshot whose hash differs from the replayed one, null if none does. */
  public SnapshotEntry firstDifference() {
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

  /** Events ahead of the place that {@link #fromPlaces} began to read at. */
  long readFrom() {
    return readFrom;
  }

  /** Whether every hash that could be compared was the recorded one. */
  public boolean matches() {
    return firstDifference == null && firstReportDifference == null;
  }
}
