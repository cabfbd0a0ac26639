package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.LargePiece;
import io.liqmap.engine.core.state.StatePiece;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * Cohorts of one length, the oldest first: what each of them opened, by bucket.
 *
 * <pre>
 *   ends     │ 09h │ 10h │ 11h │          a ring of cohorts
 *   firsts   │  ·  │  ·  │  ·  │
 *               │     └──────┐
 *   entries  │ b q │ b q │ b q │ b q │    a ring of (bucket, amount), which doubles when it is full
 * </pre>
 *
 * One thread; allocates only when it doubles.
 */
final class CohortLog implements LargePiece {
  /** Most cohorts that there can be, a power of two. */
  private static final int COHORTS = 64;

  private final long[] ends = new long[COHORTS];
  private final long[] firsts = new long[COHORTS];
  private int oldest;
  private int count;
  private int[] buckets;
  private double[] amounts;
  private long next;

  /** How often entries were changed that were there. */
  private long rewrites;

  /** Of a copy: what it is of. */
  private CohortLog original;

  /**
   * Makes an empty log.
   *
   * @param capacity entries that it has room for without growing, a power of two
   */
  CohortLog(final int capacity) {
    buckets = new int[capacity];
    amounts = new double[capacity];
  }

  boolean isEmpty() {
    return count == 0;
  }

  long entries() {
    return count == 0 ? 0 : next - firsts[oldest];
  }

  /** End of the oldest cohort, hours since 1970. */
  long oldestEnd() {
    return ends[oldest];
  }

  /** Starts a cohort, to which entries are appended. */
  void open(final long end) {
    final int at = oldest + count & COHORTS - 1;
    ends[at] = end;
    firsts[at] = next;
    count++;
  }

  void append(final int bucket, final double amount) {
    final long first = firsts[oldest];
    if (next - first == buckets.length) {
      grow(first);
    }
    final int at = (int) next & buckets.length - 1;
    buckets[at] = bucket;
    amounts[at] = amount;
    next++;
  }

  private void grow(final long first) {
    final int[] moreBuckets = new int[buckets.length * 2];
    final double[] moreAmounts = new double[buckets.length * 2];
    for (long i = first; i < next; i++) {
      moreBuckets[(int) i & moreBuckets.length - 1] = buckets[(int) i & buckets.length - 1];
      moreAmounts[(int) i & moreBuckets.length - 1] = amounts[(int) i & buckets.length - 1];
    }
    buckets = moreBuckets;
    amounts = moreAmounts;
  }

  void dropOldest() {
    oldest = oldest + 1 & COHORTS - 1;
    count--;
  }

  /** Adds what the oldest cohort opened to the cells of a span. */
  void addOldest(final BucketSpan span, final double[] byCell) {
    add(0, span, byCell);
  }

  /**
   * Adds what the cohorts opened that end after a time, hours since 1970.
   *
   * @return end of the oldest of them, the largest long if there is none
   */
  long addSince(final long hours, final BucketSpan span, final double[] byCell) {
    long reached = Long.MAX_VALUE;
    for (int i = count - 1; i >= 0 && ends[oldest + i & COHORTS - 1] > hours; i--) {
      add(i, span, byCell);
      reached = ends[oldest + i & COHORTS - 1];
    }
    return reached;
  }

  private void add(final int cohort, final BucketSpan span, final double[] byCell) {
    final long end = endOf(cohort);
    for (long i = firsts[oldest + cohort & COHORTS - 1]; i < end; i++) {
      final int at = (int) i & buckets.length - 1;
      if (span.holds(buckets[at])) {
        byCell[span.cell(buckets[at])] += amounts[at];
      }
    }
  }

  private long endOf(final int cohort) {
    return cohort + 1 < count ? firsts[oldest + cohort + 1 & COHORTS - 1] : next;
  }

  void scale(final double factor) {
    rewrites++;
    for (long i = count == 0 ? next : firsts[oldest]; i < next; i++) {
      amounts[(int) i & buckets.length - 1] *= factor;
    }
  }

  void scale(final BucketSpan span, final double[] factors) {
    rewrites++;
    for (long i = count == 0 ? next : firsts[oldest]; i < next; i++) {
      final int at = (int) i & buckets.length - 1;
      if (span.holds(buckets[at])) {
        amounts[at] *= factors[span.cell(buckets[at])];
      }
    }
  }

  @Override
  public StatePiece copied(final StatePiece before) {
    final CohortLog copy =
        before instanceof CohortLog earlier ? earlier : new CohortLog(buckets.length);
    copy.copyFrom(this);
    return copy;
  }

  /** Entries are only ever appended, other than by rewrites. */
  private void copyFrom(final CohortLog from) {
    final boolean isSame =
        original == from && rewrites == from.rewrites && buckets.length == from.buckets.length;
    if (buckets.length != from.buckets.length) {
      buckets = new int[from.buckets.length];
      amounts = new double[from.buckets.length];
    }
    final long first = from.count == 0 ? from.next : from.firsts[from.oldest];
    for (long i = isSame ? Math.max(first, next) : first; i < from.next; i++) {
      final int at = (int) i & buckets.length - 1;
      buckets[at] = from.buckets[at];
      amounts[at] = from.amounts[at];
    }
    System.arraycopy(from.ends, 0, ends, 0, COHORTS);
    System.arraycopy(from.firsts, 0, firsts, 0, COHORTS);
    original = from;
    rewrites = from.rewrites;
    oldest = from.oldest;
    count = from.count;
    next = from.next;
  }

  @Override
  public void encode(final StateWriter out) {
    out.putLong(count);
    for (int cohort = 0; cohort < count; cohort++) {
      final long first = firsts[oldest + cohort & COHORTS - 1];
      final long end = endOf(cohort);
      out.putLong(ends[oldest + cohort & COHORTS - 1]);
      out.putLong(end - first);
      for (long i = first; i < end; i++) {
        out.putLong(buckets[(int) i & buckets.length - 1]);
        out.putDouble(amounts[(int) i & buckets.length - 1]);
      }
    }
  }

  /** Reads cohorts that end later than a time, and not later than another, hours since 1970. */
  void decode(final StateReader in, final long after, final long last) {
    rewrites++;
    oldest = 0;
    count = 0;
    next = 0;
    Arrays.fill(amounts, 0);
    long end = after;
    for (int left = in.getInt(0, COHORTS / 2); left > 0; left--) {
      end = in.getLong(end + 1, last);
      open(end);
      for (int entries = in.getInt(0, in.remaining() / 16); entries > 0; entries--) {
        append(in.getInt(Integer.MIN_VALUE, Integer.MAX_VALUE), in.getDouble());
      }
    }
  }
}
