package io.liqmap.tools.command;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MapAnswer;
import io.liqmap.tools.answer.MapRequest;
import io.liqmap.tools.answer.OutFile;
import io.liqmap.tools.export.ColumnArrays;
import io.liqmap.tools.export.ColumnTable;
import io.liqmap.tools.export.CsvTable;
import io.liqmap.tools.export.JournalPrices;
import io.liqmap.tools.export.PriceRange;
import io.liqmap.tools.export.PriceRows;
import io.liqmap.tools.export.TableFormat;
import io.liqmap.tools.export.TableWriter;
import io.liqmap.tools.history.Column;
import io.liqmap.tools.history.ColumnHandler;
import io.liqmap.tools.history.ColumnRange;
import io.liqmap.tools.history.ColumnReplay;
import io.liqmap.tools.history.MapChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The maps of many times of a journal, to be written somewhere. One thread. */
final class ColumnExport {
  private static final int LIQUIDATIONS = 300;

  private final CommandSpec spec;
  private final Path journal;
  private final ColumnOptions options;
  private final MapAnswer end;
  private final MapSnapshot last;
  private final MapChoice choice;
  private final Set<String> instruments;
  private final int maxInstruments;
  private final Lattice lattice;
  private final long from;
  private final long to;
  private volatile double done;

  /** Column by column. */
  @FunctionalInterface
  interface Sink {
    void add(Column column) throws IOException;
  }

  /** Reads the map as of the end, which says what there is. */
  private ColumnExport(
      final CommandSpec spec,
      final Path journal,
      final ColumnOptions options,
      final MapRequest request,
      final String model,
      final String window)
      throws IOException {
    this.spec = spec;
    this.journal = journal;
    this.options = options;
    try (JournalReplay opened = JournalReplay.open(journal)) {
      final Replay replay = opened.replay();
      opened.fromSnapshot(replay, spec, "--to", options.to());
      final MapWriter writer = replay.map();
      end = request.one(writer);
      final String name = end.venue() + ":" + end.instrument();
      choice = MapChoice.of(opened.settings().map(), name, model, window);
      last = choice.snapshot(writer);
      instruments = instruments(writer, name);
      maxInstruments = opened.settings().maxInstruments();
      lattice = new Lattice(opened.settings().map().resolutionBps());
      from = options.from() == null ? writer.firstTime() : options.from().value();
      to = options.to() == null ? writer.time() : options.to().value();
    }
    if (from > to) {
      throw wrong("--from " + Format.time(from) + " is after --to " + Format.time(to));
    }
  }

