package io.liqmap.engine.replay;

import io.liqmap.engine.core.state.StateHash;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import org.agrona.DirectBuffer;

/**
 * Result of a walk over a journal.
 *
 * @param documents whole documents, the settings included
 * @param events whole events
 * @param snapshots snapshots whose state has their hash
 * @param firstSequence feed sequence of the first event, 0 for none
 * @param lastSequence feed sequence of the last event, 0 for none
 * @param damage where and how the journal breaks, or what foreign file lies in its queue; null if
 *     it is whole
 */
public record JournalCheck(
    long documents,
    long events,
    long snapshots,
    long firstSequence,
    long lastSequence,
    String damage) {
  private static final int MAX_INSTRUMENTS = 65_536;

  /** Walks a journal from its start to its end or the first damage. */
  public static JournalCheck of(final JournalReader journal) throws JournalException {
    return new Walk(journal).toEnd();
  }

  private static final class Walk {
    private final JournalReader journal;
    private final FeedAdapter adapter = new FeedAdapter(MAX_INSTRUMENTS);
    private final FeedEvent event = new FeedEvent();
    private long snapshots;
    private long firstSequence;
    private long lastSequence;

    Walk(final JournalReader journal) {
      this.journal = journal;
    }

    JournalCheck toEnd() throws JournalException {
      try {
        String flaw = null;
        while (flaw == null && journal.next()) {
          flaw = check();
        }
        if (flaw == null) {
          journal.requireNoForeignFiles(true);
        }
        return found(flaw);
      } catch (final JournalDamageException e) {
        return found(e.getMessage());
      }
    }

    private String check() throws JournalException {
      if (journal.kind() == Envelope.EVENTS) {
        return checkEvents();
      }
      if (journal.kind() == Envelope.SNAPSHOT) {
        final DirectBuffer state = journal.state();
        if (StateHash.of(state, 0, state.capacity()) != journal.snapshot().stateHash()) {
          return "document "
              + (journal.documents() - 1)
              + ": the snapshot's state has another hash than it bears";
        }
        snapshots++;
      }
      return null;
    }

    private String checkEvents() {
      adapter.wrap(journal.buffer(), journal.offset(), journal.length());
      int count = 0;
      while (adapter.next(event)) {
        firstSequence = firstSequence == 0 ? event.sequence() : firstSequence;
        lastSequence = event.sequence();
        count++;
      }
      return count == journal.envelope().count()
          ? null
          : "document "
              + (journal.documents() - 1)
              + ": holds "
              + count
              + " events that can be read, its header says "
              + journal.envelope().count();
    }

    private JournalCheck found(final String damage) {
      return new JournalCheck(
          journal.documents(), journal.events(), snapshots, firstSequence, lastSequence, damage);
    }
  }
}
