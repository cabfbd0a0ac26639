package io.liqmap.tools.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsCommandTest {
  @TempDir private Path folder;

  @Test
  void shouldPrintEachKeyWithValueRangeAndMeaning() {
    Cli.run("settings")
        .done()
        .says(
            "map.resolution-bps = 5\n    Width of a price bucket. (0.5 to 100)\n",
            "journal.sync = end\n    When the journal is forced to the disk. (none, end, interval)");
  }

  @Test
  void shouldPrintTheValuesOfAFileAsJson() throws IOException {
    final Path file = Files.writeString(folder.resolve("my.conf"), "map.mark-stale = 5s");

    Cli.run("settings", "--config", file, "--json")
        .done()
        .says("\"key\" : \"map.mark-stale\"", "\"value\" : \"5s\"");
  }
}
