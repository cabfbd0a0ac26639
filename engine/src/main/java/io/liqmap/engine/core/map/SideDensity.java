package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ShiftLines;
import java.util.Arrays;

/**
 * One side of a {@link LiquidationDensity}: what its ledger holds by liquidation bucket, and on top
 * of it the pending trades.
 *
 * <p>The ledger says what it changes. Only liquidation buckets of changed entries are summed again,
 * line by line in the order in which a whole projection adds them, so that both give the same bits.
 * One thread.
 */
final class SideDensity {
  private final InstrumentMap map;
  private final BucketSpan span;
  private final Lattice lattice;
  private final boolean isInverse;
  private final double notionalUnit;
  private final PendingTrades trades;
  private final EntryLedger ledger;

  /** By liquidation bucket from {@link #origin}: in ledger units, without pending trades. */
  private double[] sums = new double[0];

  private double[] notionals = new double[0];
  private int origin;

  /** Of the ledger, at the last projection. */
  private double unit;

  /** Nothing of the last projection holds. */
  private boolean isOutdated = true;

  /** Entry cells that have changed since the last projection, a bit each. */
  private long[] changedCells = new long[0];

  private boolean hasChangedCells;

  /** Liquidation buckets to be summed again, a bit each. */
  private long[] changed = new long[0];

  /** Liquidation buckets on which pending trades lie, a bit each. */
  private long[] pending = new long[0];

  private int first = 1;
  private int last;

  SideDensity(final InstrumentMap map, final ModelBook book, final Side side) {
    this.map = map;
    span = map.span();
    lattice = map.lattice();
    isInverse = map.instrument().isInverse();
    notionalUnit = map.instrument().notionalUnit();
    trades = book.trades();
    ledger = book.ledger(side);
    ledger.report(this);
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }

  double notional(final int bucket) {
    return bucket < first || bucket > last ? 0 : notionals[bucket - origin];
  }

  void copy(final double[] to) {
    if (first <= last) {
      System.arraycopy(notionals, first - origin, to, 0, last - first + 1);
    }
  }

  /** Notes that positions of an entry cell have changed. */
  void onChanged(final int cell) {
    if (!isOutdated) {
      changedCells[cell >> 6] |= 1L << cell;
      hasChangedCells = true;
    }
  }

  /** Notes that nothing is left in the liquidation buckets from one to another. */
  void onSwept(final int from, final int to) {
    if (!isOutdated) {
      final int end = Math.min(to - origin, sums.length - 1);
      for (int place = Math.max(0, from - origin); place <= end; place++) {
        changed[place >> 6] |= 1L << place;
      }
    }
  }

  /** Notes that anything may have changed. */
  void onChanged() {
    isOutdated = true;
  }

  /** Projects positions as they are now. */
  void project() {
    place();
    final int lowest = map.lowestEntry();
    final int highest = map.highestEntry();
    if (!isOutdated) {
      isOutdated = findChanged() > (highest - lowest) / 2;
    }
    final double newUnit = ledger.scale() * notionalUnit;
    if (isOutdated || newUnit != unit) {
      unit = newUnit;
      if (isOutdated) {
        sumAll(lowest, highest);
        Arrays.fill(notionals, 0);
      } else {
        sumChanged(lowest, highest);
      }
      priceAll(lowest, highest);
    } else {
      sumChanged(lowest, highest);
      price(pending);
      price(changed);
    }
    isOutdated = false;
    Arrays.fill(changed, 0);
    Arrays.fill(pending, 0);
    addTrades();
    findBounds(lowest, highest);
  }

  private int farthest() {
    return ledger.lines().farthest();
  }

  /** Lays the numbers out so that they reach to all lines of all entries that the span can hold. */
  private void place() {
    final int newOrigin = span.base() + Math.min(0, farthest());
    final int count = span.size() + Math.abs(farthest());
    if (newOrigin != origin || count > sums.length) {
      isOutdated = true;
      origin = newOrigin;
    }
    if (count > sums.length) {
      sums = new double[count];
      notionals = new double[count];
      changed = new long[(count + 63) >> 6];
      pending = new long[changed.length];
    }
    if (changedCells.length != span.size() >> 6) {
      changedCells = new long[span.size() >> 6];
    }
  }

