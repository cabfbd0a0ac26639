package io.liqmap.engine.map;

import io.liqmap.engine.lattice.Lattice;
import io.liqmap.engine.margin.Side;
import io.liqmap.engine.model.ShiftLines;
import io.liqmap.engine.state.StateReader;
import io.liqmap.engine.state.StateWriter;
import java.util.Arrays;

/**
 * Positions of one side, by entry bucket: what was opened, and how far each line has lost it to
 * sweeps.
 *
 * <pre>
 *   entry bucket e:   opened[e]   cumulative, in ledger units (quantity mantissas over scale)
 *                     settled[e]  the part of it that an open-interest update has confirmed
 *   line t:           gone[t][e]  watermark: what was opened when mark last crossed e + shift(t)
 *
 *   still standing at entry e on line t:  (opened[e] − gone[t][e]) · share(t) · scale
 * </pre>
 *
 * An entry is one add, however many lines there are; a sweep of one bucket is one copy per line; a
 * proportional exit is one multiplication of the scale. Buckets are addressed modulo the window's
 * size, so that a window can slide without moving anything. One thread.
 */
final class EntryLedger {
  /** Below this the scale is multiplied into the cells, long before they could overflow. */
  private static final double MIN_SCALE = 1e-9;

  private final Side side;
  private final Lattice lattice;
  private ShiftLines lines;

  private double[] opened;
  private double[] settled;
  private final double[][] gone;
  private final double[] goneSum;
  private final double[] goneProvisional;

  private double scale = 1;
  private double unmapped;
  private double settledSum;
  private boolean sweptSinceSettling;
  private double buyWeight;
  private double sellWeight;
  private double sweptQuantity;
  private double sweptNotional;

  EntryLedger(final Side side, final Lattice lattice, final ShiftLines lines, final int size) {
    this.side = side;
    this.lattice = lattice;
    this.lines = lines;
    opened = new double[size];
    settled = new double[size];
    gone = new double[lines.count()][size];
    goneSum = new double[lines.count()];
    goneProvisional = new double[lines.count()];
  }

  ShiftLines lines() {
    return lines;
  }

  /** Sets what share of the volume counts as opened until the next open-interest update says. */
  void weigh(final double openRate, final double takerLean) {
    final double buy = side == Side.LONG ? 1 + takerLean : 1 - takerLean;
    buyWeight = openRate * buy / scale;
    sellWeight = openRate * (2 - buy) / scale;
  }

  void add(final int cell, final double quantity, final boolean takerBuys) {
    opened[cell] += quantity * (takerBuys ? buyWeight : sellWeight);
  }

  /** Liquidates what stands at liquidation buckets {@code from} to {@code to}, both included. */
  void sweep(final int from, final int to, final int base, final int size) {
    final int mask = size - 1;
    for (int line = 0; line < gone.length; line++) {
      final int shift = lines.shift(line);
      final double[] watermark = gone[line];
      final int first = Math.max(from - shift, base);
      final int last = Math.min(to - shift, base + size - 1);
      double lost = 0;
      double lostNotional = 0;
      for (int entry = first; entry <= last; entry++) {
        final int cell = entry & mask;
        final double standing = opened[cell] - watermark[cell];
        if (standing != 0) {
          watermark[cell] = opened[cell];
          lost += standing;
          lostNotional += standing * lattice.centre(entry + shift);
        }
      }
      if (lost != 0) {
        final double factor = lines.share(line) * scale;
        goneSum[line] += lost;
        sweptQuantity += lost * factor;
        sweptNotional += lostNotional * factor;
        sweptSinceSettling = true;
      }
    }
  }

  /**
   * Takes off what can't stand at an entry bucket, because its liquidation bucket lies beyond mark
   * already: no venue lets such a position be opened.
   */
  void bury(final int entry, final int markBucket, final int mask) {
    final int cell = entry & mask;
    for (int line = 0; line < gone.length; line++) {
      if (side.sign() * (entry + lines.shift(line) - markBucket) > 0) {
        goneSum[line] += opened[cell] - gone[line][cell];
        gone[line][cell] = opened[cell];
        sweptSinceSettling = true;
      }
    }
  }

