package io.liqmap.tools.venue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A venue with one linear instrument and known positions.
 *
 * <p>Starts without positions and never ends. Each trade has a buyer, who opens a long or closes a
 * short, and a seller, who opens a short or closes a long, so longs, shorts and open interest are
 * equal. Every second the venue sets mark and liquidates the positions crossed, by taker orders
 * that move the price further. No funding payments, fees or partial liquidations. Same seed,
 * settings and start, same events, on any JDK. One thread.
 */
public final class SimulatedVenue {
  private static final long SECOND = 1_000_000_000L;
  private static final long BOOK_INTERVAL = SECOND / 2;
  private static final long HEARTBEAT_INTERVAL = 5 * SECOND;
  private static final long FUNDING_INTERVAL = 8 * 3_600 * SECOND;
  private static final long LATENCY = SECOND / 1_000;
  private static final double MAX_FUNDING = 0.003;
  private static final double MAX_REST_SECONDS = 300;
  private static final double NEAR_EXTREME = 0.0015;

  private final InstrumentDefinition definition;
  private final double priceUnit;
  private final double quantityUnit;
  private final long start;
  private final long openInterestInterval;
  private final double ordersPerSecond;
  private final Draws draws;
  private final MarketPrice market;
  private final Crowd crowd;
  private final PositionBook book;
  private final TruePositions truth;

  private final ArrayDeque<Position> closing = new ArrayDeque<>();
  private final List<ArrayDeque<Position>> resting =
      List.of(new ArrayDeque<>(), new ArrayDeque<>());

  private long clock;
  private long sequence;
  private long nextMark;
  private long nextOpenInterest;
  private long nextBook;
  private long nextHeartbeat;
  private long nextOrder;
  private long mark;

  private Position taker;
  private boolean takerOpens;
  private boolean takerIsForced;
  private long remaining;
  private long filled;
  private double filledValue;

  /** Creates a venue with {@link VenueSettings#standard()}. */
  public SimulatedVenue(
      final long seed,
      final InstrumentDefinition definition,
      final BracketTable brackets,
      final long startTimeNanos) {
    this(seed, definition, brackets, startTimeNanos, VenueSettings.standard());
  }

  /**
   * Creates a venue.
   *
   * @param definition a linear instrument whose quantities are base amounts and whose open interest
   *     is in the base asset and counts one side
   * @param brackets maintenance brackets of its positions
   * @param startTimeNanos time of the first event, ns since 1970
   * @throws IllegalArgumentException if the instrument is of another kind
   */
  public SimulatedVenue(
      final long seed,
      final InstrumentDefinition definition,
      final BracketTable brackets,
      final long startTimeNanos,
      final VenueSettings settings) {
    this.definition =
        definition.withOrigin(FeedOrigin.of("simulated").withTradeTicks().withMarkTicks());
    priceUnit = powerOfTen(definition.priceExponent());
    quantityUnit = powerOfTen(definition.quantityExponent());
    if (definition.contractKind() != ContractKind.LINEAR
        || definition.openInterestUnit() != OpenInterestUnit.BASE
        || definition.openInterestSides() != OpenInterestSides.ONE
        || Math.abs(definition.contractMultiplier() * quantityUnit - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "the venue trades a linear instrument in base amounts with one-sided open interest, not "
              + definition);
    }
    draws = new Draws(seed);
    market = new MarketPrice(settings, draws);
    crowd = new Crowd(brackets, settings, draws);
    book = new PositionBook(brackets, quantityUnit);
    start = startTimeNanos;
    clock = start;
    ordersPerSecond = settings.ordersPerSecond();
    openInterestInterval = settings.openInterestSeconds() * SECOND;
    nextMark = start;
    nextOpenInterest = start;
    nextBook = start + BOOK_INTERVAL / 2;
    nextHeartbeat = start + HEARTBEAT_INTERVAL;
    nextOrder = start + 1;
    truth = new TruePositions(book, quantityUnit);
  }

  private static double powerOfTen(final int exponent) {
    return Double.parseDouble("1e" + exponent);
  }

  /** Advances to the next event and fills the slot with it. */
  public void next(final FeedEvent event) {
    sequence++;
    if (sequence == 1) {
      event.instrument(sequence, clock, clock + LATENCY, definition);
      return;
    }
    if (remaining > 0) {
      trade(event);
    } else if (takerIsForced) {
      liquidation(event);
    } else if (isOrderDue()) {
      trade(event);
    } else {
      scheduled(event);
    }
  }

  /** The true positions after the events so far: live, for the thread of {@link #next}. */
  public TruePositions truth() {
    return truth;
  }

  /** Time of the last event, ns since 1970. */
  public long time() {
    return clock;
  }

  /** Claims an unscheduled order: liquidations first, then stops, then what rested too long. */
  private boolean isOrderDue() {
    final Position crossed = mark > 0 ? book.crossed(mark * priceUnit) : null;
    if (crossed != null) {
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
      if (position != null && position.restingSince < seconds() - MAX_REST_SECONDS) {
        queue.poll();
        order(position, position.quantity, false, false);
        return true;
      }
    }
    return false;
  }

  /** The first that is still open; others were liquidated while they rested. */
  private static Position firstOf(final ArrayDeque<Position> queue) {
    while (!queue.isEmpty() && queue.peek().quantity == 0) {
      queue.poll();
    }
    return queue.peek();
  }

  private void order(
      final Position position, final long quantity, final boolean opens, final boolean forced) {
    taker = position;
    takerOpens = opens;
    takerIsForced = forced;
    remaining = quantity;
    filled = 0;
    filledValue = 0;
  }

