package io.liqmap.tools.command;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.tools.config.LiqmapConfig;
import io.liqmap.tools.importer.FeedImport;
import io.liqmap.tools.importer.ImportFormat;
import io.liqmap.tools.importer.ImportOptions;
import io.liqmap.tools.importer.ImportProgress;
import io.liqmap.tools.importer.ImportReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code liqmap import}: real files to a feed. */
@Command(
    name = "import",
    description = {
      "Turns files of one symbol into an SBE feed; inputs of several kinds are merged in time order.",
      "  binance    aggTrades, metrics, fundingRate, markPriceKlines as downloaded, .zip or .csv",
      "  tardis     trades, derivative_ticker, liquidations, .csv.gz",
      "  coinalyze  ohlcv, open-interest, liquidation .csv, named SYMBOL-ohlcv.csv and so on"
    })
public final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "F",
      description = "Whose files they are: ${COMPLETION-CANDIDATES}.")
  private ImportFormat format;

  @Option(
      names = "--symbol",
      required = true,
      paramLabel = "S",
      description = "Instrument, as config/instruments.conf names it.")
  private String symbol;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Feed file to write.")
  private Path out;

  @Option(
      names = "--utc-offset",
      paramLabel = "+HH:MM",
      description = "Clock that coinalyze files are written in (default: +00:00).")
  private ZoneOffset utcOffset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over config/engine.conf.")
  private Path config;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Files, or folders with files of the symbol.")
  private List<Path> inputs;

  @Override
  public Integer call() throws IOException {
    final LiqmapConfig loaded = LiqmapConfig.load(config, Home.config());
    ImportOptions options = ImportOptions.defaults();
    if (utcOffset != null) {
      options = options.withUtcOffset(utcOffset);
    }
    print(FeedImport.run(format, definition(loaded), options, out, inputs, ImportProgress.NONE));
    return ExitCodes.DONE;
  }

  private InstrumentDefinition definition(final LiqmapConfig loaded) {
    return loaded.instruments().stream()
        .filter((instrument) -> instrument.symbol().equals(symbol))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--symbol "
                        + symbol
                        + " isn't configured; known are "
                        + loaded.instruments().stream()
                            .map(InstrumentDefinition::symbol)
                            .collect(Collectors.joining(", "))
                        + ". Describe it in a file of your own, as config/instruments.conf does, and name that with --config"));
  }

  private void print(final ImportReport report) {
    final PrintWriter to = spec.commandLine().getOut();
    for (final ImportReport.InputReport file : report.files()) {
      to.printf(
          "%s  %s: %s rows, %s used%s%n",
          file.file(),
          file.kind(),
          Figures.count(file.rowsRead()),
          Figures.count(file.rowsUsed()),
          file.dropped() == 0 ? "" : ", " + Figures.count(file.dropped()) + " dropped");
      for (final Map.Entry<String, Long> reason : file.rowsDropped().entrySet()) {
        to.printf("    %s dropped: %s%n", Figures.count(reason.getValue()), reason.getKey());
      }
      if (file.rowsOutOfOrder() > 0) {
        to.printf("    %s out of order%n", Figures.count(file.rowsOutOfOrder()));
      }
      file.notes().forEach((note) -> to.printf("    %s%n", note));
    }
    final ImportReport.EventCounts events = report.events();
    to.printf(
        "%s  %s events: %s trades, %s open interest, %s mark prices, %s liquidations%n",
        report.feed(),
        Figures.count(events.total()),
        Figures.count(events.trades()),
        Figures.count(events.openInterests()),
        Figures.count(events.markPrices()),
        Figures.count(events.liquidations()));
    to.printf("    %s to %s%n", Moment.print(report.firstTime()), Moment.print(report.lastTime()));
    report.notes().forEach((note) -> to.printf("    %s%n", note));
    to.flush();
  }
}
