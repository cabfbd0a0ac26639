package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.AccountRatioEncoder;
import io.liqmap.codecs.feed.BestBidOfferEncoder;
import io.liqmap.codecs.feed.GapEncoder;
import io.liqmap.codecs.feed.HeartbeatEncoder;
import io.liqmap.codecs.feed.Implausibility;
import io.liqmap.codecs.feed.ImplausibleEncoder;
import io.liqmap.codecs.feed.InstrumentDefinitionEncoder;
import io.liqmap.codecs.feed.InterruptionEncoder;
import io.liqmap.codecs.feed.KnownPositionEncoder;
import io.liqmap.codecs.feed.LiquidationEncoder;
import io.liqmap.codecs.feed.MarkPriceEncoder;
import io.liqmap.codecs.feed.MessageHeaderEncoder;
import io.liqmap.codecs.feed.OpenInterestEncoder;
import io.liqmap.codecs.feed.PositionSide;
import io.liqmap.codecs.feed.TradeEncoder;
import io.liqmap.engine.core.state.FaultTally;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/** Writes events as framed SBE messages of the feed schema. One thread; allocates nothing. */
public final class FeedEncoder {
  /** No frame is longer, in bytes. */
  public static final int MAX_FRAME_LENGTH =
      Frame.alignedLength(
          MessageHeaderEncoder.ENCODED_LENGTH + InstrumentDefinitionEncoder.BLOCK_LENGTH);

  /** Schema and version, where a message's header has them. */
  private static final long SCHEMA =
      (long) MessageHeaderEncoder.SCHEMA_ID << 32
          | (long) MessageHeaderEncoder.SCHEMA_VERSION << 48;

  private final Wire wire = new Wire();

  /** Schema version that last changed a definition: a part of the state, which keeps its bytes. */
  private static final int DEFINITION_VERSION = 2;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final InstrumentDefinitionEncoder instrument = new InstrumentDefinitionEncoder();
  private final OpenInterestEncoder openInterest = new OpenInterestEncoder();
  private final LiquidationEncoder liquidation = new LiquidationEncoder();
  private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
  private final GapEncoder gap = new GapEncoder();
  private final FaultTally gapFaults = new FaultTally();
  private final AccountRatioEncoder accountRatio = new AccountRatioEncoder();
  private final ImplausibleEncoder implausible = new ImplausibleEncoder();
  private final KnownPositionEncoder knownPosition = new KnownPositionEncoder();
  private final InterruptionEncoder interruption = new InterruptionEncoder();

  /**
   * Writes one event.
   *
   * @return bytes written, a multiple of 8; 0 for an empty slot
   * @throws IllegalArgumentException if the event's kind is none of {@link FeedEvent}'s
   */
  public int encode(final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    final int message = offset + Frame.HEADER_LENGTH;
    final int blockLength =
        switch (event.kind()) {
          case FeedEvent.NONE -> -1;
          case FeedEvent.TRADE -> trade(event, buffer, message);
          case FeedEvent.MARK_PRICE -> markPrice(event, buffer, message);
          case FeedEvent.OPEN_INTEREST -> openInterest(event, buffer, message);
          case FeedEvent.BEST_BID_OFFER -> bestBidOffer(event, buffer, message);
          case FeedEvent.LIQUIDATION -> liquidation(event, buffer, message);
          case FeedEvent.HEARTBEAT -> heartbeat(event, buffer, message);
          case FeedEvent.GAP -> gap(event, buffer, message);
          case FeedEvent.ACCOUNT_RATIO -> accountRatio(event, buffer, message);
          case FeedEvent.IMPLAUSIBLE -> implausible(event, buffer, message);
          case FeedEvent.KNOWN_POSITION -> knownPosition(event, buffer, message);
          case FeedEvent.INTERRUPTION -> interruption(event, buffer, message);
          case FeedEvent.INSTRUMENT -> instrument(event, buffer, message);
          default -> throw new IllegalArgumentException("no such kind of event: " + event.kind());
        };
    if (blockLength < 0) {
      return 0;
    }
    final int messageLength = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
    final int frameLength = Frame.alignedLength(messageLength);
    buffer.putLong(
        offset,
        (long) event.feedChecksum() << Integer.SIZE | messageLength,
        ByteOrder.LITTLE_ENDIAN);
    for (int i = message + messageLength; i < offset + frameLength; i++) {
      buffer.putByte(i, (byte) 0);
    }
    return frameLength;
  }

