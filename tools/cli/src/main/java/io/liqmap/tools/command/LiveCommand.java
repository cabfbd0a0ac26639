package io.liqmap.tools.command;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.journal.ExistingJournal;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.pipeline.WarmUp;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.gateway.connection.GatewaySettings;
import io.liqmap.gateway.venue.Venue;
import io.liqmap.gateway.venue.Venues;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.LiveAnswer;
import io.liqmap.tools.answer.RunAnswer;
import io.liqmap.tools.live.LiveSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap live}: the engine on venues' public feeds. */
@Command(
    name = "live",
    description = {
      "Runs the engine on the public feeds of venues, which need no key, until Ctrl-C.",
      "Asks each venue for its instruments and brackets, then opens its connections; nothing else",
      "opens any. A venue that fails is tried again and doesn't disturb the others.",
      "Resumes an existing journal with the settings that it has."
    })
public final class LiveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--venue",
      required = true,
      split = ",",
      paramLabel = "V",
      description = "Venues: binance-usdm, binance-coin, bybit, okx, hyperliquid.")
  private List<String> venues;

  @Option(
      names = "--symbols",
      required = true,
      split = ",",
      paramLabel = "S",
      description =
          "Instruments as the venues name them: BTCUSDT of all venues that list it, or"
              + " okx:BTC-USDT-SWAP of one.")
  private List<String> symbols;

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      description = "Folder for the journal: new, empty, or with a journal to resume.")
  private Path journal;

  @Option(
      names = "--share",
      paramLabel = "DIR",
      description =
          "Folder for the view and events that other processes read, best in memory: /dev/shm/liqmap.")
  private Path share;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description = "Folder for all frames as received, for 'liqmap import --format venue-frames'.")
  private Path record;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over config/engine.conf.")
  private Path config;

  @Option(
      names = "--connections",
      paramLabel = "FILE",
      description = "Addresses and limits of the connections (default: config/venues.conf).")
  private Path connections;

  @Option(
      names = "--mode",
      paramLabel = "inline|pipelined",
      description = "Threads (default: as configured).")
  private ThreadingMode mode;

  @Option(
      names = "--warm-up",
      description = "Half a second of made-up events through a map of its own first.")
  private boolean warmUp;

  @Option(
      names = "--hash-every",
      paramLabel = "N",
      description =
          "Append events, sequence and hash of the state at every N events to liqmap.hashes in the"
              + " journal's folder, or without one in the shared folder: to compare two engines.")
  private long hashEvery;

  @Option(
      names = "--allow-foreign-writers",
      description =
          "Write to folders that other users may write to as well; they could replace what is written.")
  private boolean allowForeignWriters;

  @Mixin private final ServeOptions serve = new ServeOptions();

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, EngineException {
    if (journal == null && share == null && record == null) {
      throw new ParameterException(
          spec.commandLine(), "name a --journal, a --share or a --record: nothing would be kept");
    }
    serve.require(journal);
    final List<Venue> chosen = chosen();
    final GatewaySettings access =
        GatewaySettings.load(connections == null ? Home.venues() : connections);
    final LiqmapConfig base = LiqmapConfig.load(config, Home.config());
    final EngineRun run =
        new EngineRun(spec.commandLine(), journal, share, allowForeignWriters, hashEvery);
    run.requireOwn(record);
    try (serve;
        LiveSession session = new LiveSession(chosen, access, record, this::report)) {
      prepare(session, base);
      run.requireOwn(journal);
      run.requireOwn(share);
      final boolean isResumed = journal != null && ExistingJournal.isAt(journal);
      final EngineSettings own =
          isResumed ? EngineConfig.ofJournal(journal) : session.settle(base, config, Home.config());
      final EngineSettings settings = mode == null ? own : own.withMode(mode);
      if (warmUp) {
        WarmUp.run(settings, WarmUp.EVENTS);
      }
      return serve.await(
          run.run(
              settings,
              run.outputs(base.sharing(), settings),
              (engine) -> {
                if (isResumed) {
                  session.resume(
                      base, config, settings, known(engine.adapter()::definition, settings));
                }
                serve.start(journal, json);
                return session.start(journal == null ? share : journal);
              },
              ReplayPace.max(),
              session::progress,
              (answer) -> print(answer, session)),
          () -> {});
    }
  }

  private static List<InstrumentDefinition> known(
      final IntFunction<InstrumentDefinition> definitions, final EngineSettings settings) {
    final List<InstrumentDefinition> known = new ArrayList<>();
    for (int id = 0; id < settings.maxInstruments(); id++) {
      final InstrumentDefinition definition = definitions.apply(id);
      if (definition != null) {
        known.add(definition);
      }
    }
    return known;
  }

  private void prepare(final LiveSession session, final LiqmapConfig base) throws IOException {
    try {
      session.ask(symbols, base);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--symbols " + e.getMessage(), e);
    }
  }

  private List<Venue> chosen() {
    final List<Venue> chosen = new ArrayList<>();
    for (final String name : venues) {
      final Venue venue =
          Venues.named(name)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "--venue "
                              + name
                              + " is unknown; known are "
                              + Venues.all().stream()
                                  .map(Venue::name)
                                  .collect(Collectors.joining(", "))));
      if (chosen.contains(venue)) {
        throw new ParameterException(spec.commandLine(), "--venue " + name + " is given twice");
      }
      chosen.add(venue);
    }
    return chosen;
  }

  private void report(final String line) {
    final PrintWriter err = spec.commandLine().getErr();
    synchronized (err) {
      err.println(Format.printable(line));
      err.flush();
    }
  }

  private void print(final RunAnswer run, final LiveSession session) throws IOException {
    session.stop();
    final LiveAnswer answer = LiveAnswer.of(run, session.status(), session.recorded());
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      answer.print(spec.commandLine().getOut());
    }
  }
}
