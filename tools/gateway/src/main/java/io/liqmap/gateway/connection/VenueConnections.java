package io.liqmap.gateway.connection;

import io.liqmap.gateway.feed.FrameOrigin;
import io.liqmap.gateway.feed.FrameQueue;
import io.liqmap.gateway.feed.FrameTape;
import io.liqmap.gateway.feed.StreamTimes;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueCounts;
import io.liqmap.gateway.feed.VenueInput;
import io.liqmap.gateway.venue.ConnectionPlan;
import io.liqmap.gateway.venue.ControlSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * All connections and polls of one venue; no other venue's depend on them. The gateway's thread.
 */
final class VenueConnections {
  private static final long LARGE_OFFSET = 1_000_000_000L;

  private final VenueInput input;
  private final VenueLink link;
  private final Consumer<String> notices;
  private final List<Connection> connections = new ArrayList<>();
  private final Polls polls;
  private final int start;
  private boolean isOffsetReported;
  private volatile boolean isOver;

  VenueConnections(
      final VenueInput input,
      final VenueLink link,
      final FrameTape tape,
      final GatewayLimits limits,
      final FrameQueue queue,
      final Clocks clocks,
      final DoubleSupplier random,
      final Executor gateway,
      final Marks marks,
      final Consumer<String> notices) {
    this.input = input;
    this.link = link;
    this.notices = notices;
    final VenueAccess access = link.access();
    final Dialer dialer =
        new Dialer(
            link.client(),
            link.webSocket(),
            queue,
            clocks,
            gateway,
            limits,
            new AttemptLimit(access.connections(), access.perNanos()));
    for (final ConnectionPlan plan : link.plans(input.instruments())) {
      final Slot[] slots = new Slot[2];
      for (int i = 0; i < slots.length; i++) {
        final StreamTimes streams = new StreamTimes(plan.streams());
        slots[i] = new Slot(streams, gateway);
        slots[i].origin(queue.add(new FrameOrigin(input, plan.name(), streams, slots[i], tape)));
      }
      connections.add(
          new Connection(
              plan,
              limits,
              access.messagesPerSecond(),
              dialer,
              clocks,
              new Waits(limits.firstWaitNanos(), limits.maxWaitNanos(), random),
              input.counts(),
              journal(plan.name(), marks),
              slots));
    }
    start = queue.add(new FrameOrigin(input, "polls", StreamTimes.NONE, ControlSink.NONE, tape));
    polls =
        new Polls(
            link.rest(),
            link.venue().polls(input.instruments()),
            queue,
            start,
            clocks,
            gateway,
            input.counts(),
            (text) -> notice("polls", text),
            () -> isOver);
  }

  private Connection.Journal journal(final String connection, final Marks marks) {
    return new Connection.Journal() {
      @Override
      public void opened(final int origin) {
        marks.opened(origin);
      }

      @Override
      public void lost(final int origin, final String reason) {
        marks.lost(origin, reason);
      }

      @Override
      public void notice(final String text) {
        VenueConnections.this.notice(connection, text);
      }
    };
  }

  private void notice(final String connection, final String text) {
    notices.accept(name() + " " + connection + ": " + text);
  }

  /** Origin of the venue itself. */
  int start() {
    return start;
  }

  String name() {
    return input.venue().name();
  }

  VenueCounts counts() {
    return input.counts();
  }

  List<Connection> connections() {
    return connections;
  }

  /** Whether none of its connections will ever send again. */
  boolean isEnded() {
    return connections.stream().allMatch((it) -> it.state() == Connection.State.ENDED);
  }

  void tick(final long now, final boolean isBehind) {
    for (final Connection connection : connections) {
      connection.tick(now, isBehind);
    }
    polls.tick(now);
    final long offset = counts().of(VenueCounter.CLOCK_OFFSET);
    if (Math.abs(offset) > LARGE_OFFSET && !isOffsetReported) {
      isOffsetReported = true;
      notices.accept(
          name()
              + ": its clock and this machine's differ by "
              + Math.round(offset / 1e8) / 10.0
              + " s; set this machine's, or ages and late data are judged wrongly");
    }
  }

  /** Closes all. */
  void end() {
    isOver = true;
    connections.forEach(Connection::end);
    link.close();
  }
}
