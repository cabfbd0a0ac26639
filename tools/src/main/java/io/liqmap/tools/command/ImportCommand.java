package io.liqmap.tools.command;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.tools.config.LiqmapConfig;
import io.liqmap.tools.importer.FeedImport;
import io.liqmap.tools.importer.ImportFormat;
import io.liqmap.tools.importer.ImportOptions;
import io.liqmap.tools.importer.ImportReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code liqmap import}: real files to a feed. */
@Command(
    name = "import",
    description = {
      "Turns files of one symbol into an SBE feed; inputs of several kinds are merged in time"
          + " order.",
      "  binance    .zip or .csv as downloaded: aggTrades, metrics, fundingRate,",
      "             markPriceKlines",
      "  tardis     .csv.gz: trades, derivative_ticker, liquidations",
      "  coinalyze  .csv: SYMBOL-ohlcv, SYMBOL-open-interest, SYMBOL-liquidation,",
      "             SYMBOL-long-short-ratio",
      "  bybit      .csv.gz: public trades",
      "  binance-ws .gz: recorded frames, on each line the time of receipt in ns, a blank, JSON:",
      "             bookTicker, trade or aggTrade, markPriceUpdate, forceOrder"
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
      converter = OffsetConverter.class,
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
    if (Files.isDirectory(out)) {
      throw new ParameterException(
          spec.commandLine(), "--out " + out + " is a folder; name a file in it");
    }
    if (Files.exists(out) && !Files.isRegularFile(out)) {
      throw new ParameterException(
          spec.commandLine(), "--out " + out + " is a pipe or a device; name a file");
    }
    final LiqmapConfig loaded = LiqmapConfig.load(config, Home.config());
    ImportOptions options = ImportOptions.defaults();
    if (utcOffset != null) {
      options = options.withUtcOffset(utcOffset);
    }
    final InstrumentDefinition definition = definition(loaded);
    final AtomicLong events = new AtomicLong();
    final AtomicLong time = new AtomicLong();
    final ImportReport report;
    try (Progress progress =
        new Progress(spec.commandLine().getErr(), "import", () -> done(events, time))) {
      progress.start();
      report =
          FeedImport.run(
              format,
              definition,
              options,
              out,
              inputs,
              (written, at) -> {
                time.set(at);
                events.set(written);
              });
    }
    print(report);
    return ExitCodes.DONE;
  }

  private static String done(final AtomicLong events, final AtomicLong time) {
    final long written = events.get();
    return written == 0
        ? "…"
        : Figures.count(written) + " events, up to " + Moment.print(time.get());
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
                        + ". Describe it in a file of your own, as config/instruments.conf does,"
                        + " and name that with --config"));
  }

  /** Reads an offset as a user types it. */
  static final class OffsetConverter implements ITypeConverter<ZoneOffset> {
    @Override
    public ZoneOffset convert(final String text) {
      try {
        return ZoneOffset.of(text);
      } catch (final DateTimeException e) {
        throw new TypeConversionException(
            "'" + text + "' is no offset; give hours and minutes as +06:00, at most 18 hours");
      }
    }
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
        "%s  %s events: %s trades, %s open interest, %s mark prices, %s liquidations, %s account"
            + " ratios, %s tops of the book%n",
        report.feed(),
        Figures.count(events.total()),
        Figures.count(events.trades()),
        Figures.count(events.openInterests()),
        Figures.count(events.markPrices()),
        Figures.count(events.liquidations()),
        Figures.count(events.accountRatios()),
        Figures.count(events.bestBidOffers()));
    to.printf("    %s to %s%n", Moment.print(report.firstTime()), Moment.print(report.lastTime()));
    report.notes().forEach((note) -> to.printf("    %s%n", note));
    to.flush();
  }
}
