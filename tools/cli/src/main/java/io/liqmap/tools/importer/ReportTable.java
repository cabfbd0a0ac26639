package io.liqmap.tools.importer;

import io.liqmap.tools.answer.Format;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints an import report as tables, in lines of at most 120 columns where names allow. */
public final class ReportTable {
  private static final int WIDTH = 120;
  private static final int HOLES = 5;
  private static final int PATH = 44;
  private static final String FILES = "%-17s %11s %11s %9s %7s %9s  %-4s %s%n";
  private static final String SERIES = "%-15s %14s  %-20s  %-20s %9s %8s %12s %9s%n";
  private static final String INDENT = "    ";

  private final PrintWriter to;

  private ReportTable(final PrintWriter out) {
    to = out;
  }

  public static void print(final ImportReport report, final PrintWriter out) {
    new ReportTable(out).print(report);
  }

  private void print(final ImportReport report) {
    to.printf(FILES, "kind", "rows", "used", "dropped", "lost", "mended", "sum", "file");
    report.files().forEach(this::file);
    to.println();
    if (!report.series().isEmpty()) {
      to.printf(SERIES, "series", "values", "from", "to", "every", "holes", "missing", "share");
      report.series().forEach(this::series);
      to.println();
    }
    events(report);
    to.flush();
  }

  private void file(final ImportReport.InputReport file) {
    to.printf(
        FILES,
        file.kind(),
        Format.count(file.rowsRead()),
        Format.count(file.rowsUsed()),
        Format.count(file.dropped()),
        Format.count(file.lost()),
        Format.count(file.rowsReordered()),
        file.isChecked() ? "ok" : "none",
        end(Format.printable(file.file().toString())));
    for (final ImportReport.DroppedRows dropped : file.droppedRows()) {
      line(
          Format.count(dropped.rows())
              + " dropped: "
              + dropped.reason()
              + (dropped.lost() == 0
                  ? ""
                  : dropped.lost() == dropped.rows()
                      ? " (lost)"
                      : " (" + Format.count(dropped.lost()) + " lost)"));
    }
    if (file.rowsReordered() > 0) {
      line(
          "order mended: "
              + Format.count(file.rowsReordered())
              + " rows"
              + (file.isNewestFirst()
                  ? "; the file is newest first, rows of equal times were turned round with it"
                  : ""));
    }
    if (file.rowsOutOfOrder() > 0) {
      line(
          Format.count(file.rowsOutOfOrder())
              + " rows are earlier than a row before them, and keep their place");
    }
    if (file.labelsShifted() > 0) {
      line("time labels shifted: " + Format.count(file.labelsShifted()) + " rows");
    }
    Stream.concat(file.conventions().stream(), file.notes().stream()).forEach(this::line);
  }

  private void series(final ImportReport.SeriesReport series) {
    to.printf(
        SERIES,
        series.name(),
        Format.count(series.values()),
        second(series.firstTime()),
        second(series.lastTime()),
        series.rhythm() == 0 ? "" : every(series.rhythm()),
        Format.count(series.holes()),
        Format.count(series.missing()),
        String.format(Locale.ROOT, "%.3f %%", series.missingShare() * 100));
    series.largest().stream().limit(HOLES).forEach(this::hole);
    if (series.holes() > HOLES) {
      line(Format.count(series.holes() - HOLES) + " holes more; --json lists up to 20");
    }
  }

  private void hole(final ImportReport.Hole hole) {
    line(
        "hole from "
            + Format.time(hole.from())
            + " to "
            + Format.time(hole.to())
            + (hole.missing() == 0 ? "" : ": " + Format.count(hole.missing()) + " missing")
            + (hole.firstId() < 0 ? "" : ", ids " + hole.firstId() + " to " + hole.lastId()));
  }

  private void events(final ImportReport report) {
    final ImportReport.EventCounts events = report.events();
    to.printf("%s  %s events%n", report.feed(), Format.count(events.total()));
    line(
        Format.count(events.trades())
            + " trades, "
            + Format.count(events.openInterests())
            + " open interest, "
            + Format.count(events.markPrices())
            + " mark prices, "
            + Format.count(events.liquidations())
            + " liquidations, "
            + Format.count(events.accountRatios())
            + " account ratios, "
            + Format.count(events.bestBidOffers())
            + " tops of the book"
            + (events.knownPositions() == 0
                ? ""
                : ", " + Format.count(events.knownPositions()) + " known positions"));
    line(Format.time(report.firstTime()) + " to " + Format.time(report.lastTime()));
    report.notes().forEach(this::line);
  }

  /** Breaks a text between words. */
  private void line(final String text) {
    StringBuilder line = new StringBuilder(INDENT);
    for (final String word : Format.printable(text).split(" ", -1)) {
      if (line.length() > INDENT.length() && line.length() + word.length() >= WIDTH) {
        to.println(line.toString().stripTrailing());
        line = new StringBuilder(INDENT).append("  ");
      }
      line.append(word).append(' ');
    }
    to.println(line.toString().stripTrailing());
  }

  /** The end of a path, which says more of a file than its start. */
  private static String end(final String path) {
    return path.length() <= PATH ? path : "…" + path.substring(path.length() - PATH + 1);
  }

  private static String second(final long nanos) {
    return Format.time(nanos - Math.floorMod(nanos, 1_000_000_000L));
  }

  private static String every(final long nanos) {
    return nanos % 60_000_000_000L == 0
        ? Format.duration(nanos)
        : String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
  }
}
