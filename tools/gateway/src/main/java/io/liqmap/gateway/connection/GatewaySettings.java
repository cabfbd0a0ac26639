package io.liqmap.gateway.connection;

import io.liqmap.engine.settings.Range;
import io.liqmap.engine.settings.Section;
import io.liqmap.engine.settings.SettingsFile;
import io.liqmap.gateway.feed.FrameQueue;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings of the connections, as of {@code config/venues.conf}. Immutable.
 *
 * @param limits of all connections
 * @param venues by name
 */
public record GatewaySettings(GatewayLimits limits, Map<String, VenueAccess> venues) {
  private static final int MAX_ADDRESS = 256;

  /** Copies the map. */
  public GatewaySettings {
    venues = Map.copyOf(venues);
  }

  /**
   * Reads a file.
   *
   * @throws io.liqmap.engine.settings.ConfigException if it is missing or wrong, listing every
   *     problem with its line
   */
  public static GatewaySettings load(final Path file) {
    return SettingsFile.read(file, GatewaySettings::read);
  }

  private static GatewaySettings read(final Section top) {
    final GatewayLimits limits = limits(top.section("limits"));
    final Section section = top.section("venues");
    final Map<String, VenueAccess> venues = section.byName((name) -> access(section.section(name)));
    return top.make(() -> new GatewaySettings(limits, venues));
  }

  private static GatewayLimits limits(final Section at) {
    final long connect = at.nanos("connect", "10ms", "10m");
    final long acknowledge = at.nanos("acknowledge", "10ms", "10m");
    final long firstData = at.nanos("first-data", "10ms", "1h");
    final long silence = at.nanos("silence", "10ms", "1d");
    final long pong = at.nanos("pong", "10ms", "10m");
    final long firstWait = at.nanos("first-wait", "1ms", "10m");
    final long maxWait = at.nanos("max-wait", "1ms", "1h");
    final long stable = at.nanos("stable", "1ms", "1d");
    final long answer = at.nanos("answer", "10ms", "10m");
    final int maxFrame = at.whole("max-frame-bytes", Range.of(1_024, FrameQueue.MAX_FRAME));
    return at.make(
        () ->
            new GatewayLimits(
                connect,
                acknowledge,
                firstData,
                silence,
                pong,
                firstWait,
                maxWait,
                stable,
                answer,
                maxFrame));
  }

  private static VenueAccess access(final Section at) {
    final String webSocket = at.has("websocket") ? at.text("websocket", MAX_ADDRESS) : "";
    final String rest = at.has("rest") ? at.text("rest", MAX_ADDRESS) : "";
    final int connections = at.whole("connections", Range.of(1, 10_000));
    final long per = at.nanos("per", "1ms", "1d");
    final int messages = at.whole("messages-per-second", Range.of(1, 1_000));
    final long ping = at.has("ping") ? at.nanos("ping", "1s", "1m") : 0;
    return at.make(
        () -> {
          if (!webSocket.isEmpty()) {
            Endpoint.of(webSocket, "wss", "ws");
          }
          if (!rest.isEmpty()) {
            Endpoint.of(rest, "https", "http");
          }
          return new VenueAccess(webSocket, rest, connections, per, messages, ping);
        });
  }

  /** How a venue is reached. */
  public VenueAccess of(final String venue) {
    return venues.getOrDefault(venue, VenueAccess.STANDARD);
  }
}
