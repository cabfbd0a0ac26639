package io.liqmap.engine.journal;

/**
 * Where recent documents of a journal stand, one for each thousand events or so: a snapshot comes
 * after events that its state doesn't have yet, at most as many as the ring has slots.
 */
final class DocumentPlaces {
  private static final int EVENTS_APART = 1_024;

  /** Enough for the largest ring. */
  private static final int KEPT = 1_024 + 2;

  private final long[] day = new long[KEPT];
  private final long[] position = new long[KEPT];
  private final long[] documents = new long[KEPT];
  private final long[] events = new long[KEPT];
  private final int[] checksum = new int[KEPT];
  private long count;

  /** Takes note of a document, unless the last one noted is near. */
  void note(
      final long documentDay,
      final long documentPosition,
      final long documentsBefore,
      final long eventsBefore,
      final int checksumBefore) {
    if (count > 0 && eventsBefore - events[(int) ((count - 1) % KEPT)] < EVENTS_APART) {
      return;
    }
    final int at = (int) (count++ % KEPT);
    day[at] = documentDay;
    position[at] = documentPosition;
    documents[at] = documentsBefore;
    events[at] = eventsBefore;
    checksum[at] = checksumBefore;
  }

  /**
   * The last document noted with at most so many events before it; null if none is known any more.
   *
   * @param snapshot number of the snapshot's document
   */
  JournalPlace before(final long eventsHeld, final long snapshot) {
    for (long i = count - 1; i >= 0 && i > count - KEPT; i--) {
      final int at = (int) (i % KEPT);
      if (events[at] <= eventsHeld) {
        return new JournalPlace(
            day[at], position[at], documents[at], events[at], checksum[at], snapshot);
      }
    }
    return null;
  }
}
