package io.liqmap.gateway.connection;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.feed.FrameQueue;
import io.liqmap.gateway.feed.FrameTape;
import io.liqmap.gateway.feed.VenueCounts;
import io.liqmap.gateway.feed.VenueFeed;
import io.liqmap.gateway.feed.VenueInput;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Connects venues to a {@link VenueFeed}. Its thread, {@code liqmap-gateway}, only keeps the books
 * of the connections; frames go from the sockets' threads to the feed's.
 */
public final class Gateway implements AutoCloseable {
  private static final long TICK_MILLIS = 20;
  private static final long STATUS_NANOS = 200_000_000L;

  private final GatewayLimits limits;
  private final FrameQueue queue;
  private final VenueFeed feed;
  private final Clocks clocks;
  private final DoubleSupplier random;
  private final Consumer<String> notices;
  private final Marks marks;
  private final List<VenueConnections> venues = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          (task) -> {
            final Thread made = new Thread(task, "liqmap-gateway");
            made.setDaemon(true);
            return made;
          });
  private volatile int expected;
  private volatile List<VenueStatus> status = List.of();
  private volatile Consumer<List<VenueStatus>> onStatus = (venuesNow) -> {};
  private long statusDueAt;

  /**
   * Makes a gateway and starts its thread.
   *
   * @param random 0 to 1, varies waits
   * @param notices gets what happens to connections, a line each, on the gateway's thread
   */
  public Gateway(
      final GatewaySettings settings,
      final FrameQueue queue,
      final VenueFeed feed,
      final Clocks clocks,
      final DoubleSupplier random,
      final Consumer<String> notices) {
    limits = settings.limits();
    this.queue = queue;
    this.feed = feed;
    this.clocks = clocks;
    this.random = random;
    this.notices = notices;
    marks = new Marks(queue, clocks);
    statusDueAt = clocks.nanoTime().getAsLong();
    final Future<?> unused =
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The feed ends when so many venues were added and won't send again. */
  public void expect(final int count) {
    expected = count;
  }

  /** Opens a venue's connections. The link is closed with the gateway. Any thread. */
  public void add(
      final VenueLink link, final List<InstrumentDefinition> instruments, final FrameTape tape) {
    final VenueInput input =
        new VenueInput(link.venue(), instruments, feed.events(), new VenueCounts());
    thread.execute(
        () -> {
          final VenueConnections venue =
              new VenueConnections(
                  input, link, tape, limits, queue, clocks, random, this::execute, marks, notices);
          marks.start(venue.start());
          venues.add(venue);
        });
  }

  private void execute(final Runnable task) {
    try {
      thread.execute(task);
    } catch (final RejectedExecutionException e) {
      // It is closed.
    }
  }

  private void tick() {
    try {
      if (!marks.flush()) {
        return;
      }
      final long now = clocks.nanoTime().getAsLong();
      final boolean isBehind = queue.isBehind();
      for (final VenueConnections venue : venues) {
        venue.tick(now, isBehind);
      }
      if (now - statusDueAt >= 0) {
        statusDueAt = now + STATUS_NANOS;
        status = venues.stream().map(VenueStatus::of).toList();
        onStatus.accept(status);
      }
      if (expected > 0
          && venues.size() == expected
          && venues.stream().allMatch(VenueConnections::isEnded)) {
        notices.accept("no venue can send any more");
        feed.end();
        expected = 0;
      }
    } catch (final RuntimeException e) {
      notices.accept("a mistake in the gateway: " + e);
    }
  }

  /** Several times a second, on the gateway's thread. */
  public void onStatus(final Consumer<List<VenueStatus>> reader) {
    onStatus = reader;
  }

  /** How the venues were a moment ago. Any thread. */
  public List<VenueStatus> status() {
    return status;
  }

  /** Closes all connections. */
  @Override
  public void close() {
    execute(() -> venues.forEach(VenueConnections::end));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (final InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
