package io.liqmap.tools.venue;

import io.liqmap.engine.core.margin.BinanceUsdm;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All positions of the venue, ordered by what may close them: mark for liquidations, last price for
 * stops and profits, time. Those whose owners add margin are ordered by where they do, too.
 */
final class PositionBook {
  /** Where margin is added: part of the way from entry to liquidation. */
  private static final double ALARM = 0.75;

  /** What is added, as a share of the margin. */
  private static final double ADDED = 0.6;

  private final BracketTable brackets;
  private final double quantityUnit;
  private final List<List<Position>> sides = List.of(new ArrayList<>(), new ArrayList<>());
  private final long[] quantities = new long[2];
  private final List<PositionQueue> liquidations =
      List.of(new PositionQueue(), new PositionQueue());
  private final List<PositionQueue> alarms = List.of(new PositionQueue(), new PositionQueue());
  private final int[] visited = new int[2];
  private final double[] toVisit = new double[2];
  private final long[] liquidated = new long[2];
  private final PositionQueue above = new PositionQueue();
  private final PositionQueue below = new PositionQueue();
  private final PositionQueue times = new PositionQueue();

  private Position[] byNumber = new Position[1024];
  private int[] free = new int[1024];
  private int freeCount;
  private int numbers;

  PositionBook(final BracketTable brackets, final double quantityUnit) {
    this.brackets = brackets;
    this.quantityUnit = quantityUnit;
  }

  /** Opens a position, or adds to it at its leverage. */
  void increase(final Position position, final long quantity, final double price) {
    final double added = quantity * quantityUnit;
    final double before = position.quantity * quantityUnit;
    position.entryPrice = (position.entryPrice * before + price * added) / (before + added);
    position.wallet += price * added / position.leverage;
    position.quantity += quantity;
    quantities[position.side.ordinal()] += quantity;
    if (position.number < 0) {
      register(position);
      final List<Position> all = sides.get(position.side.ordinal());
      position.index = all.size();
      all.add(position);
      watch(position);
    }
    reprice(position);
  }

  /**
   * Whether a position, after an addition, would still be on its side of mark.
   *
   * @param mark 0 before the first
   */
  boolean staysClear(
      final Position position, final long quantity, final double price, final double mark) {
    final double added = quantity * quantityUnit;
    final double before = position.quantity * quantityUnit;
    final double liquidation =
        BinanceUsdm.liquidationPrice(
            position.side,
            position.margin(price * added / position.leverage),
            before + added,
            (position.entryPrice * before + price * added) / (before + added),
            brackets);
    return mark == 0 || position.side.sign() * (mark - liquidation) > 0;
  }

  /** Closes a position or a part of it by force. */
  void liquidate(final Position position, final long quantity) {
    liquidated[position.side.ordinal()] += quantity;
    decrease(position, quantity);
  }

  /** Closes a position or a part of it, and frees the same part of its margin. */
  void decrease(final Position position, final long quantity) {
    position.wallet *= (double) (position.quantity - quantity) / position.quantity;
    position.quantity -= quantity;
    quantities[position.side.ordinal()] -= quantity;
    if (position.quantity > 0) {
      reprice(position);
      return;
    }
    liquidations.get(position.side.ordinal()).remove(position.number);
    alarms.get(position.side.ordinal()).remove(position.number);
    unwatch(position);
    release(position);
    final List<Position> all = sides.get(position.side.ordinal());
    final Position last = all.remove(all.size() - 1);
    if (last != position) {
      last.index = position.index;
      all.set(position.index, last);
    }
    position.index = -1;
  }

