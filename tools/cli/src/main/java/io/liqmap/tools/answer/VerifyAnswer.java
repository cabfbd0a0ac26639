package io.liqmap.tools.answer;

import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.replay.JournalCheck;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * What {@code verify} found.
 *
 * @param whole whether nothing is damaged
 * @param found what the walk counted; null where not even the start can be read
 * @param damage where and how it is damaged
 */
public record VerifyAnswer(boolean whole, @Json.Inlined Counts found, Optional<String> damage) {

  record Counts(
      long documents,
      long events,
      long acknowledgedEvents,
      long snapshots,
      long runs,
      long firstSequence,
      long lastSequence,
      boolean closedCleanly) {}

  /** Of a journal that was walked. */
  public static VerifyAnswer of(final JournalReader reader, final JournalCheck check) {
    return new VerifyAnswer(
        check.damage() == null,
        new Counts(
            check.documents(),
            check.events(),
            reader.acknowledgedEvents(),
            check.snapshots(),
            reader.runs(),
            check.firstSequence(),
            check.lastSequence(),
            reader.isClosedCleanly()),
        Optional.ofNullable(Advice.withCommands(check.damage())));
  }

  /** Of a journal whose start is damaged. */
  public static VerifyAnswer damagedAtStart(final String damage) {
    return new VerifyAnswer(false, null, Optional.ofNullable(Advice.withCommands(damage)));
  }

  public void print(final PrintWriter out) {
    final Lines to = new Lines(out, 14);
    to.line("documents", "%,d", found.documents);
    to.line("events", "%,d (%,d acknowledged)", found.events, found.acknowledgedEvents);
    to.line("sequences", "%d to %d", found.firstSequence, found.lastSequence);
    to.line("snapshots", "%,d", found.snapshots);
    to.line("runs", "%,d", found.runs);
    to.line(
        "ended",
        "%s",
        found.closedCleanly ? "cleanly" : "NOT CLEANLY: the run was cut off, or is still running");
    to.text(0, "%s", whole ? "whole: every checksum, sequence and snapshot holds" : "DAMAGED");
    out.flush();
  }
}
