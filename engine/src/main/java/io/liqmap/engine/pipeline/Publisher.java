package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.levels.LevelEvent;
import io.liqmap.engine.stream.EventStream;
import io.liqmap.engine.view.ViewMemory;
import io.liqmap.engine.view.ViewWriter;

/**
 * Brings what the map writer does to the outlets: each event at once, the view of the instruments
 * that were touched once a batch. On the map's thread; allocates only for a new instrument.
 */
final class Publisher implements MapListener {
  private final MapListener listener;
  private final ViewMemory view;
  private final EventStream events;
  private final MapWriter map;
  private final JournalFeed journal;
  private final ViewWriter[] writers;
  private final int[] touched;
  private final boolean[] isTouched;
  private int count;
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
    final boolean isJournaling = journal.isJournaling();
    if (isJournaling != wasJournaling) {
      wasJournaling = isJournaling;
      tellOfJournal(isJournaling);
    }
    for (int i = 0; i < count; i++) {
      final int instrument = touched[i];
      isTouched[instrument] = false;
      publish(instrument);
    }
    count = 0;
  }

  private void publish(final int instrument) {
    if (writers[instrument] == null) {
      writers[instrument] =
          new ViewWriter(view, instrument, map.maps().of(instrument), map.levels(instrument));
    }
    writers[instrument].publish(
        map.sequence(),
        map.time(),
        map.levels(instrument).quality(),
        map.missing(),
        map.rejected());
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
