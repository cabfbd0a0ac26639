package io.liqmap.tools.command;

import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.answer.ReplayAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liqmap replay}: a journal through the engine again. */
@Command(
    name = "replay",
    description = {
      "Runs a journal through the engine again and compares the state with what was recorded.",
      "Exits with 1 where a hash differs, with 4 where the journal is damaged."
    })
public final class ReplayCommand implements Callable<Integer> {
  enum Start {
    START,
    SNAPSHOT
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--journal",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the journal.")
  private Path journal;

  @Option(
      names = "--from",
      defaultValue = "start",
      paramLabel = "start|snapshot",
      description =
          "From the first event, or from the last snapshot before the end (default:"
              + " ${DEFAULT-VALUE}).")
  private Start from;

  @Option(
      names = "--to",
      paramLabel = "TIME|SEQ",
      converter = MomentConverter.class,
      description = "Last time or sequence to apply (default: end of journal).")
  private Moment to;

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (JournalReplay opened = JournalReplay.open(journal)) {
      final long started = System.nanoTime();
      final Replay replay = opened.replay();
      try {
        if (from == Start.START) {
          replay.fromStart(to == null ? Until.END : to.until());
          opened.requireInside(replay, spec, "--to", to);
        } else {
          opened.fromSnapshot(replay, spec, "--to", to);
        }
      } catch (final JournalDamageException e) {
        print(replay, System.nanoTime() - started, e.getMessage());
        throw e;
      }
      print(replay, System.nanoTime() - started, null);
      return replay.matches() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  private void print(final Replay replay, final long elapsed, final String damage)
      throws IOException {
    final ReplayAnswer answer = ReplayAnswer.of(replay, elapsed, damage);
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      answer.print(spec.commandLine().getOut());
    }
  }
}
