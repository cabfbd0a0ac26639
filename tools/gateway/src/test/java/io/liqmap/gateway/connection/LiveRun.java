package io.liqmap.gateway.connection;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.gateway.feed.FrameQueue;
import io.liqmap.gateway.feed.FrameTape;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueFeed;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A gateway with short limits, whose feed is read by a thread that keeps its events. */
final class LiveRun implements AutoCloseable {
  static final int MAX_FRAME = 1 << 16;

  private static final long MS = 1_000_000;

  private final Map<String, VenueAccess> access = new HashMap<>();
  private final List<FeedEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final FrameQueue queue = new FrameQueue(1 << 20);
  private final VenueFeed feed = new VenueFeed(queue, System::nanoTime, (time) -> {});
  private long patienceNanos = 60_000 * MS;
  private Thread reader;
  private Gateway gateway;
  private volatile boolean ended;

  /** Loses patience with a connection soon. */
  LiveRun impatient() {
    patienceNanos = 150 * MS;
    return this;
  }

  private GatewayLimits limits() {
    return new GatewayLimits(
        60_000 * MS,
        patienceNanos,
        patienceNanos,
        60_000 * MS,
        patienceNanos,
        5 * MS,
        50 * MS,
        20 * MS,
        60_000 * MS,
        MAX_FRAME);
  }

  LiveRun reaches(final String venue, final MockVenue server) {
    return reaches(
        venue,
        new VenueAccess(
            "ws://127.0.0.1:" + server.port(),
            "http://127.0.0.1:" + server.port(),
            1_000,
            MS,
            1_000));
  }

  LiveRun reaches(final String venue, final VenueAccess how) {
    access.put(venue, how);
    return this;
  }

  LiveRun start(final PlainVenue... venues) {
    final GatewaySettings settings = new GatewaySettings(limits(), access);
    gateway =
        new Gateway(
            settings,
            queue,
            feed,
            Clocks.system(),
            new SplittableRandom(1)::nextDouble,
            notices::add);
    gateway.expect(venues.length);
    for (final PlainVenue venue : venues) {
      gateway.add(new VenueLink(venue, settings), venue.instruments(), FrameTape.NONE);
    }
    reader = new Thread(this::read, "feed");
    reader.setDaemon(true);
    reader.start();
    return this;
  }

  private void read() {
    final FeedAdapter adapter = new FeedAdapter(16, JumpLimits.STANDARD);
    FeedEvent event = new FeedEvent();
    while (!Thread.currentThread().isInterrupted() && feed.nextBlock()) {
      adapter.wrap(feed.buffer(), feed.offset(), feed.length());
      while (adapter.next(event)) {
        events.add(event);
        event = new FeedEvent();
      }
    }
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  List<String> notices() {
    return notices;
  }

  boolean hasNotice(final String part) {
    return notices.stream().anyMatch((notice) -> notice.contains(part));
  }

  void awaitNotice(final String part) {
    Await.until(() -> part + " among " + notices, () -> hasNotice(part));
  }

  List<FeedEvent> of(final int kind) {
    return events.stream().filter((event) -> event.kind() == kind).toList();
  }

  /** Waits for so many events of a kind. */
  List<FeedEvent> await(final int kind, final int count) {
    Await.until(
        () -> count + " events of kind " + kind + "; notices " + notices,
        () -> of(kind).size() >= count);
    return of(kind);
  }

  /** Events of an instrument. */
  long count(final int kind, final int instrument) {
    return events.stream()
        .filter((event) -> event.kind() == kind && event.instrument() == instrument)
        .count();
  }

  long counter(final int venue, final VenueCounter counter) {
    return gateway.status().size() > venue ? gateway.status().get(venue).of(counter) : 0;
  }

  void awaitCounter(final VenueCounter counter, final long value) {
    Await.until(
        () -> counter + " " + value + ", is " + counter(0, counter) + "; " + notices,
        () -> counter(0, counter) >= value);
  }

  /** Sequences of all events, which must rise by one. */
  boolean hasNoHoles() {
    return IntStream.range(1, events.size())
        .allMatch((i) -> events.get(i).sequence() == events.get(i - 1).sequence() + 1);
  }

  @Override
  public void close() throws IOException {
    if (gateway == null) {
      return;
    }
    gateway.close();
    reader.interrupt();
    try {
      reader.join();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
