package io.liqmap.tools.score;

/**
 * Finds seconds at the cap of one report a second: runs of seconds in which each has a report,
 * since more may have happened in them. What was swept and reported in them is summed, to be left
 * out. A run ends with each update of open interest. One thread.
 */
final class ThrottledSeconds {
  private static final long NONE = Long.MIN_VALUE;

  private final SweptTotals now;
  private final SweptTotals begin;
  private final SweptTotals before;
  private final SweptTotals ofWindow;

  private long second = NONE;
  private boolean hasReport;
  private long secondBefore = NONE;
  private boolean isBeforeCounted;
  private long seconds;
  private double notional;

  /**
   * Starts before any event.
   *
   * @param now sums as of the last event
   */
  ThrottledSeconds(final SweptTotals now) {
    this.now = now;
    begin = new SweptTotals(now);
    before = new SweptTotals(now);
    ofWindow = new SweptTotals(now);
  }

  /** Sets the second of an event that the sums don't have yet. */
  void onTime(final long newSecond) {
    if (newSecond != second) {
      finish();
      second = newSecond;
      begin.copyFrom(now);
    }
  }

  void onReport() {
    hasReport = true;
  }

  /** Ends the second and its run, before an update of open interest. */
  void endRun() {
    finish();
    secondBefore = NONE;
    begin.copyFrom(now);
  }

  private void finish() {
    if (!hasReport) {
      return;
    }
    hasReport = false;
    final boolean isInRun = secondBefore != NONE && second - secondBefore == 1;
    if (isInRun && !isBeforeCounted) {
      count(before);
    }
    before.clear();
    before.addBetween(begin, now);
    if (isInRun) {
      count(before);
    }
    secondBefore = second;
    isBeforeCounted = isInRun;
  }

  private void count(final SweptTotals ofSecond) {
    ofWindow.add(ofSecond);
    seconds++;
    notional += ofSecond.reported();
  }

  /** Sums of the throttled seconds of the window. */
  SweptTotals ofWindow() {
    return ofWindow;
  }

  void reset() {
    ofWindow.clear();
  }

  long seconds() {
    return seconds;
  }

  double notional() {
    return notional;
  }
}
