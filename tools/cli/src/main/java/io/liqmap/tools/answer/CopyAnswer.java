package io.liqmap.tools.answer;

import io.liqmap.engine.journal.JournalCopy;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * What {@code journal copy} copied.
 *
 * @param documents documents copied
 * @param events events in them
 * @param closedCleanly whether the journal's last run had ended
 * @param to folder of the copy
 */
public record CopyAnswer(
    long documents, long events, boolean closedCleanly, @Json.TextOnly Path to) {

  public static CopyAnswer of(final JournalCopy.Copied copied, final Path to) {
    return new CopyAnswer(copied.documents(), copied.events(), copied.closedCleanly(), to);
  }

  public void print(final PrintWriter out) {
    final Lines lines = new Lines(out, 14);
    lines.line("documents", "%,d", documents);
    lines.line("events", "%,d", events);
    lines.line(
        "ended",
        "%s",
        closedCleanly ? "cleanly" : "not yet: the run was still running, or was cut off");
    lines.line("copy", "%s, whole", to);
    out.flush();
  }
}
