package io.liqmap.tools.command;

import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.tools.answer.Advice;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.VerifyAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liqmap verify}: walks a journal. */
@Command(
    name = "verify",
    description = {
      "Walks a journal: documents, events, sequences, checksums, snapshots; says where it breaks.",
      "Never changes it. Exits with 4 where it is damaged."
    })
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--journal",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the journal.")
  private Path journal;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    final PrintWriter out = spec.commandLine().getOut();
    try (JournalReader reader = JournalReader.open(journal)) {
      final JournalCheck check = JournalCheck.of(reader);
      final VerifyAnswer answer = VerifyAnswer.of(reader, check);
      if (json) {
        Json.write(answer, out);
      } else {
        answer.print(out);
      }
      if (answer.whole()) {
        return ExitCodes.DONE;
      }
      spec.commandLine()
          .getErr()
          .println("liqmap: " + Format.printable(Advice.withCommands(check.damage())));
      return ExitCodes.DAMAGED_JOURNAL;
    } catch (final JournalDamageException e) {
      if (json) {
        Json.write(VerifyAnswer.damagedAtStart(e.getMessage()), out);
      }
      throw e;
    }
  }
}
