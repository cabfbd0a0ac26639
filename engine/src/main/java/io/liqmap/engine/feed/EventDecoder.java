package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.AccountRatioDecoder;
import io.liqmap.codecs.feed.BestBidOfferDecoder;
import io.liqmap.codecs.feed.GapDecoder;
import io.liqmap.codecs.feed.HeartbeatDecoder;
import io.liqmap.codecs.feed.ImplausibleDecoder;
import io.liqmap.codecs.feed.InstrumentDefinitionDecoder;
import io.liqmap.codecs.feed.InterruptionDecoder;
import io.liqmap.codecs.feed.KnownPositionDecoder;
import io.liqmap.codecs.feed.LiquidationDecoder;
import io.liqmap.codecs.feed.MarkPriceDecoder;
import io.liqmap.codecs.feed.OpenInterestDecoder;
import io.liqmap.codecs.feed.TradeDecoder;
import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.FaultTally;
import org.agrona.DirectBuffer;

/**
 * Decodes the block of one message into an event, and checks that its values are valid and
 * plausible. Says what is wrong, and counts nothing. One thread; allocates only for definitions.
 */
final class EventDecoder {
  /** The event is filled. */
  static final int ACCEPTED = -1;

  /** The values are valid, but implausible: {@link #fillImplausible} says which. */
  static final int IMPLAUSIBLE = -2;

  // Anything else is the number of a fault.
  private static final int LENGTH = FeedFault.LENGTH.ordinal();
  private static final int TEMPLATE = FeedFault.TEMPLATE.ordinal();
  private static final int INSTRUMENT = FeedFault.INSTRUMENT.ordinal();
  private static final int DEFINITION = FeedFault.DEFINITION.ordinal();
  private static final int PRICE = FeedFault.PRICE.ordinal();
  private static final int QUANTITY = FeedFault.QUANTITY.ordinal();
  private static final int TIME = FeedFault.TIME.ordinal();
  private static final int SCALE = FeedFault.SCALE.ordinal();
  private static final int VALUE = FeedFault.VALUE.ordinal();

  private final InstrumentDefinitionDecoder instrument = new InstrumentDefinitionDecoder();
  private final OpenInterestDecoder openInterest = new OpenInterestDecoder();
  private final LiquidationDecoder liquidation = new LiquidationDecoder();
  private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
  private final GapDecoder gap = new GapDecoder();
  private final AccountRatioDecoder accountRatio = new AccountRatioDecoder();
  private final ImplausibleDecoder implausible = new ImplausibleDecoder();
  private final KnownPositionDecoder knownPosition = new KnownPositionDecoder();
  private final InterruptionDecoder interruption = new InterruptionDecoder();
  private final FaultTally gapFaults = new FaultTally();

  private final InstrumentTable instruments;
  private final PlausibilityFilter filter;
  private final SequenceTracker sequences;
  private final boolean isJournal;

  private final Wire wire;
  private DirectBuffer buffer;

  private int implausibleField;
  private int implausibleInstrument;
  private long implausibleTime;
  private long implausibleValue;

  /** Decodes messages of a feed or, if they were events before, of a journal. */
  EventDecoder(
      final Wire wire,
      final InstrumentTable instruments,
      final PlausibilityFilter filter,
      final SequenceTracker sequences,
      final boolean isJournal) {
    this.wire = wire;
    this.instruments = instruments;
    this.filter = filter;
    this.sequences = sequences;
    this.isJournal = isJournal;
  }

  void wrap(final DirectBuffer frames) {
    buffer = frames;
  }

