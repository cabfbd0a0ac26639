package io.liqmap.tools.command;

import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MapAnswer;
import io.liqmap.tools.answer.MapCsv;
import io.liqmap.tools.answer.MapRequest;
import io.liqmap.tools.answer.MapTable;
import io.liqmap.tools.answer.MapWords;
import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.answer.OutFile;
import io.liqmap.tools.export.PriceRange;
import io.liqmap.tools.export.TableFormat;
import io.liqmap.tools.picture.Caption;
import io.liqmap.tools.picture.MapPicture;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap map}: the map at a point in time. */
@Command(
    name = "map",
    description = "Prints the liquidation map of an instrument or a group at a point in time.")
public final class MapCommand implements Callable<Integer> {
  enum Form {
    TABLE,
    JSON,
    CSV,
    PNG,
    NPY,
    PARQUET
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--journal",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the journal.")
  private Path journal;

  @Option(
      names = "--symbol",
      paramLabel = "S",
      description =
          "Instrument, as venue:symbol or a symbol of one venue, or group (default: the only"
              + " instrument; the table shows all of both).")
  private String symbol;

  @Option(
      names = "--at",
      paramLabel = "TIME|SEQ",
      converter = MomentConverter.class,
      description = "Point in time or sequence, inclusive (default: end of journal).")
  private Moment at;

  @Option(
      names = "--window",
      defaultValue = "all",
      paramLabel = "12h|1d|3d|7d|30d|all",
      description = "Only positions opened within this time (default: ${DEFAULT-VALUE}).")
  private String window;

  @Option(
      names = "--model",
      paramLabel = "NAME|consensus|measured",
      description =
          "Model of the settings, the mean of all with their spread, or the positions that the"
              + " venue published (default: the first).")
  private String model;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "table|json|csv|png|npy|parquet",
      description =
          "How to print it; npy and parquet are of many maps alone (default: ${DEFAULT-VALUE}).")
  private Form form;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Many maps, this far apart: json has one on each line, the others leverages.")
  private Long every;

  @Mixin private ColumnOptions columns;

  @Mixin private PictureSize size;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write to (default: standard output).")
  private Path out;

  @Override
  public Integer call() throws IOException {
    final MapRequest request = request();
    if (out != null && Files.isDirectory(out)) {
      throw wrong("--out " + out + " is a folder; name a file in it");
    }
    if (every != null) {
      writeMany(request);
      return ExitCodes.DONE;
    }
    requireOne();
    try (JournalReplay opened = JournalReplay.open(journal)) {
      final Replay replay = opened.replay();
      opened.fromSnapshot(replay, spec, "--at", at);
      // Before the file is opened: a wrong name keeps an existing file.
      final List<MapAnswer> answers = answers(request, replay.map());
      if (form == Form.PNG) {
        draw(answers.get(0));
      } else if (out == null) {
        write(answers, spec.commandLine().getOut());
      } else {
        OutFile.write(out, (file) -> write(answers, file));
      }
      return ExitCodes.DONE;
    }
  }

  private void writeMany(final MapRequest request) throws IOException {
    if (at != null || out == null || form == Form.TABLE || form == Form.PNG) {
      throw wrong(
          at != null
              ? "--every is of many times, from --from to --to; leave --at out"
              : out == null
                  ? "--every writes many maps: name a file with --out"
                  : "--every writes --format json, csv, npy or parquet; many maps as a png are"
                      + " 'liqmap heatmap'");
    }
    final TableFormat format = form == Form.PARQUET ? HeatmapCommand.parquet(spec) : null;
    final ColumnExport export = ColumnExport.of(spec, journal, columns, request, model, window);
    switch (form) {
      case JSON -> export.lines(out, every, request);
      case NPY -> export.arrays(out, every, true);
      case TABLE, CSV, PNG, PARQUET -> export.table(out, format, every, true);
    }
  }

  private void requireOne() {
    if (columns.hasTimes() || columns.group() != 0) {
      throw wrong("--from, --to and --group are of many maps: give --every too, or --at for one");
    }
    if (form == Form.NPY || form == Form.PARQUET) {
      throw wrong("--format npy and parquet are of many maps: give --every too");
    }
    if (form == Form.PNG && out == null) {
      throw wrong("--format png writes a file: name it with --out");
    }
  }

  private void draw(final MapAnswer answer) throws IOException {
    if (answer.buckets().isEmpty()) {
      throw wrong("the map is empty at that time: there is nothing to draw");
    }
    final PriceRange range = columns.hasPrices() ? columns.prices(PriceRange.ALL) : null;
    final Caption caption =
        new Caption(
            MapWords.whose(answer) + "  " + answer.time().replaceFirst("\\.\\d+", ""),
            MapWords.which(answer),
            MapWords.caveat(answer),
            answer.units().notional());
    final int width = size.width();
    final int height = size.height();
    OutFile.writeBytes(
        out,
        (to) -> {
          final OutputStream bytes = new BufferedOutputStream(Channels.newOutputStream(to));
          MapPicture.write(answer, range, caption, width, height, bytes);
          bytes.flush();
        });
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private MapRequest request() {
    try {
      return MapRequest.of(MapRequest.Words.OPTIONS, symbol, model, window);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<MapAnswer> answers(final MapRequest request, final MapWriter writer) {
    try {
      return form == Form.TABLE ? request.all(writer) : List.of(request.one(writer));
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void write(final List<MapAnswer> answers, final PrintWriter to) throws IOException {
    for (final MapAnswer answer : answers) {
      switch (form) {
        case JSON -> Json.write(answer, to);
        case CSV -> MapCsv.write(answer, to);
        case TABLE, PNG, NPY, PARQUET -> MapTable.print(answer, to);
      }
      to.flush();
    }
  }
}
