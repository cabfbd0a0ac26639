package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns files of one symbol into a feed file. The same inputs always give the same bytes. */
public final class FeedImport {
  /** Lost rows that a short file may have. */
  private static final int FEW_ROWS = 10;

  /** Files of two days may share a moment at midnight, ns. */
  private static final long SEAM = 1_000_000_000L;

  private final ImportFormat format;
  private final InstrumentDefinition definition;
  private final ImportOptions options;
  private LocalClocks clocks;
  private Rhythm bars;
  private FrameRepeats repeats;
  private TardisExchange exchange;
  private PositionAccounts accounts;

  private FeedImport(
      final ImportFormat of, final InstrumentDefinition instrument, final ImportOptions chosen) {
    format = of;
    definition = instrument;
    options = chosen;
  }

  /**
   * Writes a feed of one instrument: its definition, then all events of the inputs in time order.
   * The order of the inputs and of the rows in them doesn't matter; folders are searched for files
   * of the symbol. The report is kept beside the feed, as {@code FEED.import.json}.
   *
   * @param format whose files they are
   * @param definition the instrument; its exponents scale all prices and quantities
   * @param options what the user set
   * @param target file to write; replaced if it exists, unchanged if the import fails
   * @param inputs files and folders
   * @param progress called now and then
   * @throws ImportException if an input is missing, broken, of another symbol or of no known kind,
   *     if it isn't what the checksum beside it is of, or if too much of it would be lost
   * @throws IOException if reading a file or writing the target fails
   */
  public static ImportReport run(
      final ImportFormat format,
      final InstrumentDefinition definition,
      final ImportOptions options,
      final Path target,
      final List<Path> inputs,
      final ImportProgress progress)
      throws IOException {
    return new FeedImport(format, definition, options).run(target, inputs, progress);
  }

  private ImportReport run(
      final Path target, final List<Path> inputs, final ImportProgress progress)
      throws IOException {
    if (options.timeZone().isPresent() && format != ImportFormat.COINALYZE) {
      throw new ImportException(
          "times of "
              + format
              + " files are UTC; leave --time-zone and --utc-offset out, they are for coinalyze only");
    }
    if (options.openInterestUnit().isPresent() && format != ImportFormat.COINALYZE) {
      throw new ImportException(
          "the unit of open interest in "
              + format
              + " files is known; leave --open-interest-unit out, it is for coinalyze only");
    }
    if (format == ImportFormat.HYPERLIQUID_POSITIONS) {
      HyperliquidPositionsSource.require(definition);
    }
    final InputFiles search =
        new InputFiles(new FileNames(format, definition.symbol(), options.maxExpandedBytes()));
    final List<InputFile> files = search.find(inputs);
    requireTargetApart(target, files);
    if (format == ImportFormat.BINANCE) {
      BinanceConvention.require(definition, files);
    }
    final Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    for (final InputFile file : files) {
      file.checksum().check();
      file.order().sortIn(folder, options.sortMemoryBytes());
    }
    try {
      return attempt(target, files, search.notes(), progress);
    } catch (final RowOrder.Disorder mixed) {
      for (final InputFile file : files) {
        survey(file);
      }
      return attempt(target, files, search.notes(), progress);
    }
  }

