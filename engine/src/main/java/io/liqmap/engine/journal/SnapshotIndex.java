package io.liqmap.engine.journal;

import io.liqmap.codecs.state.SnapshotDecoder;

/**
 * Snapshots of a journal, each with a place ahead of it. A snapshot follows events that its state
 * doesn't have yet, at most as many as the ring has slots; from its place they can all be read.
 *
 * <pre>
 *   place ──▶ events │ events │ events │ events │ snapshot │ events …
 *                         └ its state ends here
 * </pre>
 *
 * The writer notes documents as it appends them, a reader as it goes through their headers. One
 * thread; {@link #note} allocates nothing.
 */
public final class SnapshotIndex {
  private static final int EVENTS_APART = 1_024;

  /** Enough for the largest ring. */
  private static final int RECENT = 1_024 + 2;

  private final long[] day = new long[RECENT];
  private final long[] position = new long[RECENT];
  private final long[] documents = new long[RECENT];
  private final long[] events = new long[RECENT];
  private final int[] checksum = new int[RECENT];
  private long count;

  SnapshotIndex() {}

  /**
   * Where a document starts, and what comes before it.
   *
   * @param day day of the queue's file that holds the document, days since 1970
   * @param position of the document's header in that file
   * @param documents documents before it
   * @param events events before it
   * @param checksum checksum of the document before it
   */
  public record Place(long day, long position, long documents, long events, int checksum) {}

  /**
   * A snapshot.
   *
   * @param place ahead of it
   * @param document number of its first document, from 0
   * @param events events applied before it, from the start of the journal
   * @param sequence feed sequence of the last of them
   * @param time engine time after the last of them, ns
   * @param stateHash hash of the state
   */
  public record Entry(
      Place place, long document, long events, long sequence, long time, long stateHash) {
    /** As the mark has it, without the snapshot's own fields. */
    static Entry unread(final Place place, final long document) {
      return new Entry(place, document, 0, 0, 0, 0);
    }

    Entry with(final SnapshotDecoder snapshot) {
      return new Entry(
          place,
          document,
          snapshot.events(),
          snapshot.sequence(),
          snapshot.time(),
          snapshot.stateHash());
    }
  }

  /** Notes where a document starts, one for each thousand events or so. */
  void note(
      final long documentDay,
      final long documentPosition,
      final long documentsBefore,
      final long eventsBefore,
      final int checksumBefore) {
    if (count > 0 && eventsBefore - events[(int) ((count - 1) % RECENT)] < EVENTS_APART) {
      return;
    }
    final int at = (int) (count++ % RECENT);
    day[at] = documentDay;
    position[at] = documentPosition;
    documents[at] = documentsBefore;
    events[at] = eventsBefore;
    checksum[at] = checksumBefore;
  }

  /** The last place noted with at most so many events before it; null if it was overwritten. */
  Place placeBefore(final long eventsHeld) {
    for (long i = count - 1; i >= 0 && i > count - RECENT; i--) {
      final int at = (int) (i % RECENT);
      if (events[at] <= eventsHeld) {
        return new Place(day[at], position[at], documents[at], events[at], checksum[at]);
      }
    }
    return null;
  }
}
