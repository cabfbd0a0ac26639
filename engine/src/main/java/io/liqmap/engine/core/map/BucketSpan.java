package io.liqmap.engine.core.map;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * The entry buckets that are kept: a span of the lattice which slides with price, and doubles where
 * positions would fall out. Buckets are addressed modulo its size, so that sliding moves nothing.
 * One thread.
 */
final class BucketSpan {
  static final int INITIAL_SIZE = 1024;

  /** What a cell's state has of the span, bytes. */
  static final int CELL_BYTES = 2 * Long.BYTES;

  private int base;
  private int size = INITIAL_SIZE;
  private long[] settled = new long[INITIAL_SIZE >> 6];
  private long[] unsettled = new long[INITIAL_SIZE >> 6];

  /** Cells whose state may have changed since they were copied, a bit each. */
  private long[] changes = new long[INITIAL_SIZE >> 6];

  private double[] scratch = new double[INITIAL_SIZE];

  /** What is in use lies between them. */
  private int lowestInUse = Integer.MAX_VALUE;

  private int highestInUse = Integer.MIN_VALUE;

  int base() {
    return base;
  }

  /** Buckets, a power of two. */
  int size() {
    return size;
  }

  int cell(final int bucket) {
    return bucket & (size - 1);
  }

  int bucket(final int cell) {
    return base + ((cell - base) & (size - 1));
  }

  boolean holds(final int bucket) {
    return bucket >= base && bucket < base + size;
  }

  /** Notes that a bucket got entries that no open interest has confirmed. */
  void touch(final int bucket) {
    final int cell = cell(bucket);
    unsettled[cell >> 6] |= 1L << cell;
    change(cell);
    lowestInUse = Math.min(lowestInUse, bucket);
    highestInUse = Math.max(highestInUse, bucket);
  }

  /** Cells with unconfirmed entries, a bit each. */
  long[] unsettled() {
    return unsettled;
  }

  void settle() {
    for (int word = 0; word < unsettled.length; word++) {
      settled[word] |= unsettled[word];
      changes[word] |= unsettled[word];
      unsettled[word] = 0;
    }
  }

  /** Notes that a cell's state has changed. */
  void change(final int cell) {
    changes[cell >> 6] |= 1L << cell;
  }

  /** Notes that the states of buckets have changed, which the span holds. */
  void change(final int lowest, final int highest) {
    for (int bucket = lowest; bucket <= highest; bucket++) {
      change(cell(bucket));
    }
  }

  void changeAll() {
    Arrays.fill(changes, -1);
  }

  /** Returns which of 64 cells have changed since this was asked last, a bit each. */
  long takeChanges(final int word) {
    final long taken = changes[word];
    changes[word] = 0;
    return taken;
  }

  /** Whether anything was ever entered in a cell, and not dropped since. */
  boolean isInUse(final int cell) {
    return ((settled[cell >> 6] | unsettled[cell >> 6]) >>> cell & 1) != 0;
  }

  void drop(final int cell) {
    settled[cell >> 6] &= ~(1L << cell);
    unsettled[cell >> 6] &= ~(1L << cell);
    findBounds();
  }

  private void findBounds() {
    lowestInUse = lowest(base + size);
    highestInUse = highest(base - 1);
    if (lowestInUse > highestInUse) {
      lowestInUse = Integer.MAX_VALUE;
      highestInUse = Integer.MIN_VALUE;
    }
  }

  /** A zero per cell; valid until the next call. */
  double[] scratch() {
    Arrays.fill(scratch, 0);
    return scratch;
  }

  /** Whether what is in use and a bucket fit into so many buckets. */
  boolean fits(final int bucket, final int buckets) {
    return highest(bucket) - lowest(bucket) < buckets;
  }

  /** Lowest bucket in use, above all others where none is. */
  int lowestInUse() {
    return lowestInUse;
  }

  /** Highest bucket in use, below all others where none is. */
  int highestInUse() {
    return highestInUse;
  }

