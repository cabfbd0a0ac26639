package io.liqmap.tools.command;

import io.liqmap.engine.journal.JournalCompression;
import io.liqmap.engine.journal.JournalCopy;
import io.liqmap.tools.answer.CompressAnswer;
import io.liqmap.tools.answer.CopyAnswer;
import io.liqmap.tools.answer.Json;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code liqmap journal}: what is done with whole journals. */
@Command(name = "journal", description = "Copies and compresses journals.")
public final class JournalCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command: copy, compress");
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
    final CopyAnswer answer = CopyAnswer.of(JournalCopy.copy(from, to), to);
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      answer.print(spec.commandLine().getOut());
    }
    return ExitCodes.DONE;
  }

  /**
   * Compresses a journal.
   *
   * @return exit code
   */
  @Command(
      name = "compress",
      description = {
        "Compresses a journal's files, to a fourth or so, also while an engine writes it: its last file stays then.",
        "All commands read a compressed journal, and run resumes it. A damaged journal isn't compressed (4)."
      })
  int compress(
      @Parameters(paramLabel = "DIR", description = "Folder of the journal.") final Path journal,
      @Option(names = "--json", description = "Print the result as JSON.") final boolean json)
      throws IOException {
    final CompressAnswer answer = CompressAnswer.of(JournalCompression.compress(journal));
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      answer.print(spec.commandLine().getOut());
    }
    return ExitCodes.DONE;
  }
}