  /**
   * Books what happened since the last open-interest update, so that what stands and the unmapped
   * rest add up to the open interest.
   *
   * @param openInterest one-sided, quantity mantissas
   * @param amount what was opened since the last update, at most the open interest
   * @param touched cells with entries since then
   */
  void settle(final double openInterest, final double amount, final long[] touched) {
    final double provisional = sumProvisional(touched);
    double dead = 0;
    double goneSettled = 0;
    for (int line = 0; line < gone.length; line++) {
      dead += lines.share(line) * goneProvisional[line];
      goneSettled += lines.share(line) * (goneSum[line] - goneProvisional[line]);
    }
    final double added = provisional > 0 ? amount * Math.max(0, 1 - dead / provisional) : 0;
    final double stood = Math.max(0, scale * (settledSum - goneSettled)) + unmapped;
    final double room = Math.max(0, openInterest - added);
    if (stood > room) {
      final double kept = room / stood;
      scale *= kept;
      unmapped *= kept;
      if (scale < MIN_SCALE) {
        foldScale(touched);
      }
    } else {
      unmapped += room - stood;
    }
    confirm(provisional > 0 ? amount / (provisional * scale) : 0, touched);
    sweptSinceSettling = false;
  }

  private double sumProvisional(final long[] touched) {
    Arrays.fill(goneProvisional, 0);
    double provisional = 0;
    for (int word = 0; word < touched.length; word++) {
      for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
        final int cell = (word << 6) + Long.numberOfTrailingZeros(bits);
        provisional += opened[cell] - settled[cell];
        if (sweptSinceSettling) {
          for (int line = 0; line < gone.length; line++) {
            goneProvisional[line] += Math.max(0, gone[line][cell] - settled[cell]);
          }
        }
      }
    }
    return provisional;
  }

  /** Scales provisional entries, and what was swept of them, to what was really opened. */
  private void confirm(final double factor, final long[] touched) {
    for (int word = 0; word < touched.length; word++) {
      for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
        final int cell = (word << 6) + Long.numberOfTrailingZeros(bits);
        final double before = settled[cell];
        if (sweptSinceSettling) {
          for (int line = 0; line < gone.length; line++) {
            final double part = gone[line][cell] - before;
            if (part > 0) {
              final double confirmed = before + part * factor;
              goneSum[line] += confirmed - gone[line][cell];
              gone[line][cell] = confirmed;
            }
          }
        }
        final double part = (opened[cell] - before) * factor;
        opened[cell] = before + part;
        settled[cell] = opened[cell];
        settledSum += part;
      }
    }
  }

  /**
   * Multiplies the scale into all settled amounts; provisional ones keep their numbers, {@link
   * #confirm} scales them.
   */
  private void foldScale(final long[] touched) {
    for (int cell = 0; cell < opened.length; cell++) {
      final boolean isTouched = (touched[cell >> 6] >>> cell & 1) != 0;
      final double before = settled[cell];
      if (before == 0 && !isTouched) {
        continue;
      }
      settled[cell] = before * scale;
      opened[cell] = settled[cell] + (opened[cell] - before);
      for (final double[] watermark : gone) {
        final double excess = Math.max(0, watermark[cell] - before);
        watermark[cell] = Math.min(watermark[cell], before) * scale + excess;
      }
    }
    scale = 1;
    sumCells();
  }

  /** Multiplies the scale into all amounts, so that entries can be weighed by it again. */
  private void foldAll() {
    for (int cell = 0; cell < opened.length; cell++) {
      opened[cell] *= scale;
      settled[cell] *= scale;
      for (final double[] watermark : gone) {
        watermark[cell] *= scale;
      }
    }
    scale = 1;
    sumCells();
  }

  private void sumCells() {
    settledSum = 0;
    Arrays.fill(goneSum, 0);
    for (int cell = 0; cell < opened.length; cell++) {
      settledSum += settled[cell];
    }
    for (int line = 0; line < gone.length; line++) {
      for (int cell = 0; cell < opened.length; cell++) {
        goneSum[line] += gone[line][cell];
      }
    }
  }

  /**
   * Takes on new lines for the same tiers: what stands beyond mark under them is taken off, and the
   * rest meets the open interest again.
   *
   * @param openInterest one-sided, quantity mantissas; NaN before the first
   */
  void reshift(
      final ShiftLines newLines,
      final int markBucket,
      final double openInterest,
      final int base,
      final int size) {
    lines = newLines;
    for (int entry = base; entry < base + size; entry++) {
      if (opened[entry & (size - 1)] != 0) {
        bury(entry, markBucket, size - 1);
      }
    }
    if (openInterest >= 0) {
      final double stood = mapped() + unmapped;
      if (stood > openInterest) {
        scale *= openInterest / stood;
        unmapped *= openInterest / stood;
        if (scale < MIN_SCALE) {
          foldAll();
        }
      } else {
        unmapped += openInterest - stood;
      }
    }
  }

  /** Sets the lines that a restored state was made with. */
  void reline(final ShiftLines restored) {
    lines = restored;
  }

  /** What stands, provisional entries included, quantity mantissas. Reads all cells. */
  double mapped() {
    double sum = 0;
    for (int line = 0; line < gone.length; line++) {
      double standing = 0;
      for (int cell = 0; cell < opened.length; cell++) {
        standing += opened[cell] - gone[line][cell];
      }
      sum += standing * lines.share(line);
    }
    return sum * scale;
  }

  double standing(final int line, final int cell) {
    return (opened[cell] - gone[line][cell]) * lines.share(line) * scale;
  }

  /** Open interest whose entry isn't known, quantity mantissas. */
  double unmapped() {
    return unmapped;
  }

  /** All that sweeps have taken off, quantity mantissas. */
  double sweptQuantity() {
    return sweptQuantity;
  }

  /** All that sweeps have taken off, quantity mantissas times price mantissas. */
  double sweptNotional() {
    return sweptNotional;
  }

  /** Whether nothing stands in a settled cell on any line. */
  boolean isDead(final int cell) {
    if (opened[cell] != settled[cell]) {
      return false;
    }
    for (final double[] watermark : gone) {
      if (watermark[cell] != opened[cell]) {
        return false;
      }
    }
    return true;
  }

  void clear(final int cell) {
    settledSum -= settled[cell];
    opened[cell] = 0;
    settled[cell] = 0;
    for (int line = 0; line < gone.length; line++) {
      goneSum[line] -= gone[line][cell];
      gone[line][cell] = 0;
    }
  }

  /** Moves all cells into larger arrays. */
  void grow(final int newSize, final int base) {
    final int size = opened.length;
    opened = moved(opened, size, newSize, base);
    settled = moved(settled, size, newSize, base);
    for (int line = 0; line < gone.length; line++) {
      gone[line] = moved(gone[line], size, newSize, base);
    }
  }

  private static double[] moved(
      final double[] cells, final int size, final int newSize, final int base) {
    final double[] larger = new double[newSize];
    for (int entry = base; entry < base + size; entry++) {
      larger[entry & (newSize - 1)] = cells[entry & (size - 1)];
    }
    return larger;
  }

  void encode(final StateWriter out) {
    out.putDouble(scale);
    out.putDouble(unmapped);
    out.putDouble(settledSum);
    for (final double sum : goneSum) {
      out.putDouble(sum);
    }
    out.putLong(sweptSinceSettling ? 1 : 0);
    out.putDouble(buyWeight);
    out.putDouble(sellWeight);
    out.putDouble(sweptQuantity);
    out.putDouble(sweptNotional);
  }

  void decode(final StateReader in) {
    scale = in.getDouble();
    unmapped = in.getDouble();
    settledSum = in.getDouble();
    for (int line = 0; line < goneSum.length; line++) {
      goneSum[line] = in.getDouble();
    }
    sweptSinceSettling = in.getInt(0, 1) == 1;
    buyWeight = in.getDouble();
    sellWeight = in.getDouble();
    sweptQuantity = in.getDouble();
    sweptNotional = in.getDouble();
  }

  /** A cell's watermarks stand behind a mask that names the lines which have one. */
  void encodeCell(final int cell, final StateWriter out) {
    out.putDouble(opened[cell]);
    out.putDouble(settled[cell]);
    for (int line = 0; line < gone.length; line += Long.SIZE) {
      long mask = 0;
      final int end = Math.min(gone.length, line + Long.SIZE);
      for (int i = line; i < end; i++) {
        mask |= gone[i][cell] != 0 ? 1L << i : 0;
      }
      out.putLong(mask);
      for (int i = line; i < end; i++) {
        if (gone[i][cell] != 0) {
          out.putDouble(gone[i][cell]);
        }
      }
    }
  }

  void decodeCell(final int cell, final StateReader in) {
    opened[cell] = in.getDouble();
    settled[cell] = in.getDouble();
    for (int line = 0; line < gone.length; line += Long.SIZE) {
      final long mask = in.getLong();
      final int end = Math.min(gone.length, line + Long.SIZE);
      for (int i = line; i < end; i++) {
        gone[i][cell] = (mask >>> i & 1) != 0 ? in.getDouble() : 0;
      }
    }
  }
}
