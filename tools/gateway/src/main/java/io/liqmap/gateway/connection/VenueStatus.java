package io.liqmap.gateway.connection;

import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueCounts;
import java.util.List;
import java.util.Locale;

/**
 * How a venue is at one time.
 *
 * @param venue its name
 * @param counts its counters; they go on
 * @param connections each of its connections
 */
public record VenueStatus(String venue, VenueCounts counts, List<Link> connections) {
  /**
   * How a connection is.
   *
   * @param name of its plan
   * @param state {@code live}, {@code waiting} …
   * @param reconnects how often it was opened again
   * @param reason why it was lost last; empty if it never was
   */
  public record Link(String name, String state, long reconnects, String reason) {}

  /** Copies the list. */
  public VenueStatus {
    connections = List.copyOf(connections);
  }

  static VenueStatus of(final VenueConnections venue) {
    return new VenueStatus(
        venue.name(),
        venue.counts(),
        venue.connections().stream()
            .map(
                (it) ->
                    new Link(
                        it.name(),
                        it.state().name().toLowerCase(Locale.ROOT),
                        it.reconnects(),
                        it.reason()))
            .toList());
  }

  /** Value of a counter. */
  public long of(final VenueCounter counter) {
    return counts.of(counter);
  }
}
