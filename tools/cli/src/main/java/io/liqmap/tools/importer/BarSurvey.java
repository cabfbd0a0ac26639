package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedOrigin;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings of a first pass over the bars of a file.
 *
 * @param interval most frequent step between bars, the smallest of them if there are several, ns
 * @param first time of the first bar, ns
 * @param end end of the last bar, ns
 * @param missing bars missing by the interval
 * @param shortened bars that are followed by one before the interval is over
 * @param rhythm the bars' times
 * @param isEpoch times are numbers since 1970, so that they need no clock
 */
record BarSurvey(
    long interval,
    long first,
    long end,
    long missing,
    long shortened,
    Rhythm rhythm,
    boolean isEpoch) {

  static BarSurvey of(final InputFile bars, final LocalClocks clocks, final long maxExpanded)
      throws IOException {
    final Map<Long, Long> steps = new TreeMap<>();
    final Rhythm rhythm = new Rhythm("bars");
    long first = 0;
    long last = 0;
    boolean epoch = false;
    try (TimedRows rows = TimedRows.of(bars, clocks, maxExpanded)) {
      for (boolean begins = true; rows.next(); begins = false) {
        if (begins) {
          first = rows.time();
        } else {
          steps.merge(rows.time() - last, 1L, Long::sum);
        }
        last = rows.time();
        epoch = rows.isEpoch();
        rhythm.value(last);
      }
    }
    long interval = 0;
    long most = 0;
    for (final Map.Entry<Long, Long> step : steps.entrySet()) {
      if (step.getValue() > most) {
        most = step.getValue();
        interval = step.getKey();
      }
    }
    if (interval == 0) {
      throw ImportException.in(
          bars.path(),
          "holds fewer than two bars, so their interval is unknown",
          "get a longer stretch");
    }
    if (interval > FeedOrigin.MAX_BAR_NANOS) {
      throw ImportException.in(
          bars.path(),
          "has bars that are "
              + Duration.ofNanos(interval)
              + " apart, more than the 31 days at most",
          "get bars of a shorter interval");
    }
    long missing = 0;
    long shortened = 0;
    for (final Map.Entry<Long, Long> step : steps.entrySet()) {
      missing += (step.getKey() - 1) / interval * step.getValue();
      shortened += step.getKey() < interval ? step.getValue() : 0;
    }
    return new BarSurvey(interval, first, last + interval, missing, shortened, rhythm, epoch);
  }

  void noteOn(final Tally tally) {
    tally.convention("bars of " + Duration.ofNanos(interval));
    if (missing > 0) {
      tally.note("bars missing: " + missing);
    }
    if (shortened > 0) {
      tally.note("bars shorter than the interval: " + shortened);
    }
  }
}
