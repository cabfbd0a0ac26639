package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.feed.CheckPoints;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.shared.counters.EngineCounters;
import io.liqmap.engine.shared.counters.MapCounters;
import io.liqmap.engine.shared.events.EventStream;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewWriter;
import java.util.function.LongPredicate;

/**
 * Publishes a map writer's changes: each map event immediately, the views of touched instruments
 * once a batch. On the map's thread; allocates only for a new instrument.
 *
 * <p>A body of the view takes some microseconds, a header some tens of nanoseconds. So trades alone
 * publish a new body at most once in {@link #BODY_NANOS}; {@link #catchUp} publishes it after that
 * time even if no event follows.
 */
final class Publisher implements MapListener {
  private static final long BODY_NANOS = 100_000;

  private final MapListener listener;
  private final ViewMemory view;

  /** Null where the view shows the first model's map alone. */
  private final VariantPublisher variants;

  /** Null where there are no groups, or no view. */
  private final GroupPublisher groups;

  private final EventStream events;
  private final MapWriter map;
  private final SnapshotSlot snapshots;
  private final EngineCounters counters;
  private final MapCounters mapCounters;
  private final ViewWriter[] writers;
  private final int[] touched;
  private final boolean[] isTouched;
  private int count;
  private final long[] bodyAt;
  private int behind;
  private long caughtUpAt;
  private final LongPredicate journaled;
  private boolean wasJournaling;
  private boolean qualityChanged;
  private int instruments;

  /**
   * Publishes what a shard does.
   *
   * @param map the shard's
   * @param journaled whether events reach a log, asked with how many were applied
   */
  Publisher(
      final Outputs outputs,
      final int shard,
      final MapWriter map,
      final LongPredicate journaled,
      final SnapshotSlot snapshots,
      final EngineCounters counters,
      final int maxInstruments) {
    listener = outputs.listener();
    view = outputs.view();
    variants = VariantPublisher.of(view, map, this::failed);
    groups = GroupPublisher.of(view, map, this::failed);
    events = outputs.events().isEmpty() ? null : outputs.events().get(shard);
    this.map = map;
    this.journaled = journaled;
    this.snapshots = snapshots;
    this.counters = counters;
    mapCounters = counters.map(shard);
    writers = new ViewWriter[maxInstruments];
    touched = new int[maxInstruments];
    isTouched = new boolean[maxInstruments];
    bodyAt = new long[maxInstruments];
    wasJournaling = journaled.test(0);
    map.listener(this);
    map.onJournaling(wasJournaling);
    for (int instrument = 0; instrument < maxInstruments; instrument++) {
      showCalibration(instrument);
    }
  }

  @Override
  public void onApplied(final FeedEvent event, final MapState state) {
    if (view != null && event.kind() != FeedEvent.NONE && event.instrument() >= 0) {
      touch(event.instrument());
    }
    if (event.kind() == FeedEvent.OPEN_INTEREST || event.kind() == FeedEvent.INSTRUMENT) {
      showCalibration(event.instrument());
    }
    try {
      listener.onApplied(event, state);
    } catch (final RuntimeException e) {
      counters.error(e);
      throw e;
    }
  }

  private void showCalibration(final int instrument) {
    if (map.tracker(instrument) != null) {
      counters.calibrations().update(map.maps().of(instrument));
    }
  }

  private void touch(final int instrument) {
    if (variants != null) {
      variants.touch(instrument);
    }
    if (groups != null) {
      groups.touch(instrument);
    }
    if (!isTouched[instrument]) {
      isTouched[instrument] = true;
      touched[count++] = instrument;
    }
  }

  @Override
  public void onMapEvent(final MapEvent event) {
    switch (event.kind()) {
      case QUALITY -> qualityChanged = true;
      case CLEARED ->
          mapCounters.cleared(
              event.instrument(), event.side().name(), event.cluster(), event.previousNotional());
      case CASCADE_WARNING ->
          mapCounters.cascade(
              event.instrument(),
              event.side().name(),
              event.reachPrice(),
              event.expectedNotional());
      default -> {}
    }
    send(event);
    try {
      listener.onMapEvent(event);
    } catch (final RuntimeException e) {
      counters.error(e);
      throw e;
    }
  }