  /** Decodes a block; {@link #ACCEPTED}, {@link #IMPLAUSIBLE}, or the number of a fault. */
  int decode(
      final int template,
      final int block,
      final int blockLength,
      final int version,
      final FeedEvent event) {
    return switch (template) {
      case TradeDecoder.TEMPLATE_ID ->
          blockLength < TradeDecoder.BLOCK_LENGTH ? LENGTH : trade(block, event);
      case MarkPriceDecoder.TEMPLATE_ID ->
          blockLength < MarkPriceDecoder.BLOCK_LENGTH ? LENGTH : markPrice(block, event);
      case BestBidOfferDecoder.TEMPLATE_ID ->
          blockLength < BestBidOfferDecoder.BLOCK_LENGTH ? LENGTH : bestBidOffer(block, event);
      case OpenInterestDecoder.TEMPLATE_ID ->
          blockLength < OpenInterestDecoder.BLOCK_LENGTH
              ? LENGTH
              : openInterest(openInterest.wrap(buffer, block, blockLength, version), event);
      case LiquidationDecoder.TEMPLATE_ID ->
          blockLength < LiquidationDecoder.BLOCK_LENGTH
              ? LENGTH
              : liquidation(liquidation.wrap(buffer, block, blockLength, version), event);
      case HeartbeatDecoder.TEMPLATE_ID ->
          blockLength < HeartbeatDecoder.BLOCK_LENGTH
              ? LENGTH
              : heartbeat(heartbeat.wrap(buffer, block, blockLength, version), event);
      case GapDecoder.TEMPLATE_ID ->
          blockLength < GapDecoder.BLOCK_LENGTH
              ? LENGTH
              : gap(gap.wrap(buffer, block, blockLength, version), event);
      case AccountRatioDecoder.TEMPLATE_ID ->
          blockLength < AccountRatioDecoder.BLOCK_LENGTH
              ? LENGTH
              : accountRatio(accountRatio.wrap(buffer, block, blockLength, version), event);
      case KnownPositionDecoder.TEMPLATE_ID ->
          blockLength < KnownPositionDecoder.BLOCK_LENGTH
              ? LENGTH
              : knownPosition(knownPosition.wrap(buffer, block, blockLength, version), event);
      case InterruptionDecoder.TEMPLATE_ID ->
          blockLength < InterruptionDecoder.BLOCK_LENGTH
              ? LENGTH
              : interruption(interruption.wrap(buffer, block, blockLength, version), event);
      case InstrumentDefinitionDecoder.TEMPLATE_ID ->
          blockLength < InstrumentTable.blockLength(version)
              ? LENGTH
              : instrument(instrument.wrap(buffer, block, blockLength, version), event);
      case ImplausibleDecoder.TEMPLATE_ID -> {
        if (!isJournal) {
          yield TEMPLATE;
        }
        yield blockLength < ImplausibleDecoder.BLOCK_LENGTH
            ? LENGTH
            : implausible(implausible.wrap(buffer, block, blockLength, version), event);
      }
      default -> TEMPLATE;
    };
  }

  private int trade(final int block, final FeedEvent event) {
    final long exchange = wire.getLong(block + TradeDecoder.exchangeTimeEncodingOffset());
    final long receive = wire.getLong(block + TradeDecoder.receiveTimeEncodingOffset());
    final int id = wire.getInt(block + TradeDecoder.instrumentIdEncodingOffset());
    final int priceExponent = wire.getByte(block + TradeDecoder.priceExponentEncodingOffset());
    final int quantityExponent =
        wire.getByte(block + TradeDecoder.quantityExponentEncodingOffset());
    final long price = wire.getLong(block + TradeDecoder.priceEncodingOffset());
    final long quantity = wire.getLong(block + TradeDecoder.quantityEncodingOffset());
    final int side = wire.getByte(block + TradeDecoder.takerSideEncodingOffset());
    if (!instruments.isDefined(id)) {
      return INSTRUMENT;
    }
    if (!instruments.hasScale(id, priceExponent, quantityExponent)) {
      return SCALE;
    }
    if (!isTime(exchange, receive)) {
      return TIME;
    }
    if (!isPositive(price)) {
      return PRICE;
    }
    if (!isPositive(quantity)) {
      return QUANTITY;
    }
    if (side != FeedEvent.BUY && side != FeedEvent.SELL) {
      return VALUE;
    }
    final int found = filter.ofTrade(id, exchange, price, quantity);
    if (found != PlausibilityFilter.NONE) {
      return implausible(found, id, exchange, found == FeedEvent.QUANTITY ? quantity : price);
    }
    event.trade(
        wire.getLong(block),
        exchange,
        receive,
        id,
        priceExponent,
        quantityExponent,
        price,
        quantity,
        side);
    return ACCEPTED;
  }

