package io.liqmap.tools.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds windows without report data, which a feed doesn't tell from windows without liquidations:
 * windows without a report on either side, where nearly all windows have one, or for a day and
 * more.
 */
final class ReportOutages {
  /** Share of windows with a report from which one without counts as an outage. */
  static final double NEARLY_ALL = 0.95;

  /** As long without a report is an outage, ns. */
  static final long LONG = 86_400_000_000_000L;

  private ReportOutages() {}

  /** Windows with report data. */
  static List<ScoreWindow> without(final List<ScoreWindow> windows) {
    final long reported = windows.stream().filter(ReportOutages::hasReport).count();
    final boolean isEachExpected = reported >= NEARLY_ALL * windows.size();
    final List<ScoreWindow> kept = new ArrayList<>();
    int from = 0;
    while (from < windows.size()) {
      if (hasReport(windows.get(from))) {
        kept.add(windows.get(from++));
        continue;
      }
      int to = from;
      while (to < windows.size() && !hasReport(windows.get(to))) {
        to++;
      }
      final long nanos = windows.get(to - 1).end() - windows.get(from).start();
      if (!isEachExpected && nanos < LONG) {
        kept.addAll(windows.subList(from, to));
      }
      from = to;
    }
    return kept;
  }

  private static boolean hasReport(final ScoreWindow window) {
    return window.longs().reported() > 0 || window.shorts().reported() > 0;
  }
}
