package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording has of a run through a fall of the market. */
@Tag("slow")
final class FlightRecordingTest {
  @TempDir private Path folder;

  @Test
  void shouldHaveTheCascadesAndTheSnapshotsOfAFall() throws Exception {
    final Path[] feeds = Bars.feeds(folder);
    // Of the measured profile too little is close to mark for a cascade.
    final Path config = Files.writeString(folder.resolve("my.conf"), "map.models = [ladder]");
    final Path file = folder.resolve("run.jfr");
    final Map<String, Object> run;
    try (Recording recording = new Recording()) {
      recording.start();
      run =
          Cli.line(
                  "run --feed %s %s --journal %s --config %s --mode inline --json",
                  feeds[0], feeds[1], folder.resolve("journal"), config)
              .done()
              .json();
      recording.stop();
      recording.dump(file);
    }

    final Map<String, Long> counts =
        RecordingFile.readAllEvents(file).stream()
            .map((final RecordedEvent event) -> event.getEventType().getName())
            .filter((name) -> name.startsWith("liqmap."))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertEquals(JsonText.whole(run, "snapshots"), counts.get("liqmap.SnapshotTaken"));
    assertTrue(counts.getOrDefault("liqmap.Cascade", 0L) > 0, counts.toString());
    assertTrue(counts.getOrDefault("liqmap.ClusterCleared", 0L) > 0, counts.toString());
    assertEquals(1, counts.get("liqmap.EngineStart"));
    assertEquals(1, counts.get("liqmap.EngineStop"));
  }
}
