package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ShiftLines;
import java.util.Arrays;

/**
 * One side of a {@link LiquidationDensity}: notionals by liquidation bucket, and which of them have
 * changed.
 *
 * <p>A bucket's <em>place</em> is how far it lies above {@link #origin}.
 *
 * <p>The ledger says what it changes. Only liquidation buckets of changed entries are summed again,
 * line by line in the order in which a whole projection adds them, so that both give the same bits.
 * On the thread that owns the map.
 */
public final class SideDensity {
  /** With more than these, all buckets count as changed. */
  private static final int MAX_TOUCHED = 512;

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

  /** Pending trades at the last projection, from an entry on: what they counted as opened. */
  private double[] provisionals = new double[64];

  private double[] provisionalsBefore = new double[64];
  private int lowestTrade = 1;
  private int highestTrade;

  /** Notionals of touched buckets before a projection. */
  private final double[] before = new double[MAX_TOUCHED];

  /** Buckets that were projected from something else than before, a bit each. */
  private long[] touched = new long[0];

  /** Since the last {@link LiquidationDensity#forgetChanges}. */
  private long[] allTouched = new long[0];

  private boolean isAllTouched = true;
  private double moved;
  private long forgotten;

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

  /** Lowest bucket that holds anything; above {@link #last} where none does. */
  public int first() {
    return first;
  }

  /** Highest bucket that holds anything. */
  public int last() {
    return last;
  }

  /** Bucket of place 0. */
  public int origin() {
    return origin;
  }

  /** By place, quote asset; read only, and 0 below {@link #first} and above {@link #last}. */
  public double[] notionals() {
    return notionals;
  }

  /** Whether any bucket may have changed since the last {@link LiquidationDensity#forgetChanges}. */
  public boolean isAllTouched() {
    return isAllTouched;
  }

  /**
   * Places whose notionals, or the positions behind them, may have changed since the last {@link
   * LiquidationDensity#forgetChanges}, a bit each; unless {@link #isAllTouched}.
   */
  public long[] touched() {
    return allTouched;
  }

  /** Whether anything may have changed between two buckets, which the map reaches. */
  public boolean isTouched(final int low, final int high) {
    if (isAllTouched) {
      return true;
    }
    final int from = low - origin;
    final int to = high - origin;
    for (int word = from >> 6; word <= to >> 6; word++) {
      final long below = word == from >> 6 ? -1L << from : -1L;
      final long above = word == to >> 6 ? -1L >>> ~to : -1L;
      if ((allTouched[word] & below & above) != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sum of the changes of all notionals, rises and falls alike, since the last {@link
   * LiquidationDensity#forgetChanges}, quote asset.
   */
  public double moved() {
    return moved;
  }

  void touchAll() {
    isAllTouched = true;
  }

  void forgetChanges() {
    Arrays.fill(allTouched, 0);
    isAllTouched = false;
    moved = 0;
  }

  double notional(final int bucket) {
    return bucket < first || bucket > last ? 0 : notionals[bucket - origin];
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
    final int count = isOutdated ? 0 : findChanged();
    isOutdated |= count > (highest - lowest) / 2;
    final double newUnit = ledger.scale() * notionalUnit;
    if (isOutdated || newUnit != unit) {
      unit = newUnit;
      isAllTouched = true;
      readTrades();
      if (isOutdated) {
        sumAll(lowest, highest);
        Arrays.fill(notionals, 0);
      } else {
        sumChanged(lowest, highest);
      }
      priceAll(lowest, highest);
      addTrades();
    } else {
      sumChanged(lowest, highest);
      projectChanged();
    }
    isOutdated = false;
    Arrays.fill(changed, 0);
    findBounds(lowest, highest);
  }

  private void projectChanged() {
    System.arraycopy(changed, 0, touched, 0, touched.length);
    readTrades();
    final int count = countOf(touched);
    isAllTouched |= count > MAX_TOUCHED;
    int index = 0;
    if (!isAllTouched) {
      for (int word = 0; word < touched.length; word++) {
        for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
          before[index] = notionals[(word << 6) + Long.numberOfTrailingZeros(bits)];
          index++;
        }
      }
    }
    price(pending);
    price(changed);
    addTrades();
    if (!isAllTouched) {
      index = 0;
      for (int word = 0; word < touched.length; word++) {
        allTouched[word] |= touched[word];
        for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
          final double now = notionals[(word << 6) + Long.numberOfTrailingZeros(bits)];
          moved += Math.abs(now - before[index]);
          index++;
        }
      }
    }
  }

  /** Reads pending trades, and touches the buckets of those that have changed. */
  private void readTrades() {
    final double[] old = provisionals;
    final int oldLowest = lowestTrade;
    final int oldHighest = highestTrade;
    provisionals = provisionalsBefore;
    provisionalsBefore = old;
    lowestTrade = map.lowestTrade();
    highestTrade = map.highestTrade();
    if (highestTrade - lowestTrade >= provisionals.length) {
      provisionals = new double[2 * (highestTrade - lowestTrade + 1)];
    }
    for (int entry = lowestTrade; entry <= highestTrade; entry++) {
      final double opened = provisional(entry);
      provisionals[entry - lowestTrade] = opened;
      if (entry < oldLowest || entry > oldHighest || old[entry - oldLowest] != opened) {
        touch(entry, touched);
      }
    }
  }

  private double provisional(final int entry) {
    final int cell = span.cell(entry);
    return ledger.provisional(trades.buys(cell), trades.sells(cell));
  }

  private void touch(final int entry, final long[] places) {
    final ShiftLines lines = ledger.lines();
    for (int line = 0; line < lines.count(); line++) {
      final int place = entry + lines.shift(line) - origin;
      places[place >> 6] |= 1L << place;
    }
  }

  private int farthest() {
    return ledger.lines().farthest();
  }

  /** Lays the numbers out so that they reach to all lines of all entries that the span can hold. */
  private void place() {
    final int newOrigin = span.base() + Math.min(0, farthest());
    final int count = span.size() + Math.abs(farthest()) + 63 & -64;
    if (newOrigin != origin || count > sums.length) {
      isOutdated = true;
      origin = newOrigin;
    }
    if (count > sums.length) {
      sums = new double[count];
      notionals = new double[count];
      changed = new long[count >> 6];
      pending = new long[changed.length];
      touched = new long[changed.length];
      allTouched = new long[changed.length];
    }
    if (changedCells.length != span.size() >> 6) {
      changedCells = new long[span.size() >> 6];
    }
  }

  /** Finds the liquidation buckets of changed entries; returns how many have changed. */
  private int findChanged() {
    if (hasChangedCells) {
      for (int word = 0; word < changedCells.length; word++) {
        for (long bits = changedCells[word]; bits != 0; bits &= bits - 1) {
          touch(span.bucket((word << 6) + Long.numberOfTrailingZeros(bits)), changed);
        }
      }
      forgetCells();
    }
    return countOf(changed);
  }

  private static int countOf(final long[] places) {
    int count = 0;
    for (final long bits : places) {
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
    Arrays.fill(pending, 0);
    final ShiftLines lines = ledger.lines();
    for (int entry = lowestTrade; entry <= highestTrade; entry++) {
      final double opened = provisionals[entry - lowestTrade];
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
    for (int entry = lowestTrade; entry <= highestTrade; entry++) {
      final double opened = provisionals[entry - lowestTrade];
      if (opened != 0) {
        for (int line = 0; line < ledger.lines().count(); line++) {
          quantity += opened * ledger.share(line);
        }
      }
    }
    return quantity;
  }
}
