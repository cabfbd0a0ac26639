package io.liqmap.tools.command;

import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.journal.NoJournalException;
import io.liqmap.tools.watch.ColorLevel;
import io.liqmap.tools.watch.Watch;
import io.liqmap.tools.watch.WatchOptions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code liqmap watch}: the map in the terminal, drawn again as it changes. */
@Command(
    name = "watch",
    description = {
      "Draws the map or its heatmap in the terminal, and again as it changes; q or Ctrl-C ends.",
      "Where output isn't a terminal, or TERM is dumb, prints one frame."
    })
public final class WatchCommand implements Callable<Integer> {
  enum View {
    MAP,
    HEATMAP
  }

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Place place;

  @Option(
      names = "--symbol",
      paramLabel = "S",
      description =
          "Instrument, as venue:symbol or a symbol of one venue, or group (default: the first; n and p change it).")
  private String symbol;

  @Option(
      names = "--model",
      paramLabel = "NAME|consensus|measured",
      description = "Model of the settings (default: the first); of a view one that it shows.")
  private String model;

  @Option(
      names = "--window",
      defaultValue = "all",
      paramLabel = "12h|1d|3d|7d|30d|all",
      description = "Only positions opened within this time (default: ${DEFAULT-VALUE}).")
  private String window;

  @Option(
      names = "--view",
      defaultValue = "map",
      paramLabel = "map|heatmap",
      description = "What to draw (default: ${DEFAULT-VALUE}; v changes it).")
  private View view;

  @Option(
      names = "--column",
      defaultValue = "5m",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Time that a column of the heatmap is wide (default: ${DEFAULT-VALUE}).")
  private Long column;

  @Option(
      names = "--every",
      defaultValue = "500ms",
      paramLabel = "DURATION",
      converter = Every.class,
      description = "Time between two frames, 20ms to 1h (default: ${DEFAULT-VALUE}).")
  private Long every;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "End after so many frames (default: none in a terminal, else 1).")
  private Integer frames;

  @Option(
      names = "--color",
      defaultValue = "auto",
      paramLabel = "auto|always|never",
      description =
          "Colours (default: ${DEFAULT-VALUE}: in a terminal, as COLORTERM and TERM say, unless NO_COLOR is set).")
  private ColorLevel.Choice color;

  @Option(
      names = "--picture",
      defaultValue = "auto",
      paramLabel = "auto|sixel|blocks|ascii",
      description =
          "How to draw (default: ${DEFAULT-VALUE}: sixel where the terminal says that it can, else blocks).")
  private WatchOptions.PictureChoice picture;

  private static final class Place {
    @Option(
        names = "--journal",
        required = true,
        paramLabel = "DIR",
        description = "Folder of a journal, whether or not an engine is writing it.")
    private Path journal;

    @Option(
        names = "--share",
        required = true,
        paramLabel = "DIR",
        description = "Folder that a running engine shares.")
    private Path share;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (Window.of(window) == null) {
      throw new ParameterException(
          spec.commandLine(), "--window " + window + ": give 12h, 1d, 3d, 7d, 30d or all");
    }
    if (frames != null && frames < 1) {
      throw new ParameterException(spec.commandLine(), "--frames has to be 1 or more");
    }
    try {
      Watch.run(options(), spec.commandLine().getOut());
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (final NoSuchFileException e) {
      throw new NoJournalException(
          e.getFile()
              + ": no engine shares its view here; start one with 'liqmap run --share DIR'");
    }
    return ExitCodes.DONE;
  }

  private WatchOptions options() {
    return new WatchOptions(
        place.journal,
        place.share,
        symbol,
        model,
        window,
        column,
        every,
        frames == null ? 0 : frames,
        view == View.HEATMAP,
        color,
        picture,
        System.getenv());
  }

  /** Reads a duration of a frame as milliseconds. */
  static final class Every implements ITypeConverter<Long> {
    private static final long MOST_MILLIS = 3_600_000;
    private static final long LEAST_MILLIS = 20;

    @Override
    public Long convert(final String text) {
      final long millis =
          text.matches("[0-9]{1,7}ms")
              ? Long.parseLong(text.substring(0, text.length() - 2))
              : new DurationConverter().convert(text) / 1_000_000;
      if (millis < LEAST_MILLIS || millis > MOST_MILLIS) {
        throw new TypeConversionException(
            "'" + text + "' isn't 20ms to 1h; give a time as 500ms or 2s");
      }
      return millis;
    }
  }
}
