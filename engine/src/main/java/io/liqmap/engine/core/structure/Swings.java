package io.liqmap.engine.core.structure;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Swing highs and lows of the price, at several scales.
 *
 * <p>At each scale price runs in legs. On a leg upwards, its highest price H (reached first) is the
 * running extreme; once a price is H·(1 − scale) or less, H is confirmed as a swing high, and a leg
 * downwards begins at that price. On a leg downwards, its lowest price L is confirmed as a swing
 * low once a price is L·(1 + scale) or more. So highs and lows alternate. The first leg begins with
 * the first price that lies by the scale above the lowest price so far, or below the highest; where
 * it comes from is no swing, since what was before is unknown.
 *
 * <p>Each scale has a quiet band of prices which change nothing, bounded by the running extreme on
 * one side and by the last price before the turn on the other, in whole mantissas. A price inside
 * the bands of all scales costs two comparisons. One thread; allocates nothing.
 */
final class Swings {
  /** Confirmed swings that each scale keeps, a power of two. */
  static final int KEPT = 8;

  private static final long BPS = 10_000;

  private static final int UP = 1;
  private static final int DOWN = -1;
  private static final int UNKNOWN = 0;

  private final int[] scales;
  private final int[] direction;
  private final long[] upper;
  private final long[] lower;
  private final long[] extremeTime;
  private final long[] count;
  private final long[] prices;
  private final long[] times;
  private long quietLow;
  private long quietHigh;

  Swings(final List<Integer> scalesBps) {
    scales = scalesBps.stream().mapToInt(Integer::intValue).toArray();
    direction = new int[scales.length];
    upper = new long[scales.length];
    lower = new long[scales.length];
    extremeTime = new long[scales.length];
    count = new long[scales.length];
    prices = new long[scales.length * KEPT];
    times = new long[scales.length * KEPT];
  }

  /**
   * Takes the next price.
   *
   * @param price mantissa, 1 to {@link Structure#MAX_PRICE}
   */
  void onPrice(final long at, final long price) {
    if (price > quietHigh || price < quietLow) {
      for (int scale = 0; scale < scales.length; scale++) {
        if (price > upper[scale] || price < lower[scale]) {
          move(scale, at, price);
        }
      }
      findQuiet();
    }
  }

  private void findQuiet() {
    quietLow = lower[0];
    quietHigh = upper[0];
    for (int scale = 1; scale < scales.length; scale++) {
      quietLow = Math.max(quietLow, lower[scale]);
      quietHigh = Math.min(quietHigh, upper[scale]);
    }
  }

  private void move(final int scale, final long at, final long price) {
    if (direction[scale] == UP) {
      if (price > upper[scale]) {
        run(scale, UP, at, price);
      } else {
        keep(scale, upper[scale]);
        run(scale, DOWN, at, price);
      }
    } else if (direction[scale] == DOWN) {
      if (price < lower[scale]) {
        run(scale, DOWN, at, price);
      } else {
        keep(scale, lower[scale]);
        run(scale, UP, at, price);
      }
    } else {
      begin(scale, at, price);
    }
  }

  private void begin(final int scale, final long at, final long price) {
    if (lower[scale] == 0) {
      lower[scale] = price;
      upper[scale] = price;
    } else if (price >= risen(lower[scale], scales[scale])) {
      run(scale, UP, at, price);
    } else if (price <= fallen(upper[scale], scales[scale])) {
      run(scale, DOWN, at, price);
    } else {
      lower[scale] = Math.min(lower[scale], price);
      upper[scale] = Math.max(upper[scale], price);
    }
  }

  private void run(final int scale, final int leg, final long at, final long price) {
    direction[scale] = leg;
    extremeTime[scale] = at;
    bound(scale, price);
  }

  private void bound(final int scale, final long price) {
    final boolean isUp = direction[scale] == UP;
    upper[scale] = isUp ? price : risen(price, scales[scale]) - 1;
    lower[scale] = isUp ? fallen(price, scales[scale]) + 1 : price;
  }

  private void keep(final int scale, final long price) {
    final int slot = slot(scale, count[scale]++);
    prices[slot] = price;
    times[slot] = extremeTime[scale];
  }

  private static int slot(final int scale, final long index) {
    return scale * KEPT + (int) (index & (KEPT - 1));
  }

  /** Highest whole price that is at most {@code high} less the scale. */
  private static long fallen(final long high, final int bps) {
    final long kept = BPS - bps;
    return high / BPS * kept + high % BPS * kept / BPS;
  }

  /** Lowest whole price that is at least {@code low} and the scale. */
  private static long risen(final long low, final int bps) {
    final long raised = BPS + bps;
    return low / BPS * raised + (low % BPS * raised + BPS - 1) / BPS;
  }