  private int markPrice(final int block, final FeedEvent event) {
    final long exchange = wire.getLong(block + MarkPriceDecoder.exchangeTimeEncodingOffset());
    final long receive = wire.getLong(block + MarkPriceDecoder.receiveTimeEncodingOffset());
    final int id = wire.getInt(block + MarkPriceDecoder.instrumentIdEncodingOffset());
    final int priceExponent = wire.getByte(block + MarkPriceDecoder.priceExponentEncodingOffset());
    final long mark = wire.getLong(block + MarkPriceDecoder.markPriceEncodingOffset());
    final long index = wire.getLong(block + MarkPriceDecoder.indexPriceEncodingOffset());
    final long funding = wire.getLong(block + MarkPriceDecoder.fundingRateEncodingOffset());
    final long nextFunding = wire.getLong(block + MarkPriceDecoder.nextFundingTimeEncodingOffset());
    if (!instruments.isDefined(id)) {
      return INSTRUMENT;
    }
    if (!instruments.hasPriceScale(id, priceExponent)) {
      return SCALE;
    }
    if (!isTime(exchange, receive) || (nextFunding != 0 && !isTime(nextFunding, nextFunding))) {
      return TIME;
    }
    if (!isPositive(mark) || (index != FeedEvent.ABSENT && !isPositive(index))) {
      return PRICE;
    }
    if (funding != FeedEvent.ABSENT && (funding < -1_000_000_000L || funding > 1_000_000_000L)) {
      return VALUE;
    }
    final int found = filter.ofMark(id, exchange, mark);
    if (found != PlausibilityFilter.NONE) {
      return implausible(found, id, exchange, mark);
    }
    event.markPrice(
        wire.getLong(block),
        exchange,
        receive,
        id,
        priceExponent,
        mark,
        index,
        funding,
        nextFunding);
    return ACCEPTED;
  }

  private int bestBidOffer(final int block, final FeedEvent event) {
    final long exchange = wire.getLong(block + BestBidOfferDecoder.exchangeTimeEncodingOffset());
    final long receive = wire.getLong(block + BestBidOfferDecoder.receiveTimeEncodingOffset());
    final int id = wire.getInt(block + BestBidOfferDecoder.instrumentIdEncodingOffset());
    final int priceExponent =
        wire.getByte(block + BestBidOfferDecoder.priceExponentEncodingOffset());
    final int quantityExponent =
        wire.getByte(block + BestBidOfferDecoder.quantityExponentEncodingOffset());
    final long bid = wire.getLong(block + BestBidOfferDecoder.bidPriceEncodingOffset());
    final long bidQuantity = wire.getLong(block + BestBidOfferDecoder.bidQuantityEncodingOffset());
    final long ask = wire.getLong(block + BestBidOfferDecoder.askPriceEncodingOffset());
    final long askQuantity = wire.getLong(block + BestBidOfferDecoder.askQuantityEncodingOffset());
    if (!instruments.isDefined(id)) {
      return INSTRUMENT;
    }
    if (!instruments.hasScale(id, priceExponent, quantityExponent)) {
      return SCALE;
    }
    if (!isTime(exchange, receive)) {
      return TIME;
    }
    if (!isPositive(bid) || !isPositive(ask) || bid > ask) {
      return PRICE;
    }
    if (!isPositive(bidQuantity) || !isPositive(askQuantity)) {
      return QUANTITY;
    }
    final int found = filter.ofTime(exchange);
    if (found != PlausibilityFilter.NONE) {
      return implausible(found, id, exchange, exchange);
    }
    event.bestBidOffer(
        wire.getLong(block),
        exchange,
        receive,
        id,
        priceExponent,
        quantityExponent,
        bid,
        bidQuantity,
        ask,
        askQuantity);
    return ACCEPTED;
  }

  private int openInterest(final OpenInterestDecoder message, final FeedEvent event) {
    final long exchange = message.exchangeTime();
    final long receive = message.receiveTime();
    final int id = message.instrumentId();
    final int quantityExponent = message.quantityExponent();
    final long quantity = message.openInterest();
    if (!instruments.isDefined(id)) {
      return INSTRUMENT;
    }
    if (!instruments.hasQuantityScale(id, quantityExponent)) {
      return SCALE;
    }
    if (!isTime(exchange, receive)) {
      return TIME;
    }
    if (quantity < 0 || quantity > FeedAdapter.MAX_MANTISSA) {
      return QUANTITY;
    }
    final int found = filter.ofOpenInterest(id, exchange, quantity);
    if (found != PlausibilityFilter.NONE) {
      return implausible(found, id, exchange, quantity);
    }
    event.openInterest(message.sequence(), exchange, receive, id, quantityExponent, quantity);
    return ACCEPTED;
  }