  private ImportReport attempt(
      final Path target,
      final List<InputFile> files,
      final List<String> searchNotes,
      final ImportProgress progress)
      throws IOException {
    final List<String> notes = new ArrayList<>(searchNotes);
    bars = null;
    repeats = new FrameRepeats();
    exchange = new TardisExchange();
    accounts = new PositionAccounts();
    final List<Cursor> cursors = new ArrayList<>();
    try (FeedFileWriter writer = new FeedFileWriter(target)) {
      addCursors(files, cursors, notes);
      final Merge merge =
          new Merge(
              definition.withOrigin(origin(files, cursors)),
              writer,
              progress,
              format == ImportFormat.BINANCE,
              format == ImportFormat.BINANCE_WS ? repeats : null,
              hasMarks(files),
              format == ImportFormat.COINALYZE);
      merge.run(cursors);
      if (writer.events() == 0) {
        throw new ImportException(
            "no event came out of "
                + files.size()
                + " files, the first of them "
                + files.get(0).path()
                + "; check that they hold data of "
                + definition.symbol());
      }
      final List<ImportReport.SeriesReport> series = new ArrayList<>(merge.series());
      if (bars != null) {
        series.add(0, bars.report());
      }
      if (format != ImportFormat.BINANCE_WS) {
        noteMissingTrades(series, notes);
      } else if (repeats.missingTrades() > 0) {
        notes.add(
            "trade ids missing between the first and the last: "
                + repeats.missingTrades()
                + " (the recording has holes)");
      }
      final List<ImportReport.InputReport> reports = reports(cursors);
      requireKept(reports);
      requireApart(reports);
      final ImportReport report =
          new ImportReport(
              target,
              format,
              definition.symbol(),
              reports,
              series,
              merge.counts(),
              merge.firstTime(),
              merge.lastTime(),
              notes);
      final ReportFile kept = new ReportFile(target);
      kept.removeOld();
      writer.complete();
      kept.write(report);
      return report;
    } finally {
      closeAll(cursors);
    }
  }

  private static void noteMissingTrades(
      final List<ImportReport.SeriesReport> series, final List<String> notes) {
    for (final ImportReport.SeriesReport one : series) {
      if (one.name().equals(EventKind.TRADE.toString()) && one.missing() > 0) {
        notes.add(
            "trade ids missing between the first and the last: "
                + one.missing()
                + " (files of some days aren't there, or not whole)");
      }
    }
  }

  /**
   * Rejects an import that loses much of a file. A recording is unrepeatable and has limits of its
   * own ({@link Frames}).
   */
  private void requireKept(final List<ImportReport.InputReport> reports) throws ImportException {
    if (format == ImportFormat.BINANCE_WS) {
      return;
    }
    for (final ImportReport.InputReport file : reports) {
      final long lost = file.lost();
      final boolean isFew = lost <= FEW_ROWS && 2 * lost <= file.rowsRead();
      if (lost > options.maxLostShare() * file.rowsRead() && !isFew) {
        throw ImportException.in(
            file.file(),
            String.format(
                Locale.ROOT,
                "%,d of its %,d rows would be lost (%s), more than %s %%",
                lost,
                file.rowsRead(),
                file.rowsLost().entrySet().stream()
                    .map((r) -> String.format(Locale.ROOT, "%,d: %s", r.getValue(), r.getKey()))
                    .collect(Collectors.joining("; ")),
                BigDecimal.valueOf(options.maxLostShare() * 100)
                    .stripTrailingZeros()
                    .toPlainString()),
            "get the file again and check what it holds, or accept the loss with --max-dropped");
      }
    }
  }

  /** Where trades have no ids, files that cover the same time would count them twice. */
  private void requireApart(final List<ImportReport.InputReport> reports) throws ImportException {
    if (format != ImportFormat.TARDIS && format != ImportFormat.BYBIT) {
      return;
    }
    final List<ImportReport.InputReport> byTime = new ArrayList<>(reports);
    byTime.sort(Comparator.comparingLong(ImportReport.InputReport::firstTime));
    final Map<String, ImportReport.InputReport> latest = new HashMap<>();
    for (final ImportReport.InputReport file : byTime) {
      final ImportReport.InputReport before = latest.get(file.kind());
      if (file.rowsRead() > 0 && before != null && before.lastTime() - file.firstTime() > SEAM) {
        throw ImportException.in(
            file.file(),
            "covers times that " + before.file() + " covers too, so that data would count twice",
            "give one of them");
      }
      if (before == null || file.lastTime() > before.lastTime()) {
        latest.put(file.kind(), file);
      }
    }
  }

  /** Reads a file to its end, where that is needed to know whether its rows are in order. */
  private void survey(final InputFile file) throws IOException {
    if (!file.order().needsSurvey()) {
      return;
    }
    file.order().startSurvey();
    if (format == ImportFormat.COINALYZE) {
      try (TimedRows rows = TimedRows.of(file, clocks(), options.maxExpandedBytes())) {
        rows.survey();
      }
      return;
    }
    final Draft draft = new Draft();
    try (EventSource source = open(file)) {
      boolean hasMore = true;
      while (hasMore) {
        hasMore = source.next(draft);
      }
    }
  }

