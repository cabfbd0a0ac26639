package io.liqmap.gateway.venue;

import java.util.List;

/**
 * A WebSocket connection: where, what to send once it is open, what has to come.
 *
 * @param name short, its own within the venue, in recordings and counters: {@code market}
 * @param path with query, behind the venue's WebSocket address
 * @param subscriptions messages to send, in this order
 * @param acknowledgements how many the venue answers with, 0 where it doesn't
 * @param ping text to send, null where the venue pings
 * @param pingNanos how often
 * @param idleNanos silence of the whole connection after which it is lost
 * @param lifetimeNanos after which to open another, before the venue closes this one; 0 unlimited
 * @param streams what has to send data within the first-data limit
 */
public record ConnectionPlan(
    String name,
    String path,
    List<String> subscriptions,
    int acknowledgements,
    String ping,
    long pingNanos,
    long idleNanos,
    long lifetimeNanos,
    List<ExpectedStream> streams) {
  /** Copies the lists. */
  public ConnectionPlan {
    subscriptions = List.copyOf(subscriptions);
    streams = List.copyOf(streams);
  }

  /** The same with another interval of pings. */
  public ConnectionPlan pingingEvery(final long nanos) {
    return new ConnectionPlan(
        name,
        path,
        subscriptions,
        acknowledgements,
        ping,
        nanos,
        idleNanos,
        lifetimeNanos,
        streams);
  }
}
