package io.liqmap.engine.core.map;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ShiftLines;
import java.util.Arrays;

/**
 * One side of a {@link LiquidationDensity}: notionals by liquidation bucket, and which of them have
 * changed.
 *
 * <p>A bucket's <em>place</em> is how far it lies above {@link #origin}. The ledger reports what
 * changes in it. Only liquidation buckets of changed entries are summed again, line by line in the
 * order in which a whole projection adds them, so that both give the same bits. On the thread that
 * owns the map.
 */
public final class SideDensity {
  private static final int MIN_ROOM = 64;

  /** Buckets that entries may move before numbers are laid out again. */
  private static final int SLACK = 64;

  private final InstrumentMap map;
  private final BucketSpan span;
  private final Lattice lattice;
  private final boolean isInverse;
  private final double notionalUnit;
  private final PendingTrades trades;
  private final EntryLedger ledger;

  /** By place: in ledger units, without pending trades. */
  private double[] sums = new double[0];

  private double[] notionals = new double[0];
  private int origin;

  /** All other places hold 0. */
  private int usedFrom;

  private int usedTo;

  /** Of the ledger, at the last projection. */
  private double unit;

  /** What is on the map as of the last projection; NaN before it is asked for. */
  private double quantity = Double.NaN;

  /** Nothing of the last projection holds. */
  private boolean isOutdated = true;

  /** Entry cells that have changed since the last projection. */
  private final PlaceSet changedCells = new PlaceSet();

  /** Places to be summed again. */
  private final PlaceSet changed = new PlaceSet();

  /** Pending trades at the last projection, from an entry on: what they counted as opened. */
  private double[] provisionals = new double[MIN_ROOM];

  private double[] provisionalsBefore = new double[MIN_ROOM];
  private int lowestTrade = 1;
  private int highestTrade;

  /** Places on which pending trades lie, and the notionals without them, in the same order. */
  private final PlaceSet pending = new PlaceSet();

  private double[] withoutPending = new double[MIN_ROOM];

  /** Places that are projected from something else than before, and their notionals before. */
  private final PlaceSet touched = new PlaceSet();

  private double[] before = new double[MIN_ROOM];
  private final BucketChanges changes = new BucketChanges();
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

  /**
   * By place, quote asset: whole blocks of 64, 0 below {@link #first} and above {@link #last}; read
   * only.
   */
  public double[] notionals() {
    return notionals;
  }

  /** What has changed since it was last forgotten. */
  public BucketChanges changes() {
    return changes;
  }

  double notional(final int bucket) {
    return bucket < first || bucket > last ? 0 : notionals[bucket - origin];
  }

  /** Notes that positions of an entry cell have changed. */
  void onChanged(final int cell) {
    if (!isOutdated) {
      changedCells.add(cell);
    }
  }

  /** Notes that nothing is left in the liquidation buckets from one to another. */
  void onSwept(final int from, final int to) {
    if (!isOutdated) {
      final int end = Math.min(to - origin, sums.length - 1);
      for (int place = Math.max(0, from - origin); place <= end; place++) {
        changed.add(place);
      }
    }
  }

  /** Notes that anything may have changed. */
  void onChanged() {
    isOutdated = true;
  }

  /** Projects positions as they are now. */
  void project() {
    quantity = Double.NaN;
    final int lowest = map.lowestEntry();
    final int highest = map.highestEntry();
    place(lowest, highest);
    if (!isOutdated) {
      findChanged();
      isOutdated = changed.size() > (highest - lowest) / 2;
    }
    final double newUnit = ledger.scale() * notionalUnit;
    if (isOutdated || newUnit != unit) {
      unit = newUnit;
      projectAll(lowest, highest);
    } else {
      projectChanged(lowest, highest);
    }
    isOutdated = false;
    changed.clear();
    findBounds(lowest, highest);
  }

  /**
   * Lays the numbers out so that they reach to all lines of all entries. Blocks of places are the
   * same buckets wherever they begin.
   */
  private void place(final int lowest, final int highest) {
    final int from = lowest + Math.min(0, farthest());
    final int to = highest + Math.max(0, farthest());
    if (lowest <= highest && (from < origin || to >= origin + sums.length)) {
      isOutdated = true;
      origin = from - SLACK & -Long.SIZE;
      final int count = to + SLACK + Long.SIZE - origin & -Long.SIZE;
      if (count > sums.length) {
        sums = new double[count];
        notionals = new double[count];
        usedFrom = 0;
        usedTo = 0;
        changed.reserve(count);
        pending.reserve(count);
        touched.reserve(count);
        changes.reserve(count);
      }
    }
    if (isOutdated) {
      changedCells.reserve(span.size());
    }
  }

  private int farthest() {
    return ledger.lines().farthest();
  }

