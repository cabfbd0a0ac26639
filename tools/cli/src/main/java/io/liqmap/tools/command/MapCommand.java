package io.liqmap.tools.command;

import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MapAnswer;
import io.liqmap.tools.answer.MapRequest;
import io.liqmap.tools.answer.MapCsv;
import io.liqmap.tools.answer.MapTable;
import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.answer.OutFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap map}: the map at a point in time. */
@Command(
    name = "map",
    description = "Prints the liquidation map of an instrument or a group at a point in time.")
public final class MapCommand implements Callable<Integer> {
  enum Format {
    TABLE,
    JSON,
    CSV
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
          "Instrument, as venue:symbol or a symbol of one venue, or group (default: the only instrument; the table shows all of both).")
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
          "Model of the settings, the mean of all with their spread, or the positions that the venue"
              + " published (default: the first).")
  private String model;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "table|json|csv",
      description = "How to print it (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write to (default: standard output).")
  private Path out;

  @Override
  public Integer call() throws IOException {
    final MapRequest request = request();
    if (out != null && Files.isDirectory(out)) {
      throw new ParameterException(
          spec.commandLine(), "--out " + out + " is a folder; name a file in it");
    }
    try (JournalReplay opened = JournalReplay.open(journal)) {
      final Replay replay = opened.replay();
      opened.fromSnapshot(replay, spec, "--at", at);
      // Before the file is opened: a wrong name keeps an existing file.
      final List<MapAnswer> answers = answers(request, replay.map());
      if (out == null) {
        write(answers, spec.commandLine().getOut());
      } else {
        OutFile.write(out, (file) -> write(answers, file));
      }
      return ExitCodes.DONE;
    }
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
      return format == Format.TABLE ? request.all(writer) : List.of(request.one(writer));
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void write(final List<MapAnswer> answers, final PrintWriter to) throws IOException {
    for (final MapAnswer answer : answers) {
      switch (format) {
        case TABLE -> MapTable.print(answer, to);
        case JSON -> Json.write(answer, to);
        case CSV -> MapCsv.write(answer, to);
      }
      to.flush();
    }
  }
}
