package io.liqmap.tools.command;

import io.liqmap.engine.journal.NoJournalException;
import io.liqmap.engine.shared.counters.EngineCountersReader;
import io.liqmap.engine.shared.counters.EngineCountersReader.State;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.StatAnswer;
import io.liqmap.tools.answer.StatSample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap stat}: counters of a running engine. */
@Command(
    name = "stat",
    description = {
      "Shows an engine from outside: whether it runs, events a second, lags, faults, errors.",
      "Exits with 0 where it runs or has ended in order, with 1 where it is dead, frozen, has",
      "failed or makes no progress."
    })
public final class StatCommand implements Callable<Integer> {
  private static final double MAX_WATCH = 86_400;

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Place place;

  @Option(
      names = "--watch",
      paramLabel = "SECONDS",
      description = "Repeat until the engine has ended.")
  private Double watch;

  @Option(names = "--json", description = "Print JSON, an object each time.")
  private boolean json;

  private static final class Place {
    @Option(
        names = "--journal",
        required = true,
        paramLabel = "DIR",
        description = "Folder of the engine's journal.")
    private Path journal;

    @Option(
        names = "--share",
        required = true,
        paramLabel = "DIR",
        description = "Folder that it shares, where it keeps no journal.")
    private Path share;

    Path folder() {
      return journal == null ? share : journal;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (watch != null && !(watch > 0 && watch <= MAX_WATCH)) {
      throw new ParameterException(
          spec.commandLine(), "--watch has to be above 0, and 86400 at most, was " + watch);
    }
    StatSample before = null;
    StatSample now = sample();
    if (now.state() == State.RUNNING) {
      do {
        before = now;
        Thread.sleep(watch == null ? 1_000 : Math.max(1, Math.round(watch * 1_000)));
        now = sample();
        if (watch != null && now.state() == State.RUNNING) {
          print(StatAnswer.of(now, before));
        }
      } while (watch != null && now.state() == State.RUNNING);
    }
    final StatAnswer last = StatAnswer.of(now, before);
    print(last);
    return last.isWell() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  /** Opens the file again: another engine may have replaced it. */
  private StatSample sample() throws IOException {
    final Path folder = place.folder();
    try {
      return new StatSample(EngineCountersReader.open(folder), folder);
    } catch (final NoSuchFileException e) {
      throw new NoJournalException(
          folder
              + ": no engine has written counters here; name the --journal of one that was started with"
              + " 'liqmap run', or what it shares if it keeps no journal");
    }
  }

  private void print(final StatAnswer answer) throws IOException {
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.write(answer, out);
      return;
    }
    answer.print(out);
    if (watch != null) {
      out.println();
      out.flush();
    }
  }
}