  private void send(final MapEvent event) {
    if (events != null) {
      try {
        events.send(event);
      } catch (final RuntimeException e) {
        failed(e);
      }
    }
  }

  /** Map and journal continue where a publication fails. */
  private void failed(final RuntimeException cause) {
    mapCounters.publicationFailed();
    counters.error(cause);
  }

  /** Publishes the touched instruments whose bodies are due. */
  void publish() {
    publish(false);
  }

  /** Publishes all touched instruments. */
  void publishWhole() {
    publish(true);
  }

  /** Publishes bodies that have become due while no event came. */
  void catchUp() {
    final boolean isBodyDue = behind > 0 && System.nanoTime() - caughtUpAt >= BODY_NANOS;
    if (isBodyDue
        || (variants != null && variants.isDue())
        || (groups != null && groups.isDue())
        || journaled.test(map.events()) != wasJournaling) {
      publish(false);
    }
  }

  private void publish(final boolean isWhole) {
    final boolean isJournaling = journaled.test(map.events());
    if (isJournaling != wasJournaling) {
      wasJournaling = isJournaling;
      journalingChanged(isJournaling);
    }
    if (count > 0) {
      publishTouched(isWhole, System.nanoTime());
    }
    if (variants != null) {
      variants.publish(isWhole);
    }
    if (groups != null) {
      groups.publish(isWhole);
    }
    updateCounters();
  }

  private void publishTouched(final boolean isWhole, final long now) {
    behind = 0;
    for (int i = 0; i < count; i++) {
      final int instrument = touched[i];
      if (isPublished(instrument, isWhole, now)) {
        isTouched[instrument] = false;
      } else {
        // Stays touched until its body is due.
        touched[behind++] = instrument;
      }
    }
    count = behind;
    caughtUpAt = now;
  }

  /** After a failure, publishes again with the instrument's next event. */
  private boolean isPublished(final int instrument, final boolean isWhole, final long now) {
    try {
      return publish(instrument, isWhole, now);
    } catch (final RuntimeException e) {
      failed(e);
      return true;
    }
  }

  private void updateCounters() {
    mapCounters.applied(map.events(), map.sequence(), map.time());
    mapCounters.faults(map.faults());
    mapCounters.snapshots(snapshots.skipped(), snapshots.tooLarge());
    mapCounters.listenerFailures(map.listenerFailures());
    if (qualityChanged || instruments != map.maps().count()) {
      qualityChanged = false;
      instruments = map.maps().count();
      mapCounters.quality(quality(), instruments);
    }
  }

  private int quality() {
    int flags = 0;
    for (int instrument = 0; instrument < writers.length; instrument++) {
      flags |= map.tracker(instrument) == null ? 0 : map.tracker(instrument).quality();
    }
    return flags;
  }

  /** Returns whether the whole state is published. */
  private boolean publish(final int instrument, final boolean isWhole, final long now) {
    if (writers[instrument] == null) {
      writers[instrument] =
          new ViewWriter(view, instrument, map.maps().of(instrument), map.tracker(instrument));
    }
    final ViewWriter writer = writers[instrument];
    final boolean isBodyDue =
        writer.isBehind() && (isWhole || now - bodyAt[instrument] >= BODY_NANOS);
    if (isBodyDue) {
      bodyAt[instrument] = now;
    }
    final CheckPoints points = map.feed().checkPoints();
    writer.checkPoints(
        points.sequence(), points.checksum(), points.previousSequence(), points.previousChecksum());
    writer.publish(
        map.sequence(),
        map.time(),
        map.tracker(instrument).quality(),
        map.missing(instrument),
        map.faults().rejected(),
        isBodyDue);
    return !writer.isBehind();
  }

  /** Publishes the changed quality flag with all instruments. */
  private void journalingChanged(final boolean isJournaling) {
    map.onJournaling(isJournaling);
    for (int instrument = 0; view != null && instrument < writers.length; instrument++) {
      if (map.tracker(instrument) != null) {
        touch(instrument);
      }
    }
  }
}
