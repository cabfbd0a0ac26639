package io.liqmap.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.pipeline.WaitMode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThroughputRunTest {
  private static final int EVENTS = 120_000;

  @TempDir private Path folder;

  @Test
  void shouldEndWithOneStateOnEveryRoute() throws Exception {
    final ThroughputReport report = run();

    final Set<Long> states =
        report.rounds().stream()
            .flatMap((round) -> round.values().stream())
            .filter((passage) -> passage.route().isMapping())
            .map(Passage::answer)
            .collect(Collectors.toSet());
    assertEquals(1, states.size());
    assertEquals(2, report.rounds().size());
    assertEquals(EnumSet.allOf(Route.class), report.rounds().get(0).keySet());
  }

  @Test
  void shouldCarryEveryEventOverTheBareRing() throws Exception {
    final PreparedFeed feed = new PreparedFeed(42, EVENTS);

    run()
        .rounds()
        .forEach((round) -> assertEquals(feed.eventSum(), round.get(Route.BARE_RING).answer()));
  }

  @Test
  void shouldLeaveNoJournalBehind() throws Exception {
    run();

    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void shouldPrintEachRoute() throws Exception {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    run().print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    final String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(Arrays.stream(Route.values()).allMatch((route) -> text.contains(route.title())));
  }

  @Test
  void shouldRefuseUnknownOptions() {
    final String[] args = {"--speed", "9"};

    assertThrows(IllegalArgumentException.class, () -> ThroughputOptions.parse(args));
  }

  private ThroughputReport run() throws Exception {
    final ThroughputOptions options =
        new ThroughputOptions(2, 0, EVENTS, 5, 1024, 64, WaitMode.PARK, folder);
    return ThroughputRun.run(
        options, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }
}
