package io.liqmap.tools.command;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.tools.answer.GroupMapAnswer;
import io.liqmap.tools.answer.InstrumentChoice;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MapAnswer;
import io.liqmap.tools.answer.MapCsv;
import io.liqmap.tools.answer.MapTable;
import io.liqmap.tools.answer.OutFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      converter = Moment.Converter.class,
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
    if (Window.of(window) == null) {
      throw new ParameterException(
          spec.commandLine(), "--window " + window + ": give 12h, 1d, 3d, 7d, 30d or all");
    }
    if (isMeasured() && Window.of(window) != Window.ALL) {
      throw new ParameterException(
          spec.commandLine(),
          "--model measured shows all known positions, as few venues say when they were opened; leave --window out");
    }
    if (out != null && Files.isDirectory(out)) {
      throw new ParameterException(
          spec.commandLine(), "--out " + out + " is a folder; name a file in it");
    }
    try (JournalReplay opened = JournalReplay.open(journal)) {
      final Replay replay = opened.replay();
      opened.fromSnapshot(replay, spec, "--at", at);
      final MapWriter writer = replay.map();
      final GroupMap group = group(writer);
      final List<InstrumentMap> maps = group == null ? known(chosen(writer.maps())) : List.of();
      final List<GroupMap> groups = group == null ? shown(writer) : List.of(group);
      // Before the file is opened: a wrong name keeps an existing file.
      final int number = isMeasured() ? -1 : model(writer.maps().settings());
      if (out == null) {
        write(writer, maps, groups, number, spec.commandLine().getOut());
      } else {
        OutFile.write(out, (file) -> write(writer, maps, groups, number, file));
      }
      return ExitCodes.DONE;
    }
  }

  private void write(
      final MapWriter writer,
      final List<InstrumentMap> maps,
      final List<GroupMap> groups,
      final int number,
      final PrintWriter to)
      throws IOException {
    for (final InstrumentMap map : maps) {
      write(
          isMeasured()
              ? MapAnswer.ofKnownPositions(writer, map, true)
              : MapAnswer.of(writer, map, number, Window.of(window), true),
          to);
    }
    for (final GroupMap group : groups) {
      write(GroupMapAnswer.of(writer, group, number, Window.of(window), true), to);
    }
  }

  private void write(final MapAnswer answer, final PrintWriter to) throws IOException {
    switch (format) {
      case TABLE -> MapTable.print(answer, to);
      case JSON -> Json.write(answer, to);
      case CSV -> MapCsv.write(answer, to);
    }
    to.flush();
  }

  private GroupMap group(final MapWriter writer) {
    try {
      final GroupMap group = GroupChoice.of(writer, symbol);
      if (group != null && isMeasured()) {
        throw new IllegalArgumentException(
            "--model measured is of an instrument: name a member of the group, "
                + String.join(", ", group.settings().members()));
      }
      return group;
    } catch (final IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Groups that are shown beside all instruments. */
  private List<GroupMap> shown(final MapWriter writer) {
    return symbol == null && !isMeasured()
        ? writer.groups().stream().filter(GroupMap::isActive).toList()
        : List.of();
  }

  /** Number of the model that is asked for, −1 for the consensus. */
  private int model(final MapSettings settings) {
    if (model == null || model.equals(MapSnapshot.CONSENSUS)) {
      return model == null ? 0 : -1;
    }
    final int number = settings.model(model);
    if (number < 0) {
      final String known =
          settings.models().stream().map(ModelSettings::name).collect(Collectors.joining(", "));
      throw new ParameterException(
          spec.commandLine(),
          "--model "
              + model
              + ": the journal was made with "
              + known
              + ", or ask for consensus or measured");
    }
    return number;
  }

  private boolean isMeasured() {
    return MapSnapshot.MEASURED.equals(model);
  }

  /** Of several instruments those with known positions, where these are asked for. */
  private List<InstrumentMap> known(final List<InstrumentMap> maps) {
    final List<InstrumentMap> known =
        maps.stream().filter((map) -> !isMeasured() || map.hasKnownPositions()).toList();
    if (known.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--model measured: the feed has no known positions of "
              + InstrumentChoice.list(maps.stream().map((map) -> map.instrument().name()).toList())
              + " up to that time; they come from venues that publish accounts, as 'liqmap import"
              + " --format hyperliquid-positions' reads them, or in a feed of your own (engine/FEED.md)");
    }
    return known;
  }

  private List<InstrumentMap> chosen(final LiquidationMaps maps) {
    final List<InstrumentMap> all = maps.all();
    if (symbol != null) {
      try {
        return List.of(InstrumentChoice.of(symbol, all, ": at that time the journal has"));
      } catch (final IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage());
      }
    }
    if (all.size() > 1 && format != Format.TABLE) {
      throw new ParameterException(
          spec.commandLine(),
          "name one instrument with --symbol: " + InstrumentChoice.list(maps.names()));
    }
    if (all.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "at that time the journal has no instrument");
    }
    return all;
  }
}