  private int liquidation(final LiquidationDecoder message, final FeedEvent event) {
    final long exchange = message.exchangeTime();
    final long receive = message.receiveTime();
    final int id = message.instrumentId();
    final int priceExponent = message.priceExponent();
    final int quantityExponent = message.quantityExponent();
    final long price = message.price();
    final long quantity = message.quantity();
    final int side = message.positionSideRaw();
    if (!instruments.isDefined(id)) {
      return INSTRUMENT;
    }
    if (!instruments.hasScale(id, priceExponent, quantityExponent)) {
      return SCALE;
    }
    if (!isTime(exchange, receive)) {
      return TIME;
    }
    if (!isPositive(price)) {
      return PRICE;
    }
    if (!isPositive(quantity)) {
      return QUANTITY;
    }
    if (side != FeedEvent.LONG && side != FeedEvent.SHORT) {
      return VALUE;
    }
    final int found = filter.ofLiquidation(id, exchange, price, quantity);
    if (found != PlausibilityFilter.NONE) {
      return implausible(found, id, exchange, found == FeedEvent.QUANTITY ? quantity : price);
    }
    event.liquidation(
        message.sequence(),
        exchange,
        receive,
        id,
        priceExponent,
        quantityExponent,
        price,
        quantity,
        side);
    return ACCEPTED;
  }

  private int accountRatio(final AccountRatioDecoder message, final FeedEvent event) {
    final long exchange = message.exchangeTime();
    final long receive = message.receiveTime();
    final int id = message.instrumentId();
    final long ratio = message.longShortRatio();
    if (!instruments.isDefined(id)) {
      return INSTRUMENT;
    }
    if (!isTime(exchange, receive)) {
      return TIME;
    }
    if (ratio <= 0 || ratio > FeedAdapter.MAX_RATIO) {
      return VALUE;
    }
    final int found = filter.ofTime(exchange);
    if (found != PlausibilityFilter.NONE) {
      return implausible(found, id, exchange, exchange);
    }
    event.accountRatio(message.sequence(), exchange, receive, id, ratio);
    return ACCEPTED;
  }

  private int knownPosition(final KnownPositionDecoder message, final FeedEvent event) {
    final long exchange = message.exchangeTime();
    final long receive = message.receiveTime();
    final int id = message.instrumentId();
    final int priceExponent = message.priceExponent();
    final int quantityExponent = message.quantityExponent();
    final long quantity = message.quantity();
    final long entry = message.entryPrice();
    final long liquidation = message.liquidationPrice();
    final long opened = message.openedTime();
    final int leverage = message.leverage();
    final int side = message.positionSideRaw();
    if (!instruments.isDefined(id)) {
      return INSTRUMENT;
    }
    if (!instruments.hasScale(id, priceExponent, quantityExponent)) {
      return SCALE;
    }
    if (!isTime(exchange, receive) || (opened != 0 && !isTime(opened, opened))) {
      return TIME;
    }
    if (quantity < 0 || quantity > FeedAdapter.MAX_MANTISSA) {
      return QUANTITY;
    }
    final boolean isClosed = quantity == 0 && entry == 0;
    if ((!isClosed && !isPositive(entry))
        || (liquidation != FeedEvent.ABSENT && !isPositive(liquidation))) {
      return PRICE;
    }
    if ((side != FeedEvent.LONG && side != FeedEvent.SHORT)
        || leverage < 0
        || leverage > FeedAdapter.MAX_LEVERAGE) {
      return VALUE;
    }
    final int found = filter.ofPosition(id, exchange, quantity);
    if (found != PlausibilityFilter.NONE) {
      return implausible(found, id, exchange, quantity);
    }
    event.knownPosition(
        message.sequence(),
        exchange,
        receive,
        id,
        priceExponent,
        quantityExponent,
        message.account(),
        quantity,
        entry,
        liquidation,
        opened,
        leverage,
        side);
    return ACCEPTED;
  }

  private int interruption(final InterruptionDecoder message, final FeedEvent event) {
    final long exchange = message.exchangeTime();
    final long receive = message.receiveTime();
    final int id = message.instrumentId();
    final long missing = message.missing();
    final long since = message.from();
    if (!instruments.isDefined(id)) {
      return INSTRUMENT;
    }
    if (!isTime(exchange, receive) || (since != 0 && !isTime(since, since))) {
      return TIME;
    }
    if (!isCount(missing)) {
      return VALUE;
    }
    final int found = filter.ofTime(exchange);
    if (found != PlausibilityFilter.NONE) {
      return implausible(found, id, exchange, exchange);
    }
    event.interruption(message.sequence(), exchange, receive, id, missing, since);
    return ACCEPTED;
  }

