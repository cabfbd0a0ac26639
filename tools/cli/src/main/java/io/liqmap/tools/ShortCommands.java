package io.liqmap.tools;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.tools.command.DemoCommand;
import io.liqmap.tools.command.Home;
import io.liqmap.tools.venue.Scenarios;
import io.liqmap.tools.venue.SimulatedVenue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the commands that take no time of their own, over a small journal: the launcher has Java
 * list the classes that they load, for its archive.
 */
public final class ShortCommands {
  private static final int EVENTS = 5_000;

  private static final long START =
      Instant.parse("2026-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;

  private static final String MARGIN =
      "margin --venue binance --contract linear --symbol BTCUSDT --side long --entry 60000"
          + " --quantity 10.2 --leverage 20";

  private ShortCommands() {}

  /**
   * Runs them, and exits with the highest of their codes.
   *
   * @param args a folder for feed and journal
   */
  public static void main(final String[] args) throws IOException {
    System.exit(run(Path.of(args[0])));
  }

  static int run(final Path folder) throws IOException {
    final Path feed = folder.resolve("venue.feed");
    write(feed);
    final List<String> journal = List.of("--journal=" + folder.resolve("journal"));
    final Path settings = folder.resolve("settings.conf");
    Files.writeString(settings, "snapshot { interval = 1m }");
    int worst = execute("run", List.of("--config=" + settings, "--feed=" + feed, journal.get(0)));
    for (final String command :
        List.of(
            "map",
            "map --format json",
            "map --format csv",
            "ask nearest --side long",
            "ask largest --n 3 --json",
            "ask cascade --shock-bps -200",
            "ask stop --side long --entry 60000 --low 50000 --high 59000",
            "ask touch --price 59000 --horizon 4h",
            "ask reactions",
            "stat",
            "verify",
            "replay --from snapshot --json",
            "inspect --limit 20")) {
      worst = Math.max(worst, execute(command, journal));
    }
    for (final String command : List.of("--help", MARGIN, MARGIN + " --json", "settings")) {
      worst = Math.max(worst, execute(command, List.of()));
    }
    return worst;
  }

  private static int execute(final String command, final List<String> more) {
    final List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(more);
    return Liqmap.execute(words.toArray(String[]::new));
  }

  private static void write(final Path feed) throws IOException {
    final LiqmapConfig config = LiqmapConfig.load(null, null);
    final InstrumentDefinition definition = config.instruments().get(0);
    final Dated<BracketTable> brackets = config.engine().map().brackets().of(definition.name());
    final SimulatedVenue venue =
        new SimulatedVenue(
            1,
            definition,
            brackets.value(brackets.indexAt(START)),
            START,
            Scenarios.load(Home.laboratory()).of(DemoCommand.SCENARIO));
    final FeedEvent event = new FeedEvent();
    try (FeedFileWriter writer = new FeedFileWriter(feed)) {
      for (int i = 0; i < EVENTS; i++) {
        venue.next(event);
        writer.write(event);
      }
      writer.complete();
    }
  }
}
