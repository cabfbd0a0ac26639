package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.journal.JournalCopy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code liqmap journal}: what is done with whole journals. */
@Command(name = "journal", description = "Copies journals.")
public final class JournalCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command: copy");
  }

  /**
   * Copies a journal.
   *
   * @return exit code
   */
  @Command(
      name = "copy",
      description = {
        "Copies a journal, also while an engine writes it: the copy is whole, and can be resumed.",
        "Each document is checked on the way; a damaged journal isn't copied (4)."
      })
  int copy(
      @Parameters(paramLabel = "FROM", description = "Folder of the journal.") final Path from,
      @Parameters(paramLabel = "TO", description = "Folder of the copy; must not exist.")
          final Path to,
      @Option(names = "--json", description = "Print the result as JSON.") final boolean json)
      throws IOException {
    final JournalCopy.Copied copied = JournalCopy.copy(from, to);
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      try (JsonGenerator generator = Json.on(out)) {
        generator.writeStartObject();
        generator.writeNumberField("documents", copied.documents());
        generator.writeNumberField("events", copied.events());
        generator.writeBooleanField("closedCleanly", copied.closedCleanly());
        generator.writeEndObject();
      }
      out.println();
    } else {
      out.printf("documents     %s%n", Format.count(copied.documents()));
      out.printf("events        %s%n", Format.count(copied.events()));
      out.printf(
          "ended         %s%n",
          copied.closedCleanly() ? "cleanly" : "not yet: the run was going on, or was cut off");
      out.printf("copy          %s, whole%n", to);
    }
    out.flush();
    return ExitCodes.DONE;
  }
}