  /** Finds the liquidation buckets of changed entries; returns how many have changed. */
  private int findChanged() {
    if (hasChangedCells) {
      final ShiftLines lines = ledger.lines();
      for (int word = 0; word < changedCells.length; word++) {
        for (long bits = changedCells[word]; bits != 0; bits &= bits - 1) {
          final int entry = span.bucket((word << 6) + Long.numberOfTrailingZeros(bits));
          for (int line = 0; line < lines.count(); line++) {
            final int place = entry + lines.shift(line) - origin;
            changed[place >> 6] |= 1L << place;
          }
        }
      }
      forgetCells();
    }
    int count = 0;
    for (final long bits : changed) {
      count += Long.bitCount(bits);
    }
    return count;
  }

  private void forgetCells() {
    Arrays.fill(changedCells, 0);
    hasChangedCells = false;
  }

  private void sumAll(final int lowest, final int highest) {
    forgetCells();
    Arrays.fill(sums, 0);
    for (int line = 0; line < ledger.lines().count(); line++) {
      ledger.project(line, lowest, highest, null, sums, origin);
    }
  }

  private void sumChanged(final int lowest, final int highest) {
    for (int word = 0; word < changed.length; word++) {
      for (long bits = changed[word]; bits != 0; bits &= bits - 1) {
        final int place = (word << 6) + Long.numberOfTrailingZeros(bits);
        sums[place] = ledger.project(origin + place, lowest, highest);
      }
    }
  }

  private void priceAll(final int lowest, final int highest) {
    final int end = highest + Math.max(0, farthest()) - origin;
    for (int place = Math.max(0, lowest + Math.min(0, farthest()) - origin);
        place <= end;
        place++) {
      notionals[place] = sums[place] * (price(origin + place) * unit);
    }
  }

  private void price(final long[] places) {
    for (int word = 0; word < places.length; word++) {
      for (long bits = places[word]; bits != 0; bits &= bits - 1) {
        final int place = (word << 6) + Long.numberOfTrailingZeros(bits);
        notionals[place] = sums[place] * (price(origin + place) * unit);
      }
    }
  }

  /** Mantissa by which a quantity becomes a notional. */
  private double price(final int bucket) {
    return isInverse ? 1 : lattice.centre(bucket);
  }

  private void addTrades() {
    final ShiftLines lines = ledger.lines();
    for (int entry = map.lowestTrade(); entry <= map.highestTrade(); entry++) {
      final double opened = provisional(entry);
      if (opened != 0) {
        for (int line = 0; line < lines.count(); line++) {
          final int bucket = entry + lines.shift(line);
          final int place = bucket - origin;
          notionals[place] += opened * ledger.share(line) * price(bucket) * notionalUnit;
          pending[place >> 6] |= 1L << place;
        }
      }
    }
  }

  private double provisional(final int entry) {
    final int cell = span.cell(entry);
    return ledger.provisional(trades.buys(cell), trades.sells(cell));
  }

  private void findBounds(final int lowest, final int highest) {
    first = lowest > highest ? 1 : Math.max(origin, lowest + Math.min(0, farthest()));
    last = lowest > highest ? 0 : highest + Math.max(0, farthest());
    while (first <= last && notionals[first - origin] == 0) {
      first++;
    }
    while (last >= first && notionals[last - origin] == 0) {
      last--;
    }
  }

  /** Notional of all buckets as of the last projection, quote asset. */
  double total() {
    double total = 0;
    for (int bucket = first; bucket <= last; bucket++) {
      total += notionals[bucket - origin];
    }
    return total;
  }

  /** What is on the map, quantity mantissas; right behind a projection. */
  double quantity() {
    double quantity = 0;
    for (final double sum : sums) {
      quantity += sum * ledger.scale();
    }
    for (int entry = map.lowestTrade(); entry <= map.highestTrade(); entry++) {
      final double opened = provisional(entry);
      if (opened != 0) {
        for (int line = 0; line < ledger.lines().count(); line++) {
          quantity += opened * ledger.share(line);
        }
      }
    }
    return quantity;
  }
}