  private LocalClocks clocks() {
    if (clocks == null) {
      clocks =
          new LocalClocks(options.timeZone().orElse(ZoneOffset.UTC), options.maxExpandedBytes());
    }
    return clocks;
  }

  /** Adds a cursor for all trades with ids, and one for each other file or group of them. */
  private void addCursors(
      final List<InputFile> files, final List<Cursor> cursors, final List<String> notes)
      throws IOException {
    if (format == ImportFormat.COINALYZE) {
      final List<EventSource.Opener> openers = new ArrayList<>();
      addBars(files, openers, notes);
      for (final EventSource.Opener opener : openers) {
        addPeeked(new Cursor(opener, cursors.size()), cursors);
      }
      return;
    }
    final List<Cursor> trades = new ArrayList<>();
    for (final InputFile file : files) {
      final boolean isTrades = file.kind() == InputKind.AGG_TRADES;
      final List<Cursor> among = isTrades ? trades : cursors;
      // The cursor of all trades is the last: equal times are ordered by kind, never by it.
      final Cursor cursor =
          new Cursor(
              file.kind() == InputKind.FRAMES ? frames(file) : () -> open(file), among.size());
      if (file.order().isMixed() && !saysOrigin(file.kind())) {
        cursor.expectFrom(file.order().lowest());
        among.add(cursor);
      } else {
        addPeeked(cursor, among);
      }
    }
    if (!trades.isEmpty()) {
      final Cursor all = new Cursor(() -> new TradesById(trades), cursors.size());
      all.expectFrom(Long.MIN_VALUE);
      cursors.add(all);
    }
  }

  /** Small files, whose first event says how they are read. */
  private static boolean saysOrigin(final InputKind kind) {
    return kind == InputKind.METRICS || kind == InputKind.MARK_PRICE_KLINES;
  }

  /** A file without any event keeps its place in the report. */
  private void addPeeked(final Cursor cursor, final List<Cursor> among) throws IOException {
    if (!cursor.peek()) {
      cursor.expectFrom(Long.MIN_VALUE);
    }
    among.add(cursor);
  }

  /** What the feed is made from: ticks, but for what the sources say. */
  private FeedOrigin origin(final List<InputFile> files, final List<Cursor> cursors) {
    FeedOrigin origin = FeedOrigin.of(format.toString());
    for (final InputFile file : files) {
      origin = origin.and(ticksOf(file.kind()));
    }
    for (final Cursor cursor : cursors) {
      origin = origin.and(cursor.origin());
    }
    return origin;
  }

  private static FeedOrigin ticksOf(final InputKind kind) {
    return switch (kind) {
      case AGG_TRADES, TRADES, PUBLIC_TRADES -> FeedOrigin.NOT_STATED.withTradeTicks();
      case DERIVATIVE_TICKER -> FeedOrigin.NOT_STATED.withMarkTicks();
      case FRAMES -> FeedOrigin.NOT_STATED.withTradeTicks().withMarkTicks();
      case METRICS,
          FUNDING_RATE,
          MARK_PRICE_KLINES,
          LIQUIDATIONS,
          BARS,
          BAR_OPEN_INTEREST,
          BAR_LIQUIDATION,
          LONG_SHORT_RATIO,
          POSITIONS ->
          FeedOrigin.NOT_STATED;
    };
  }