  private long extreme(final int scale) {
    return direction[scale] == UP ? upper[scale] : lower[scale];
  }

  private long firstKept(final int scale) {
    return Math.max(0, count[scale] - KEPT);
  }

  /** Whether a kept swing is a high: the last one before a leg downwards is. */
  private boolean isHigh(final int scale, final long index) {
    return ((count[scale] - 1 - index & 1) == 0) == (direction[scale] == DOWN);
  }

  /** Kinds of the kept swings whose prices lie in a range, a bit each; without allocation. */
  int kindsWithin(final long lowPrice, final long highPrice) {
    int kinds = 0;
    for (int scale = 0; scale < scales.length; scale++) {
      for (long index = firstKept(scale); index < count[scale]; index++) {
        final long price = prices[slot(scale, index)];
        if (price >= lowPrice && price <= highPrice) {
          kinds |= isHigh(scale, index) ? LevelKind.SWING_HIGH.bit() : LevelKind.SWING_LOW.bit();
        }
      }
    }
    return kinds;
  }

  /** Confirmed swings that are kept, scale after scale, oldest first. */
  List<Swing> confirmed(final Lattice lattice) {
    final List<Swing> swings = new ArrayList<>();
    for (int scale = 0; scale < scales.length; scale++) {
      for (long index = firstKept(scale); index < count[scale]; index++) {
        final int slot = slot(scale, index);
        swings.add(swing(scale, isHigh(scale, index), prices[slot], times[slot], lattice));
      }
    }
    return List.copyOf(swings);
  }

  /** Extremes of the legs that run, for each scale that has one. */
  List<Swing> running(final Lattice lattice) {
    final List<Swing> swings = new ArrayList<>();
    for (int scale = 0; scale < scales.length; scale++) {
      if (direction[scale] != UNKNOWN) {
        swings.add(
            swing(scale, direction[scale] == UP, extreme(scale), extremeTime[scale], lattice));
      }
    }
    return List.copyOf(swings);
  }

  private Swing swing(
      final int scale,
      final boolean isHigh,
      final long price,
      final long time,
      final Lattice lattice) {
    return new Swing(scales[scale], isHigh, price, lattice.bucketOf(price, -1), time);
  }

  void encode(final StateWriter out) {
    for (int scale = 0; scale < scales.length; scale++) {
      out.putLong(direction[scale]);
      out.putLong(upper[scale]);
      out.putLong(lower[scale]);
      out.putLong(extremeTime[scale]);
      out.putLong(count[scale]);
      for (long index = firstKept(scale); index < count[scale]; index++) {
        out.putLong(prices[slot(scale, index)]);
        out.putLong(times[slot(scale, index)]);
      }
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param price last one, 0 before the first
   */
  void decode(final StateReader in, final long time, final long price) {
    for (int scale = 0; scale < scales.length; scale++) {
      direction[scale] = in.getInt(DOWN, UP);
      upper[scale] = in.getLong(price, 2 * Structure.MAX_PRICE);
      lower[scale] = in.getLong(Math.min(1, price), price);
      checkBand(scale, price);
      final boolean isRunning = direction[scale] != UNKNOWN;
      extremeTime[scale] = in.getLong(0, isRunning ? time : 0);
      count[scale] = in.getLong(0, isRunning ? Long.MAX_VALUE - 1 : 0);
      Arrays.fill(prices, scale * KEPT, (scale + 1) * KEPT, 0);
      Arrays.fill(times, scale * KEPT, (scale + 1) * KEPT, 0);
      long before = 0;
      for (long index = firstKept(scale); index < count[scale]; index++) {
        prices[slot(scale, index)] = in.getLong(1, Structure.MAX_PRICE);
        before = in.getLong(before, extremeTime[scale]);
        times[slot(scale, index)] = before;
      }
    }
    findQuiet();
  }

  /** One bound follows from the other, once there is a leg. */
  private void checkBand(final int scale, final long price) {
    final long readUpper = upper[scale];
    final long readLower = lower[scale];
    if (direction[scale] != UNKNOWN && price > 0) {
      bound(scale, extreme(scale));
    }
    if (upper[scale] != readUpper
        || lower[scale] != readLower
        || (price == 0 && (readUpper != 0 || direction[scale] != UNKNOWN))
        || (direction[scale] != DOWN && readUpper > Structure.MAX_PRICE)) {
      throw new IllegalStateException(
          "the state has a band of "
              + readLower
              + " to "
              + readUpper
              + " for swings, which no price can make");
    }
  }
}
