package io.liqmap.engine.core.structure;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;

/**
 * Traded quantity by bucket, decaying by half-life.
 *
 * <p>Decay goes in steps of a 1024th of the half-life, counted from 1970: what was traded in step
 * <i>s</i> weighs 2<sup>−(now−s)/1024</sup> in step <i>now</i>. Amounts are stored times
 * 2<sup>(s−block)/1024</sup>, where a block is 64 half-lives, so that an entry is one add and decay
 * touches nothing; at the end of a block all amounts are multiplied by 2<sup>−64</sup>, which is
 * exact. Step, block and weight follow from the time.
 *
 * <p>Buckets are addressed modulo the window's size, so that the window can slide without moving
 * anything. When a bucket falls outside and what is in use no longer fits, cells below a
 * 2<sup>40</sup>th of the largest are dropped first (so they are at the end of a block); then the
 * window doubles, up to {@link #MAX_SIZE} buckets; beyond that, what lies {@link #MAX_SIZE} buckets
 * or more from the new bucket is dropped, and counted. One thread; allocates only when it grows.
 */
final class VolumeProfile {
  static final int INITIAL_SIZE = 1024;
  static final int MAX_SIZE = 1 << 16;

  private static final int STEP_BITS = 10;
  private static final int STEPS = 1 << STEP_BITS;
  private static final int BLOCK_HALVINGS = 64;
  private static final int BLOCK_BITS = STEP_BITS + 6;

  /** Share of the largest cell under which a cell counts for nothing. */
  private static final double NEGLIGIBLE = StrictMath.scalb(1.0, -40);

  /** Amounts under this are hundreds of half-lives old; long before they lose digits. */
  private static final double MIN_AMOUNT = StrictMath.scalb(1.0, -512);

  private static final double MAX_QUANTITY = StrictMath.scalb(1.0, 63);
  private static final double MAX_AMOUNT = StrictMath.scalb(1.0, 200);

  private static final double[] GROWTH = growth();

  private final Lattice lattice;
  private final long stepNanos;

  private double[] cells = new double[INITIAL_SIZE];
  private int base;

  /** Bucket with the most volume, −1 without any: follows from the cells. */
  private int largest = -1;

  private double dropped;

  private long step;
  private double weight = 1;

  VolumeProfile(final long halfLifeNanos, final Lattice lattice) {
    this.lattice = lattice;
    stepNanos = halfLifeNanos >> STEP_BITS;
  }

