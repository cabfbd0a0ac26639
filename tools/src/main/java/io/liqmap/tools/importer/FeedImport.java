package io.liqmap.tools.importer;

import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns files of one symbol into a feed file. The same inputs always give the same bytes. */
public final class FeedImport {
  private final ImportFormat format;
  private final InstrumentDefinition definition;
  private final ImportOptions options;
  private final FrameRepeats repeats = new FrameRepeats();

  private FeedImport(
      final ImportFormat of, final InstrumentDefinition instrument, final ImportOptions chosen) {
    format = of;
    definition = instrument;
    options = chosen;
  }

  /**
   * Writes a feed of one instrument: its definition, then all events of the inputs in time order.
   * The inputs' order doesn't matter; folders are searched for files of the symbol.
   *
   * @param format whose files they are
   * @param definition the instrument; its exponents scale all prices and quantities
   * @param options what the user set
   * @param target file to write; replaced if it exists, left as it is if the import fails
   * @param inputs files and folders
   * @param progress told how far it has come
   * @throws ImportException if an input is missing, broken, of another symbol or of no known kind
   * @throws IOException if a file can't be read or the target can't be written
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
    if (options.utcOffset().isPresent() && format != ImportFormat.COINALYZE) {
      throw new ImportException(
          "times of "
              + format
              + " files are UTC; leave --utc-offset out, it is for coinalyze only");
    }
    final InputFiles search =
        new InputFiles(new FileNames(format, definition.symbol(), options.maxExpandedBytes()));
    final List<InputFile> files = search.find(inputs);
    requireTargetApart(target, files);
    requireUnit(files);
    final List<String> notes = new ArrayList<>(search.notes());
    final List<Cursor> cursors = cursors(files, notes);
    final List<Cursor> begun = new ArrayList<>();
    for (final Cursor cursor : cursors) {
      if (cursor.peek()) {
        begun.add(cursor);
      }
    }
    try (FeedFileWriter writer = new FeedFileWriter(target)) {
      final Merge merge =
          new Merge(
              definition,
              writer,
              progress,
              format == ImportFormat.BINANCE,
              format == ImportFormat.BINANCE_WS ? repeats : null,
              hasMarks(files));
      merge.run(begun);
      if (writer.events() == 0) {
        throw new ImportException(
            "no event came out of "
                + files.size()
                + " files, the first of them "
                + files.get(0).path()
                + "; check that they hold data of "
                + definition.symbol());
      }
      if (merge.missingTrades() > 0) {
        notes.add(
            "trade ids missing between the first and the last: "
                + merge.missingTrades()
                + (format == ImportFormat.BINANCE_WS
                    ? " (the recording has holes)"
                    : " (files of some days aren't there, or not whole)"));
      }
      writer.complete();
      return new ImportReport(
          target, reports(cursors), merge.counts(), merge.firstTime(), merge.lastTime(), notes);
    } finally {
      closeAll(cursors);
    }
  }

  private List<Cursor> cursors(final List<InputFile> files, final List<String> notes)
      throws IOException {
    final List<EventSource.Opener> openers = new ArrayList<>();
    if (format == ImportFormat.COINALYZE) {
      addBars(files, openers, notes);
    } else {
      for (final InputFile file : files) {
        openers.add(file.kind() == InputKind.FRAMES ? frames(file) : () -> open(file));
      }
    }
    final List<Cursor> cursors = new ArrayList<>();
    for (final EventSource.Opener opener : openers) {
      cursors.add(new Cursor(opener, cursors.size()));
    }
    return cursors;
  }

  private EventSource open(final InputFile file) throws IOException {
    final long limit = options.maxExpandedBytes();
    return switch (file.kind()) {
      case AGG_TRADES -> new AggTradesSource(file, definition, limit);
      case METRICS -> new MetricsSource(file, definition, limit);
      case FUNDING_RATE -> new FundingRateSource(file, limit);
      case MARK_PRICE_KLINES -> new MarkPriceKlinesSource(file, definition, limit);
      case TRADES, LIQUIDATIONS -> new TardisTradesSource(file, definition, limit);
      case DERIVATIVE_TICKER -> new TardisTickerSource(file, definition, limit);
      case PUBLIC_TRADES -> new BybitTradesSource(file, definition, limit);
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
    final ZoneOffset clock = options.utcOffset().orElse(ZoneOffset.UTC);
    final long limit = options.maxExpandedBytes();
    notes.add(
        "times of the files read as UTC"
            + BarSurvey.text(clock)
            + (options.utcOffset().isPresent() ? "" : ", since no --utc-offset was given"));
    final List<CoinalyzeFiles> groups = CoinalyzeFiles.group(files);
    final List<BarSurvey> surveys = new ArrayList<>();
    for (final CoinalyzeFiles group : groups) {
      surveys.add(BarSurvey.of(group.bars(), clock, limit));
    }
    for (int i = 0; i < groups.size(); i++) {
      for (int j = 0; j < i; j++) {
        requireApart(groups.get(i), surveys.get(i), groups.get(j), surveys.get(j));
      }
      final CoinalyzeFiles group = groups.get(i);
      final BarSurvey survey = surveys.get(i);
      openers.add(() -> new CoinalyzeSource(group, survey, definition, clock, limit));
    }
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

  /**
   * Binance's metrics count base coins, one side: another definition would scale the map wrongly.
   */
  private void requireUnit(final List<InputFile> files) throws ImportException {
    for (final InputFile file : files) {
      if (file.kind() == InputKind.METRICS
          && (definition.openInterestUnit() != OpenInterestUnit.BASE
              || definition.openInterestSides() != OpenInterestSides.ONE)) {
        throw ImportException.in(
            file.path(),
            "its open interest is in base coins and counts one side, the instrument's definition"
                + " says "
                + definition.openInterestUnit()
                + " and "
                + definition.openInterestSides(),
            "set BASE and ONE for the instrument");
      }
    }
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
