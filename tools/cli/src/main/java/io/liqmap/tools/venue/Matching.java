package io.liqmap.tools.venue;

import io.liqmap.engine.core.margin.Side;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Matches orders, one at a time: a taker, who opens or closes, with makers, who do too. A maker's
 * order rests until takers have filled it.
 */
final class Matching {
  private static final double MAX_REST_SECONDS = 300;
  private static final double CLOSERS_FIRST = 0.6;

  private final PositionBook book;
  private final Crowd crowd;
  private final Draws draws;
  private final double quantityUnit;
  private final long lot;
  private final ArrayDeque<Position> closing = new ArrayDeque<>();
  private final List<ArrayDeque<Position>> resting =
      List.of(new ArrayDeque<>(), new ArrayDeque<>());

  /** By side: makers who open, and what is left of their orders. */
  private final Position[] makers = new Position[2];

  private final long[] makersLeft = new long[2];

  private Position taker;
  private boolean opens;
  private boolean isForced;
  private long remaining;
  private long filled;
  private double filledValue;

  Matching(
      final PositionBook book,
      final Crowd crowd,
      final Draws draws,
      final double quantityUnit,
      final long lot) {
    this.book = book;
    this.crowd = crowd;
    this.draws = draws;
    this.quantityUnit = quantityUnit;
    this.lot = lot;
  }

  boolean isFilled() {
    return remaining == 0;
  }

  /** Drops the rest of an order that would put its own position beyond mark. */
  void reconsider(final double price, final double mark) {
    if (remaining > 0
        && opens
        && taker.quantity > 0
        && !book.staysClear(taker, remaining, price, mark)) {
      remaining = 0;
    }
  }

  /** Whether the order is a liquidation that hasn't ended. */
  boolean isForced() {
    return isForced;
  }

  boolean buys() {
    return opens == (taker.side == Side.LONG);
  }

  /** Takes an order that opens a position. */
  void open(final Position position, final long quantity) {
    order(position, quantity, true, false);
  }

  /** Has a position closed, by a taker's or a resting order. */
  void close(final Position position, final boolean patiently, final double now) {
    withdraw(position);
    if (patiently) {
      position.restingSince = now;
      resting.get(position.side.ordinal()).add(position);
    } else {
      closing.add(position);
    }
  }

  /** Claims an order that is due: liquidations first, then stops, then what rested too long. */
  boolean claim(final double mark, final double now) {
    final Position crossed = mark > 0 ? book.crossed(mark) : null;
    if (crossed != null) {
      withdraw(crossed);
      order(crossed, crossed.quantity, false, true);
      return true;
    }
    while (!closing.isEmpty()) {
      final Position position = closing.poll();
      if (position.quantity > 0) {
        order(position, position.quantity, false, false);
        return true;
      }
    }
    for (final ArrayDeque<Position> queue : resting) {
      final Position position = firstOf(queue);
      if (position != null && position.restingSince < now - MAX_REST_SECONDS) {
        queue.poll();
        order(position, position.quantity, false, false);
        return true;
      }
    }
    return false;
  }

  private void order(
      final Position position, final long quantity, final boolean isOpening, final boolean force) {
    taker = position;
    opens = isOpening;
    isForced = force;
    remaining = quantity;
    filled = 0;
    filledValue = 0;
  }

  /** Drops the rest of an order that opens a position. */
  private void withdraw(final Position position) {
    if (makers[position.side.ordinal()] == position) {
      makers[position.side.ordinal()] = null;
    }
  }

  /** The first that is still open; others were liquidated while they rested. */
  private static Position firstOf(final ArrayDeque<Position> queue) {
    while (!queue.isEmpty() && queue.peek().quantity == 0) {
      queue.poll();
    }
    return queue.peek();
  }

  /**
   * Fills a part of the order.
   *
   * @param mark 0 before the first
   * @param now seconds since the start
   * @return the quantity
   */
  long fill(final double price, final double mark, final double now) {
    final Side makerOpens = buys() ? Side.SHORT : Side.LONG;
    final Side makerCloses = buys() ? Side.LONG : Side.SHORT;
    final Position closer = firstOf(resting.get(makerCloses.ordinal()));
    final long quantity;
    if (closer != null && draws.chance(CLOSERS_FIRST)) {
      quantity = Math.min(remaining, closer.quantity);
      book.decrease(closer, quantity);
    } else {
      final int side = makerOpens.ordinal();
      if (makers[side] == null || !book.staysClear(makers[side], makersLeft[side], price, mark)) {
        makers[side] = crowd.opener(crowd.draw(), makerOpens, price, mark, now);
        makersLeft[side] = lots(crowd.notional(), price);
      }
      quantity = Math.min(remaining, makersLeft[side]);
      book.increase(makers[side], quantity, price);
      makersLeft[side] -= quantity;
      if (makersLeft[side] == 0) {
        makers[side] = null;
      }
    }
    if (opens) {
      book.increase(taker, quantity, price);
    } else if (isForced) {
      book.liquidate(taker, quantity);
    } else {
      book.decrease(taker, quantity);
    }
    remaining -= quantity;
    filled += quantity;
    filledValue += quantity * price;
    return quantity;
  }

  /** A notional in whole lots, one at least. */
  long lots(final double notional, final double price) {
    return lot * Math.max(1, (long) (notional / (lot * quantityUnit * price)));
  }

  /** Ends a liquidation, after which its quantity, average price and side can be read. */
  void endLiquidation() {
    isForced = false;
  }

  long filled() {
    return filled;
  }

  double averagePrice() {
    return filledValue / filled;
  }

  Side side() {
    return taker.side;
  }
}
