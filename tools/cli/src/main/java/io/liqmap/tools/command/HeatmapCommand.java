package io.liqmap.tools.command;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.MapRequest;
import io.liqmap.tools.answer.MapWords;
import io.liqmap.tools.answer.OutFile;
import io.liqmap.tools.export.JournalPrices;
import io.liqmap.tools.export.PriceRange;
import io.liqmap.tools.export.PriceRows;
import io.liqmap.tools.export.TableFormat;
import io.liqmap.tools.picture.Caption;
import io.liqmap.tools.picture.HeatCells;
import io.liqmap.tools.picture.HeatmapPicture;
import io.liqmap.tools.picture.MoneyScale;
import io.liqmap.tools.picture.Palette;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap heatmap}: the maps of a time, as a picture or as data. */
@Command(
    name = "heatmap",
    description =
        "Writes the liquidation maps of a time, one for each interval as of its end, as a picture"
            + " or as data.")
public final class HeatmapCommand implements Callable<Integer> {
  private static final long SECOND = 1_000_000_000L;
  private static final long DATA_EVERY = 300 * SECOND;

  /** Lengths of columns that divide a day, or are days, in seconds. */
  private static final int[] LENGTHS = {
    1, 5, 10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 28_800,
    43_200, 86_400, 172_800, 604_800
  };

  /** Pixels of a row that a picture chooses. */
  private static final int ROW = 2;

  enum Form {
    PNG,
    CSV,
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
              + " instrument).")
  private String symbol;

  @Option(
      names = "--model",
      paramLabel = "NAME|consensus|measured",
      description =
          "Model of the settings, the mean of all, or the positions that the venue published"
              + " (default: the first).")
  private String model;

  @Option(
      names = "--window",
      defaultValue = "all",
      paramLabel = "12h|1d|3d|7d|30d|all",
      description = "Only positions opened within this time (default: ${DEFAULT-VALUE}).")
  private String window;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Time from one map to the next (default: 5m; of a png as much as it has room for).")
  private Long every;

  @Mixin private ColumnOptions columns;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "png|csv|npy|parquet",
      description = "Picture, table of rows, arrays for NumPy, or table in Parquet.")
  private Form form;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "File to write to; an existing one is replaced once the new one is whole.")
  private Path out;

  @Mixin private PictureSize size;

  @Mixin private PictureOptions picture;

  @Override
  public Integer call() throws IOException {
    if (Files.isDirectory(out)) {
      throw new ParameterException(
          spec.commandLine(), "--out " + out + " is a folder; name a file in it");
    }
    size.width();
    size.height();
    picture.palette();
    picture.scale();
    final TableFormat format = form == Form.PARQUET ? parquet(spec) : null;
    final ColumnExport export = ColumnExport.of(spec, journal, columns, request(), model, window);
    final long length = every == null ? DATA_EVERY : every;
    switch (form) {
      case PNG -> draw(export);
      case CSV -> export.table(out, null, length, false);
      case PARQUET -> export.table(out, format, length, false);
      case NPY -> export.arrays(out, length, false);
    }
    return ExitCodes.DONE;
  }

  /** The form that a module of its own brings. */
  static TableFormat parquet(final CommandSpec spec) {
    final TableFormat format = TableFormat.of("parquet");
    if (format == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--format parquet " + ModuleCommand.absent("parquet") + "; or use --format csv or npy");
    }
    return format;
  }

  private MapRequest request() {
    try {
      return MapRequest.of(MapRequest.Words.OPTIONS, symbol, model, window);
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void draw(final ColumnExport export) throws IOException {
    final Palette palette = picture.palette();
    final MoneyScale scale = picture.scale();
    final int room = HeatmapPicture.columns(size.width());
    final long length = every == null ? fitting(export, room) : every;
    if (export.columns(length) > room) {
      throw export.wrong(
          "--every "
              + Format.duration(length)
              + " makes "
              + Format.count(export.columns(length))
              + " columns, and a picture "
              + size.width()
              + " pixels wide has room for "
              + Format.count(room)
              + ": give --every "
              + Format.duration(fitting(export, room))
              + " or more, less time, or a larger --size");
    }
    final JournalPrices prices = export.prices();
    final HeatCells cells = new HeatCells(rows(export, export.range(prices)));
    export.run(length, cells::add);
    final Caption caption =
        new Caption(
            MapWords.whose(export.end())
                + "  "
                + Format.minute(export.from())
                + " – "
                + Format.minute(export.to())
                + " UTC",
            MapWords.which(export.end()) + " · a column every " + Format.duration(length),
            MapWords.caveat(export.end()),
            export.last().instrument().quoteAsset());
    OutFile.writeBytes(
        out,
        (to) -> {
          final OutputStream bytes = new BufferedOutputStream(Channels.newOutputStream(to));
          HeatmapPicture.write(
              cells,
              length,
              scale,
              picture.isLinear(),
              palette,
              caption,
              prices.liquidations(),
              size.width(),
              size.height(),
              bytes);
          bytes.flush();
        });
  }

  /** The shortest length of a column so that a picture has room for all. */
  private static long fitting(final ColumnExport export, final int room) {
    for (final int seconds : LENGTHS) {
      if (export.columns(seconds * SECOND) <= room) {
        return seconds * SECOND;
      }
    }
    return (export.to() - export.from()) / room / (86_400 * SECOND) * (86_400 * SECOND)
        + 86_400 * SECOND;
  }

  private PriceRows rows(final ColumnExport export, final PriceRange range) {
    final int room = HeatmapPicture.rows(size.height());
    if (columns.group() == 0) {
      final int rows = room / ROW;
      final PriceRows found = export.rows(range, export.group(range, rows));
      return columns.hasPrices() ? found : found.widenedTo(rows);
    }
    final PriceRows rows = export.rows(range, columns.group());
    if (rows.count() > room) {
      throw export.wrong(
          "--group "
              + columns.group()
              + " makes "
              + Format.count(rows.count())
              + " rows, and a picture "
              + size.height()
              + " pixels high has room for "
              + room
              + ": give --group "
              + export.group(range, room)
              + " or more, --low and --high nearer to each other, or a larger --size");
    }
    return rows;
  }
}
