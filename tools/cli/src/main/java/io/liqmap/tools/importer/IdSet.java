package io.liqmap.tools.importer;

import java.util.Map;
import java.util.TreeMap;

/** Whole numbers that come nearly one after another, kept as ranges. */
final class IdSet {
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  void add(final long first, final long last) {
    long from = first;
    long to = last;
    final Map.Entry<Long, Long> before = ranges.floorEntry(from);
    if (before != null && before.getValue() >= from - 1) {
      from = before.getKey();
      to = Math.max(to, before.getValue());
    }
    Map.Entry<Long, Long> next = ranges.ceilingEntry(from);
    while (next != null && next.getKey() - 1 <= to) {
      to = Math.max(to, next.getValue());
      ranges.remove(next.getKey());
      next = ranges.ceilingEntry(from);
    }
    ranges.put(from, to);
  }

  boolean holds(final long first, final long last) {
    final Map.Entry<Long, Long> before = ranges.floorEntry(first);
    return before != null && before.getValue() >= last;
  }

  boolean holdsAnyOf(final long first, final long last) {
    final Map.Entry<Long, Long> before = ranges.floorEntry(last);
    return before != null && before.getValue() >= first;
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Numbers between its first and its last that neither it nor the other holds. */
  long missing(final IdSet other) {
    long missing = 0;
    Long end = null;
    for (final Map.Entry<Long, Long> range : ranges.entrySet()) {
      if (end != null) {
        missing += range.getKey() - end - 1 - other.count(end + 1, range.getKey() - 1);
      }
      end = range.getValue();
    }
    return missing;
  }

  private long count(final long first, final long last) {
    long count = 0;
    final Map.Entry<Long, Long> before = ranges.floorEntry(first);
    for (final Map.Entry<Long, Long> range :
        ranges.tailMap(before == null ? first : before.getKey(), true).entrySet()) {
      if (range.getKey() > last) {
        break;
      }
      count += Math.max(0, Math.min(last, range.getValue()) - Math.max(first, range.getKey()) + 1);
    }
    return count;
  }
}
