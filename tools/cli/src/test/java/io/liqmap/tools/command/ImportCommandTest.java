package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code import} prints and how it exits. */
final class ImportCommandTest {
  private static final int WIDTH = 120;

  @TempDir private Path folder;

  private Path trades(final int ofNothing) throws IOException {
    final List<String> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      final int id = i == 500 ? 501 : i == 501 ? 500 : i;
      rows.add(
          "%s,58000,%s,1,1,%s,true"
              .formatted(
                  id < 700 ? id : id + 50, i < ofNothing ? "0" : "1", 1_722_816_000_000L + id));
    }
    return Files.write(folder.resolve("BTCUSDT-aggTrades-2024-08-05.csv"), rows);
  }

  private Cli.Ran importTrades(final int ofNothing, final Object... more) throws IOException {
    final List<Object> arguments =
        new ArrayList<>(
            List.of("import", "--format", "binance", "--symbol", "BTCUSDT", "--out", feed()));
    arguments.addAll(List.of(more));
    arguments.add(trades(ofNothing));
    return Cli.run(arguments.toArray());
  }

  private Path feed() {
    return folder.resolve("btc.feed");
  }

  @Test
  void shouldPrintFilesHolesAndEventsInNarrowLines() throws IOException {
    final Cli.Ran ran = importTrades(20).done();
    ran.says(
        "20 dropped: price or quantity is zero (lost)",
        "order mended: 1 rows",
        "hole from 2024-08-05T00:00:00.699Z to 2024-08-05T00:00:00.700Z: 50 missing, ids 700 to 749",
        "980 trades");
    for (final String line : ran.out().split("\n", -1)) {
      // The feed's own path is as long as the user made it.
      assertTrue(line.length() <= WIDTH || line.startsWith(feed().toString()), line);
    }
  }

  @Test
  void shouldPrintTheReportThatIsKept() throws IOException {
    final Cli.Ran ran = importTrades(20, "--json").done();
    assertEquals(Files.readString(folder.resolve("btc.feed.import.json")), ran.out());
    assertTrue(ran.out().startsWith("{") && ran.out().strip().endsWith("}"), ran.out());
  }

  @Test
  void shouldRefuseTheLossOfManyRowsUnlessTheUserAcceptsIt() throws IOException {
    importTrades(60).exits(3).complains("60 of its 1,000 rows would be lost", "--max-dropped");
    assertFalse(Files.exists(feed()));
    assertFalse(Files.exists(folder.resolve("btc.feed.import.json")));
    importTrades(60, "--max-dropped", "6").done();
    for (final String wrong : List.of("-1", "101", "NaN")) {
      importTrades(60, "--max-dropped=" + wrong).exits(2).complains("no percentage of 0 to 100");
    }
  }
}
