package io.liqmap.tools.importer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Finds where values of one kind, which come in order, are missing.
 *
 * <p>By trade id where there is one; else by the most frequent step, if at least half of the steps
 * are of it: a hole is a step of more than one and a half. Values that come irregularly have a hole
 * where they are silent for more than a minute and fifty mean steps. Funding says itself when the
 * next is due.
 */
final class Rhythm {
  private static final int LISTED = 20;
  private static final int KEPT = 4096;
  private static final int MAX_STEPS = 4096;
  private static final long MINUTE = 60_000_000_000L;
  private static final int SILENT_STEPS = 50;
  private static final Comparator<ImportReport.Hole> SMALLEST =
      Comparator.<ImportReport.Hole>comparingLong((h) -> h.to() - h.from())
          .thenComparing(Comparator.<ImportReport.Hole>comparingLong((h) -> h.from()).reversed());

  /** How often each step came, while they are few. */
  private final Map<Long, long[]> steps = new TreeMap<>();

  private final PriorityQueue<ImportReport.Hole> longest = new PriorityQueue<>(SMALLEST);

  private final String name;
  private long values;
  private long first;
  private long last;
  private long due;
  private boolean steady = true;
  private long lastStep = -1;
  private long[] lastStepCount;

  private boolean numbered;
  private long firstId;
  private long lastId;
  private long holes;
  private long missing;
  private long missingTime;
  private boolean announced;
  private long shortestKept = -1;

  Rhythm(final String of) {
    name = of;
  }

  /** A trade of the id, which rises. */
  void trade(final long time, final long id) {
    if (values == 0) {
      firstId = id;
      first = time;
      numbered = true;
    } else if (id > lastId + 1) {
      holes++;
      missing += id - lastId - 1;
      keep(last, time, id - lastId - 1, lastId + 1);
    }
    values++;
    last = Math.max(last, time);
    lastId = values == 1 ? id : Math.max(lastId, id);
  }

  /** A value that says when the next is due. */
  void value(final long time, final long nextDue) {
    announced = true;
    if (values == 0) {
      first = time;
    } else if (due > 0 && time > due + MINUTE) {
      final long absent = Math.max(1, (time - last + MINUTE) / (due - last) - 1);
      holes++;
      missing += absent;
      missingTime += time - due;
      keep(last, time, absent, -1);
    }
    values++;
    last = time;
    due = nextDue;
  }

  void value(final long time) {
    if (values == 0) {
      first = time;
    } else if (time > last) {
      step(time - last);
      keep(last, time, 0, -1);
    }
    values++;
    last = Math.max(last, time);
  }

  private void step(final long step) {
    if (!steady) {
      return;
    }
    if (step != lastStep) {
      lastStep = step;
      lastStepCount = steps.computeIfAbsent(step, (s) -> new long[1]);
      steady = steps.size() <= MAX_STEPS;
    }
    lastStepCount[0]++;
  }

  private void keep(final long from, final long to, final long absent, final long id) {
    if (to - from <= shortestKept) {
      return;
    }
    longest.add(new ImportReport.Hole(from, to, absent, id, id < 0 ? -1 : id + absent - 1));
    if (longest.size() > KEPT) {
      final ImportReport.Hole shortest = longest.remove();
      shortestKept = shortest.to() - shortest.from();
    }
  }

  /** Adds the values of a later stretch of time. */
  void append(final Rhythm later) {
    if (values > 0) {
      step(later.first - last);
      keep(last, later.first, 0, -1);
    } else {
      first = later.first;
    }
    later.steps.forEach(
        (step, count) -> steps.computeIfAbsent(step, (s) -> new long[1])[0] += count[0]);
    later.longest.forEach((h) -> keep(h.from(), h.to(), 0, -1));
    steady &= later.steady;
    values += later.values;
    last = later.last;
  }

  boolean hasValues() {
    return values > 0;
  }

  ImportReport.SeriesReport report() {
    final List<ImportReport.Hole> found = new ArrayList<>(longest);
    long rhythm = 0;
    if (!numbered && !announced) {
      rhythm = rhythm();
      judge(found, rhythm);
    }
    found.sort(SMALLEST.reversed());
    final double share =
        numbered
            ? (double) missing / (lastId - firstId + 1)
            : last > first ? (double) missingTime / (last - first) : 0;
    return new ImportReport.SeriesReport(
        name,
        values,
        first,
        last,
        rhythm,
        holes,
        missing,
        share,
        found.subList(0, Math.min(LISTED, found.size())));
  }

  /** Most frequent step, the smallest of them, if it is at least half of them; else 0. */
  private long rhythm() {
    long rhythm = 0;
    long most = 0;
    long all = 0;
    for (final Map.Entry<Long, long[]> step : steps.entrySet()) {
      final long count = step.getValue()[0];
      all += count;
      if (count > most) {
        most = count;
        rhythm = step.getKey();
      }
    }
    return steady && 2 * most >= all && most > 1 ? rhythm : 0;
  }

  /** Separates holes from steps; number and length of holes by rhythm come from all the steps. */
  private void judge(final List<ImportReport.Hole> found, final long rhythm) {
    holes = 0;
    missing = 0;
    missingTime = 0;
    final long limit =
        rhythm > 0
            ? rhythm + rhythm / 2
            : Math.max(MINUTE, values < 2 ? 0 : (last - first) / (values - 1) * SILENT_STEPS);
    found.removeIf((h) -> h.to() - h.from() <= limit);
    if (rhythm == 0) {
      holes = found.size();
      found.forEach((h) -> missingTime += h.to() - h.from());
      return;
    }
    found.replaceAll(
        (h) -> new ImportReport.Hole(h.from(), h.to(), missing(h.to() - h.from(), rhythm), -1, -1));
    for (final Map.Entry<Long, long[]> step : steps.entrySet()) {
      if (step.getKey() > limit) {
        holes += step.getValue()[0];
        missing += missing(step.getKey(), rhythm) * step.getValue()[0];
        missingTime += (step.getKey() - rhythm) * step.getValue()[0];
      }
    }
  }

  private static long missing(final long step, final long rhythm) {
    return (step + rhythm / 2) / rhythm - 1;
  }
}
