package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.market.MapWriter;
import java.util.List;

/**
 * Two shards that come to cut after cut, and a journal that holds each snapshot against the state
 * that one thread has behind the same event.
 */
final class StressedSnapshots {
  static final int CUTS = 12;

  private static final int SHARDS = 2;
  private static final long INTERVAL = 1_000_000_000L;
  private static final MapWriter BEGINNING =
      new MapWriter(TestSettings.ladder(), ClusterSettings.DEFAULT, SHARDS);
  private static final FeedEvent[] EVENTS = events();
  private static final long[] HASHES = hashes();

  private final List<MapWriter> maps = BEGINNING.split(SHARDS);
  private final int[][] next = {new int[32], new int[32]};
  private final SnapshotSlot slot = new SnapshotSlot(INTERVAL, SHARDS, SHARDS);
  private final StressedJournal journal = new StressedJournal(HASHES);

  /** Brings both shards to where the first cut is the next event. */
  StressedSnapshots() {
    for (int shard = 0; shard < SHARDS; shard++) {
      for (int i = 0; i < SHARDS; i++) {
        apply(shard);
      }
    }
  }

  /** Definitions, and then for each cut a trade in each instrument: the first comes to the cut. */
  private static FeedEvent[] events() {
    final FeedEvent[] events = new FeedEvent[SHARDS * (1 + CUTS)];
    for (int i = 0; i < events.length; i++) {
      final int id = i % SHARDS;
      final long time = TestSettings.START + i / SHARDS * INTERVAL;
      events[i] = new FeedEvent();
      if (i < SHARDS) {
        events[i].instrument(i + 1, time, time, RandomFeed.instrument(id));
      } else {
        events[i].trade(i + 1, time, time, id, -2, -3, 6_000_000, i, FeedEvent.BUY);
      }
    }
    return events;
  }

  private static long[] hashes() {
    final List<MapWriter> alone = BEGINNING.split(SHARDS);
    final long[] hashes = new long[EVENTS.length + 1];
    for (int i = 0; i < EVENTS.length; i++) {
      for (final MapWriter map : alone) {
        map.onEvent(EVENTS[i]);
      }
      hashes[i + 1] = MapWriter.whole(alone).stateHash();
    }
    return hashes;
  }

  private void apply(final int shard) {
    final MapWriter map = maps.get(shard);
    map.onEvent(EVENTS[next[shard][0]++]);
    slot.offer(shard, map);
  }

  /** Brings a shard to its next cut and behind it; on the shard's thread. */
  void cut(final int shard) {
    apply(shard);
    apply(shard);
  }

  /** On the journal's thread. */
  void drain() {
    try {
      slot.drain(journal);
    } catch (final JournalException e) {
      throw new AssertionError(e);
    }
  }

  /** What became of the cuts, when all threads have ended. */
  String verdict() {
    drain();
    if (!journal.isWhole()) {
      return "torn";
    }
    if (journal.snapshots() + slot.skipped() != CUTS) {
      return "lost";
    }
    return slot.skipped() == 0 ? "all taken" : "some skipped";
  }
}