  /** Finds the places of changed entries. */
  private void findChanged() {
    for (int index = 0; index < changedCells.size(); index++) {
      addPlaces(span.bucket(changedCells.get(index)), changed);
    }
    changedCells.clear();
  }

  private void addPlaces(final int entry, final PlaceSet places) {
    final ShiftLines lines = ledger.lines();
    for (int line = 0; line < lines.count(); line++) {
      places.add(entry + lines.shift(line) - origin);
    }
  }

  private void projectAll(final int lowest, final int highest) {
    changes.addAll();
    readTrades();
    final int from = lowest > highest ? 0 : lowest + Math.min(0, farthest()) - origin;
    final int to = lowest > highest ? 0 : highest + Math.max(0, farthest()) - origin + 1;
    if (isOutdated) {
      changedCells.clear();
      Arrays.fill(sums, usedFrom, usedTo, 0);
      Arrays.fill(notionals, usedFrom, usedTo, 0);
      for (int line = 0; line < ledger.lines().count(); line++) {
        ledger.project(line, lowest, highest, null, sums, origin);
      }
      usedFrom = from;
      usedTo = to;
    } else {
      sumChanged(lowest, highest);
    }
    for (int place = from; place < to; place++) {
      notionals[place] = sums[place] * (price(origin + place) * unit);
    }
    usedFrom = Math.min(usedFrom, from);
    usedTo = Math.max(usedTo, to);
    addTrades();
  }

  private void projectChanged(final int lowest, final int highest) {
    touched.clear();
    for (int index = 0; index < changed.size(); index++) {
      touched.add(changed.get(index));
    }
    readTrades();
    if (before.length < touched.size()) {
      before = new double[2 * touched.size()];
    }
    for (int index = 0; index < touched.size(); index++) {
      before[index] = notionals[touched.get(index)];
    }
    for (int index = 0; index < pending.size(); index++) {
      notionals[pending.get(index)] = withoutPending[index];
    }
    sumChanged(lowest, highest);
    for (int index = 0; index < changed.size(); index++) {
      final int place = changed.get(index);
      notionals[place] = sums[place] * (price(origin + place) * unit);
    }
    addTrades();
    for (int index = 0; index < touched.size(); index++) {
      final int place = touched.get(index);
      changes.add(place, before[index], notionals[place]);
      usedFrom = Math.min(usedFrom, place);
      usedTo = Math.max(usedTo, place + 1);
    }
  }

  private void sumChanged(final int lowest, final int highest) {
    for (int index = 0; index < changed.size(); index++) {
      final int place = changed.get(index);
      sums[place] = ledger.project(origin + place, lowest, highest);
    }
  }

  /** Mantissa by which a quantity becomes a notional. */
  private double price(final int bucket) {
    return isInverse ? 1 : lattice.centre(bucket);
  }

  /** Reads pending trades, and touches the places of those that have changed. */
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
      final int cell = span.cell(entry);
      final double opened = ledger.provisional(trades.buys(cell), trades.sells(cell));
      provisionals[entry - lowestTrade] = opened;
      if (entry < oldLowest || entry > oldHighest || old[entry - oldLowest] != opened) {
        addPlaces(entry, touched);
      }
    }
  }

  private void addTrades() {
    pending.clear();
    final ShiftLines lines = ledger.lines();
    for (int entry = lowestTrade; entry <= highestTrade; entry++) {
      final double opened = provisionals[entry - lowestTrade];
      if (opened != 0) {
        for (int line = 0; line < lines.count(); line++) {
          final int bucket = entry + lines.shift(line);
          final int place = bucket - origin;
          if (pending.add(place)) {
            keep(pending.size() - 1, notionals[place]);
          }
          notionals[place] += opened * ledger.share(line) * price(bucket) * notionalUnit;
        }
      }
    }
  }

  private void keep(final int index, final double notional) {
    if (index == withoutPending.length) {
      withoutPending = Arrays.copyOf(withoutPending, 2 * index);
    }
    withoutPending[index] = notional;
  }

  private void findBounds(final int lowest, final int highest) {
    first = lowest > highest ? 1 : lowest + Math.min(0, farthest());
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

  /** What is on the map, quantity mantissas; right after a projection. */
  double quantity() {
    if (Double.isNaN(quantity)) {
      quantity = sumQuantity();
    }
    return quantity;
  }

  private double sumQuantity() {
    double all = 0;
    for (final double sum : sums) {
      all += sum * ledger.scale();
    }
    for (int entry = lowestTrade; entry <= highestTrade; entry++) {
      final double opened = provisionals[entry - lowestTrade];
      if (opened != 0) {
        for (int line = 0; line < ledger.lines().count(); line++) {
          all += opened * ledger.share(line);
        }
      }
    }
    return all;
  }
}
