package io.liqmap.tools.history;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.SnapshotIndex;
import java.util.List;

/**
 * Where following a journal begins.
 *
 * @param firstTime exchange time of the journal's first event, ns
 * @param firstSequence feed sequence of the journal's first event
 * @param every interval of columns, ns
 * @param boundary end of an interval at or after a snapshot: the map begins as of then; {@link
 *     #NONE} to begin at the journal's start
 * @param snapshots to begin from, the oldest first
 */
record JournalStart(
    long firstTime,
    long firstSequence,
    long every,
    long boundary,
    List<SnapshotIndex.Entry> snapshots) {
  static final long NONE = Long.MIN_VALUE;

  /**
   * Finds it; leaves the reader at the journal's start.
   *
   * @param atLeast shortest interval, ns
   * @return null where the journal has no event yet
   */
  static JournalStart of(final OpenJournal journal, final long atLeast) throws JournalException {
    final JournalReader reader = journal.reader();
    final FeedEvent event = new FeedEvent();
    if (!readFirst(journal, event)) {
      reader.rewind();
      return null;
    }
    final List<SnapshotIndex.Entry> recent = reader.recentSnapshots();
    final long last =
        recent.isEmpty() ? event.exchangeTime() : recent.get(recent.size() - 1).time();
    final long every =
        Math.max(atLeast, Intervals.of(last - event.exchangeTime(), Intervals.MOST_COLUMNS));
    final long boundary = Intervals.endAtOrBefore(last, every);
    List<SnapshotIndex.Entry> snapshots = recent;
    if (!recent.isEmpty() && recent.get(0).time() > boundary) {
      snapshots = reader.snapshots();
    }
    final boolean isFromStart = snapshots.isEmpty() || snapshots.get(0).time() > boundary;
    return new JournalStart(
        event.exchangeTime(),
        event.sequence(),
        every,
        isFromStart ? NONE : boundary,
        isFromStart ? List.of() : snapshots);
  }

  private static boolean readFirst(final OpenJournal journal, final FeedEvent event)
      throws JournalException {
    final JournalReader reader = journal.reader();
    while (reader.next()) {
      if (reader.kind() == Envelope.EVENTS) {
        final FeedAdapter adapter = new FeedAdapter(journal.settings().maxInstruments());
        adapter.wrap(reader.buffer(), reader.offset(), reader.length());
        return adapter.next(event);
      }
    }
    return false;
  }

  boolean isFromStart() {
    return boundary == NONE;
  }
}
