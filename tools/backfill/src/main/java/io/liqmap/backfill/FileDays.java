package io.liqmap.backfill;

import io.liqmap.engine.core.margin.InstrumentName;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Days of feed files in the order of time, whichever files they are of: so the instruments that are
 * computed side by side all get their next day, and none waits behind years of another. A day that
 * two files have parts of is one day. One thread; a file is read when its first day is due.
 */
final class FileDays implements Iterator<FileDay> {
  private final Deque<Timed> files;
  private final PriorityQueue<Series> due =
      new PriorityQueue<>(
          Comparator.comparingLong(Series::day).thenComparingInt(series -> series.number));
  private final Deque<FileDay> ready = new ArrayDeque<>();

  /** Last day of each instrument so far: a later file may have more of it. */
  private final Map<InstrumentName, FileDay> held = new LinkedHashMap<>();

  /** What the opened files still have of each instrument, a file after the other. */
  private final Map<InstrumentName, Deque<Series>> series = new HashMap<>();

  private int opened;

  /** A file, and when it begins, ns. */
  private record Timed(String file, long time) {
    long day() {
      return Math.floorDiv(time, DayScan.DAY);
    }
  }

  /** What a file still has of an instrument. */
  private static final class Series {
    private final int number;
    private final Deque<FileDay> days = new ArrayDeque<>();

    Series(final int number) {
      this.number = number;
    }

    long day() {
      return days.element().day();
    }
  }

  /** Days of files, in whatever order they are given. */
  FileDays(final List<String> feeds) {
    files =
        new ArrayDeque<>(
            feeds.stream()
                .map((file) -> new Timed(file, FeedScan.firstTime(file)))
                .sorted(Comparator.comparingLong(Timed::time).thenComparing(Timed::file))
                .toList());
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !(files.isEmpty() && due.isEmpty())) {
      if (due.isEmpty() || (!files.isEmpty() && files.element().day() <= due.element().day())) {
        open(files.remove().file());
      } else {
        take(due.remove());
      }
    }
    if (ready.isEmpty()) {
      ready.addAll(held.values());
      held.clear();
    }
    return !ready.isEmpty();
  }

  private void open(final String file) {
    final Map<InstrumentName, Series> found = new LinkedHashMap<>();
    for (final FileDay day : FeedScan.of(file)) {
      found.computeIfAbsent(day.name(), (name) -> new Series(opened++)).days.add(day);
    }
    found.forEach(
        (name, one) -> {
          final Deque<Series> all = series.computeIfAbsent(name, (key) -> new ArrayDeque<>());
          all.add(one);
          if (all.size() == 1) {
            due.add(one);
          }
        });
  }

  private void take(final Series first) {
    final FileDay day = first.days.remove();
    if (first.days.isEmpty()) {
      final Deque<Series> all = series.get(day.name());
      all.remove();
      if (!all.isEmpty()) {
        due.add(all.element());
      }
    } else {
      due.add(first);
    }
    add(day);
  }

  private void add(final FileDay day) {
    final FileDay last = held.get(day.name());
    if (last == null || day.day() > last.day()) {
      if (last != null) {
        ready.add(last);
      }
      held.put(day.name(), day);
    } else if (day.day() == last.day()) {
      held.put(day.name(), last.with(day));
    } else if (!last.isFlawed()) {
      held.put(
          day.name(),
          last.flawed(
              day.parts().get(0).file()
                  + ": has "
                  + FileDay.text(day.day())
                  + " of "
                  + day.name()
                  + " again, which an earlier file has; give each day once"));
    }
  }

  @Override
  public FileDay next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
