package io.liqmap.gateway.connection;

import io.liqmap.gateway.feed.FrameQueue;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;

/** Opens a venue's WebSockets, within the venue's limit of new ones. The gateway's thread. */
final class Dialer {
  private final HttpClient client;
  private final Endpoint endpoint;
  private final FrameQueue queue;
  private final Clocks clocks;
  private final Executor gateway;
  private final GatewayLimits limits;
  private final AttemptLimit attempts;

  Dialer(
      final HttpClient client,
      final Endpoint endpoint,
      final FrameQueue queue,
      final Clocks clocks,
      final Executor gateway,
      final GatewayLimits limits,
      final AttemptLimit attempts) {
    this.client = client;
    this.endpoint = endpoint;
    this.queue = queue;
    this.clocks = clocks;
    this.gateway = gateway;
    this.limits = limits;
    this.attempts = attempts;
  }

  /** Whether one may be opened now; counts it. */
  boolean tryTake(final long now) {
    return attempts.tryTake(now);
  }

  /** Opens one. */
  Line open(final String path, final int origin, final Line.Owner owner) {
    final Line line = new Line(queue, origin, clocks, gateway, owner, limits.maxFrame());
    line.open(client, endpoint.at(path), limits.connectNanos());
    return line;
  }
}
