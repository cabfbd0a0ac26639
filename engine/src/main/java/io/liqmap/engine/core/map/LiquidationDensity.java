package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ShiftLines;
import java.util.Arrays;

/**
 * Notionals by liquidation bucket, by one model: a projection of the ledgers, made again on {@link
 * #project}.
 *
 * <p>Notionals are in the quote asset, at the centre of their bucket. On the thread that owns the
 * map; allocates only when the map has grown, or its lines lie farther away than before.
 */
public final class LiquidationDensity {
  private static final int SLACK = 64;

  private final InstrumentMap map;
  private final ModelBook book;
  private final double[] leverages;
  private final int[] leverageOfLine;
  private final Band longs = new Band(Side.LONG);
  private final Band shorts = new Band(Side.SHORT);

  /** Makes an empty one of a model, by its number. */
  public LiquidationDensity(final InstrumentMap map, final int model) {
    this.map = map;
    book = map.book(model);
    leverages = book.settings().leverages();
    leverageOfLine = book.leverageOfLine();
  }

  public InstrumentMap map() {
    return map;
  }

  /** Projects open positions as they are now, trades since the last open interest included. */
  public void project() {
    longs.project();
    shorts.project();
  }

  private Band band(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  /** Lowest bucket of a side that holds anything; above {@link #last} where none does. */
  public int first(final Side side) {
    return band(side).first;
  }

  /** Highest bucket of a side that holds anything. */
  public int last(final Side side) {
    return band(side).last;
  }

  /** Notional in a bucket, quote asset. */
  public double notional(final Side side, final int bucket) {
    final Band band = band(side);
    return bucket < band.first || bucket > band.last ? 0 : band.notionals[bucket - band.origin];
  }

  /**
   * Copies the notionals from {@link #first} to {@link #last}, quote asset.
   *
   * @param notionals has room for it
   */
  public void copy(final Side side, final double[] notionals) {
    final Band band = band(side);
    if (band.first <= band.last) {
      System.arraycopy(
          band.notionals, band.first - band.origin, notionals, 0, band.last - band.first + 1);
    }
  }

  /** Notional of a side, quote asset. */
  public double total(final Side side) {
    return band(side).total;
  }

  /**
   * Share of a side's open interest that is on the map, 0 to 1; 0 before the first. In the map's
   * own quantities, which no price has touched.
   */
  public double coverage(final Side side) {
    final double mapped = band(side).quantity;
    final double all = mapped + book.ledger(side).unmapped();
    return all > 0 && !Double.isNaN(map.openInterest()) ? mapped / all : 0;
  }

  /** Different leverages of the model. */
  public int leverages() {
    return leverages.length;
  }

  /** A leverage; they rise with their number. */
  public double leverage(final int number) {
    return leverages[number];
  }

  /**
   * Computes notional in some buckets by leverage, from the ledgers as they are now, quote asset.
   *
   * @param low lowest bucket
   * @param high highest bucket
   * @param notionals receives a number for each leverage
   */
  public void byLeverage(final Side side, final int low, final int high, final double[] notionals) {
    final EntryLedger ledger = book.ledger(side);
    final ShiftLines lines = ledger.lines();
    final PendingTrades pending = map.hasPendingTrades() ? book.trades() : null;
    final int lowest = map.lowestEntry();
    final int highest = map.highestEntry();
    Arrays.fill(notionals, 0);
    for (int line = 0; line < lines.count(); line++) {
      final int from = Math.max(lowest, low - lines.shift(line));
      final int to = Math.min(highest, high - lines.shift(line));
      if (from <= to && ledger.share(line) != 0) {
        notionals[leverageOfLine[line]] +=
            ledger.notional(line, from, to, pending) * map.instrument().notionalUnit();
      }
    }
  }

  /** Mantissa by which a quantity becomes a notional. */
  private double price(final int bucket) {
    return map.instrument().isInverse() ? 1 : map.lattice().centre(bucket);
  }

  /**
   * One side: what its ledger holds, projected when that has changed, and on top of it the pending
   * trades.
   */
  private final class Band {
    private final Side side;
    private double[] ledgers = new double[0];
    private double[] notionals = new double[0];
    private long ledgerRevision = -1;
    private int origin;
    private int end = -1;
    private double ledgerTotal;
    private double ledgerQuantity;
    private int first = 1;
    private int last;
    private double total;
    private double quantity;

    Band(final Side side) {
      this.side = side;
    }

    void project() {
      if (map.ledgerRevision() != ledgerRevision || !reachesAllTrades()) {
        projectLedger();
        ledgerRevision = map.ledgerRevision();
      }
      total = ledgerTotal;
      quantity = ledgerQuantity;
      System.arraycopy(ledgers, 0, notionals, 0, end - origin + 1);
      projectTrades();
      first = origin;
      while (first <= end && notionals[first - origin] == 0) {
        first++;
      }
      last = end;
      while (last >= first && notionals[last - origin] == 0) {
        last--;
      }
    }

    private int farthest() {
      return book.ledger(side).lines().farthest();
    }

    private boolean reachesAllTrades() {
      return map.lowestTrade() > map.highestTrade()
          || (map.lowestTrade() + Math.min(0, farthest()) >= origin
              && map.highestTrade() + Math.max(0, farthest()) <= end);
    }

    private void projectLedger() {
      final BucketSpan span = map.span();
      final EntryLedger ledger = book.ledger(side);
      final int lowest = map.lowestEntry();
      final int highest = map.highestEntry();
      if (lowest > highest) {
        ledgerTotal = 0;
        ledgerQuantity = 0;
        origin = 0;
        end = -1;
        return;
      }
      origin = Math.max(lowest - SLACK, span.base()) + Math.min(0, farthest());
      end = Math.min(highest + SLACK, span.base() + span.size() - 1) + Math.max(0, farthest());
      final int count = end - origin + 1;
      if (ledgers.length < count) {
        // As wide as it can become before the span grows.
        final int most = span.size() + Math.abs(farthest()) + 1;
        ledgers = new double[most];
        notionals = new double[most];
      }
      Arrays.fill(ledgers, 0, count, 0);
      for (int line = 0; line < leverageOfLine.length; line++) {
        ledger.project(line, lowest, highest, null, ledgers, origin);
      }
      final double scale = ledger.scale();
      final double unit = scale * map.instrument().notionalUnit();
      double total = 0;
      double quantity = 0;
      for (int i = 0; i < count; i++) {
        final double notional = ledgers[i] * (price(origin + i) * unit);
        quantity += ledgers[i] * scale;
        total += notional;
        ledgers[i] = notional;
      }
      ledgerTotal = total;
      ledgerQuantity = quantity;
    }

    private void projectTrades() {
      final EntryLedger ledger = book.ledger(side);
      final ShiftLines lines = ledger.lines();
      for (int entry = map.lowestTrade(); entry <= map.highestTrade(); entry++) {
        final int cell = map.span().cell(entry);
        final double opened =
            ledger.provisional(book.trades().buys(cell), book.trades().sells(cell));
        if (opened != 0) {
          for (int line = 0; line < lines.count(); line++) {
            final int bucket = entry + lines.shift(line);
            final double part = opened * ledger.share(line);
            final double notional = part * price(bucket) * map.instrument().notionalUnit();
            notionals[bucket - origin] += notional;
            quantity += part;
            total += notional;
          }
        }
      }
    }
  }
}
