package io.liqmap.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.shared.view.ViewSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters, and what other processes see, as files of settings give them. */
final class LevelsConfigTest extends UserSettings {

  @Test
  void shouldShipWhatSuitsMost() throws IOException {
    final LiqmapConfig config = load("");

    assertEquals(ClusterSettings.DEFAULT, config.engine().levels());
    assertEquals(new SharingSettings(2_048, 64, 32, List.of("first"), 1 << 20), config.sharing());
  }

  @Test
  void shouldTakeTheLowEndsOfEachRangeOfLevels() throws IOException {
    assertEquals(
        new ClusterSettings(
            0, 1, .1, 0, .01, 1_000_000, List.of(second(1)), 0, second(60), 1, 1.01),
        load(
                "levels { around-bps = 0, born-at = 1, kept-at = 0.1, bridged = 0, changed = 0.01",
                "refresh = 1ms, horizons = [1s], dead-band-bps = 0, half-life = 1m",
                "cascade-shock-bps = 1, cascade-reach = 1.01 }")
            .engine()
            .levels());
  }

  @Test
  void shouldTakeTheHighEndsOfEachRangeOfLevels() throws IOException {
    final long day = second(86_400);
    assertEquals(
        new ClusterSettings(
            5_000,
            100,
            100,
            100,
            10,
            second(3_600),
            List.of(1 * day, 2 * day, 3 * day, 4 * day, 5 * day, 6 * day, 7 * day, 30 * day),
            1_000,
            3_650 * day,
            5_000,
            100),
        load(
                "levels { around-bps = 5000, born-at = 100, kept-at = 100, bridged = 100",
                "changed = 10, refresh = 1h, horizons = [1d, 2d, 3d, 4d, 5d, 6d, 7d, 30d]",
                "dead-band-bps = 1000, half-life = 3650d, cascade-shock-bps = 5000",
                "cascade-reach = 100 }")
            .engine()
            .levels());
  }

  private static long second(final long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @ParameterizedTest
  @CsvSource({"16, 1, 1, 4KiB, 4096", "65536, 1024, 64, 256MiB, 268435456"})
  void shouldTakeTheEndsOfEachRangeOfSharing(
      final int buckets,
      final int clusters,
      final int leverages,
      final String size,
      final int bytes)
      throws IOException {
    final SharingSettings sharing =
        load(
                "sharing { buckets = " + buckets + ", clusters = " + clusters,
                "leverages = " + leverages + ", event-bytes = " + size + " }")
            .sharing();

    assertEquals(
        new SharingSettings(buckets, clusters, leverages, List.of("first"), bytes), sharing);
  }

  @Test
  void shouldSizeTheViewByTheEngine() throws IOException {
    final LiqmapConfig config = load("max-instruments = 100", "map.resolution-bps = 10");

    assertEquals(
        // Two groups of seven behind the instruments.
        new ViewSettings(102, 2_048, 64, 32, List.of("first"), 10, 7, config.engine().checksum()),
        config.sharing().view(config.engine()));
  }

  @Test
  void shouldShowFurtherMapsByName() throws IOException {
    final LiqmapConfig config =
        load("max-instruments = 100", "sharing.maps = [first, consensus, ladder, blend/12h]");

    final List<String> maps = List.of("first", "consensus", "ladder", "blend/12h");
    assertEquals(maps, config.sharing().maps());
    assertEquals(maps, config.sharing().view(config.engine()).variants());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "consensus/2h", "blend/", "/12h"})
  void shouldRefuseMapsThatNoModelHas(final String name) {
    final ConfigException refused =
        assertThrows(ConfigException.class, () -> load("sharing.maps = [first, \"" + name + "\"]"));
    assertEquals(1, refused.problems().size());
    final String problem = refused.problems().get(0);
    final String says = "sharing.maps: got " + name + ", expected first, consensus or a model (";
    assertTrue(problem.contains(says), problem);
  }

  /** So that they have the numbers in views that they have in events. */
  @Test
  void shouldShowTrackedMapsBehindTheFirst() throws IOException {
    final LiqmapConfig config =
        load(
            "levels.tracked = [consensus, consensus/1d]",
            "sharing.maps = [first, ladder, consensus/1d]");

    assertEquals(List.of("consensus", "consensus/1d"), config.engine().levels().tracked());
    assertEquals(
        List.of("first", "consensus", "consensus/1d", "ladder"),
        config.sharing().view(config.engine()).variants());
    assertEquals(config.engine().levels(), EngineConfig.parse(config.engine().text()).levels());
  }

  /** So journals made before maps were tracked can be resumed. */
  @Test
  void shouldKeepTrackedMapsInAJournalOnlyWhereThereAreAny() throws IOException {
    assertTrue(
        load("levels.tracked = [consensus]")
            .engine()
            .text()
            .contains("levels.tracked = [\"consensus\"]"));
    assertFalse(load("").engine().text().contains("tracked"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "first", "blend"})
  void shouldRefuseToTrackMapsThatAreNotBesideTheFirst(final String name) {
    final ConfigException refused =
        assertThrows(ConfigException.class, () -> load("levels.tracked = [" + name + "]"));
    assertEquals(1, refused.problems().size());
    final String problem = refused.problems().get(0);
    assertTrue(problem.contains("levels.tracked: got " + name + ", expected maps"), problem);
  }

  @Test
  void shouldRefuseMoreMapsThanAViewShows() {
    final ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                load(
                    "levels.tracked = [" + windows("consensus") + "," + windows("ladder") + "]",
                    "sharing.maps = [first," + windows("oi-delta") + "," + windows("blend") + "]"));
    assertEquals(1, refused.problems().size());
    assertTrue(refused.problems().get(0).contains("at most 16 maps"));
  }