  static ColumnExport of(
      final CommandSpec spec,
      final Path journal,
      final ColumnOptions options,
      final MapRequest request,
      final String model,
      final String window)
      throws IOException {
    options.check();
    try {
      return new ColumnExport(spec, journal, options, request, model, window);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Those whose trades say where the price is. */
  private static Set<String> instruments(final MapWriter writer, final String name) {
    return writer.groups().stream()
        .map(GroupMap::settings)
        .filter((group) -> group.fullName().equals(name))
        .findFirst()
        .map((group) -> Set.copyOf(group.members()))
        .orElse(Set.of(name));
  }

  /** The map as of the end. */
  MapAnswer end() {
    return end;
  }

  MapSnapshot last() {
    return last;
  }

  long from() {
    return from;
  }

  long to() {
    return to;
  }

  /** How many columns end within the time. */
  long columns(final long every) {
    return Math.floorDiv(to, every) + Math.floorDiv(-from, every) + 1;
  }

  /** Prices of the time and the largest liquidations, read from the events alone. */
  JournalPrices prices() throws IOException {
    return JournalPrices.read(journal, maxInstruments, instruments, from, to, LIQUIDATIONS);
  }

  /** What is asked for; otherwise the prices of the time and some around them. */
  PriceRange range(final JournalPrices prices) {
    if (options.hasPrices()) {
      return options.prices(PriceRange.ALL);
    }
    if (prices.high() == 0) {
      throw wrong("no price from " + Format.time(from) + " on: give --low and --high");
    }
    return options.prices(new PriceRange(prices.low(), prices.high()).widened());
  }

  PriceRows rows(final PriceRange range, final int group) {
    return PriceRows.between(
        lattice, last.instrument().priceUnit(), range.low(), range.high(), group);
  }

  /** Fewest buckets in a row so that a range takes a number of rows at most. */
  int group(final PriceRange range, final int rows) {
    return PriceRows.group(lattice, last.instrument().priceUnit(), range.low(), range.high(), rows);
  }

  /** Hands over all columns, and says how far it is where that takes long. */
  void run(final long every, final Sink sink) throws IOException {
    requireColumns(every);
    final Handler handler = new Handler(sink);
    final ColumnRange range =
        new ColumnRange(options.from() == null ? Long.MIN_VALUE : from, to, every);
    try (Progress progress = new Progress(spec.commandLine().getErr(), spec.name(), () -> done)) {
      progress.start();
      ColumnReplay.run(journal, List.of(choice), range, handler);
    } catch (final UncheckedIOException e) {
      throw e.getCause();
    }
    if (handler.columns == 0) {
      throw wrong(
          "the journal ends before the first column does: give a shorter --every or more time");
    }
  }

  private void requireColumns(final long every) {
    new ExportLimits(spec).columns(columns(every), every, from, to);
  }

  /** Writes CSV, or a table of another form. */
  void table(final Path out, final TableFormat format, final long every, final boolean isByLeverage)
      throws IOException {
    final PriceRange range = options.prices(PriceRange.ALL);
    if (format == null) {
      OutFile.write(
          out,
          (to) ->
              table(
                  new CsvTable(to, ColumnTable.fields(isByLeverage)), range, every, isByLeverage));
    } else {
      OutFile.writeBytes(
          out,
          (to) ->
              table(
                  format.begin(to, ColumnTable.fields(isByLeverage)), range, every, isByLeverage));
    }
  }

  private void table(
      final TableWriter writer,
      final PriceRange range,
      final long every,
      final boolean isByLeverage)
      throws IOException {
    try (writer) {
      final ColumnTable table =
          new ColumnTable(
              writer, choice.instrument(), range, Math.max(1, options.group()), isByLeverage);
      run(every, table::add);
    }
  }

  /** Writes one JSON object on a line for each time. */
  void lines(final Path out, final long every, final MapRequest request) throws IOException {
    requireColumns(every);
    OutFile.write(
        out,
        (file) -> {
          try (JournalReplay opened = JournalReplay.open(journal);
              Progress progress =
                  new Progress(spec.commandLine().getErr(), spec.name(), () -> done)) {
            progress.start();
            final Replay replay = opened.replay();
            final long first = -Math.floorDiv(-from, every) * every;
            replay.fromSnapshot(Until.time(first));
            for (long at = first; at <= to && replay.isBoundReached(); at += every) {
              if (choice.snapshot(replay.map()) != null) {
                file.println(Json.line(request.one(replay.map())));
              }
              done = (double) (at - first) / Math.max(1, to - first);
              replay.advance(Until.time(at + every), Long.MAX_VALUE);
            }
          }
        });
  }

  /** Writes arrays for NumPy. */
  void arrays(final Path out, final long every, final boolean isByLeverage) throws IOException {
    final PriceRange range = range(options.hasPrices() ? null : prices());
    final PriceRows rows = rows(range, Math.max(1, options.group()));
    final double[] leverages =
        IntStream.range(0, isByLeverage ? last.leverages() : 0)
            .mapToDouble(last::leverage)
            .toArray();
    if (isByLeverage && choice.model() == MapChoice.MEASURED) {
      throw wrong(
          "--model measured has other leverages at each time: write them with --format csv or"
              + " parquet");
    }
    new ExportLimits(spec).values(columns(every), rows.count(), Math.max(1, leverages.length));
    OutFile.writeBytes(
        out,
        (to) -> {
          final ColumnArrays arrays = new ColumnArrays(out, to, rows, leverages);
          run(every, arrays::add);
          arrays.finish();
        });
  }

  ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private final class Handler implements ColumnHandler {
    private final Sink sink;
    private long columns;

    private Handler(final Sink sink) {
      this.sink = sink;
    }

    @Override
    public void onColumn(final int number, final Column column) {
      try {
        sink.add(column);
        columns++;
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onProgress(final double share) {
      done = share;
    }
  }
}
