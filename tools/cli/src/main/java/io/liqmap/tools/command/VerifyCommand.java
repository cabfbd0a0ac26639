package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.replay.JournalCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
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
    try (JournalReader reader = JournalReader.open(journal)) {
      final JournalCheck check = JournalCheck.of(reader);
      print(reader, check);
      return check.damage() == null ? ExitCodes.DONE : ExitCodes.DAMAGED_JOURNAL;
    } catch (final JournalDamageException e) {
      if (json) {
        printDamageAtStart(e);
      }
      throw e;
    }
  }

  private void printDamageAtStart(final JournalDamageException damage) throws IOException {
    final PrintWriter out = spec.commandLine().getOut();
    try (JsonGenerator generator = Json.on(out)) {
      generator.writeStartObject();
      generator.writeBooleanField("whole", false);
      generator.writeStringField("damage", damage.getMessage());
      generator.writeEndObject();
    }
    out.println();
    out.flush();
  }

  private void print(final JournalReader reader, final JournalCheck check) throws IOException {
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      try (JsonGenerator generator = Json.on(out)) {
        generator.writeStartObject();
        generator.writeBooleanField("whole", check.damage() == null);
        generator.writeNumberField("documents", check.documents());
        generator.writeNumberField("events", check.events());
        generator.writeNumberField("acknowledgedEvents", reader.acknowledgedEvents());
        generator.writeNumberField("snapshots", check.snapshots());
        generator.writeNumberField("runs", reader.runs());
        generator.writeNumberField("firstSequence", check.firstSequence());
        generator.writeNumberField("lastSequence", check.lastSequence());
        generator.writeBooleanField("closedCleanly", reader.isClosedCleanly());
        if (check.damage() != null) {
          generator.writeStringField("damage", check.damage());
        }
        generator.writeEndObject();
      }
      out.println();
    } else {
      out.printf("documents     %s%n", Format.count(check.documents()));
      out.printf(
          "events        %s (%s acknowledged)%n",
          Format.count(check.events()), Format.count(reader.acknowledgedEvents()));
      out.printf(
          Locale.ROOT, "sequences     %d to %d%n", check.firstSequence(), check.lastSequence());
      out.printf("snapshots     %s%n", Format.count(check.snapshots()));
      out.printf("runs          %s%n", Format.count(reader.runs()));
      out.printf(
          "ended         %s%n",
          reader.isClosedCleanly()
              ? "cleanly"
              : "NOT CLEANLY: the run was cut off, or is going on");
      out.printf(
          "%s%n",
          check.damage() == null
              ? "whole: every checksum, sequence and snapshot holds"
              : "DAMAGED");
    }
    out.flush();
    if (check.damage() != null) {
      spec.commandLine().getErr().println("liqmap: " + ExitCodes.plain(check.damage()));
    }
  }
}
