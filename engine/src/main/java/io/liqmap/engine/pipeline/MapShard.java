package io.liqmap.engine.pipeline;

import com.lmax.disruptor.EventHandler;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapWriter;

/**
 * A map thread's work: applies events, copies its part of a due snapshot, publishes touched
 * instruments at the end of a batch and due bodies while idle.
 */
final class MapShard implements EventHandler<FeedEvent> {
  private final int number;
  private final MapWriter map;
  private final Publisher publisher;
  private final SnapshotSlot snapshots;

  MapShard(
      final int number,
      final MapWriter map,
      final Publisher publisher,
      final SnapshotSlot snapshots) {
    this.number = number;
    this.map = map;
    this.publisher = publisher;
    this.snapshots = snapshots;
  }

  @Override
  public void onEvent(final FeedEvent event, final long sequence, final boolean endOfBatch) {
    apply(event);
    if (event.kind() == FeedEvent.NONE) {
      publishWhole();
    } else if (endOfBatch) {
      publish();
    }
  }

  @Override
  public void onTimeout(final long sequence) {
    publisher.catchUp();
  }

  void apply(final FeedEvent event) {
    map.onEvent(event);
    snapshots.offer(number, map);
  }

  void publish() {
    publisher.publish();
  }

  void publishWhole() {
    publisher.publishWhole();
  }
}
