package io.liqmap.tools.answer;

import io.liqmap.tools.live.FramesReport;
import java.io.PrintWriter;

/**
 * What an import of venues' frames says.
 *
 * @param report of it
 */
public record FramesAnswer(@Json.Inlined FramesReport report) {
  /** Of a report. */
  public static FramesAnswer of(final FramesReport report) {
    return new FramesAnswer(report);
  }

  public void print(final PrintWriter out) {
    final Lines to = new Lines(out, 14);
    for (final FramesReport.Venue venue : report.venues()) {
      to.line(
          venue.venue(),
          "%,d frames in %,d files%s: %,d events; %,d about connections, %,d that repeat or are of"
              + " other instruments, %,d not used, %,d unknown, %,d invalid",
          venue.frames(),
          venue.files(),
          venue.cut() == 0 ? "" : ", " + Format.count(venue.cut()) + " of them cut at their end",
          venue.events(),
          venue.control(),
          venue.nothingNew(),
          venue.notUsed(),
          venue.unknown(),
          venue.invalid());
    }
    to.line(
        "feed",
        "%s, %,d events: %,d trades, %,d mark prices, %,d open interest, %,d liquidations, %,d tops"
            + " of the book, %,d account ratios, %,d interruptions of %,d instruments",
        report.feed(),
        report.events(),
        report.trades(),
        report.marks(),
        report.openInterest(),
        report.liquidations(),
        report.books(),
        report.accountRatios(),
        report.interruptions(),
        report.instruments());
    out.flush();
  }
}
