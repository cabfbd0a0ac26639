package io.liqmap.engine.shared.counters;

import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.FaultTally;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Counters of one map writer; updated once a batch of events, on its thread. Allocates nothing
 * unless a flight recording is on.
 */
public final class MapCounters {
  private final AtomicCounter events;
  private final AtomicCounter sequence;
  private final AtomicCounter time;
  private final AtomicCounter gaps;
  private final AtomicCounter missing;
  private final AtomicCounter duplicates;
  private final AtomicCounter reordered;
  private final AtomicCounter rejected;
  private final AtomicCounter unknown;
  private final AtomicCounter quality;
  private final AtomicCounter instruments;
  private final AtomicCounter listenerFailures;
  private final AtomicCounter publicationFailures;
  private final AtomicCounter snapshotsSkipped;
  private final AtomicCounter snapshotsTooLarge;
  private final FaultTally faults = new FaultTally();
  private long snapshotsNotTaken;

  MapCounters(final EngineCounters counters, final int map) {
    events = counters.counter(EngineCounter.EVENTS, map);
    sequence = counters.counter(EngineCounter.SEQUENCE, map);
    time = counters.counter(EngineCounter.EVENT_TIME, map);
    gaps = counters.counter(EngineCounter.GAPS, map);
    missing = counters.counter(EngineCounter.MISSING, map);
    duplicates = counters.counter(EngineCounter.DUPLICATES, map);
    reordered = counters.counter(EngineCounter.REORDERED, map);
    rejected = counters.counter(EngineCounter.REJECTED, map);
    unknown = counters.counter(EngineCounter.UNKNOWN, map);
    quality = counters.counter(EngineCounter.QUALITY, map);
    instruments = counters.counter(EngineCounter.INSTRUMENTS, map);
    listenerFailures = counters.counter(EngineCounter.LISTENER_FAILURES, map);
    publicationFailures = counters.counter(EngineCounter.PUBLICATION_FAILURES, map);
    snapshotsSkipped = counters.counter(EngineCounter.SNAPSHOTS_PASSED_BY, map);
    snapshotsTooLarge = counters.counter(EngineCounter.SNAPSHOTS_TOO_LARGE, map);
  }

  /** Updates the progress counters. */
  public void applied(final long newEvents, final long newSequence, final long newTime) {
    events.setRelease(newEvents);
    sequence.setRelease(newSequence);
    time.setRelease(newTime);
  }

  /** Stores the faults of the feed so far, and records them for a flight recording, if any came. */
  public void faults(final FaultCounts now) {
    if (now.sum() == faults.sum()) {
      return;
    }
    if (FeedFaultsEvent.isRecorded()) {
      FeedFaultsEvent.record(sequence.getPlain(), faults, now);
    }
    faults.clear();
    faults.add(now);
    gaps.setRelease(now.gaps());
    missing.setRelease(now.missing());
    duplicates.setRelease(now.duplicates());
    reordered.setRelease(now.reordered());
    rejected.setRelease(now.rejected());
    unknown.setRelease(now.unknown());
  }

  /**
   * Updates the quality of answers.
   *
   * @param flags of all instruments together
   * @param defined instruments
   */
  public void quality(final int flags, final int defined) {
    quality.setRelease(flags);
    instruments.setRelease(defined);
  }

  /** Updates how many due snapshots weren't taken. */
  public void snapshots(final long skipped, final long tooLarge) {
    if (skipped + tooLarge == snapshotsNotTaken) {
      return;
    }
    snapshotsNotTaken = skipped + tooLarge;
    snapshotsSkipped.setRelease(skipped);
    snapshotsTooLarge.setRelease(tooLarge);
    if (SnapshotSkippedEvent.isRecorded()) {
      final SnapshotSkippedEvent event = new SnapshotSkippedEvent();
      event.sequence = sequence.getPlain();
      event.passedBy = skipped;
      event.tooLarge = tooLarge;
      event.commit();
    }
  }

  /** Updates how many exceptions listeners threw. */
  public void listenerFailures(final long count) {
    listenerFailures.setRelease(count);
  }

  /** Counts a failed publication. */
  public void publicationFailed() {
    publicationFailures.incrementRelease();
  }

  /** Records that mark has crossed a whole cluster. */
  public void cleared(
      final int instrument, final String side, final long cluster, final double notional) {
    if (ClusterClearedEvent.isRecorded()) {
      final ClusterClearedEvent event = new ClusterClearedEvent();
      event.instrument = instrument;
      event.side = side;
      event.cluster = cluster;
      event.notional = notional;
      event.commit();
    }
  }

  /** Records that a shock would reach much farther than itself. */
  public void cascade(
      final int instrument, final String side, final double reachPrice, final double notional) {
    if (CascadeEvent.isRecorded()) {
      final CascadeEvent event = new CascadeEvent();
      event.instrument = instrument;
      event.side = side;
      event.reachPrice = reachPrice;
      event.notional = notional;
      event.commit();
    }
  }
}