  /** A message's header, as one little-endian number. */
  static long header(final int template, final int blockLength) {
    return SCHEMA | (long) template << 16 | blockLength;
  }

  /** Writes the header of a frequent message; returns where its block is. */
  private int begin(
      final MutableDirectBuffer buffer,
      final int offset,
      final int template,
      final int blockLength) {
    wire.wrapRoom(buffer, offset, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
    wire.putLong(offset, header(template, blockLength));
    return offset + MessageHeaderEncoder.ENCODED_LENGTH;
  }

  private int trade(final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    final int block = begin(buffer, offset, TradeEncoder.TEMPLATE_ID, TradeEncoder.BLOCK_LENGTH);
    wire.putLong(block + TradeEncoder.sequenceEncodingOffset(), event.sequence());
    wire.putLong(block + TradeEncoder.exchangeTimeEncodingOffset(), event.exchangeTime());
    wire.putLong(block + TradeEncoder.receiveTimeEncodingOffset(), event.receiveTime());
    wire.putLong(block + TradeEncoder.priceEncodingOffset(), event.price());
    wire.putLong(block + TradeEncoder.quantityEncodingOffset(), event.quantity());
    wire.putInt(block + TradeEncoder.instrumentIdEncodingOffset(), event.instrument());
    wire.putByte(block + TradeEncoder.priceExponentEncodingOffset(), event.priceExponent());
    wire.putByte(block + TradeEncoder.quantityExponentEncodingOffset(), event.quantityExponent());
    wire.putByte(block + TradeEncoder.takerSideEncodingOffset(), event.takerSide());
    return TradeEncoder.BLOCK_LENGTH;
  }

  private int openInterest(
      final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    openInterest
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(event.sequence())
        .exchangeTime(event.exchangeTime())
        .receiveTime(event.receiveTime())
        .openInterest(event.openInterest())
        .instrumentId(event.instrument())
        .quantityExponent((byte) event.quantityExponent());
    return OpenInterestEncoder.BLOCK_LENGTH;
  }

  private int markPrice(final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    final int block =
        begin(buffer, offset, MarkPriceEncoder.TEMPLATE_ID, MarkPriceEncoder.BLOCK_LENGTH);
    wire.putLong(block + MarkPriceEncoder.sequenceEncodingOffset(), event.sequence());
    wire.putLong(block + MarkPriceEncoder.exchangeTimeEncodingOffset(), event.exchangeTime());
    wire.putLong(block + MarkPriceEncoder.receiveTimeEncodingOffset(), event.receiveTime());
    wire.putLong(block + MarkPriceEncoder.markPriceEncodingOffset(), event.markPrice());
    wire.putLong(block + MarkPriceEncoder.indexPriceEncodingOffset(), event.indexPrice());
    wire.putLong(block + MarkPriceEncoder.fundingRateEncodingOffset(), event.fundingRate());
    wire.putLong(block + MarkPriceEncoder.nextFundingTimeEncodingOffset(), event.nextFundingTime());
    wire.putInt(block + MarkPriceEncoder.instrumentIdEncodingOffset(), event.instrument());
    wire.putByte(block + MarkPriceEncoder.priceExponentEncodingOffset(), event.priceExponent());
    return MarkPriceEncoder.BLOCK_LENGTH;
  }

  private int bestBidOffer(
      final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    final int block =
        begin(buffer, offset, BestBidOfferEncoder.TEMPLATE_ID, BestBidOfferEncoder.BLOCK_LENGTH);
    wire.putLong(block + BestBidOfferEncoder.sequenceEncodingOffset(), event.sequence());
    wire.putLong(block + BestBidOfferEncoder.exchangeTimeEncodingOffset(), event.exchangeTime());
    wire.putLong(block + BestBidOfferEncoder.receiveTimeEncodingOffset(), event.receiveTime());
    wire.putLong(block + BestBidOfferEncoder.bidPriceEncodingOffset(), event.bidPrice());
    wire.putLong(block + BestBidOfferEncoder.bidQuantityEncodingOffset(), event.bidQuantity());
    wire.putLong(block + BestBidOfferEncoder.askPriceEncodingOffset(), event.askPrice());
    wire.putLong(block + BestBidOfferEncoder.askQuantityEncodingOffset(), event.askQuantity());
    wire.putInt(block + BestBidOfferEncoder.instrumentIdEncodingOffset(), event.instrument());
    wire.putByte(block + BestBidOfferEncoder.priceExponentEncodingOffset(), event.priceExponent());
    wire.putByte(
        block + BestBidOfferEncoder.quantityExponentEncodingOffset(), event.quantityExponent());
    return BestBidOfferEncoder.BLOCK_LENGTH;
  }

  private int liquidation(
      final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    liquidation
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(event.sequence())
        .exchangeTime(event.exchangeTime())
        .receiveTime(event.receiveTime())
        .price(event.price())
        .quantity(event.quantity())
        .instrumentId(event.instrument())
        .priceExponent((byte) event.priceExponent())
        .quantityExponent((byte) event.quantityExponent())
        .positionSide(
            event.positionSide() == FeedEvent.LONG ? PositionSide.LONG : PositionSide.SHORT);
    return LiquidationEncoder.BLOCK_LENGTH;
  }

  private int heartbeat(final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    heartbeat
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(event.sequence())
        .exchangeTime(event.exchangeTime())
        .receiveTime(event.receiveTime());
    return HeartbeatEncoder.BLOCK_LENGTH;
  }

  private int gap(final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    gapFaults.clear();
    event.addFaultsTo(gapFaults);
    gap.wrapAndApplyHeader(buffer, offset, header)
        .sequence(event.sequence())
        .exchangeTime(event.exchangeTime())
        .receiveTime(event.receiveTime())
        .missing(gapFaults.missing())
        .duplicates(gapFaults.duplicates())
        .reordered(gapFaults.reordered())
        .rejected(gapFaults.rejected())
        .unknown(gapFaults.unknown())
        .fromFeed((short) (event.isFromFeed() ? 1 : 0));
    return GapEncoder.BLOCK_LENGTH;
  }

  private int implausible(
      final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    implausible
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(event.sequence())
        .exchangeTime(event.exchangeTime())
        .receiveTime(event.receiveTime())
        .value(event.implausibleValue())
        .messageTime(event.implausibleTime())
        .instrumentId(event.implausibleInstrument())
        .what(Implausibility.get((short) event.implausibility()));
    return ImplausibleEncoder.BLOCK_LENGTH;
  }

  private int accountRatio(
      final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    accountRatio
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(event.sequence())
        .exchangeTime(event.exchangeTime())
        .receiveTime(event.receiveTime())
        .longShortRatio(event.longShortRatio())
        .instrumentId(event.instrument());
    return AccountRatioEncoder.BLOCK_LENGTH;
  }

  private int knownPosition(
      final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    knownPosition
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(event.sequence())
        .exchangeTime(event.exchangeTime())
        .receiveTime(event.receiveTime())
        .account(event.account())
        .quantity(event.quantity())
        .entryPrice(event.entryPrice())
        .liquidationPrice(event.liquidationPrice())
        .openedTime(event.openedTime())
        .instrumentId(event.instrument())
        .leverage(event.leverage())
        .priceExponent((byte) event.priceExponent())
        .quantityExponent((byte) event.quantityExponent())
        .positionSide(
            event.positionSide() == FeedEvent.LONG ? PositionSide.LONG : PositionSide.SHORT);
    return KnownPositionEncoder.BLOCK_LENGTH;
  }

  private int interruption(
      final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    interruption
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(event.sequence())
        .exchangeTime(event.exchangeTime())
        .receiveTime(event.receiveTime())
        .missing(event.missing())
        .from(event.silentSince())
        .instrumentId(event.instrument());
    return InterruptionEncoder.BLOCK_LENGTH;
  }

  private int instrument(
      final FeedEvent event, final MutableDirectBuffer buffer, final int offset) {
    final InstrumentDefinition definition = event.definition();
    instrument
        .wrapAndApplyHeader(buffer, offset, header)
        .sequence(event.sequence())
        .exchangeTime(event.exchangeTime())
        .receiveTime(event.receiveTime())
        .instrumentId(definition.id())
        .priceExponent((byte) definition.priceExponent())
        .quantityExponent((byte) definition.quantityExponent())
        .contractKind(definition.contractKind())
        .openInterestUnit(definition.openInterestUnit())
        .tickSize(definition.tickSize())
        .lotSize(definition.lotSize())
        .contractMultiplier(definition.contractMultiplier())
        .openInterestSides(definition.openInterestSides())
        .symbol(definition.symbol())
        .baseAsset(definition.baseAsset())
        .quoteAsset(definition.quoteAsset())
        .venue(definition.venue());
    definition.origin().encode(instrument);
    header.wrap(buffer, offset).version(DEFINITION_VERSION);
    return InstrumentDefinitionEncoder.BLOCK_LENGTH;
  }
}
