package io.liqmap.gateway.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.RealData;
import io.liqmap.gateway.venue.Venues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Connections to other machines are opened in one place. */
final class SocketsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Pattern NETWORK =
      Pattern.compile("java\\.net\\.http|java\\.net\\.(Socket|HttpURLConnection)\\b|javax\\.net");

  @Test
  void shouldKeepTheHttpClientInThePackageOfConnections() throws IOException {
    final Path root = RealData.root();
    try (Stream<Path> all = Files.walk(root)) {
      final List<String> users =
          all.filter((file) -> file.toString().endsWith(".java"))
              .map((file) -> root.relativize(file).toString().replace('\\', '/'))
              .filter((file) -> file.contains("src/main/java"))
              .filter((file) -> !file.contains("/gateway/connection/"))
              // They measure an echo on loopback.
              .filter((file) -> !file.startsWith("benchmarks/"))
              // It looks whether a process of its own answers on loopback.
              .filter((file) -> !file.endsWith("/backfill/LocalCluster.java"))
              .filter((file) -> NETWORK.matcher(read(root.resolve(file))).find())
              .toList();
      assertEquals(List.of(), users);
    }
  }

  @Test
  void shouldReadTheShippedSettingsAndNameAllVenuesThere() {
    final GatewaySettings shipped =
        GatewaySettings.load(RealData.root().resolve("config/venues.conf"));
    Venues.all()
        .forEach((venue) -> assertTrue(shipped.venues().containsKey(venue.name()), venue::name));
  }

  @Test
  void shouldPingAsOftenAsTheSettingsSayOrElseTheVenueWants() {
    final GatewaySettings shipped =
        GatewaySettings.load(RealData.root().resolve("config/venues.conf"));
    assertEquals(20 * SECOND, shipped.of("okx").pingNanos());
    assertEquals(0, shipped.of("binance-usdm").pingNanos());
    final PlainVenue venue = PlainVenue.of("plain", 0).withPing();
    final long own = venue.connections(venue.instruments()).get(0).pingNanos();
    assertEquals(own, pingNanos(venue, shipped.limits(), 0));
    assertEquals(7 * SECOND, pingNanos(venue, shipped.limits(), 7 * SECOND));
  }

  private static long pingNanos(
      final PlainVenue venue, final GatewayLimits limits, final long configured) {
    final VenueAccess access =
        new VenueAccess("ws://127.0.0.1:9", "http://127.0.0.1:9", 1, SECOND, 1, configured);
    try (VenueLink link =
        new VenueLink(venue, new GatewaySettings(limits, Map.of(venue.name(), access)))) {
      return link.plans(venue.instruments()).get(0).pingNanos();
    }
  }

  private static String read(final Path file) {
    try {
      return Files.readString(file);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
