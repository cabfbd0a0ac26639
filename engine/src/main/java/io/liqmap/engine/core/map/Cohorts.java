package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * When one side's positions were opened: by the hour for the last day, by six hours for the last
 * week, by the day for the last thirty.
 *
 * <pre>
 *   30 d            7 d              1 d          now
 *    │ days (UTC)    │ six hours      │ hours      │ the hour that runs
 *    └───────────────┴────────────────┴────────────┘
 *      forgotten ◀── merged ◀── merged ◀── closed
 * </pre>
 *
 * <p>A cohort is (start, end] of the open interest's time that confirmed its positions. Amounts are
 * the ledger's units, and include what was swept: what was opened since τ and remains is the lesser
 * of what was opened since τ and what remains, because sweeps take a bucket's oldest first.
 *
 * <p>Each of the three keeps {@link #ENTRIES_PER_BUCKET} entries at most for each bucket of the
 * span, which no market comes near to. What is older than a cohort that had to go for that is
 * forgotten with it: windows then start later, and say so. One thread.
 */
final class Cohorts {
  static final long HOUR_NANOS = 3_600_000_000_000L;

  /** Entries that a log has room for, for each bucket of the span; a power of two. */
  static final int ENTRIES_PER_BUCKET = 4;

  private static final int LOGS = 3;

  /** Memory of the logs for each bucket of the span, bytes. */
  static final int BYTES_PER_BUCKET = LOGS * ENTRIES_PER_BUCKET * (Integer.BYTES + Double.BYTES);

  private static final long DAY = 24;
  private static final long SIX = 6;
  private static final long WEEK = 7 * DAY;
  private static final long MONTH = 30 * DAY;
  private static final long MAX_HOUR = Long.MAX_VALUE / HOUR_NANOS;

  // All that they may hold: they grow after the span alone.
  private final CohortLog hours = new CohortLog(ENTRIES_PER_BUCKET * BucketSpan.INITIAL_SIZE);
  private final CohortLog sixHours = new CohortLog(ENTRIES_PER_BUCKET * BucketSpan.INITIAL_SIZE);
  private final CohortLog days = new CohortLog(ENTRIES_PER_BUCKET * BucketSpan.INITIAL_SIZE);
  private double[] current = new double[BucketSpan.INITIAL_SIZE];
  private int lowest = Integer.MAX_VALUE;
  private int highest = Integer.MIN_VALUE;
  private long currentEnd;

  /** Hour up to which cohorts were forgotten for lack of room, hours since 1970; 0 for none. */
  private long forgottenTo;

  /** Counts as opened in the hour that runs. */
  void add(final int bucket, final int cell, final double amount) {
    current[cell] += amount;
    lowest = Math.min(lowest, bucket);
    highest = Math.max(highest, bucket);
  }

  /** Advances to a time: closes the hour when it has ended, merges and forgets what has aged. */
  void advance(final long nanos, final BucketSpan span) {
    final long end = Math.floorDiv(nanos + HOUR_NANOS - 1, HOUR_NANOS);
    if (end <= currentEnd) {
      return;
    }
    if (highest >= lowest) {
      close(span);
    }
    currentEnd = end;
    final long now = end - 1;
    merge(hours, sixHours, SIX, now - DAY, span);
    merge(sixHours, days, DAY, now - WEEK, span);
    while (!days.isEmpty() && days.oldestEnd() <= now - MONTH) {
      days.dropOldest();
    }
  }

  /** An hour whose positions have all been closed makes no cohort, as after a restart. */
  private void close(final BucketSpan span) {
    makeRoom(hours, opened(span), span);
    boolean isOpen = false;
    // What the span has left behind was dropped with its cell.
    final int last = Math.min(highest, span.base() + span.size() - 1);
    for (int bucket = Math.max(lowest, span.base()); bucket <= last; bucket++) {
      final int cell = span.cell(bucket);
      if (current[cell] != 0) {
        if (!isOpen) {
          hours.open(currentEnd);
          isOpen = true;
        }
        hours.append(bucket, current[cell]);
        current[cell] = 0;
        span.change(cell);
      }
    }
    lowest = Integer.MAX_VALUE;
    highest = Integer.MIN_VALUE;
  }

  private int opened(final BucketSpan span) {
    final int last = Math.min(highest, span.base() + span.size() - 1);
    int count = 0;
    for (int bucket = Math.max(lowest, span.base()); bucket <= last; bucket++) {
      count += current[span.cell(bucket)] != 0 ? 1 : 0;
    }
    return count;
  }

  /** Forgets the oldest cohorts where so many entries more would be too many. */
  private void makeRoom(final CohortLog log, final int entries, final BucketSpan span) {
    final long most = (long) ENTRIES_PER_BUCKET * span.size();
    if (log.entries() + entries <= most) {
      return;
    }
    while (log != days && !days.isEmpty()) {
      forgetOldest(days);
    }
    while (log == hours && !sixHours.isEmpty()) {
      forgetOldest(sixHours);
    }
    while (!log.isEmpty() && log.entries() + entries > most) {
      forgetOldest(log);
    }
  }

  private void forgetOldest(final CohortLog log) {
    forgottenTo = Math.max(forgottenTo, log.oldestEnd());
    log.dropOldest();
  }

  /** Makes one cohort of all that end in the same stretch, once the stretch ended before a time. */
  private void merge(
      final CohortLog from,
      final CohortLog to,
      final long length,
      final long before,
      final BucketSpan span) {
    while (!from.isEmpty() && ceil(from.oldestEnd(), length) <= before) {
      final long end = ceil(from.oldestEnd(), length);
      final double[] sum = span.scratch();
      while (!from.isEmpty() && from.oldestEnd() <= end) {
        from.addOldest(span, sum);
        from.dropOldest();
      }
      makeRoom(to, count(sum), span);
      to.open(end);
      for (int bucket = span.base(); bucket < span.base() + span.size(); bucket++) {
        final double amount = sum[span.cell(bucket)];
        if (amount != 0) {
          to.append(bucket, amount);
        }
      }
    }
  }

  private static int count(final double[] amounts) {
    int count = 0;
    for (final double amount : amounts) {
      count += amount != 0 ? 1 : 0;
    }
    return count;
  }

  private static long ceil(final long hour, final long length) {
    return Math.floorDiv(hour + length - 1, length) * length;
  }

  /**
   * Adds what was opened since a time, by cell, from the cohort on in which the time lies.
   *
   * @return when the oldest of these cohorts starts, or what was forgotten ends, ns
   */
  long addSince(final long nanos, final BucketSpan span, final double[] byCell) {
    final long hour = Math.floorDiv(nanos, HOUR_NANOS);
    if (currentEnd > hour) {
      for (int cell = 0; cell < current.length; cell++) {
        byCell[cell] += current[cell];
      }
    }
    final long byHour = hours.addSince(hour, span, byCell) - 1;
    final long bySix = sixHours.addSince(hour, span, byCell) - SIX;
    final long byDay = days.addSince(hour, span, byCell) - DAY;
    final long reached = Math.min(hour, Math.min(byHour, Math.min(bySix, byDay)));
    return (forgottenTo == 0 ? reached : Math.max(reached, forgottenTo)) * HOUR_NANOS;
  }

  void clear(final int cell) {
    current[cell] = 0;
  }

  void scale(final double factor) {
    for (int cell = 0; cell < current.length; cell++) {
      current[cell] *= factor;
    }
    hours.scale(factor);
    sixHours.scale(factor);
    days.scale(factor);
  }

  void scale(final BucketSpan span, final double[] factors) {
    for (int cell = 0; cell < current.length; cell++) {
      current[cell] *= factors[cell];
    }
    hours.scale(span, factors);
    sixHours.scale(span, factors);
    days.scale(span, factors);
  }

  void grow(final BucketSpan span, final int newSize) {
    current = span.moved(current, newSize);
  }

  void encode(final StateWriter out) {
    out.putLong(currentEnd);
    out.putLong(forgottenTo);
    out.put(hours);
    out.put(sixHours);
    out.put(days);
  }

  void decode(final StateReader in, final int size) {
    current = new double[size];
    currentEnd = in.getLong(0, MAX_HOUR);
    forgottenTo = in.getLong(0, currentEnd);
    final long now = currentEnd - 1;
    hours.decode(in, now - DAY - SIX, now);
    sixHours.decode(in, now - WEEK - DAY, now - DAY);
    days.decode(in, now - MONTH, now - WEEK);
  }

  double current(final int cell) {
    return current[cell];
  }

  /** Restores what the running hour opened in a cell. */
  void restore(final int bucket, final int cell, final double amount) {
    if (amount != 0) {
      add(bucket, cell, amount);
    }
  }
}