  private int lowest(final int bucket) {
    final int end = Math.min(bucket, base + size);
    int entry = base;
    while (entry < end) {
      final long left = inUse(cell(entry) >> 6) >>> entry;
      if (left != 0) {
        return Math.min(bucket, entry + Long.numberOfTrailingZeros(left));
      }
      entry = (entry | 63) + 1;
    }
    return bucket;
  }

  private int highest(final int bucket) {
    final int end = Math.max(bucket, base - 1);
    int entry = base + size - 1;
    while (entry > end) {
      final long left = inUse(cell(entry) >> 6) << ~entry;
      if (left != 0) {
        return Math.max(bucket, entry - Long.numberOfLeadingZeros(left));
      }
      entry = (entry & ~63) - 1;
    }
    return bucket;
  }

  /** 64 cells, a bit each; the bucket's low bits are those of its cell. */
  long inUse(final int word) {
    return settled[word] | unsettled[word];
  }

  /** Slides so that a bucket is held, what is in use in the middle. */
  void slide(final int bucket) {
    final int low = lowest(bucket);
    final int high = highest(bucket);
    base = low - (size - (high - low + 1)) / 2;
  }

  /** Grows; what is kept by cell has to be {@link #moved} before. */
  void grow(final int newSize) {
    settled = moved(settled, newSize);
    unsettled = moved(unsettled, newSize);
    changes = new long[newSize >> 6];
    changeAll();
    scratch = new double[newSize];
    size = newSize;
  }

  private long[] moved(final long[] bits, final int newSize) {
    final long[] larger = new long[newSize >> 6];
    for (int entry = base; entry < base + size; entry++) {
      final int cell = cell(entry);
      if ((bits[cell >> 6] >>> cell & 1) != 0) {
        final int newCell = entry & (newSize - 1);
        larger[newCell >> 6] |= 1L << newCell;
      }
    }
    return larger;
  }

  /** Numbers kept by cell, in the cells of a larger span with the same base. */
  double[] moved(final double[] numbers, final int newSize) {
    final double[] larger = new double[newSize];
    for (int entry = base; entry < base + size; entry++) {
      larger[entry & (newSize - 1)] = numbers[cell(entry)];
    }
    return larger;
  }

  void encode(final StateWriter out) {
    out.putLong(base);
    out.putLong(size);
  }

  /**
   * Reads base and size; everything else follows cell by cell.
   *
   * @param buckets of the lattice: a span that holds all of them doubles no more
   */
  void decode(final StateReader in, final int buckets) {
    final int maxSize = Math.max(INITIAL_SIZE, 2 * Integer.highestOneBit(buckets));
    base = in.getInt(-maxSize, buckets);
    final int newSize = in.getInt(INITIAL_SIZE, maxSize);
    if (Integer.bitCount(newSize) != 1) {
      throw new IllegalStateException(
          "the state has a span of " + newSize + " buckets, not a power of two");
    }
    size = newSize;
    settled = new long[newSize >> 6];
    unsettled = new long[newSize >> 6];
    changes = new long[newSize >> 6];
    changeAll();
    scratch = new double[newSize];
    findBounds();
  }

  void encodeCell(final int cell, final StateWriter out) {
    out.putLong(bucket(cell));
    out.putLong((settled[cell >> 6] >>> cell & 1) | (unsettled[cell >> 6] >>> cell & 1) << 1);
  }

  /** Reads a cell's flags; returns the cell. */
  int decodeCell(final StateReader in) {
    final int bucket = in.getInt(base, base + size - 1);
    final int cell = cell(bucket);
    final int flags = in.getInt(0, 3);
    if (flags != 0) {
      lowestInUse = Math.min(lowestInUse, bucket);
      highestInUse = Math.max(highestInUse, bucket);
    }
    settled[cell >> 6] |= (flags & 1L) << cell;
    unsettled[cell >> 6] |= (flags >> 1 & 1L) << cell;
    return cell;
  }
}