  private void register(final Position position) {
    position.number = freeCount > 0 ? free[--freeCount] : numbers++;
    if (position.number >= byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, 2 * byNumber.length);
      free = Arrays.copyOf(free, byNumber.length);
    }
    byNumber[position.number] = position;
  }

  private void release(final Position position) {
    byNumber[position.number] = null;
    free[freeCount++] = position.number;
    position.number = -1;
  }

  private void reprice(final Position position) {
    position.liquidationPrice =
        BinanceUsdm.liquidationPrice(
            position.side,
            position.margin(0),
            position.quantity * quantityUnit,
            position.entryPrice,
            brackets);
    final PositionQueue queue = liquidations.get(position.side.ordinal());
    if (position.liquidationPrice > 0) {
      queue.put(position.number, -position.side.sign() * position.liquidationPrice);
    } else {
      queue.remove(position.number);
    }
    final PositionQueue alarm = alarms.get(position.side.ordinal());
    if (position.addsMargin && position.liquidationPrice > 0) {
      final double at =
          position.entryPrice + ALARM * (position.liquidationPrice - position.entryPrice);
      alarm.put(position.number, -position.side.sign() * at);
    } else {
      alarm.remove(position.number);
    }
  }

  /**
   * Adds margin where liquidation has come near, and moves the other equity of a part of the cross
   * accounts. Who is beyond mark already comes too late.
   *
   * @param part of the positions to visit, 0 to 1
   * @param spread standard deviation of the equity's move, log
   * @param kept part of the equity that is left of the last move
   */
  void adjust(
      final double mark,
      final double part,
      final double spread,
      final double kept,
      final Draws draws) {
    for (final Side side : Side.values()) {
      final PositionQueue alarm = alarms.get(side.ordinal());
      for (Position near = at(alarm.upTo(-side.sign() * mark));
          near != null;
          near = at(alarm.upTo(-side.sign() * mark))) {
        near.addsMargin = false;
        if (side.sign() * (mark - near.liquidationPrice) > 0) {
          near.wallet *= 1 + ADDED;
        }
        reprice(near);
      }
      final List<Position> all = sides.get(side.ordinal());
      toVisit[side.ordinal()] += part * all.size();
      for (; toVisit[side.ordinal()] >= 1 && !all.isEmpty(); toVisit[side.ordinal()]--) {
        final int at = visited[side.ordinal()] >= all.size() ? 0 : visited[side.ordinal()];
        visited[side.ordinal()] = at + 1;
        final Position position = all.get(at);
        if (position.isCross) {
          position.equity = position.equity * kept + spread * draws.gaussian();
          reprice(position);
        }
      }
    }
  }

  private void watch(final Position position) {
    final boolean isLong = position.side == Side.LONG;
    final double upper = isLong ? position.takeProfit : position.stop;
    final double lower = isLong ? position.stop : position.takeProfit;
    if (!Double.isNaN(upper)) {
      above.put(position.number, upper);
    }
    if (!Double.isNaN(lower)) {
      below.put(position.number, -lower);
    }
    times.put(position.number, position.expiry);
  }

  private Position unwatch(final Position position) {
    if (position != null) {
      above.remove(position.number);
      below.remove(position.number);
      times.remove(position.number);
    }
    return position;
  }

  /** A position whose liquidation price mark has reached, null if there is none. */
  Position crossed(final double mark) {
    final int crossed = liquidations.get(Side.LONG.ordinal()).upTo(-mark);
    return at(crossed >= 0 ? crossed : liquidations.get(Side.SHORT.ordinal()).upTo(mark));
  }

  /**
   * A position whose stop or profit the last price has reached, null if there is none; returned
   * only once.
   */
  Position triggered(final double last) {
    final int triggered = above.upTo(last);
    return unwatch(at(triggered >= 0 ? triggered : below.upTo(-last)));
  }

  /** An expired position, null if there is none; returned only once. */
  Position expired(final double seconds) {
    return unwatch(at(times.upTo(seconds)));
  }

  private Position at(final int number) {
    return number < 0 ? null : byNumber[number];
  }

  List<Position> positions(final Side side) {
    return sides.get(side.ordinal());
  }

  /** All that was closed by force. */
  long liquidated(final Side side) {
    return liquidated[side.ordinal()];
  }

  long quantity(final Side side) {
    return quantities[side.ordinal()];
  }
}
