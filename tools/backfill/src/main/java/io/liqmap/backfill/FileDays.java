package io.liqmap.backfill;

import io.liqmap.engine.core.margin.InstrumentName;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Days of feed files: each instrument's in the order of time, a file after the other. A day that
 * two files have parts of is one day. One thread; a file is read when its days are asked for.
 */
final class FileDays implements Iterator<FileDay> {
  private final Iterator<String> files;
  private final Deque<FileDay> ready = new ArrayDeque<>();

  /** Last day of each instrument so far: a later file may have more of it. */
  private final Map<InstrumentName, FileDay> held = new LinkedHashMap<>();

  /** Days of files, in whatever order they are given. */
  FileDays(final List<String> feeds) {
    record Timed(String file, long time) {}

    files =
        feeds.stream()
            .map((file) -> new Timed(file, FeedScan.firstTime(file)))
            .sorted(Comparator.comparingLong(Timed::time).thenComparing(Timed::file))
            .map(Timed::file)
            .iterator();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && files.hasNext()) {
      FeedScan.of(files.next()).forEach(this::add);
    }
    if (ready.isEmpty()) {
      ready.addAll(held.values());
      held.clear();
    }
    return !ready.isEmpty();
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
