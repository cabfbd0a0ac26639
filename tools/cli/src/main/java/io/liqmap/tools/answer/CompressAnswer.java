package io.liqmap.tools.answer;

import io.liqmap.engine.journal.JournalCompression;
import java.io.PrintWriter;

/**
 * What {@code journal compress} compressed.
 *
 * @param files compressed now
 * @param before bytes of them before
 * @param after bytes of them now
 * @param left files that the next run appends to
 */
public record CompressAnswer(int files, long before, long after, int left) {

  public static CompressAnswer of(final JournalCompression.Compressed compressed) {
    return new CompressAnswer(
        compressed.files(), compressed.before(), compressed.after(), compressed.left());
  }

  public void print(final PrintWriter out) {
    final Lines lines = new Lines(out, 14);
    lines.line("compressed", "%,d files", files);
    lines.line("bytes", "%,d, before %,d", after, before);
    if (left > 0) {
      lines.line("left", "%,d, since a run may append to it", left);
    }
    out.flush();
  }
}
