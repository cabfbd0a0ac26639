package io.liqmap.gateway.feed;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.gateway.venue.ExpectedStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each expected stream of a connection sent last. The feed's thread writes, any reads. */
public final class StreamTimes {
  /** Of frames whose connection is unknown. */
  public static final StreamTimes NONE = new StreamTimes(List.of());

  private static final int KINDS = FeedEvent.LAST_KIND + 1;

  private final List<ExpectedStream> streams;
  private final int[] places;
  private final AtomicLongArray times;

  public StreamTimes(final List<ExpectedStream> streams) {
    this.streams = List.copyOf(streams);
    final int ids = streams.stream().mapToInt((stream) -> stream.of().id() + 1).max().orElse(0);
    places = new int[ids * KINDS];
    Arrays.fill(places, -1);
    for (int i = 0; i < streams.size(); i++) {
      places[streams.get(i).of().id() * KINDS + streams.get(i).kind()] = i;
    }
    times = new AtomicLongArray(streams.size());
  }

  /** Forgets all, for a new connection. */
  public void clear() {
    for (int i = 0; i < times.length(); i++) {
      times.set(i, 0);
    }
  }

  void received(final int instrument, final int kind, final long time) {
    final int key = instrument * KINDS + kind;
    if (key < places.length && places[key] >= 0) {
      times.lazySet(places[key], time);
    }
  }

  /** Number of streams. */
  public int size() {
    return streams.size();
  }

  /** A stream. */
  public ExpectedStream stream(final int index) {
    return streams.get(index);
  }

  /** Receipt of its last data, ns since 1970; 0 if there was none. */
  public long time(final int index) {
    return times.get(index);
  }
}
