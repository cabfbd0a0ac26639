package io.liqmap.tools.command;

import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.tools.answer.InstrumentChoice;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.answer.OutFile;
import io.liqmap.tools.answer.ScoreAnswer;
import io.liqmap.tools.answer.ScoreHtml;
import io.liqmap.tools.answer.ScoreText;
import io.liqmap.tools.score.JournalScore;
import io.liqmap.tools.score.ScoreOptions;
import io.liqmap.tools.score.WindowCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap score}: how well the map accounted for the liquidations of a journal. */
@Command(
    name = "score",
    description = {
      "Scores the models of a journal against the liquidations that the venue reported, beside"
          + " controls.",
      "Says how much was expected and realised along the path that price took; it predicts neither."
    })
public final class ScoreCommand implements Callable<Integer> {
  private static final int MOST_CONTROLS = 10_000;
  private static final int LEAST_CONTROLS = 100;

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
          "Instrument, as venue:symbol or a symbol of one venue (default: each that can be scored).")
  private String symbol;

  @Option(
      names = "--controls",
      defaultValue = "100",
      paramLabel = "N",
      description = "Random profiles, 100 to 10000 (default: ${DEFAULT-VALUE}).")
  private int controls;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description =
          "Same seed, same random profiles and bootstrap draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Leave out so much from the start, as 14d; it is learned from (default: 14d, at most half"
              + " of the windows' time).")
  private Long warmUp;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Leave out what is before; it is learned from.")
  private Moment from;

  @Option(names = "--json", description = "Print the score as JSON.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write it as a page of its own, with drawings, too.")
  private Path html;

  @Override
  public Integer call() throws IOException {
    check();
    try (JournalReplay opened = JournalReplay.open(journal)) {
      final EngineSettings settings = opened.settings();
      final MapWriter writer =
          new MapWriter(settings.map(), settings.levels(), settings.maxInstruments());
      final WindowCollector collector = new WindowCollector(writer.maps(), settings.map());
      writer.listener(collector);
      opened.replay(writer).fromStart(Until.END);
      if (writer.listenerFailures() > 0) {
        throw new IllegalStateException(
            "the score didn't see " + writer.listenerFailures() + " of the events");
      }
      final InstrumentName only = chosen(writer.maps());
      final JournalScore score =
          JournalScore.of(
              collector,
              only,
              new ScoreOptions(
                  controls,
                  seed,
                  warmUp == null ? ScoreOptions.DEFAULT_WARM_UP : warmUp,
                  from == null ? Long.MIN_VALUE : from.value()));
      print(ScoreAnswer.of(writer, controls, seed, score));
      return ExitCodes.DONE;
    }
  }

  private void check() {
    if (controls < LEAST_CONTROLS || controls > MOST_CONTROLS) {
      throw wrong(
          "--controls has to be " + LEAST_CONTROLS + " to " + MOST_CONTROLS + ", was " + controls);
    }
    if (from != null && from.isSequence()) {
      throw wrong("--from " + from + " is a sequence; name a time, as 2024-08-05T12:00:00Z");
    }
    if (html != null && Files.isDirectory(html)) {
      throw wrong("--html " + html + " is a folder; name a file in it");
    }
  }

  /** Null for all. */
  private InstrumentName chosen(final LiquidationMaps maps) {
    if (symbol == null) {
      return null;
    }
    try {
      return InstrumentChoice.of(symbol, maps.all(), ": the journal has").instrument().name();
    } catch (final IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void print(final ScoreAnswer answer) throws IOException {
    if (html != null) {
      OutFile.write(html, (file) -> ScoreHtml.write(answer, file));
    }
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      ScoreText.print(answer, spec.commandLine().getOut());
    }
  }
}
