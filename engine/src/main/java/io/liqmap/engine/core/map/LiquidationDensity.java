package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ShiftLines;
import java.util.Arrays;

/**
 * Notionals by liquidation bucket, by one model: a projection of the ledgers, brought up to date on
 * {@link #project}. A map has one for each model, from {@link InstrumentMap#density}.
 *
 * <p>Notionals are in the quote asset, at the centre of their bucket. On the thread that owns the
 * map; allocates only when the map has grown, or its lines lie farther away than before.
 */
public final class LiquidationDensity implements Density {
  private final InstrumentMap map;
  private final ModelBook book;
  private final double[] leverages;
  private final int[] leverageOfLine;
  private final SideDensity longs;
  private final SideDensity shorts;

  /** Calls of {@link #forgetChanges}. */
  private long forgotten;

  /** Of the two lines of a tier. */
  private final double[] tier = new double[2];

  /** Makes an empty one, which the ledgers report their changes to from now on. */
  LiquidationDensity(final InstrumentMap map, final ModelBook book) {
    this.map = map;
    this.book = book;
    leverages = book.settings().leverages();
    leverageOfLine = book.leverageOfLine();
    longs = new SideDensity(map, book, Side.LONG);
    shorts = new SideDensity(map, book, Side.SHORT);
  }

  public InstrumentMap map() {
    return map;
  }

  /** Projects open positions as they are now, trades since the last open interest included. */
  public void project() {
    longs.project();
    shorts.project();
  }

  /** One side, to be read in one piece. */
  public SideDensity on(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  /**
   * Has all buckets count as changed, unless changes are recorded since a call of {@link
   * #forgetChanges}.
   *
   * @param number that it returned
   */
  public void requireChanges(final long number) {
    if (number != forgotten) {
      longs.changes().addAll();
      shorts.changes().addAll();
    }
  }

  /** Records changes from now on; returns a number for {@link #requireChanges}. */
  public long forgetChanges() {
    longs.changes().forget();
    shorts.changes().forget();
    forgotten++;
    return forgotten;
  }

  @Override
  public int first(final Side side) {
    return on(side).first();
  }

  @Override
  public int last(final Side side) {
    return on(side).last();
  }

  @Override
  public double notional(final Side side, final int bucket) {
    return on(side).notional(bucket);
  }

  @Override
  public boolean isChanged(final Side side, final int low, final int high) {
    final SideDensity density = on(side);
    return density.changes().isIn(low - density.origin(), high - density.origin());
  }

  /** Notional of a side, quote asset. */
  public double total(final Side side) {
    return on(side).total();
  }

  /**
   * Share of a side's open interest that is on the map, 0 to 1; 0 before the first. In the map's
   * own quantities, which no price has touched; right after {@link #project}.
   */
  public double coverage(final Side side) {
    return part(side, on(side).quantity());
  }

  /** Share of a side's open interest that no price liquidates, 0 to 1, as {@link #coverage}. */
  public double outOfReach(final Side side) {
    return part(side, beyond(side));
  }

  /** Share of a side's open interest whose entries the model doesn't know, as {@link #coverage}. */
  public double unmapped(final Side side) {
    return part(side, book.ledger(side).unmapped());
  }

  private double beyond(final Side side) {
    return book.ledger(side)
        .outOfReachQuantity(book.trades(), map.lowestTrade(), map.highestTrade());
  }

  private double part(final Side side, final double quantity) {
    final double all = on(side).quantity() + beyond(side) + book.ledger(side).unmapped();
    return all > 0 && !Double.isNaN(map.openInterest()) ? quantity / all : 0;
  }

  @Override
  public int leverages() {
    return leverages.length;
  }

  @Override
  public double leverage(final int number) {
    return leverages[number];
  }

  @Override
  public void byLeverage(final Side side, final int low, final int high, final double[] notionals) {
    final EntryLedger ledger = book.ledger(side);
    final ShiftLines lines = ledger.lines();
    final double unit = map.instrument().notionalUnit();
    final int lowest = map.lowestEntry();
    final int highest = map.highestEntry();
    final int lowestTrade = map.lowestTrade();
    final int highestTrade = map.highestTrade();
    Arrays.fill(notionals, 0);
    for (int line = 0; line < leverageOfLine.length; line += 2) {
      final int lower = Math.min(lines.shift(line), lines.shift(line + 1));
      final int upper = Math.max(lines.shift(line), lines.shift(line + 1));
      final int from = Math.max(low, lowest + lower);
      final int to = Math.min(high, highest + upper);
      if (from <= to) {
        final boolean isTraded = from - upper <= highestTrade && to - lower >= lowestTrade;
        ledger.readTier(line, from, to, isTraded ? book.trades() : null, tier);
        notionals[leverageOfLine[line]] += tier[0] * unit;
        notionals[leverageOfLine[line]] += tier[1] * unit;
      }
    }
  }
}
