package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.levels.LevelEvent;
import io.liqmap.engine.stream.EventStream;
import io.liqmap.engine.view.ViewMemory;
import io.liqmap.engine.view.ViewWriter;

/**
 * Brings what the map writer does to the outlets: each event at once, the view of the instruments
 * that were touched once a batch. On the map's thread; allocates only for a new instrument.
 *
 * <p>A body of the view takes some microseconds, a header some tens of nanoseconds. So trades alone
 * bring a new body once in {@link #BODY_NANOS} at most, and what is behind then is caught up as
 * soon as that time has passed, whether or not another event comes.
 */
final class Publisher implements MapListener {
  private static final long BODY_NANOS = 100_000;

  private final MapListener listener;
  private final ViewMemory view;
  private final EventStream events;
  private final MapWriter map;
  private final JournalFeed journal;
  private final ViewWriter[] writers;
  private final int[] touched;
  private final boolean[] isTouched;
  private int count;
  private final long[] bodyAt;
  private int behind;
  private long caughtUpAt;
  private boolean wasJournaling;

  /**
   * Publishes what a shard does.
   *
   * @param map the shard's
   */
  Publisher(
      final Outlets outlets,
      final int shard,
      final MapWriter map,
      final JournalFeed journal,
      final int maxInstruments) {
    listener = outlets.listener();
    view = outlets.view();
    events = outlets.events().isEmpty() ? null : outlets.events().get(shard);
    this.map = map;
    this.journal = journal;
    writers = new ViewWriter[maxInstruments];
    touched = new int[maxInstruments];
    isTouched = new boolean[maxInstruments];
    bodyAt = new long[maxInstruments];
    wasJournaling = journal.isJournaling();
    map.tellTo(this);
    map.onJournaling(wasJournaling);
  }

  @Override
  public void onApplied(final FeedEvent event, final MapWriter writer) {
    if (view != null && event.kind() != FeedEvent.NONE && event.instrument() >= 0) {
      touch(event.instrument());
    }
    listener.onApplied(event, writer);
  }

  private void touch(final int instrument) {
    if (!isTouched[instrument]) {
      isTouched[instrument] = true;
      touched[count++] = instrument;
    }
  }

  @Override
  public void onLevelEvent(final LevelEvent event) {
    if (events != null) {
      events.send(event);
    }
    listener.onLevelEvent(event);
  }

  /** Publishes what the events since the last time have touched. */
  void publish() {
    publish(false);
  }

  /** Publishes all of it, bodies that aren't due yet included. */
  void publishWhole() {
    publish(true);
  }

  /** Publishes bodies that have become due while there was nothing to do. */
  void catchUp() {
    if (behind > 0 && System.nanoTime() - caughtUpAt >= BODY_NANOS) {
      publish(false);
    }
  }

  private void publish(final boolean isWhole) {
    final boolean isJournaling = journal.isJournaling();
    if (isJournaling != wasJournaling) {
      wasJournaling = isJournaling;
      tellOfJournal(isJournaling);
    }
    if (count == 0) {
      return;
    }
    final long now = System.nanoTime();
    behind = 0;
    for (int i = 0; i < count; i++) {
      final int instrument = touched[i];
      if (publish(instrument, isWhole, now)) {
        isTouched[instrument] = false;
      } else {
        // Stays touched until its body is due.
        touched[behind++] = instrument;
      }
    }
    count = behind;
    caughtUpAt = now;
  }

  /** Returns whether all that stands is published. */
  private boolean publish(final int instrument, final boolean isWhole, final long now) {
    if (writers[instrument] == null) {
      writers[instrument] =
          new ViewWriter(view, instrument, map.maps().of(instrument), map.levels(instrument));
    }
    final ViewWriter writer = writers[instrument];
    final boolean isBodyDue =
        writer.isBehind() && (isWhole || now - bodyAt[instrument] >= BODY_NANOS);
    if (isBodyDue) {
      bodyAt[instrument] = now;
    }
    writer.publish(
        map.sequence(),
        map.time(),
        map.levels(instrument).quality(),
        map.missing(),
        map.rejected(),
        isBodyDue);
    return !writer.isBehind();
  }

  /** The state is the same either way, but every answer says so. */
  private void tellOfJournal(final boolean isJournaling) {
    map.onJournaling(isJournaling);
    for (int instrument = 0; view != null && instrument < writers.length; instrument++) {
      if (map.levels(instrument) != null) {
        touch(instrument);
      }
    }
  }
}
