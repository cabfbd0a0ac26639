package io.liqmap.gateway.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VenuesFileTest {
  @TempDir Path folder;

  @Test
  void shouldReadBackHowVenuesAre() throws IOException {
    final VenueCounts counts = new VenueCounts();
    for (final VenueCounter counter : VenueCounter.values()) {
      counts.set(counter, 1_000 + counter.ordinal());
    }
    final VenueStatus.Link link = new VenueStatus.Link("market", "waiting", 7, "the line broke…");
    final Path path = folder.resolve(VenuesFile.NAME);
    try (VenuesFile file = VenuesFile.create(path)) {
      assertEquals(List.of(), VenuesFile.read(path, 0));
      file.store(
          List.of(
              new VenueStatus("okx", counts, List.of(link, link)),
              new VenueStatus("bybit", new VenueCounts(), List.of())));
      final List<VenueStatus> read = VenuesFile.read(path, 0);
      assertEquals(2, read.size());
      assertEquals("okx", read.get(0).venue());
      assertEquals(List.of(link, link), read.get(0).connections());
      for (final VenueCounter counter : VenueCounter.values()) {
        assertEquals(1_000 + counter.ordinal(), read.get(0).of(counter));
      }
      assertEquals(List.of(), VenuesFile.read(path, Long.MAX_VALUE), "of another session");
    }
  }

  @Test
  void shouldRefuseDamage() throws IOException {
    final Path path = folder.resolve(VenuesFile.NAME);
    VenuesFile.create(path).close();
    final byte[] bytes = Files.readAllBytes(path);
    bytes[12] = 100;
    bytes[130] = 100;
    Files.write(path, bytes);
    assertThrows(IOException.class, () -> VenuesFile.read(path, 0));
    Files.write(path, new byte[20]);
    assertThrows(IOException.class, () -> VenuesFile.read(path, 0));
  }
}
