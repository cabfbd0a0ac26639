package io.liqmap.tools.command;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.replay.Replay;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.InstrumentChoice;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.answer.OutFile;
import io.liqmap.tools.answer.ProfileAnswer;
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

/** {@code liqmap profile}: what a model has learned, as settings. */
@Command(
    name = "profile",
    description = {
      "Prints the shares by distance that a model has learned, as settings for --config that run it"
          + " with them.",
      "Says of each how much was swept there: without exposure it is still what it was given."
    })
public final class ProfileCommand implements Callable<Integer> {
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
      description = "Instrument, as venue:symbol or a symbol of one venue (default: the only one).")
  private String symbol;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Model that learns (default: the first that does).")
  private String model;

  @Option(
      names = "--at",
      paramLabel = "TIME|SEQ",
      converter = MomentConverter.class,
      description = "Point in time or sequence, inclusive (default: end of journal).")
  private Moment at;

  @Option(names = "--json", description = "Print JSON instead of settings.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "File to write to (default: standard output).")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (out != null && Files.isDirectory(out)) {
      throw wrong("--out " + out + " is a folder; name a file in it");
    }
    try (JournalReplay opened = JournalReplay.open(journal)) {
      final Replay replay = opened.replay();
      opened.fromSnapshot(replay, spec, "--at", at);
      final InstrumentMap map = chosen(replay.map().maps());
      final ProfileAnswer answer =
          ProfileAnswer.of(
              map,
              map.instrument().name().among(replay.map().maps().names()),
              model(map.settings().models()),
              Format.time(replay.map().time()),
              Format.hash(replay.map().stateHash()));
      if (out == null) {
        write(answer, spec.commandLine().getOut());
      } else {
        OutFile.write(out, (file) -> write(answer, file));
      }
      return ExitCodes.DONE;
    }
  }

  private void write(final ProfileAnswer answer, final PrintWriter to) throws IOException {
    if (json) {
      Json.write(answer, to);
    } else {
      answer.print(to);
    }
  }

  private int model(final List<ModelSettings> models) {
    final List<String> learning =
        models.stream()
            .filter((one) -> one.learning().isScored())
            .map(ModelSettings::name)
            .toList();
    if (learning.isEmpty()) {
      throw wrong(
          "no model of this journal learns; run with learning.mode = on, as the default settings"
              + " do");
    }
    final String name = model == null ? learning.get(0) : model;
    if (!learning.contains(name)) {
      throw wrong("--model " + name + ": the models of this journal that learn are " + learning);
    }
    return models.stream().map(ModelSettings::name).toList().indexOf(name);
  }

  private InstrumentMap chosen(final LiquidationMaps maps) {
    if (symbol != null) {
      try {
        return InstrumentChoice.of(symbol, maps.all(), ": at that time the journal has");
      } catch (final IllegalArgumentException e) {
        throw wrong(e.getMessage());
      }
    }
    final List<InstrumentMap> all = maps.all();
    if (all.size() != 1) {
      throw wrong(
          all.isEmpty()
              ? "at that time the journal has no instrument"
              : "name one instrument with --symbol: " + InstrumentChoice.list(maps.names()));
    }
    return all.get(0);
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
