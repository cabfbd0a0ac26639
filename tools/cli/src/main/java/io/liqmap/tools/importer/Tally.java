package io.liqmap.tools.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the rows of one file, and keeps its clock from going back. */
final class Tally {
  private final InputFile input;
  private final SortedMap<String, Long> dropped = new TreeMap<>();
  private final SortedMap<String, Long> lost = new TreeMap<>();
  private final List<String> conventions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long read;
  private long used;
  private long outOfOrder;
  private long labelsShifted;
  private long first = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  Tally(final InputFile of) {
    input = of;
    notes.addAll(of.notes());
    notes.addAll(of.checksum().notes());
  }

  /** A row was read; it counts as used until it is dropped. */
  void read() {
    read++;
    used++;
  }

  /** Drops with loss: too many fail the import. */
  void drop(final String reason) {
    drop(reason, true);
  }

  /** Drops without loss: the row is empty, repeats another, or isn't wanted. */
  void omit(final String reason) {
    drop(reason, false);
  }

  void drop(final String reason, final boolean isLoss) {
    used--;
    dropped.merge(reason, 1L, Long::sum);
    if (isLoss) {
      lost.merge(reason, 1L, Long::sum);
    }
  }

  /** The highest time of the file so far, this one included. */
  long clock(final long time) {
    if (time < latest) {
      outOfOrder++;
    } else {
      latest = time;
    }
    first = Math.min(first, time);
    return latest;
  }

  /** Highest time so far; {@code Long.MIN_VALUE} before the first. */
  long latest() {
    return latest;
  }

  /** The same without counting disorder: a row has several times. */
  long latest(final long time) {
    first = Math.min(first, time);
    latest = Math.max(latest, time);
    return latest;
  }

  /** A row's time label was moved to the moment that its values are of. */
  void shiftLabel() {
    labelsShifted++;
  }

  /** How the file is read where it could be read otherwise. */
  void convention(final String convention) {
    conventions.add(convention);
  }

  /** Notes how often something was there, unless it never was. */
  void noteCount(final String what, final long count) {
    if (count > 0) {
      note(what + ": " + count);
    }
  }

  void note(final String note) {
    notes.add(note);
  }

  ImportReport.InputReport report() {
    return new ImportReport.InputReport(
        input.path(),
        input.kind().toString(),
        read,
        used,
        dropped,
        lost,
        outOfOrder,
        input.order().reordered(),
        input.order().isNewestFirst(),
        labelsShifted,
        read == 0 ? 0 : first,
        read == 0 ? 0 : latest,
        input.checksum().isChecked(),
        conventions,
        notes);
  }
}