  private static double[] growth() {
    final double[] table = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      table[i] = StrictMath.pow(2, (double) i / STEPS);
    }
    return table;
  }

  /** Counts a traded quantity; one that isn't above 0, or no mantissa, isn't counted. */
  void add(final int bucket, final double quantity) {
    if (quantity > 0 && quantity <= MAX_QUANTITY) {
      if (bucket < base || bucket >= base + cells.length) {
        accommodate(bucket);
      }
      final int cell = bucket & (cells.length - 1);
      cells[cell] += quantity * weight;
      if (bucket != largest) {
        compare(bucket, cells[cell]);
      }
    }
  }

  /** Decay keeps the order of the cells, so only a bucket that grows can become the largest. */
  private void compare(final int bucket, final double amount) {
    final double most = largest < 0 ? 0 : cells[largest & (cells.length - 1)];
    if (amount > most || (amount == most && bucket < largest)) {
      largest = bucket;
    }
  }

  private void findLargest() {
    largest = -1;
    for (int entry = base; entry < base + cells.length; entry++) {
      if (cells[entry & (cells.length - 1)] != 0) {
        compare(entry, cells[entry & (cells.length - 1)]);
      }
    }
  }

  /** Bucket with the most volume, the lowest of several; −1 without any. */
  int pointOfControl() {
    return largest;
  }

  /** Moves to a time, which doesn't lie before the last one. */
  void advance(final long at) {
    final long newStep = at / stepNanos;
    if (newStep != step) {
      final long blocks = (newStep >> BLOCK_BITS) - (step >> BLOCK_BITS);
      if (blocks > 0) {
        fade(blocks);
      }
      jumpTo(newStep);
    }
  }

  private void jumpTo(final long newStep) {
    step = newStep;
    weight =
        StrictMath.scalb(
            GROWTH[(int) (step & (STEPS - 1))], (int) (step >> STEP_BITS & (BLOCK_HALVINGS - 1)));
  }

  /** When the next step begins, ns. */
  long nextStep() {
    return (step + 1) * stepNanos;
  }

  private void fade(final long blocks) {
    final double factor = StrictMath.scalb(1.0, (int) -Math.min(BLOCK_HALVINGS * blocks, 2_000));
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] *= factor;
    }
    dropNegligible();
    // All may have faded away.
    findLargest();
  }

  private void dropNegligible() {
    double largest = 0;
    for (final double amount : cells) {
      largest = Math.max(largest, amount);
    }
    final double least = Math.max(largest * NEGLIGIBLE, MIN_AMOUNT);
    for (int cell = 0; cell < cells.length; cell++) {
      if (cells[cell] < least) {
        cells[cell] = 0;
      }
    }
  }

  private void accommodate(final int bucket) {
    if (width(bucket) > cells.length) {
      dropNegligible();
    }
    if (width(bucket) > MAX_SIZE) {
      dropFar(bucket);
    }
    final int width = width(bucket);
    int newSize = cells.length;
    while (width > newSize) {
      newSize <<= 1;
    }
    if (newSize != cells.length) {
      grow(newSize);
    }
    base = Math.min(bucket, firstBucket()) - (cells.length - width) / 2;
  }

  /** Buckets between what is in use and a bucket, all included. */
  private int width(final int bucket) {
    return Math.max(bucket, lastBucket()) - Math.min(bucket, firstBucket()) + 1;
  }

  private void dropFar(final int bucket) {
    for (int entry = base; entry < base + cells.length; entry++) {
      if (Math.abs(entry - bucket) >= MAX_SIZE) {
        final int cell = entry & (cells.length - 1);
        dropped += cells[cell] / weight;
        cells[cell] = 0;
      }
    }
    findLargest();
  }

  private void grow(final int newSize) {
    final double[] larger = new double[newSize];
    for (int entry = base; entry < base + cells.length; entry++) {
      larger[entry & (newSize - 1)] = cells[entry & (cells.length - 1)];
    }
    cells = larger;
  }

  /** Lowest bucket with volume, {@link Integer#MAX_VALUE} without any. */
  int firstBucket() {
    for (int entry = base; entry < base + cells.length; entry++) {
      if (cells[entry & (cells.length - 1)] != 0) {
        return entry;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** Highest bucket with volume, {@link Integer#MIN_VALUE} without any. */
  int lastBucket() {
    for (int entry = base + cells.length - 1; entry >= base; entry--) {
      if (cells[entry & (cells.length - 1)] != 0) {
        return entry;
      }
    }
    return Integer.MIN_VALUE;
  }

  /** Decayed volume from the lowest bucket with volume to the highest, quantity mantissas. */
  double[] volumes() {
    final int first = firstBucket();
    if (first == Integer.MAX_VALUE) {
      return new double[0];
    }
    final double[] volumes = new double[lastBucket() - first + 1];
    for (int i = 0; i < volumes.length; i++) {
      volumes[i] = cells[first + i & (cells.length - 1)] / weight;
    }
    return volumes;
  }

  /** All volume that was dropped because the window couldn't grow, as it counted then. */
  double dropped() {
    return dropped;
  }

  int size() {
    return cells.length;
  }

  void encode(final StateWriter out) {
    out.putLong(base);
    out.putLong(cells.length);
    out.putDouble(dropped);
    final int countAt = out.position();
    out.putLong(0);
    int count = 0;
    for (int entry = base; entry < base + cells.length; entry++) {
      final double amount = cells[entry & (cells.length - 1)];
      if (amount != 0) {
        out.putLong(entry);
        out.putDouble(amount);
        count++;
      }
    }
    out.patchLong(countAt, count);
  }

  void decode(final StateReader in, final long time) {
    jumpTo(time / stepNanos);
    base = in.getInt(-MAX_SIZE, lattice.buckets());
    final int size = in.getInt(INITIAL_SIZE, MAX_SIZE);
    if (Integer.bitCount(size) != 1) {
      throw new IllegalStateException(
          "the state has a profile of " + size + " buckets, not a power of two");
    }
    if (size == cells.length) {
      Arrays.fill(cells, 0);
    } else {
      cells = new double[size];
    }
    dropped = in.getDouble(0, Double.MAX_VALUE);
    int next = Math.max(0, base);
    final int last = Math.min(lattice.buckets(), base + size) - 1;
    for (int count = in.getInt(0, size); count > 0; count--) {
      final int entry = in.getInt(next, last);
      cells[entry & (size - 1)] = in.getDouble(Double.MIN_VALUE, MAX_AMOUNT);
      next = entry + 1;
    }
    findLargest();
  }
}
