package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.AccountRatioDecoder;
import io.liqmap.codecs.feed.BestBidOfferDecoder;
import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.GapDecoder;
import io.liqmap.codecs.feed.HeartbeatDecoder;
import io.liqmap.codecs.feed.ImplausibleDecoder;
import io.liqmap.codecs.feed.InstrumentDefinitionDecoder;
import io.liqmap.codecs.feed.LiquidationDecoder;
import io.liqmap.codecs.feed.MarkPriceDecoder;
import io.liqmap.codecs.feed.MessageHeaderDecoder;
import io.liqmap.codecs.feed.OpenInterestDecoder;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.codecs.feed.TradeDecoder;
import java.util.Arrays;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * Turns framed SBE messages into events and lets nothing through that can't be.
 *
 * <p>Checks length, schema, template, sequence, time, scale and range of each message, and leaps by
 * {@link JumpLimits} where it is given any; engine/FEED.md has all of it in a table. What doesn't
 * get through is counted by {@link FeedFault} and reported to consumers as one {@link
 * FeedEvent#GAP} event before the next message that does, an implausible message as an {@link
 * FeedEvent#IMPLAUSIBLE} event of its own: so the events hold all that a {@link FeedState} needs.
 * Reads a newer version of the schema by the block length on the wire.
 *
 * <p>One thread. Allocates only for a new instrument. Throws nothing on bad input.
 */
public final class FeedAdapter {
  /** Largest mantissa of a price or quantity: what a double holds exactly. */
  public static final long MAX_MANTISSA = 1L << 53;

  /** Largest ratio of accounts: a million to one, in 10⁻⁹. */
  public static final long MAX_RATIO = 1_000_000L * 1_000_000_000L;

  static final long MIN_TIME = 946_684_800_000_000_000L;
  static final long MAX_TIME = 4_102_444_800_000_000_000L;

  /** No feed loses so many messages; a damaged sequence must not make all that follow look old. */
  static final long MAX_JUMP = 1L << 40;

  private static final int NO_SCALE = Integer.MIN_VALUE;

  private final InstrumentDefinitionDecoder instrument = new InstrumentDefinitionDecoder();
  private final OpenInterestDecoder openInterest = new OpenInterestDecoder();
  private final LiquidationDecoder liquidation = new LiquidationDecoder();
  private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
  private final GapDecoder gap = new GapDecoder();
  private final AccountRatioDecoder accountRatio = new AccountRatioDecoder();
  private final ImplausibleDecoder implausible = new ImplausibleDecoder();

  private final InstrumentDefinition[] definitions;
  private final int[] scales;
  private final PlausibilityFilter doubts;
  private final long[] faults = new long[FeedFault.COUNT];
  private final MissingRanges holes = new MissingRanges();

  /** Whether it reads what got through before, as from a journal. */
  private final boolean isPast;

  private final Wire wire = new Wire();
  private DirectBuffer buffer;
  private int position;
  private int limit;

  /** 0 until a message got through. */
  private long lastSequence;

  private long lastExchangeTime = MIN_TIME;
  private long lastReceiveTime = MIN_TIME;

  /** Of all messages so far. */
  private int checksum;

  /** Sequences found missing since a message got through. */
  private long jumped;

  private long events;

  private int doubt;
  private int doubtedInstrument;
  private long doubtedTime;
  private long doubtedValue;

  /** A gap event had to go before the doubted message, which was decoded already. */
  private boolean isDoubtHeld;

  private boolean faultPending;
  private long pendingMissing;
  private long pendingDuplicates;
  private long pendingReordered;
  private long pendingRejected;
  private long pendingUnknown;

  /**
   * Makes an adapter that has seen nothing and doubts no leap, as for what passed before.
   *
   * @param maxInstruments instruments have numbers below this, 1 to 65,536
   */
  public FeedAdapter(final int maxInstruments) {
    this(maxInstruments, JumpLimits.NONE);
  }

  /**
   * Makes an adapter that has seen nothing.
   *
   * @param maxInstruments instruments have numbers below this, 1 to 65,536
   * @param limits how far the feed may leap
   */
  public FeedAdapter(final int maxInstruments, final JumpLimits limits) {
    if (maxInstruments < 1 || maxInstruments > 65_536) {
      throw new IllegalArgumentException(
          "maxInstruments has to be 1 to 65536, was " + maxInstruments);
    }
    definitions = new InstrumentDefinition[maxInstruments];
    scales = new int[maxInstruments];
    Arrays.fill(scales, NO_SCALE);
    doubts = new PlausibilityFilter(maxInstruments, limits);
    isPast = limits.equals(JumpLimits.NONE);
  }

  /** Carries on behind a feed's past; its instruments are defined before. */
  public void resume(final FeedState past) {
    lastSequence = past.sequence();
    lastExchangeTime = past.exchangeTime();
    lastReceiveTime = past.receiveTime();
    checksum = past.checksum();
    jumped = past.jumped();
    holes.copyFrom(past.holes());
    doubts.copyFrom(past.doubts());
  }

  /** Lets the next message be as late as it likes: the feed begins behind what was seen before. */
  public void admitLaterStart() {
    doubts.admitAnyLaterTime();
  }

  /** Carries on behind an event that was applied before: the next sequence is one higher. */
  public void resumeAfter(final long sequence, final long time) {
    lastSequence = sequence;
    lastExchangeTime = Math.max(time, MIN_TIME);
    lastReceiveTime = lastExchangeTime;
    doubts.resumeAfter(lastExchangeTime);
  }

  /** Takes an instrument for defined, as after a snapshot was loaded. */
  public void define(final InstrumentDefinition definition) {
    definitions[definition.id()] = definition;
    scales[definition.id()] = scale(definition.priceExponent(), definition.quantityExponent());
    doubts.define(definition.id(), definition.tradesPerInterest());
  }

  /**
   * Takes frames to read; what is left of the region before is dropped.
   *
   * @throws IndexOutOfBoundsException if the region reaches beyond the buffer
   */
  public void wrap(final DirectBuffer frames, final int offset, final int length) {
    wire.wrap(frames, offset, length);
    buffer = frames;
    position = offset;
    limit = offset + length;
    isDoubtHeld = false;
  }

  /** Whether {@link #next} has looked at all that was wrapped. */
  public boolean isDrained() {
    return position >= limit;
  }

  /** Passes messages by without a look, as those that a snapshot holds already. */
  public void pass(final long messages) {
    for (long i = 0; i < messages && position < limit; i++) {
      position = behind(position, messageLength(position));
    }
  }

  /** Length of the message in a frame that begins before the limit, −1 if it can't be. */
  private int messageLength(final int frame) {
    final int room = limit - frame - Frame.HEADER_LENGTH;
    if (room < 0) {
      return -1;
    }
    final int length = wire.getInt(frame);
    return length < MessageHeaderDecoder.ENCODED_LENGTH || length > room ? -1 : length;
  }

  /** Where the next frame begins: at the limit behind one whose length can't be. */
  private int behind(final int frame, final int length) {
    return length < 0 ? limit : Math.min(limit, frame + Frame.alignedLength(length));
  }

  /**
   * Decodes the next message that gets through.
   *
   * @return false when the wrapped region holds no more; the slot is then undefined
   */
  public boolean next(final FeedEvent event) {
    while (position < limit) {
      final int frame = position;
      final int length = messageLength(frame);
      final int end = behind(frame, length);
      final int appended = isPast ? 0 : FeedChecksum.append(checksum, wire, frame, end);
      final int outcome =
          length < 0
              ? reject(FeedFault.LENGTH)
              : decode(frame + Frame.HEADER_LENGTH, length, event);
      if (outcome != HELD) {
        position = end;
        checksum = appended;
      }
      if (outcome != DROPPED) {
        event.feedChecksum(isPast ? wire.getInt(frame + Frame.CHECKSUM_OFFSET) : checksum);
        events++;
        return true;
      }
    }
    return false;
  }

  /**
   * Tells of what didn't get through since the last event, at the end of a feed.
   *
   * @return false if there is nothing to tell; the slot is then undefined
   */
  public boolean flush(final FeedEvent event) {
    if (!faultPending) {
      return false;
    }
    fillGap(event);
    event.feedChecksum(checksum);
    events++;
    return true;
  }

  /** How often a fault has come up. */
  public long count(final FeedFault fault) {
    return faults[fault.ordinal()];
  }

  /** Events that got through, gap events included. */
  public long events() {
    return events;
  }

  /** Sequence of the last message, 0 until one got through. */
  public long lastSequence() {
    return lastSequence;
  }

  /** Definition of an instrument, null before it came. */
  public InstrumentDefinition definition(final int id) {
    return id < 0 || id >= definitions.length ? null : definitions[id];
  }

  private static final int DROPPED = 0;
  private static final int TAKEN = 1;

  /** A gap event had to go first: the message is decoded again. */
  private static final int HELD = 2;

  private int decode(final int message, final int length, final FeedEvent event) {
    // Block length, template, schema and version, two bytes each.
    final long header = wire.getLong(message);
    if ((header >>> 32 & 0xFFFF) != MessageHeaderDecoder.SCHEMA_ID) {
      return reject(FeedFault.SCHEMA);
    }
    final int blockLength = (int) header & 0xFFFF;
    final int block = message + MessageHeaderDecoder.ENCODED_LENGTH;
    if (blockLength < HeartbeatDecoder.BLOCK_LENGTH
        || blockLength > length - MessageHeaderDecoder.ENCODED_LENGTH) {
      return reject(FeedFault.LENGTH);
    }
    final int template = (int) (header >>> 16) & 0xFFFF;
    final long sequence = wire.getLong(block);
    if (isDoubtHeld) {
      isDoubtHeld = false;
      return reportDoubt(sequence, event);
    }
    if (sequence != lastSequence + 1) {
      final int outcome = admit(template, sequence, event);
      if (outcome != TAKEN) {
        return outcome;
      }
    }
    final int fault = decodeBlock(template, block, blockLength, (int) (header >>> 48), event);
    if (fault != ACCEPTED && fault != DOUBTED) {
      if (lastSequence != 0
          && (template != GapDecoder.TEMPLATE_ID || sequence == lastSequence + 1)) {
        // What a rejected gap message spoke of stays to be missed.
        lastSequence = sequence;
      }
      return fault == UNKNOWN_TEMPLATE
          ? skip(FeedFault.TEMPLATE)
          : fault == UNKNOWN_INSTRUMENT ? skip(FeedFault.INSTRUMENT) : DROPPED;
    }
    if (faultPending) {
      lastSequence = template == GapDecoder.TEMPLATE_ID ? lastSequence : sequence - 1;
      isDoubtHeld = fault == DOUBTED;
      fillGap(event);
      return HELD;
    }
    if (fault == DOUBTED) {
      return reportDoubt(sequence, event);
    }
    lastSequence = sequence;
    lastExchangeTime = event.exchangeTime();
    lastReceiveTime = event.receiveTime();
    jumped = 0;
    if (template == GapDecoder.TEMPLATE_ID) {
      countGap(event);
    }
    return TAKEN;
  }

  private int reportDoubt(final long sequence, final FeedEvent event) {
    event.implausible(
        sequence,
        lastExchangeTime,
        lastReceiveTime,
        doubtedInstrument,
        doubt,
        doubtedTime,
        doubtedValue);
    lastSequence = sequence;
    return TAKEN;
  }

  /**
   * Sequences other than the next: the first one, which counts only when its message gets through,
   * a jump, a repetition, or a gap message, which speaks of sequences before it. A jump is reported
   * at once, so that its gap event says which sequences are missing: the last ones up to its own.
   */
  private int admit(final int template, final long sequence, final FeedEvent event) {
    if (lastSequence == 0 && sequence >= 1) {
      return TAKEN;
    }
    if (template == GapDecoder.TEMPLATE_ID && sequence >= lastSequence) {
      return TAKEN;
    }
    // Less what is missing already: a run of damaged sequences doesn't add up to a larger jump.
    if (sequence < 1 || sequence - lastSequence > MAX_JUMP - jumped) {
      return reject(FeedFault.VALUE);
    }
    if (sequence > lastSequence) {
      final long missing = sequence - lastSequence - 1;
      faults[FeedFault.MISSING.ordinal()] += missing;
      pendingMissing += missing;
      jumped += missing;
      holes.add(lastSequence + 1, sequence - 1);
      lastSequence = sequence - 1;
      fillGap(event);
      return HELD;
    }
    if (holes.contains(sequence)) {
      faults[FeedFault.REORDERED.ordinal()]++;
      pendingReordered++;
    } else {
      faults[FeedFault.DUPLICATE.ordinal()]++;
      pendingDuplicates++;
    }
    faultPending = true;
    return DROPPED;
  }

  private static final int ACCEPTED = 0;
  private static final int REJECTED = 1;
  private static final int UNKNOWN_TEMPLATE = 2;
  private static final int UNKNOWN_INSTRUMENT = 3;

  /** Implausible: counted already, to be reported as an event. */
  private static final int DOUBTED = 4;

  private int decodeBlock(
      final int template,
      final int block,
      final int blockLength,
      final int version,
      final FeedEvent event) {
    return switch (template) {
      case TradeDecoder.TEMPLATE_ID ->
          blockLength < TradeDecoder.BLOCK_LENGTH ? refuse(FeedFault.LENGTH) : trade(block, event);
      case MarkPriceDecoder.TEMPLATE_ID ->
          blockLength < MarkPriceDecoder.BLOCK_LENGTH
              ? refuse(FeedFault.LENGTH)
              : markPrice(block, event);
      case BestBidOfferDecoder.TEMPLATE_ID ->
          blockLength < BestBidOfferDecoder.BLOCK_LENGTH
              ? refuse(FeedFault.LENGTH)
              : bestBidOffer(block, event);
      case OpenInterestDecoder.TEMPLATE_ID ->
          blockLength < OpenInterestDecoder.BLOCK_LENGTH
              ? refuse(FeedFault.LENGTH)
              : openInterest(openInterest.wrap(buffer, block, blockLength, version), event);
      case LiquidationDecoder.TEMPLATE_ID ->
          blockLength < LiquidationDecoder.BLOCK_LENGTH
              ? refuse(FeedFault.LENGTH)
              : liquidation(liquidation.wrap(buffer, block, blockLength, version), event);
      case HeartbeatDecoder.TEMPLATE_ID ->
          blockLength < HeartbeatDecoder.BLOCK_LENGTH
              ? refuse(FeedFault.LENGTH)
              : heartbeat(heartbeat.wrap(buffer, block, blockLength, version), event);
      case GapDecoder.TEMPLATE_ID ->
          blockLength < GapDecoder.BLOCK_LENGTH
              ? refuse(FeedFault.LENGTH)
              : gap(gap.wrap(buffer, block, blockLength, version), event);
      case AccountRatioDecoder.TEMPLATE_ID ->
          blockLength < AccountRatioDecoder.BLOCK_LENGTH
              ? refuse(FeedFault.LENGTH)
              : accountRatio(accountRatio.wrap(buffer, block, blockLength, version), event);
      case InstrumentDefinitionDecoder.TEMPLATE_ID ->
          blockLength < definitionLength(version)
              ? refuse(FeedFault.LENGTH)
              : instrument(instrument.wrap(buffer, block, blockLength, version), event);
      case ImplausibleDecoder.TEMPLATE_ID -> {
        if (!isPast) {
          // No message of a feed.
          yield UNKNOWN_TEMPLATE;
        }
        yield blockLength < ImplausibleDecoder.BLOCK_LENGTH
            ? refuse(FeedFault.LENGTH)
            : implausible(implausible.wrap(buffer, block, blockLength, version), event);
      }
      default -> UNKNOWN_TEMPLATE;
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
    if (!isDefined(id)) {
      return UNKNOWN_INSTRUMENT;
    }
    if (scales[id] != scale(priceExponent, quantityExponent)) {
      return refuse(FeedFault.SCALE);
    }
    if (!isTime(exchange, receive)) {
      return refuse(FeedFault.TIME);
    }
    if (!isPositive(price)) {
      return refuse(FeedFault.PRICE);
    }
    if (!isPositive(quantity)) {
      return refuse(FeedFault.QUANTITY);
    }
    if (side != FeedEvent.BUY && side != FeedEvent.SELL) {
      return refuse(FeedFault.VALUE);
    }
    final int found = doubts.ofTrade(id, exchange, price, quantity);
    if (found != PlausibilityFilter.NONE) {
      return doubted(found, id, exchange, found == FeedEvent.QUANTITY ? quantity : price);
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
    if (!isDefined(id)) {
      return UNKNOWN_INSTRUMENT;
    }
    if (definitions[id].priceExponent() != priceExponent) {
      return refuse(FeedFault.SCALE);
    }
    if (!isTime(exchange, receive) || (nextFunding != 0 && !isTime(nextFunding, nextFunding))) {
      return refuse(FeedFault.TIME);
    }
    if (!isPositive(mark) || (index != FeedEvent.ABSENT && !isPositive(index))) {
      return refuse(FeedFault.PRICE);
    }
    if (funding != FeedEvent.ABSENT && (funding < -1_000_000_000L || funding > 1_000_000_000L)) {
      return refuse(FeedFault.VALUE);
    }
    final int found = doubts.ofMark(id, exchange, mark);
    if (found != PlausibilityFilter.NONE) {
      return doubted(found, id, exchange, mark);
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
    if (!isDefined(id)) {
      return UNKNOWN_INSTRUMENT;
    }
    if (scales[id] != scale(priceExponent, quantityExponent)) {
      return refuse(FeedFault.SCALE);
    }
    if (!isTime(exchange, receive)) {
      return refuse(FeedFault.TIME);
    }
    if (!isPositive(bid) || !isPositive(ask) || bid > ask) {
      return refuse(FeedFault.PRICE);
    }
    if (!isPositive(bidQuantity) || !isPositive(askQuantity)) {
      return refuse(FeedFault.QUANTITY);
    }
    final int found = doubts.ofTime(exchange);
    if (found != PlausibilityFilter.NONE) {
      return doubted(found, id, exchange, exchange);
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
    if (!isDefined(id)) {
      return UNKNOWN_INSTRUMENT;
    }
    if (definitions[id].quantityExponent() != quantityExponent) {
      return refuse(FeedFault.SCALE);
    }
    if (!isTime(exchange, receive)) {
      return refuse(FeedFault.TIME);
    }
    if (quantity < 0 || quantity > MAX_MANTISSA) {
      return refuse(FeedFault.QUANTITY);
    }
    final int found = doubts.ofOpenInterest(id, exchange, quantity);
    if (found != PlausibilityFilter.NONE) {
      return doubted(found, id, exchange, quantity);
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
    if (!isDefined(id)) {
      return UNKNOWN_INSTRUMENT;
    }
    if (scales[id] != scale(priceExponent, quantityExponent)) {
      return refuse(FeedFault.SCALE);
    }
    if (!isTime(exchange, receive)) {
      return refuse(FeedFault.TIME);
    }
    if (!isPositive(price)) {
      return refuse(FeedFault.PRICE);
    }
    if (!isPositive(quantity)) {
      return refuse(FeedFault.QUANTITY);
    }
    if (side != FeedEvent.LONG && side != FeedEvent.SHORT) {
      return refuse(FeedFault.VALUE);
    }
    final int found = doubts.ofLiquidation(id, exchange, price, quantity);
    if (found != PlausibilityFilter.NONE) {
      return doubted(found, id, exchange, found == FeedEvent.QUANTITY ? quantity : price);
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
    if (!isDefined(id)) {
      return UNKNOWN_INSTRUMENT;
    }
    if (!isTime(exchange, receive)) {
      return refuse(FeedFault.TIME);
    }
    if (ratio <= 0 || ratio > MAX_RATIO) {
      return refuse(FeedFault.VALUE);
    }
    final int found = doubts.ofTime(exchange);
    if (found != PlausibilityFilter.NONE) {
      return doubted(found, id, exchange, exchange);
    }
    event.accountRatio(message.sequence(), exchange, receive, id, ratio);
    return ACCEPTED;
  }

  private int heartbeat(final HeartbeatDecoder message, final FeedEvent event) {
    if (!isTime(message.exchangeTime(), message.receiveTime())) {
      return refuse(FeedFault.TIME);
    }
    final int found = doubts.ofTime(message.exchangeTime());
    if (found != PlausibilityFilter.NONE) {
      return doubted(found, -1, message.exchangeTime(), message.exchangeTime());
    }
    event.heartbeat(message.sequence(), message.exchangeTime(), message.receiveTime());
    return ACCEPTED;
  }

  private int gap(final GapDecoder message, final FeedEvent event) {
    if (!isTime(message.exchangeTime(), message.receiveTime())) {
      return refuse(FeedFault.TIME);
    }
    if (!isCount(message.missing())
        || !isCount(message.duplicates())
        || !isCount(message.reordered())
        || !isCount(message.rejected())
        || !isCount(message.unknown())
        || !accountsFor(message)) {
      return refuse(FeedFault.VALUE);
    }
    event.gap(
        message.sequence(),
        message.exchangeTime(),
        message.receiveTime(),
        message.missing(),
        message.duplicates(),
        message.reordered(),
        message.rejected(),
        message.unknown());
    if (!isPast || message.fromFeed() == 1) {
      event.fromFeed();
    }
    return ACCEPTED;
  }

  /** Of a journal; counted when it was live, and here again. */
  private int implausible(final ImplausibleDecoder message, final FeedEvent event) {
    final int what = message.whatRaw();
    final int id = message.instrumentId();
    final boolean isOfAll = what == FeedEvent.TIME && id == -1;
    if (!isOfAll && !isDefined(id)) {
      return UNKNOWN_INSTRUMENT;
    }
    if (!isTime(message.exchangeTime(), message.receiveTime())
        || !isTime(message.messageTime(), message.messageTime())) {
      return refuse(FeedFault.TIME);
    }
    if (what < FeedEvent.TIME
        || what > FeedEvent.LIQUIDATION_PRICE
        || message.value() < 0
        || (what != FeedEvent.TIME && message.value() > MAX_MANTISSA)) {
      return refuse(FeedFault.VALUE);
    }
    faults[fault(what).ordinal()]++;
    event.implausible(
        message.sequence(),
        message.exchangeTime(),
        message.receiveTime(),
        id,
        what,
        message.messageTime(),
        message.value());
    return ACCEPTED;
  }

  /**
   * Whether the sequences that a gap message passes over are those that it speaks of, and at most
   * its own. A frame without a sequence may have been rejected, so that it may speak of more; not
   * of more missing ones. At the start of a feed nothing is known of what it passes over.
   */
  private boolean accountsFor(final GapDecoder message) {
    final long passed = message.sequence() - lastSequence;
    return lastSequence == 0
        || (message.missing() <= passed
            && passed <= message.missing() + message.rejected() + message.unknown() + 1);
  }

  private static boolean isCount(final long value) {
    return value >= 0 && value <= MAX_JUMP;
  }

  /** Bytes that a definition of this version has at least. */
  static int definitionLength(final int version) {
    return version < InstrumentDefinitionDecoder.tradeBarLengthSinceVersion()
        ? InstrumentDefinitionDecoder.tradeBarLengthEncodingOffset()
        : InstrumentDefinitionDecoder.BLOCK_LENGTH;
  }

  private int instrument(final InstrumentDefinitionDecoder message, final FeedEvent event) {
    final int id = message.instrumentId();
    if (id < 0 || id >= definitions.length) {
      return UNKNOWN_INSTRUMENT;
    }
    if (!isTime(message.exchangeTime(), message.receiveTime())) {
      return refuse(FeedFault.TIME);
    }
    final InstrumentDefinition standing = definitions[id];
    final InstrumentDefinition definition = withOriginOf(standing, definition(message));
    if (definition == null
        || (standing != null && !standing.isSameInstrument(definition))
        || isSymbolOfAnother(definition)) {
      return refuse(FeedFault.DEFINITION);
    }
    if (!doubts.admitsDefinition(message.exchangeTime())) {
      return refuse(FeedFault.TIME);
    }
    define(definition);
    event.instrument(message.sequence(), message.exchangeTime(), message.receiveTime(), definition);
    return ACCEPTED;
  }

  /** A definition that doesn't state its origin leaves the one that was stated before. */
  private static InstrumentDefinition withOriginOf(
      final InstrumentDefinition standing, final InstrumentDefinition definition) {
    return standing == null || definition == null || definition.origin().isStated()
        ? definition
        : definition.withOrigin(standing.origin());
  }

  private boolean isSymbolOfAnother(final InstrumentDefinition definition) {
    for (final InstrumentDefinition other : definitions) {
      if (other != null
          && other.id() != definition.id()
          && other.symbol().equals(definition.symbol())) {
        return true;
      }
    }
    return false;
  }

  /** Definitions are rare, so here an exception may decide; null if a value is out of range. */
  private static InstrumentDefinition definition(final InstrumentDefinitionDecoder message) {
    try {
      return new InstrumentDefinition(
          message.instrumentId(),
          message.symbol(),
          message.venue(),
          message.baseAsset(),
          message.quoteAsset(),
          message.priceExponent(),
          message.quantityExponent(),
          Objects.requireNonNull(ContractKind.get(message.contractKindRaw())),
          Objects.requireNonNull(OpenInterestUnit.get(message.openInterestUnitRaw())),
          Objects.requireNonNull(OpenInterestSides.get(message.openInterestSidesRaw())),
          message.tickSize(),
          message.lotSize(),
          message.contractMultiplier(),
          FeedOrigin.decode(message));
    } catch (final IllegalArgumentException outOfRange) {
      return null;
    }
  }

  private boolean isDefined(final int id) {
    return id >= 0 && id < scales.length && scales[id] != NO_SCALE;
  }

  private static int scale(final int priceExponent, final int quantityExponent) {
    return (priceExponent << 8) | (quantityExponent & 0xFF);
  }

  private static boolean isTime(final long exchange, final long receive) {
    return exchange >= MIN_TIME
        && exchange <= MAX_TIME
        && receive >= MIN_TIME
        && receive <= MAX_TIME;
  }

  private static boolean isPositive(final long mantissa) {
    return mantissa > 0 && mantissa <= MAX_MANTISSA;
  }

  private int reject(final FeedFault fault) {
    refuse(fault);
    return DROPPED;
  }

  private int refuse(final FeedFault fault) {
    faults[fault.ordinal()]++;
    pendingRejected++;
    faultPending = true;
    return REJECTED;
  }

  /** Counts an implausible message and keeps what is to be reported of it. */
  private int doubted(final int what, final int id, final long time, final long value) {
    faults[fault(what).ordinal()]++;
    doubt = what;
    doubtedInstrument = id;
    doubtedTime = time;
    doubtedValue = what == FeedEvent.TIME ? time : value;
    return DOUBTED;
  }

  private static FeedFault fault(final int what) {
    return switch (what) {
      case FeedEvent.TIME -> FeedFault.TIME;
      case FeedEvent.PRICE, FeedEvent.LIQUIDATION_PRICE -> FeedFault.PRICE;
      default -> FeedFault.QUANTITY;
    };
  }

  private int skip(final FeedFault fault) {
    faults[fault.ordinal()]++;
    pendingUnknown++;
    faultPending = true;
    return DROPPED;
  }

  private void fillGap(final FeedEvent event) {
    event.gap(
        lastSequence,
        lastExchangeTime,
        lastReceiveTime,
        pendingMissing,
        pendingDuplicates,
        pendingReordered,
        pendingRejected,
        pendingUnknown);
    faultPending = false;
    pendingMissing = 0;
    pendingDuplicates = 0;
    pendingReordered = 0;
    pendingRejected = 0;
    pendingUnknown = 0;
  }

  /**
   * A gap that came from the feed counts as if it had been found here; the kind of its rejects and
   * skips isn't known any more.
   */
  private void countGap(final FeedEvent event) {
    if (event.missing() > 0) {
      holes.add(event.sequence() - event.missing() + 1, event.sequence());
    }
    faults[FeedFault.MISSING.ordinal()] += event.missing();
    faults[FeedFault.DUPLICATE.ordinal()] += event.duplicates();
    faults[FeedFault.REORDERED.ordinal()] += event.reordered();
    faults[FeedFault.VALUE.ordinal()] += event.rejected();
    faults[FeedFault.TEMPLATE.ordinal()] += event.unknown();
  }
}