  private void scheduled(final FeedEvent event) {
    final long due =
        Math.min(
            Math.min(Math.min(nextMark, nextOpenInterest), Math.min(nextBook, nextHeartbeat)),
            nextOrder);
    if (due > clock) {
      market.advance((due - clock) / (double) SECOND);
      clock = due;
    }
    for (Position expired = book.expired(seconds());
        expired != null;
        expired = book.expired(seconds())) {
      close(expired, draws.chance(0.5));
    }
    if (due == nextMark) {
      nextMark += SECOND;
      markPrice(event);
    } else if (due == nextOpenInterest) {
      nextOpenInterest += openInterestInterval;
      event.openInterest(
          sequence,
          clock,
          clock + LATENCY,
          definition.id(),
          definition.quantityExponent(),
          book.quantity(Side.LONG));
    } else if (due == nextBook) {
      nextBook += BOOK_INTERVAL;
      bestBidOffer(event);
    } else if (due == nextHeartbeat) {
      nextHeartbeat += HEARTBEAT_INTERVAL;
      event.heartbeat(sequence, clock, clock + LATENCY);
    } else {
      final double crowding = market.isNearExtreme(NEAR_EXTREME) ? 2.5 : 1;
      final double rate = ordersPerSecond * crowding * Math.min(3, market.activity());
      nextOrder += 1 + (long) (draws.exponential(1 / rate) * SECOND);
      final Side side = crowd.takerSide(market);
      final Position opener = crowd.opener(side, true, market.last(), mark * priceUnit, seconds());
      order(opener, lots(crowd.notional()), true, false);
      trade(event);
    }
  }

  private double seconds() {
    return (clock - start) / (double) SECOND;
  }

  private long lots(final double notional) {
    final double lot = definition.lotSize() * quantityUnit * market.last();
    return definition.lotSize() * Math.max(1, (long) (notional / lot));
  }

  private void close(final Position position, final boolean patiently) {
    if (patiently) {
      position.restingSince = seconds();
      resting.get(position.side.ordinal()).add(position);
    } else {
      closing.add(position);
    }
  }

  private void trade(final FeedEvent event) {
    final boolean buys = takerOpens == (taker.side == Side.LONG);
    final long tick = definition.tickSize();
    final long bid = bid();
    final long price = buys ? bid + tick : bid;
    final long quantity = trade(buys ? Side.SHORT : Side.LONG, price * priceUnit);
    remaining -= quantity;
    filled += quantity;
    filledValue += (double) quantity * price;
    market.push((buys ? 1 : -1) * quantity * quantityUnit * price * priceUnit);
    for (Position done = book.triggered(price * priceUnit);
        done != null;
        done = book.triggered(price * priceUnit)) {
      final double gain = done.side.sign() * (price * priceUnit - done.entryPrice);
      close(done, gain > 0);
    }
    event.trade(
        sequence,
        clock,
        clock + LATENCY,
        definition.id(),
        definition.priceExponent(),
        definition.quantityExponent(),
        price,
        quantity,
        buys ? FeedEvent.BUY : FeedEvent.SELL);
  }

  /** Fills a part of the current order: the maker closes a resting position or opens one. */
  private long trade(final Side makerOpens, final double price) {
    final Side makerCloses = makerOpens == Side.LONG ? Side.SHORT : Side.LONG;
    final Position closer = firstOf(resting.get(makerCloses.ordinal()));
    final long quantity;
    if (closer != null && draws.chance(0.6)) {
      quantity = Math.min(remaining, closer.quantity);
      book.decrease(closer, quantity);
    } else {
      final Position opener = crowd.opener(makerOpens, false, price, mark * priceUnit, seconds());
      final long lot = definition.lotSize();
      final long share = remaining / 4 / lot * lot;
      quantity = Math.min(remaining, Math.max(lots(crowd.notional()), share));
      book.increase(opener, quantity, price);
    }
    if (takerOpens) {
      book.increase(taker, quantity, price);
    } else {
      book.decrease(taker, quantity);
    }
    return quantity;
  }

  /** Best bid; the offer is one tick above. */
  private long bid() {
    final long tick = definition.tickSize();
    return Math.max(tick, tick * (long) (market.last() / (priceUnit * tick)));
  }

  private long mantissa(final double price) {
    return Math.max(1, Math.round(price / priceUnit));
  }

  private void markPrice(final FeedEvent event) {
    market.second();
    mark = mantissa(market.mark());
    final double funding = Math.max(-MAX_FUNDING, Math.min(MAX_FUNDING, 1e-4 + market.basis()));
    event.markPrice(
        sequence,
        clock,
        clock + LATENCY,
        definition.id(),
        definition.priceExponent(),
        mark,
        mantissa(market.index()),
        Math.round(funding * 1e9),
        (clock / FUNDING_INTERVAL + 1) * FUNDING_INTERVAL);
  }

  private void bestBidOffer(final FeedEvent event) {
    final long bid = bid();
    event.bestBidOffer(
        sequence,
        clock,
        clock + LATENCY,
        definition.id(),
        definition.priceExponent(),
        definition.quantityExponent(),
        bid,
        lots(draws.lognormal(100_000, 1)),
        bid + definition.tickSize(),
        lots(draws.lognormal(100_000, 1)));
  }

  /** Reports a liquidated position, at the average price of its trades. */
  private void liquidation(final FeedEvent event) {
    takerIsForced = false;
    event.liquidation(
        sequence,
        clock,
        clock + LATENCY,
        definition.id(),
        definition.priceExponent(),
        definition.quantityExponent(),
        Math.round(filledValue / filled),
        filled,
        taker.side == Side.LONG ? FeedEvent.LONG : FeedEvent.SHORT);
  }
}
