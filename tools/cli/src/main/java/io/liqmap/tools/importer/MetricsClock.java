package io.liqmap.tools.importer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the values of a row of Binance metrics were measured.
 *
 * <p>A label marks the end of its five minutes in USD-M files up to 2026-06-24, and the start in
 * those since 2026-06-25 and in all of COIN-M (binance-public-data, issue 491). Values are those of
 * the end, so labels of a start are moved on. The label 2026-06-25 00:00 ends the file of one day
 * and starts that of the next: in a file that holds both, the first of two is the end. Where there
 * is only one of them it is read as the start, so that nothing is known before it was.
 */
final class MetricsClock {
  private static final long SEAM =
      Instant.parse("2026-06-25T00:00:00Z").getEpochSecond() * 1_000_000_000L;
  private static final long FIVE_MINUTES = 300_000_000_000L;

  private final boolean alwaysStart;
  private final int at;
  private final Map<Long, Long> steps = new TreeMap<>();
  private long period = FIVE_MINUTES;
  private long before;
  private long atSeam;
  private long after;
  private long seenAtSeam;
  private long shifted;
  private boolean isGuess;

  private MetricsClock(final boolean labelsStart, final int column) {
    alwaysStart = labelsStart;
    at = column;
  }

  /**
   * Reads the labels of a file.
   *
   * @param labelsStart all labels mark the start, as in COIN-M
   * @param column position of the label
   */
  static MetricsClock of(
      final InputFile input, final boolean labelsStart, final int column, final long maxExpanded)
      throws IOException {
    final MetricsClock clock = new MetricsClock(labelsStart, column);
    try (CsvRows rows = new CsvRows(input.path(), maxExpanded)) {
      final List<String> columns = MetricsSource.required(rows);
      rows.columns(columns, columns.size());
      clock.survey(rows);
    }
    return clock;
  }

  private void survey(final CsvRows rows) throws IOException {
    long last = Long.MIN_VALUE;
    boolean isEpoch = false;
    while (rows.next()) {
      final long label = rows.row().time(at, ZoneOffset.UTC);
      isEpoch |= rows.row().isEpoch(at);
      before += label < SEAM ? 1 : 0;
      atSeam += label == SEAM ? 1 : 0;
      after += label > SEAM ? 1 : 0;
      if (last != Long.MIN_VALUE && label > last) {
        steps.merge(label - last, 1L, Long::sum);
      }
      last = label;
    }
    // Archives come every five minutes; what the REST interface gives has the period asked for.
    if (isEpoch) {
      long most = 0;
      for (final Map.Entry<Long, Long> step : steps.entrySet()) {
        if (step.getValue() > most) {
          most = step.getValue();
          period = step.getKey();
        }
      }
    }
    steps.clear();
  }

  /** Time of a row's values, ns; asked once for each row, in the order of the file. */
  long timeOf(final Row row) throws ImportException {
    final long label = row.time(at, ZoneOffset.UTC);
    if (!alwaysStart && (label < SEAM || (label == SEAM && isEnd()))) {
      return label;
    }
    shifted++;
    return label + period;
  }

  /** Whether any label of the file marks a start. */
  boolean shiftsAny() {
    return alwaysStart || after > 0 || (atSeam > 0 && (before == 0 || atSeam > 1));
  }

  private boolean isEnd() {
    seenAtSeam++;
    if (before == 0 || seenAtSeam > 1) {
      return false;
    }
    isGuess = atSeam == 1 && after > 0;
    return !isGuess;
  }

  void noteOn(final Tally tally) {
    for (long i = 0; i < shifted; i++) {
      tally.shiftLabel();
    }
    if (shifted > 0) {
      tally.convention(
          "labels mark the start of their "
              + Duration.ofNanos(period)
              + (alwaysStart ? "" : " since 2026-06-25")
              + " and were moved to the end");
    }
    shifted = 0;
    if (isGuess) {
      isGuess = false;
      tally.note(
          "one label of 2026-06-25 00:00:00 where two were expected: taken for the start of its "
              + Duration.ofNanos(period));
    }
  }
}
