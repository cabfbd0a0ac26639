package io.liqmap.gateway.connection;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.ConnectionPlan;
import io.liqmap.gateway.venue.Venue;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A venue's client of its own, and its addresses. Any thread. */
public final class VenueLink implements AutoCloseable {
  private final Venue venue;
  private final VenueAccess access;
  private final ExecutorService threads;
  private final HttpClient client;
  private final Endpoint webSocket;
  private final Rest rest;

  /**
   * Makes a client; nothing is opened yet.
   *
   * @throws IllegalArgumentException if an address isn't allowed
   */
  public VenueLink(final Venue venue, final GatewaySettings settings) {
    this.venue = venue;
    access = settings.of(venue.name());
    webSocket = Endpoint.of(or(access.webSocket(), venue.webSocketAddress()), "wss", "ws");
    final Endpoint restEndpoint =
        Endpoint.of(or(access.rest(), venue.restAddress()), "https", "http");
    threads =
        Executors.newCachedThreadPool(
            (task) -> {
              final Thread thread = new Thread(task, "liqmap-" + venue.name());
              thread.setDaemon(true);
              return thread;
            });
    client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofNanos(settings.limits().connectNanos()))
            .executor(threads)
            .build();
    rest = new Rest(client, restEndpoint, settings.limits());
  }

  private static String or(final String configured, final String own) {
    return configured.isEmpty() ? own : configured;
  }

  /** The venue. */
  public Venue venue() {
    return venue;
  }

  /** Connections for instruments, with pings as the settings say. */
  List<ConnectionPlan> plans(final List<InstrumentDefinition> instruments) {
    final List<ConnectionPlan> plans = venue.connections(instruments);
    return access.pingNanos() == 0
        ? plans
        : plans.stream().map((plan) -> plan.pingingEvery(access.pingNanos())).toList();
  }

  VenueAccess access() {
    return access;
  }

  HttpClient client() {
    return client;
  }

  Endpoint webSocket() {
    return webSocket;
  }

  Rest rest() {
    return rest;
  }

  /** Ends its threads. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
