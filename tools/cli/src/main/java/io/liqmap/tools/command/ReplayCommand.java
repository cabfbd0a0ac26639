package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import java.io.IOException;
import java.io.PrintWriter;
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
  /** Where a replay starts. */
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
      converter = Moment.Converter.class,
      description = "Last moment to apply (default: the end).")
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
    final long held = replay.start() == null ? 0 : replay.start().events();
    final RunReport common =
        new RunReport(
            replay.map().maps().count(),
            replay.map().firstTime(),
            replay.map().report(),
            replay.snapshots().size(),
            elapsed,
            replay.map().events() - held);
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      final JsonGenerator generator = Json.on(out);
      generator.writeStartObject();
      common.writeTo(generator);
      generator.writeNumberField("startedBehindEvent", held);
      generator.writeNumberField("comparedSnapshots", replay.compared());
      generator.writeNumberField("comparedReports", replay.reports());
      if (replay.recorded() != null) {
        generator.writeStringField("recordedStateHash", Format.hash(replay.recorded().stateHash()));
      }
      generator.writeBooleanField("matches", replay.matches());
      if (damage != null) {
        generator.writeStringField("damage", damage);
      }
      generator.writeEndObject();
      generator.close();
      out.println();
    } else {
      common.print(out);
      out.printf(
          "started       %s%n",
          held == 0 ? "from the first event" : "behind event " + Format.count(held));
      out.printf("compared      %s%n", comparison(replay));
      if (damage != null) {
        out.printf(
            "stopped       DAMAGED behind event %s, the last good one; the state is that of then%n",
            Format.count(replay.map().events()));
      }
    }
    out.flush();
  }

  private static String comparison(final Replay replay) {
    final String snapshots = Format.count(replay.compared()) + " snapshots on the way";
    if (replay.firstDifference() != null) {
      return "STATE DIFFERS from the snapshot behind event "
          + Format.count(replay.firstDifference().events())
          + " (recorded "
          + Format.hash(replay.firstDifference().stateHash())
          + ")";
    }
    if (replay.firstReportDifference() != null) {
      return "STATE DIFFERS from the end of a run behind event "
          + Format.count(replay.firstReportDifference().events())
          + " (recorded "
          + Format.hash(replay.firstReportDifference().stateHash())
          + ")";
    }
    final boolean isAtEnd =
        replay.recorded() != null && replay.recorded().events() == replay.map().events();
    if (!isAtEnd) {
      return snapshots + ", same state; no final state was recorded for this moment";
    }
    return snapshots
        + (replay.reports() > 1 ? ", the ends of " + (replay.reports() - 1) + " runs before" : "")
        + " and the final state: the same";
  }
}
