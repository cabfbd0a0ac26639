package io.liqmap.tools.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the rows of one file, and keeps its clock from going back. */
final class Tally {
  static final String NOT_NEWER = "time stamp repeated or going back";

  private final InputFile input;
  private final SortedMap<String, Long> dropped = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private long read;
  private long used;
  private long outOfOrder;
  private long latest = Long.MIN_VALUE;

  Tally(final InputFile of) {
    input = of;
    notes.addAll(of.notes());
  }

  /** A row was read; it counts as used until it is dropped. */
  void read() {
    read++;
    used++;
  }

  void drop(final String reason) {
    used--;
    dropped.merge(reason, 1L, Long::sum);
  }

  /** The highest time of the file so far, this one included. */
  long clock(final long time) {
    if (time < latest) {
      outOfOrder++;
    } else {
      latest = time;
    }
    return latest;
  }

  void note(final String note) {
    notes.add(note);
  }

  ImportReport.InputReport report() {
    return new ImportReport.InputReport(
        input.path(), input.kind().toString(), read, used, dropped, outOfOrder, notes);
  }
}
