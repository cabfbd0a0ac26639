package io.liqmap.tools.command;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.FramesAnswer;
import io.liqmap.tools.answer.InstrumentChoice;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.importer.AmountUnit;
import io.liqmap.tools.importer.FeedImport;
import io.liqmap.tools.importer.ImportFormat;
import io.liqmap.tools.importer.ImportOptions;
import io.liqmap.tools.importer.ImportReport;
import io.liqmap.tools.importer.ReportTable;
import io.liqmap.tools.live.FramesImport;
import io.liqmap.tools.live.FramesReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
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
      "             SYMBOL-long-short-ratio, or MARKET.CODE_INTERVAL with column names",
      "  bybit      .csv.gz: public trades",
      "  binance-ws recorded frames, .gz or text: a line each, JSON after its time of receipt",
      "             (s, ms, µs, ns) or without one: bookTicker, trade, aggTrade, markPrice,",
      "             forceOrder, openInterest; cut and overlapping recordings are fine",
      "  venue-frames",
      "             recordings of 'liqmap live --record', of all instruments or --symbol; with",
      "             --venue also other files of frames, a line each, times as of binance-ws",
      "  hyperliquid-positions",
      "             .csv or .csv.gz: snapshots of accounts, a row for each position, of all coins"
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
      paramLabel = "S",
      description =
          "Instrument of config/instruments.conf, as venue:symbol or a symbol of one venue."
              + " venue-frames: several, or none for all.")
  private List<String> symbols = List.of();

  @Option(
      names = "--venue",
      paramLabel = "V",
      description = "For venue-frames: whose frames, where files' names don't say it.")
  private String venue;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Feed file to write.")
  private Path out;

  @Option(
      names = {"--time-zone", "--utc-offset"},
      paramLabel = "ZONE",
      converter = ZoneConverter.class,
      description =
          "Clock that coinalyze files are written in: an offset as +06:00, or a zone with summer time as Europe/Berlin (default: +00:00).")
  private ZoneId timeZone;

  @Option(
      names = "--max-dropped",
      paramLabel = "PERCENT",
      description =
          "Fail if a file would lose more of its rows than this (default: 5). Rows that say nothing or repeat others don't count; up to ten rows of a short file don't either.")
  private Double maxDropped;

  @Option(
      names = "--json",
      description = "Print the report as one JSON object, as it is kept in FEED.import.json.")
  private boolean json;

  @Option(
      names = "--open-interest-unit",
      paramLabel = "U",
      description =
          "Unit of open interest and liquidations in coinalyze files: base, usd (convert_to_usd) or contracts (default: found by comparison with the bars).")
  private AmountUnit openInterestUnit;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over config/engine.conf.")
  private Path config;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Files, or folders with files of the symbol; KIND=PATH says the kind of files whose names don't, as markPriceKlines=FOLDER.")
  private List<Path> inputs;

  private String symbol;

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
    if (format == ImportFormat.VENUE_FRAMES) {
      return importFrames(loaded);
    }
    if (symbols.size() != 1 || venue != null) {
      throw new ParameterException(
          spec.commandLine(),
          symbols.isEmpty()
              ? "Missing required option: '--symbol=S'"
              : venue == null
                  ? "--symbol: name one, " + format + " files are of one symbol"
                  : "--venue is for venue-frames alone");
    }
    symbol = symbols.get(0);
    ImportOptions options = ImportOptions.defaults();
    if (timeZone != null) {
      options = options.withTimeZone(timeZone);
    }
    if (maxDropped != null) {
      if (!(maxDropped >= 0 && maxDropped <= 100)) {
        throw new ParameterException(
            spec.commandLine(), "--max-dropped " + maxDropped + " is no percentage of 0 to 100");
      }
      options = options.withMaxLostShare(maxDropped / 100);
    }
    if (openInterestUnit != null) {
      options = options.withOpenInterestUnit(openInterestUnit);
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

  private int importFrames(final LiqmapConfig loaded) throws IOException {
    final AtomicLong events = new AtomicLong();
    final AtomicLong time = new AtomicLong();
    final FramesReport report;
    try (Progress progress =
        new Progress(spec.commandLine().getErr(), "import", () -> done(events, time))) {
      progress.start();
      report =
          new FramesImport(
                  loaded,
                  (session) -> LiqmapConfig.load(session, Home.config()),
                  Optional.ofNullable(venue),
                  symbols)
              .run(
                  out,
                  inputs,
                  (written, at) -> {
                    time.set(at);
                    events.set(written);
                  });
    }
    final FramesAnswer answer = FramesAnswer.of(report);
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      answer.print(spec.commandLine().getOut());
    }
    return ExitCodes.DONE;
  }

  private static String done(final AtomicLong events, final AtomicLong time) {
    final long written = events.get();
    return written == 0 ? "…" : Format.count(written) + " events, up to " + Format.time(time.get());
  }

  private InstrumentDefinition definition(final LiqmapConfig loaded) {
    try {
      return InstrumentChoice.of(
          "--symbol",
          symbol,
          loaded.instruments(),
          InstrumentDefinition::name,
          " isn't configured; known are");
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          e.getMessage()
              + ". Describe it in a file of your own, as config/instruments.conf does,"
              + " and name that with --config");
    }
  }

  /** Reads an offset or the name of a zone as a user types it. */
  static final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(final String text) {
      try {
        return ZoneId.of(text);
      } catch (final DateTimeException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no offset and no zone; give hours and minutes as +06:00, at most 18 hours, or a name as Europe/Berlin");
      }
    }
  }

  private void print(final ImportReport report) {
    final PrintWriter to = spec.commandLine().getOut();
    if (json) {
      to.print(report.json());
      to.flush();
    } else {
      ReportTable.print(report, to);
    }
  }
}
