package io.liqmap.tools.venue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;

/**
 * A venue with one linear instrument and known positions.
 *
 * <p>Starts without positions and never ends. Each trade has a buyer, who opens a long or closes a
 * short, and a seller, who opens a short or closes a long, so longs, shorts and open interest are
 * equal. With each mark price the venue liquidates the positions crossed, one after another before
 * the next mark, by taker orders that move the price further. No funding payments, fees, partial
 * liquidations, insurance fund or deleveraging. Same seed, scenario and start, same events, on any
 * JDK. One thread.
 */
public final class SimulatedVenue {
  private static final long SECOND = 1_000_000_000L;
  private static final long FUNDING_INTERVAL = 8 * 3_600 * SECOND;
  private static final long LATENCY = SECOND / 1_000;
  private static final int MARKS_PER_HEARTBEAT = 5;
  private static final double MAX_FUNDING = 0.003;
  private static final double NEAR_EXTREME = 0.0015;

  /** Mean time between two liquidation orders, s. */
  private static final double LIQUIDATION_GAP = 0.25;

  private static final double HOUR = 3_600;

  /** Standard deviation of a cross account's other equity, log, and what an hour leaves of it. */
  private static final double EQUITY_SPREAD = 0.35;

  private static final double EQUITY_KEPT = 23 / 24.0;

  private final InstrumentDefinition definition;
  private final VenueSettings settings;
  private final double priceUnit;
  private final double quantityUnit;
  private final long start;
  private final Draws draws;
  private final MarketPrice market;
  private final Crowd crowd;
  private final PositionBook book;
  private final Matching matching;
  private final TruePositions truth;

  private long clock;
  private long sequence;
  private long nextMark;
  private long nextOpenInterest;
  private long nextQuote;
  private long nextHeartbeat;
  private long nextOrder;
  private long nextPrint;
  private long mark;

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
      final Scenario scenario) {
    this.definition =
        definition.withOrigin(FeedOrigin.of("simulated").withTradeTicks().withMarkTicks());
    settings = scenario.venue();
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
    market =
        new MarketPrice(scenario.price(), settings.startPrice(), settings.openInterest(), draws);
    crowd = new Crowd(brackets, scenario, draws);
    book = new PositionBook(brackets, quantityUnit);
    matching = new Matching(book, crowd, draws, quantityUnit, definition.lotSize());
    start = startTimeNanos;
    clock = start;
    nextMark = start;
    nextOpenInterest = start;
    nextQuote = settings.quotes() == 0 ? Long.MAX_VALUE : start + settings.quotes() / 2;
    nextHeartbeat = start + MARKS_PER_HEARTBEAT * settings.mark();
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
    if (matching.isFilled() && matching.isForced()) {
      matching.endLiquidation();
      if (settings.prints() == Prints.ALL || clock >= nextPrint) {
        nextPrint = clock + SECOND;
        liquidation(event);
        return;
      }
    }
    matching.reconsider(market.last(), mark * priceUnit);
    if (!matching.isFilled() || isOrderDue()) {
      trade(event);
    } else {
      scheduled(event);
    }
  }

  /** The true positions after the events so far: live, for the thread of {@link #next}. */
  public TruePositions truth() {
    return truth;
  }

  /** Mark price, a mantissa; 0 before the first. */
  public long mark() {
    return mark;
  }

  /** Time of the last event, ns since 1970. */
  public long time() {
    return clock;
  }

  private boolean isOrderDue() {
    final boolean isDue = matching.claim(mark * priceUnit, seconds());
    if (isDue && matching.isForced()) {
      advanceTo(clock + (long) (draws.exponential(LIQUIDATION_GAP) * SECOND));
    }
    return isDue;
  }

  private void advanceTo(final long time) {
    if (time > clock) {
      market.advance((time - clock) / (double) SECOND);
      clock = time;
    }
  }

  private void scheduled(final FeedEvent event) {
    final long due =
        Math.min(
            Math.min(Math.min(nextMark, nextOpenInterest), Math.min(nextQuote, nextHeartbeat)),
            nextOrder);
    advanceTo(due);
    for (Position expired = book.expired(seconds());
        expired != null;
        expired = book.expired(seconds())) {
      matching.close(expired, draws.chance(0.5), seconds());
    }
    if (due == nextMark) {
      nextMark += settings.mark();
      markPrice(event);
    } else if (due == nextOpenInterest) {
      nextOpenInterest += settings.openInterestInterval();
      event.openInterest(
          sequence,
          clock,
          clock + LATENCY,
          definition.id(),
          definition.quantityExponent(),
          book.quantity(Side.LONG));
    } else if (due == nextQuote) {
      nextQuote += settings.quotes();
      bestBidOffer(event);
    } else if (due == nextHeartbeat) {
      nextHeartbeat += MARKS_PER_HEARTBEAT * settings.mark();
      event.heartbeat(sequence, clock, clock + LATENCY);
    } else {
      open();
      trade(event);
    }
  }

  private void open() {
    final double crowding = market.isNearExtreme(NEAR_EXTREME) ? 1.5 : 1;
    final double rate = settings.ordersPerSecond() * crowding * Math.min(3, market.activity());
    nextOrder += 1 + (long) (draws.exponential(1 / rate) * SECOND);
    final TraderClass traders = crowd.draw();
    final Side side = crowd.takerSide(traders, market);
    final Position opener = crowd.opener(traders, side, market.last(), mark * priceUnit, seconds());
    matching.open(opener, matching.lots(crowd.notional(), market.last()));
  }

  private double seconds() {
    return (clock - start) / (double) SECOND;
  }

  private void trade(final FeedEvent event) {
    final boolean buys = matching.buys();
    final long bid = bid();
    final long price = buys ? bid + definition.tickSize() : bid;
    final long quantity = matching.fill(price * priceUnit, mark * priceUnit, seconds());
    market.push((buys ? 1 : -1) * quantity * quantityUnit * price * priceUnit);
    for (Position done = book.triggered(price * priceUnit);
        done != null;
        done = book.triggered(price * priceUnit)) {
      final double gain = done.side.sign() * (price * priceUnit - done.entryPrice);
      matching.close(done, gain > 0, seconds());
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

  /** Best bid; the offer is one tick above. */
  private long bid() {
    final long tick = definition.tickSize();
    return Math.max(tick, tick * (long) (market.last() / (priceUnit * tick)));
  }

  private long mantissa(final double price) {
    return Math.max(1, Math.round(price / priceUnit));
  }

  private void markPrice(final FeedEvent event) {
    final double elapsed = settings.mark() / (double) SECOND;
    market.mark(elapsed);
    mark = mantissa(market.mark());
    book.adjust(
        mark * priceUnit,
        elapsed / HOUR,
        EQUITY_SPREAD * Math.sqrt(1 - EQUITY_KEPT * EQUITY_KEPT),
        EQUITY_KEPT,
        draws);
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
        quoted(),
        bid + definition.tickSize(),
        quoted());
  }

  private long quoted() {
    return matching.lots(draws.lognormal(100_000, 1), market.last());
  }

  /** Reports a liquidated position, at the average price of its trades. */
  private void liquidation(final FeedEvent event) {
    event.liquidation(
        sequence,
        clock,
        clock + LATENCY,
        definition.id(),
        definition.priceExponent(),
        definition.quantityExponent(),
        Math.round(matching.averagePrice() / priceUnit),
        matching.filled(),
        matching.side() == Side.LONG ? FeedEvent.LONG : FeedEvent.SHORT);
  }
}