  private static String windows(final String name) {
    return "%1$s/12h,%1$s/1d,%1$s/3d,%1$s/7d,%1$s/30d".formatted(name);
  }

  /** What others see changes nothing that a journal is replayed by; clusters do. */
  @Test
  void shouldKeepLevelsInAJournalAndNotSharing() throws IOException {
    final LiqmapConfig mine = load("levels { born-at = 3, kept-at = 2.5, horizons = [7m, 9h] }");

    assertEquals(mine.engine().levels(), EngineConfig.parse(mine.engine().text()).levels());
    assertEquals(load("").engine().text(), load("sharing.buckets = 16").engine().text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sharing.maps = [consensus] | got [consensus], expected first as the first of them",
        "levels = none | got \"none\", expected an object { … }",
        "levels.around-bps = -1 | got -1, expected a number, 0 to 5000",
        "levels.around-bps = 5001 | got 5001, expected a number, 0 to 5000",
        "levels.around-bps = NaN | got \"NaN\", expected a number, 0 to 5000",
        "levels.born-at = 0.9 | got 0.9, expected a number, 1 to 100",
        "levels.born-at = 101 | got 101, expected a number, 1 to 100",
        "levels.kept-at = 0.05 | got 0.05, expected a number, 0.1 to 100",
        "levels.bridged = -1 | got -1, expected a whole number, 0 to 100",
        "levels.bridged = 1.5 | got 1.5, expected a whole number, 0 to 100",
        "levels.bridged = 101 | got 101, expected a whole number, 0 to 100",
        "levels.changed = 0 | got 0, expected a number, 0.01 to 10",
        "levels.refresh = 10 | got 10, expected a duration with its unit, 1ms to 1h, such as 60s",
        "levels.refresh = 2h | got \"2h\", expected a duration with its unit, 1ms to 1h, such as 60s",
        "levels.horizons = [] | got a list of 0, expected a list [ … ] of 1 to 8 durations with their units, 1s to 30d",
        "levels.horizons = 5m | got \"5m\", expected a list [ … ] of 1 to 8 durations with their units, 1s to 30d",
        "levels.horizons = [30m, 5m] | got [\"30m\",\"5m\"], expected each of them above the one before",
        "levels.horizons = [5m, 31d] | got \"31d\", expected durations with their units, 1s to 30d",
        "levels.dead-band-bps = 1001 | got 1001, expected a number, 0 to 1000",
        "levels.half-life = 59s | got \"59s\", expected a duration with its unit, 1m to 3650d, such as 60s",
        "levels.cascade-shock-bps = 0 | got 0, expected a number, 1 to 5000",
        "levels.cascade-reach = 1 | got 1, expected a number, 1.01 to 100",
        "sharing = all | got \"all\", expected an object { … }",
        "sharing.buckets = 15 | got 15, expected a whole number, 16 to 65536",
        "sharing.buckets = 65537 | got 65537, expected a whole number, 16 to 65536",
        "sharing.clusters = 0 | got 0, expected a whole number, 1 to 1024",
        "sharing.clusters = 1025 | got 1025, expected a whole number, 1 to 1024",
        "sharing.leverages = 0 | got 0, expected a whole number, 1 to 64",
        "sharing.leverages = 65 | got 65, expected a whole number, 1 to 64",
        "sharing.event-bytes = 4096 | got 4096, expected a size with its unit, 4KiB to 256MiB, such as 64KiB",
        "sharing.event-bytes = 2KiB | got \"2KiB\", expected a size with its unit, 4KiB to 256MiB, such as 64KiB",
        "sharing.event-bytes = 512MiB | got \"512MiB\", expected a size with its unit, 4KiB to 256MiB, such as 64KiB",
        "sharing.event-bytes = 5KiB | got 5120, expected a power of two, 4KiB to 256MiB",
        "levels.tracked = [consensus, consensus] | got [consensus, consensus], expected each of them once",
        "levels.bron-at = 2 | unknown key, did you mean levels.born-at?",
        "levels.horizon = [5m] | unknown key, did you mean levels.horizons?",
        "sharing.bucket = 16 | unknown key, did you mean sharing.buckets?",
        "sharing.event_bytes = 1MiB | unknown key, did you mean sharing.event-bytes?",
      })
  void shouldRefuseWhatCannotBe(final String line, final String complaint) throws IOException {
    final String key = line.substring(0, line.indexOf(' '));
    assertEquals(List.of(at(2) + key + ": " + complaint), problems("", line));
  }

  @Test
  void shouldRefuseClustersThatKeepLessThanTheyWereBornWith() throws IOException {
    final List<String> problems = problems("levels { born-at = 1.5, kept-at = 2 }");

    assertEquals(1, problems.size(), problems::toString);
    assertEquals(
        at(1) + "levels.kept-at: got 2, expected at most born-at, which is 1.5", problems.get(0));
  }

  @Test
  void shouldRefuseAViewThatIsTooLarge() throws IOException {
    final LiqmapConfig config = load("max-instruments = 65536", "sharing.buckets = 65536");

    assertThrows(
        IllegalArgumentException.class, () -> config.sharing().view(config.engine()).toString());
  }
}
