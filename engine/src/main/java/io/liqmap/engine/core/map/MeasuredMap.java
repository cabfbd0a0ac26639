package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;
import java.util.Arrays;

/**
 * The map of the positions that the venue published, and what they cover, at one moment: for
 * reports, not for the hot path. Immutable, for any thread.
 *
 * <p>Positions that no report has confirmed for too long ({@link PositionSettings}) are left out.
 * Quantities are in the base asset, notionals in the quote asset.
 */
public final class MeasuredMap {
  /** Log distance from mark beyond which a liquidation price is out of reach. */
  public static final double REACH = 0.6;

  private final MapSnapshot map;
  private final MeasuredSide longs;
  private final MeasuredSide shorts;
  private final long[] times;
  private final int stale;
  private final long reports;
  private final long outdated;
  private final long noRoom;
  private final long beyondMark;

  private MeasuredMap(final InstrumentMap of, final long now) {
    final KnownPositions positions = of.positions();
    final int[] leverages = leverages(positions, now);
    final Sums sumsLong = new Sums(of, positions, Side.LONG, now, leverages);
    final Sums sumsShort = new Sums(of, positions, Side.SHORT, now, leverages);
    map =
        MapSnapshot.measured(
            of,
            Arrays.stream(leverages).mapToDouble((leverage) -> leverage / 100.0).toArray(),
            sumsLong.snapshot(),
            sumsShort.snapshot());
    longs = sumsLong.side();
    shorts = sumsShort.side();
    times = new long[longs.accounts() + shorts.accounts()];
    int count = 0;
    for (int i = 0; i < positions.count(); i++) {
      if (!positions.isStale(i, now)) {
        times[count++] = positions.reported(i);
      }
    }
    Arrays.sort(times);
    stale = positions.count() - count;
    reports = positions.reports();
    outdated = positions.outdated();
    noRoom = positions.noRoom();
    beyondMark = positions.beyondMark();
  }

  /**
   * The known positions of an instrument, made on the thread that owns the map.
   *
   * @param now time of the last event of any instrument, ns
   */
  public static MeasuredMap of(final InstrumentMap map, final long now) {
    return new MeasuredMap(map, now);
  }

  /** Different settings of leverage, 10⁻²; 0 where it isn't known. */
  private static int[] leverages(final KnownPositions positions, final long now) {
    final int[] all = new int[positions.count() + 1];
    int count = 0;
    for (int i = 0; i < positions.count(); i++) {
      if (!positions.isStale(i, now)) {
        all[count++] = positions.leverage(i);
      }
    }
    // One at least, as a snapshot has rows.
    return Arrays.stream(all, 0, Math.max(1, count)).distinct().sorted().toArray();
  }

  /**
   * By liquidation price and leverage setting, 0 where that isn't known; its coverage is what it
   * shows, and unmapped is what isn't known.
   */
  public MapSnapshot map() {
    return map;
  }

  public MeasuredSide side(final Side side) {
    return side == Side.LONG ? longs : shorts;
  }

  /** When the venue's state of the oldest report was taken, ns; 0 without any. */
  public long oldest() {
    return times.length == 0 ? 0 : times[0];
  }

  /** When the venue's state of the median report was taken, ns; 0 without any. */
  public long median() {
    return times.length == 0 ? 0 : times[times.length / 2];
  }

  /** Positions left out because no report has confirmed them for too long. */
  public int stale() {
    return stale;
  }

  /** All reports so far; 0 if the feed has no known positions. */
  public long reports() {
    return reports;
  }

  /** Reports that were older than what was known of their accounts, and had no effect. */
  public long outdated() {
    return outdated;
  }

  /** Reports of new accounts that there was no room for. */
  public long noRoom() {
    return noRoom;
  }

  /** Positions that mark had crossed before they were reported, and that aren't kept. */
  public long beyondMark() {
    return beyondMark;
  }

  /** Sums over a side's positions, and its buckets. */
  private static final class Sums {
    private final InstrumentMap map;
    private final KnownPositions positions;
    private final Side side;
    private final long now;
    private final double reach = StrictMath.exp(REACH);
    private int accounts;
    private double known;
    private double squares;
    private double outOfReach;
    private double base;
    private double baseOutOfReach;
    private int low = Integer.MAX_VALUE;
    private int high = -1;
    private final double[][] rows;

    Sums(
        final InstrumentMap map,
        final KnownPositions positions,
        final Side side,
        final long now,
        final int[] leverages) {
      this.map = map;
      this.positions = positions;
      this.side = side;
      this.now = now;
      for (int i = 0; i < positions.count(); i++) {
        if (isIn(i)) {
          add(i);
        }
      }
      rows = new double[leverages.length][Math.max(0, high - low + 1)];
      for (int i = 0; i < positions.count(); i++) {
        if (isIn(i) && isWithinReach(i)) {
          final int row = Arrays.binarySearch(leverages, positions.leverage(i));
          final int bucket = bucket(i);
          rows[row][bucket - low] += inBase(i, map.lattice().centre(bucket));
        }
      }
    }

    private boolean isIn(final int number) {
      return positions.side(number) == side && !positions.isStale(number, now);
    }

    private void add(final int number) {
      final double quantity = positions.quantity(number);
      accounts++;
      known += quantity;
      squares += quantity * quantity;
      base += inBase(number, markOrEntry(number));
      if (isWithinReach(number)) {
        low = Math.min(low, bucket(number));
        high = Math.max(high, bucket(number));
      } else {
        outOfReach += quantity;
        baseOutOfReach += inBase(number, markOrEntry(number));
      }
    }

    private int bucket(final int number) {
      return map.lattice().bucketOf(positions.liquidation(number), map.markBucket());
    }

    private boolean isWithinReach(final int number) {
      final double liquidation = positions.liquidation(number);
      final double from = markOrEntry(number);
      return liquidation != KnownPositions.NEVER
          && liquidation <= from * reach
          && from <= liquidation * reach;
    }

    private double markOrEntry(final int number) {
      return map.markPrice() > 0 ? map.markPrice() : positions.entry(number);
    }

    private double inBase(final int number, final double priceMantissa) {
      return MapSnapshot.inBase(map, positions.quantity(number), priceMantissa);
    }

    private double share(final double quantity) {
      return map.openInterest() > 0 ? quantity / map.openInterest() : Double.NaN;
    }

    SideSnapshot snapshot() {
      return new SideSnapshot(
          high < 0 ? 0 : low,
          rows,
          null,
          null,
          MapSnapshot.inBase(
              map, Math.max(0, map.openInterest() - known), (double) map.markPrice()),
          share(known - outOfReach),
          share(outOfReach));
    }

    MeasuredSide side() {
      final double mark = map.markPrice() * map.instrument().priceUnit();
      return new MeasuredSide(
          accounts,
          squares > 0 ? known * known / squares : 0,
          base,
          mark > 0 ? base * mark : Double.NaN,
          baseOutOfReach,
          share(known),
          share(outOfReach),
          positions.swept(side),
          positions.sweptNotional(side) * map.instrument().notionalUnit());
    }
  }
}