  private int heartbeat(final HeartbeatDecoder message, final FeedEvent event) {
    if (!isTime(message.exchangeTime(), message.receiveTime())) {
      return TIME;
    }
    final int found = filter.ofTime(message.exchangeTime());
    if (found != PlausibilityFilter.NONE) {
      return implausible(found, -1, message.exchangeTime(), message.exchangeTime());
    }
    event.heartbeat(message.sequence(), message.exchangeTime(), message.receiveTime());
    return ACCEPTED;
  }

  private int gap(final GapDecoder message, final FeedEvent event) {
    if (!isTime(message.exchangeTime(), message.receiveTime())) {
      return TIME;
    }
    if (!isCount(message.missing())
        || !isCount(message.duplicates())
        || !isCount(message.reordered())
        || !isCount(message.rejected())
        || !isCount(message.unknown())
        || !sequences.isAccountedFor(
            message.sequence(), message.missing(), message.rejected() + message.unknown())) {
      return VALUE;
    }
    gapFaults.set(
        message.missing(),
        message.duplicates(),
        message.reordered(),
        message.rejected(),
        message.unknown());
    event.gap(message.sequence(), message.exchangeTime(), message.receiveTime(), gapFaults);
    if (!isJournal || message.fromFeed() == 1) {
      event.markFromFeed();
    }
    return ACCEPTED;
  }

  private int implausible(final ImplausibleDecoder message, final FeedEvent event) {
    final int field = message.whatRaw();
    final int id = message.instrumentId();
    final boolean isOfNone = field == FeedEvent.TIME && id == -1;
    if (!isOfNone && !instruments.isDefined(id)) {
      return INSTRUMENT;
    }
    if (!isTime(message.exchangeTime(), message.receiveTime())
        || !isTime(message.messageTime(), message.messageTime())) {
      return TIME;
    }
    if (field < FeedEvent.TIME
        || field > FeedEvent.LIQUIDATION_PRICE
        || message.value() < 0
        || (field != FeedEvent.TIME && message.value() > FeedAdapter.MAX_MANTISSA)) {
      return VALUE;
    }
    event.implausible(
        message.sequence(),
        message.exchangeTime(),
        message.receiveTime(),
        id,
        field,
        message.messageTime(),
        message.value());
    return ACCEPTED;
  }

  private int instrument(final InstrumentDefinitionDecoder message, final FeedEvent event) {
    if (!instruments.hasRoomFor(message.instrumentId())) {
      return INSTRUMENT;
    }
    if (!isTime(message.exchangeTime(), message.receiveTime())) {
      return TIME;
    }
    final InstrumentDefinition definition = instruments.read(message);
    if (definition == null) {
      return DEFINITION;
    }
    if (!filter.admitsDefinition(message.exchangeTime())) {
      return TIME;
    }
    define(definition);
    event.instrument(message.sequence(), message.exchangeTime(), message.receiveTime(), definition);
    return ACCEPTED;
  }

  void define(final InstrumentDefinition definition) {
    instruments.define(definition);
    filter.define(definition.id(), definition.tradesPerInterest());
  }

  private int implausible(final int field, final int id, final long time, final long value) {
    implausibleField = field;
    implausibleInstrument = id;
    implausibleTime = time;
    implausibleValue = field == FeedEvent.TIME ? time : value;
    return IMPLAUSIBLE;
  }

  FaultCounts gapFaults() {
    return gapFaults;
  }

  FeedFault implausibleFault() {
    return fault(implausibleField);
  }

  /** Fills an event with the last implausible message; the times are those of the one before. */
  void fillImplausible(
      final FeedEvent event, final long sequence, final long exchange, final long receive) {
    event.implausible(
        sequence,
        exchange,
        receive,
        implausibleInstrument,
        implausibleField,
        implausibleTime,
        implausibleValue);
  }

  static FeedFault fault(final int implausibleField) {
    return switch (implausibleField) {
      case FeedEvent.TIME -> FeedFault.TIME;
      case FeedEvent.PRICE, FeedEvent.LIQUIDATION_PRICE -> FeedFault.PRICE;
      default -> FeedFault.QUANTITY;
    };
  }

  private static boolean isTime(final long exchange, final long receive) {
    return exchange >= FeedAdapter.MIN_TIME
        && exchange <= FeedAdapter.MAX_TIME
        && receive >= FeedAdapter.MIN_TIME
        && receive <= FeedAdapter.MAX_TIME;
  }

  private static boolean isPositive(final long mantissa) {
    return mantissa > 0 && mantissa <= FeedAdapter.MAX_MANTISSA;
  }

  private static boolean isCount(final long value) {
    return value >= 0 && value <= SequenceTracker.MAX_JUMP;
  }
}
