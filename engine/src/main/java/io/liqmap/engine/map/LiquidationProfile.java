package io.liqmap.engine.map;

import io.liqmap.engine.margin.Side;
import io.liqmap.engine.model.LeverageTier;
import io.liqmap.engine.model.ShiftLines;
import java.util.Arrays;
import java.util.List;

/**
 * What would be liquidated where, by one model: notionals by liquidation bucket, taken from the
 * ledgers as often as somebody asks.
 *
 * <p>Notionals are in the quote asset, at the centre of their bucket. On the thread that owns the
 * map; allocates only when the map has grown, or its lines lie farther away than before.
 */
public final class LiquidationProfile {
  private static final int SLACK = 64;

  private final InstrumentMap map;
  private final ModelBook book;
  private final double[] leverages;
  private final Band longs = new Band(Side.LONG);
  private final Band shorts = new Band(Side.SHORT);

  /** Makes an empty profile of a model, by its number. */
  public LiquidationProfile(final InstrumentMap map, final int model) {
    this.map = map;
    book = map.book(model);
    leverages =
        book.settings().profile().stream()
            .mapToDouble(LeverageTier::leverage)
            .distinct()
            .sorted()
            .toArray();
  }

  /** The map. */
  public InstrumentMap map() {
    return map;
  }

  /** Takes what stands now, trades since the last open interest included. */
  public void project() {
    longs.project();
    shorts.project();
  }

  private Band band(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  /** Lowest bucket in which a side stands; above {@link #last} where nothing does. */
  public int first(final Side side) {
    return band(side).first;
  }

  /** Highest bucket in which a side stands. */
  public int last(final Side side) {
    return band(side).last;
  }

  /** What stands in a bucket, quote asset. */
  public double notional(final Side side, final int bucket) {
    final Band band = band(side);
    return bucket < band.first || bucket > band.last ? 0 : band.notionals[bucket - band.origin];
  }

  /** All that stands, quote asset. */
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
   * What stands of one leverage in some buckets, both ends included, as the ledgers are now, quote
   * asset.
   *
   * @param leverage its number
   */
  public double notional(final Side side, final int leverage, final int low, final int high) {
    final EntryLedger ledger = book.ledger(side);
    final ShiftLines lines = ledger.lines();
    final List<LeverageTier> tiers = book.settings().profile();
    double sum = 0;
    for (int line = 0; line < lines.count(); line++) {
      if (tiers.get(line / 2).leverage() == leverages[leverage]) {
        sum += ofLine(ledger, line, low - lines.shift(line), high - lines.shift(line));
      }
    }
    return sum * map.notionalUnit();
  }

  private double ofLine(
      final EntryLedger ledger, final int line, final int lowest, final int highest) {
    final BucketSpan span = map.span();
    final int shift = ledger.lines().shift(line);
    final int last = Math.min(highest, span.base() + span.size() - 1);
    double sum = 0;
    for (int entry = Math.max(lowest, span.base()); entry <= last; entry++) {
      final int cell = span.cell(entry);
      final double standing =
          ledger.standing(
              line,
              cell,
              Double.POSITIVE_INFINITY,
              book.trades().buys(cell),
              book.trades().sells(cell));
      sum += standing == 0 ? 0 : standing * price(entry + shift);
    }
    return sum;
  }

  /** Mantissa by which a quantity becomes a notional. */
  private double price(final int bucket) {
    return map.instrument().isInverse() ? 1 : map.lattice().centre(bucket);
  }

  /** One side. */
  private final class Band {
    private final Side side;
    private double[] notionals = new double[0];
    private int origin;
    private int first = 1;
    private int last;
    private double total;
    private double quantity;

    Band(final Side side) {
      this.side = side;
    }

    void project() {
      final BucketSpan span = map.span();
      final EntryLedger ledger = book.ledger(side);
      final int lowest = Math.min(span.lowestInUse(), map.lowestTrade());
      final int highest = Math.max(span.highestInUse(), map.highestTrade());
      if (lowest > highest) {
        first = 1;
        last = 0;
        total = 0;
        quantity = 0;
        return;
      }
      final int farthest = ledger.lines().farthest();
      origin = lowest + Math.min(0, farthest);
      final int end = highest + Math.max(0, farthest);
      clear(end - origin + 1);
      ledger.project(lowest, highest, notionals, origin);
      for (int bucket = map.lowestTrade(); bucket <= map.highestTrade(); bucket++) {
        final int cell = span.cell(bucket);
        final double buys = book.trades().buys(cell);
        final double sells = book.trades().sells(cell);
        if (buys + sells != 0) {
          ledger.projectTrades(bucket, buys, sells, notionals, origin);
        }
      }
      value(end, ledger.scale());
    }

    private void clear(final int count) {
      if (notionals.length < count) {
        notionals = new double[count + SLACK];
      } else {
        Arrays.fill(notionals, 0, count, 0);
      }
    }

    /** Makes notionals of quantities in the ledger's unit, and finds where they begin and end. */
    private void value(final int end, final double scale) {
      final double unit = scale * map.notionalUnit();
      first = end + 1;
      last = origin - 1;
      total = 0;
      quantity = 0;
      for (int bucket = origin; bucket <= end; bucket++) {
        final double here = notionals[bucket - origin];
        if (here != 0) {
          quantity += here * scale;
          final double notional = here * price(bucket) * unit;
          notionals[bucket - origin] = notional;
          total += notional;
          first = Math.min(first, bucket);
          last = bucket;
        }
      }
    }
  }
}