  private EventSource open(final InputFile file) throws IOException {
    final long limit = options.maxExpandedBytes();
    return switch (file.kind()) {
      case AGG_TRADES -> new AggTradesSource(file, definition, limit);
      case METRICS -> new MetricsSource(file, definition, limit);
      case FUNDING_RATE -> new FundingRateSource(file, definition, limit);
      case MARK_PRICE_KLINES -> new MarkPriceKlinesSource(file, definition, limit);
      case TRADES, LIQUIDATIONS -> new TardisTradesSource(file, exchange, definition, limit);
      case DERIVATIVE_TICKER -> new TardisTickerSource(file, exchange, definition, limit);
      case PUBLIC_TRADES -> new BybitTradesSource(file, definition, limit);
      case POSITIONS -> new HyperliquidPositionsSource(file, accounts, definition, limit);
      case FRAMES, BARS, BAR_OPEN_INTEREST, BAR_LIQUIDATION, LONG_SHORT_RATIO ->
          throw new IllegalStateException(file.kind() + " is opened in another way");
    };
  }

  /** A recording is surveyed once, though it is opened more than once. */
  private EventSource.Opener frames(final InputFile file) {
    final RecordedFile recorded = new RecordedFile(file.path(), options.maxExpandedBytes());
    return () -> new BinanceFramesSource(file, recorded, definition, repeats);
  }

  private void addBars(
      final List<InputFile> files, final List<EventSource.Opener> openers, final List<String> notes)
      throws IOException {
    final long limit = options.maxExpandedBytes();
    final List<CoinalyzeFiles> groups = CoinalyzeFiles.group(files);
    final List<BarSurvey> surveys = new ArrayList<>();
    for (final CoinalyzeFiles group : groups) {
      surveys.add(BarSurvey.of(group.bars(), clocks(), limit));
    }
    notes.add(clockNote(surveys));
    bars = new Rhythm("bars");
    surveys.stream()
        .sorted(Comparator.comparingLong(BarSurvey::first))
        .forEach((s) -> bars.append(s.rhythm()));
    for (int i = 0; i < groups.size(); i++) {
      for (int j = 0; j < i; j++) {
        requireApart(groups.get(i), surveys.get(i), groups.get(j), surveys.get(j));
      }
      final CoinalyzeFiles group = groups.get(i);
      final BarSurvey survey = surveys.get(i);
      final CoinalyzeUnits units = CoinalyzeUnits.of(group, survey, definition, clocks(), options);
      openers.add(() -> new CoinalyzeSource(group, survey, units, definition, clocks(), limit));
    }
  }

  private String clockNote(final List<BarSurvey> surveys) {
    if (surveys.stream().allMatch(BarSurvey::isEpoch)) {
      return "times of the files are since 1970 in UTC"
          + (options.timeZone().isPresent() ? "; --time-zone doesn't apply to them" : "");
    }
    return "times of the files read as "
        + LocalClock.text(options.timeZone().orElse(ZoneOffset.UTC))
        + (options.timeZone().isPresent() ? "" : ", since no --time-zone was given");
  }

  private static void requireApart(
      final CoinalyzeFiles files,
      final BarSurvey survey,
      final CoinalyzeFiles others,
      final BarSurvey otherSurvey)
      throws ImportException {
    if (survey.first() < otherSurvey.end() && otherSurvey.first() < survey.end()) {
      throw ImportException.in(
          files.bars().path(),
          "covers times that " + others.bars().path() + " covers too",
          "import them into two feeds");
    }
  }

  private static boolean hasMarks(final List<InputFile> files) {
    return files.stream().anyMatch((f) -> f.kind() == InputKind.MARK_PRICE_KLINES);
  }

  private static void requireTargetApart(final Path target, final List<InputFile> files)
      throws IOException {
    for (final InputFile file : files) {
      if (Files.exists(target) && Files.isSameFile(target, file.path())) {
        throw ImportException.in(target, "is an input and the target", "choose another target");
      }
    }
  }

  private static List<ImportReport.InputReport> reports(final List<Cursor> cursors) {
    final List<ImportReport.InputReport> reports = new ArrayList<>();
    cursors.forEach((c) -> reports.addAll(c.reports()));
    reports.sort(
        Comparator.comparing((ImportReport.InputReport r) -> r.file().getFileName().toString())
            .thenComparing((r) -> r.file().toAbsolutePath().normalize()));
    return reports;
  }

  private static void closeAll(final List<Cursor> cursors) throws IOException {
    for (final Cursor cursor : cursors) {
      cursor.close();
    }
  }
}
