package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.InstrumentDefinitionEncoder;
import io.liqmap.codecs.feed.MessageHeaderEncoder;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.FaultTally;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Framed messages in the making, and ways to damage them. */
final class FeedBytes {
  static final long TIME = 1_767_225_600_000_000_000L;
  static final InstrumentDefinition BITCOIN = definition(0, "BTCUSDT");
  static final int BLOCK_LENGTH_AT = 0;
  static final int TEMPLATE_AT = 2;
  static final int SCHEMA_AT = 4;
  static final int VERSION_AT = 6;

  private static final int BLOCK_AT = Frame.HEADER_LENGTH + MessageHeaderEncoder.ENCODED_LENGTH;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[32 * 1024]);
  private final FeedEncoder encoder = new FeedEncoder();
  private final FeedEvent event = new FeedEvent();
  private int length;
  private int frame;

  static InstrumentDefinition definition(final int id, final String symbol) {
    return new InstrumentDefinition(
        id,
        symbol,
        "BINANCE",
        "BTC",
        "USDT",
        -2,
        -3,
        ContractKind.LINEAR,
        OpenInterestUnit.BASE,
        OpenInterestSides.ONE,
        10,
        1,
        1_000,
        FeedOrigin.NOT_STATED);
  }

  static InstrumentDefinition inverse(
      final int id, final String symbol, final long contractMultiplier) {
    return new InstrumentDefinition(
        id,
        symbol,
        "BINANCE",
        "BTC",
        "USD",
        -2,
        -3,
        ContractKind.INVERSE,
        OpenInterestUnit.CONTRACTS,
        OpenInterestSides.ONE,
        10,
        1_000,
        contractMultiplier,
        FeedOrigin.NOT_STATED);
  }

  FeedBytes instrument(final long sequence, final InstrumentDefinition definition) {
    event.instrument(sequence, TIME + sequence, TIME + sequence + 1, definition);
    return add(event);
  }

  FeedBytes instrument(final long sequence) {
    return instrument(sequence, BITCOIN);
  }

  FeedBytes trade(final long sequence) {
    event.trade(
        sequence, TIME + sequence, TIME + sequence + 1, 0, -2, -3, 6_000_000, 1_500, FeedEvent.BUY);
    return add(event);
  }

  FeedBytes mark(final long sequence) {
    event.markPrice(
        sequence, TIME + sequence, TIME + sequence + 1, 0, -2, 6_000_100, 6_000_050, 12_500, TIME);
    return add(event);
  }

  FeedBytes openInterest(final long sequence) {
    event.openInterest(sequence, TIME + sequence, TIME + sequence + 1, 0, -3, 75_000_000);
    return add(event);
  }

  FeedBytes book(final long sequence) {
    event.bestBidOffer(
        sequence, TIME + sequence, TIME + sequence + 1, 0, -2, -3, 5_999_990, 10, 6_000_000, 20);
    return add(event);
  }

  FeedBytes liquidation(final long sequence) {
    event.liquidation(
        sequence, TIME + sequence, TIME + sequence + 1, 0, -2, -3, 5_900_000, 700, FeedEvent.SHORT);
    return add(event);
  }

  FeedBytes heartbeat(final long sequence) {
    event.heartbeat(sequence, TIME + sequence, TIME + sequence + 1);
    return add(event);
  }

  FeedBytes gap(final long sequence, final long missing) {
    event.gap(
        sequence, TIME + sequence, TIME + sequence + 1, new FaultTally().set(missing, 2, 3, 4, 5));
    return add(event);
  }

  FeedBytes accountRatio(final long sequence) {
    event.accountRatio(sequence, TIME + sequence, TIME + sequence + 1, 0, 2_497_700_000L);
    return add(event);
  }

  FeedBytes add(final FeedEvent added) {
    frame = length;
    length += encoder.encode(added, buffer, length);
    return this;
  }

  /** Sets a byte of the last message's block. */
  FeedBytes withByte(final int fieldOffset, final int value) {
    buffer.putByte(frame + BLOCK_AT + fieldOffset, (byte) value);
    return this;
  }

  /** Sets a number of the last message's block. */
  FeedBytes withInt(final int fieldOffset, final int value) {
    buffer.putInt(frame + BLOCK_AT + fieldOffset, value, ByteOrder.LITTLE_ENDIAN);
    return this;
  }

  /** Sets a long number of the last message's block. */
  FeedBytes withLong(final int fieldOffset, final long value) {
    buffer.putLong(frame + BLOCK_AT + fieldOffset, value, ByteOrder.LITTLE_ENDIAN);
    return this;
  }

  /** Sets a number of the last message's header. */
  FeedBytes withHeader(final int fieldOffset, final int value) {
    buffer.putShort(
        frame + Frame.HEADER_LENGTH + fieldOffset, (short) value, ByteOrder.LITTLE_ENDIAN);
    return this;
  }

  /** Sets the length that the last message's frame claims. */
  FeedBytes withFrameLength(final int claimed) {
    buffer.putInt(frame, claimed, ByteOrder.LITTLE_ENDIAN);
    return this;
  }

  /** Adds bytes to the last message's block, as a newer version of the schema does. */
  FeedBytes withLongerBlock(final int bytes) {
    final int messageLength = buffer.getInt(frame, ByteOrder.LITTLE_ENDIAN) + bytes;
    final int blockLength =
        buffer.getShort(frame + Frame.HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN) + bytes;
    buffer.setMemory(frame + Frame.HEADER_LENGTH + messageLength - bytes, bytes + 8, (byte) 0x5A);
    length = frame + Frame.alignedLength(messageLength);
    return withFrameLength(messageLength)
        .withHeader(BLOCK_LENGTH_AT, blockLength)
        .withHeader(VERSION_AT, 7);
  }

  /** Makes the last message, a definition, one of version 1 of the schema. */
  FeedBytes asVersion1() {
    final int blockLength = InstrumentDefinitionEncoder.tradeBarLengthEncodingOffset();
    final int messageLength = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
    length = frame + Frame.alignedLength(messageLength);
    return withFrameLength(messageLength)
        .withHeader(BLOCK_LENGTH_AT, blockLength)
        .withHeader(VERSION_AT, 1);
  }

  /** Leaves the last bytes away. */
  FeedBytes cut(final int bytes) {
    length -= bytes;
    return this;
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  /** Lets an adapter read all of it, and tells what got through, one line an event. */
  List<String> readBy(final FeedAdapter adapter) {
    final List<String> events = new ArrayList<>();
    adapter.wrap(buffer, 0, length);
    while (adapter.next(event)) {
      events.add(describe(event));
    }
    return events;
  }

  static String describe(final FeedEvent event) {
    final String head =
        event.sequence() + "@" + event.exchangeTime() + "/" + event.receiveTime() + " ";
    final String scale = " e" + event.priceExponent() + ",e" + event.quantityExponent();
    return switch (event.kind()) {
      case FeedEvent.INSTRUMENT -> head + event.definition();
      case FeedEvent.TRADE ->
          head
              + "trade "
              + event.instrument()
              + ": "
              + event.quantity()
              + " at "
              + event.price()
              + scale
              + " side "
              + event.takerSide();
      case FeedEvent.OPEN_INTEREST ->
          head
              + "open interest "
              + event.instrument()
              + ": "
              + event.openInterest()
              + " e"
              + event.quantityExponent();
      case FeedEvent.MARK_PRICE ->
          head
              + "mark "
              + event.instrument()
              + ": "
              + event.markPrice()
              + " index "
              + event.indexPrice()
              + " funding "
              + event.fundingRate()
              + " next "
              + event.nextFundingTime()
              + " e"
              + event.priceExponent();
      case FeedEvent.BEST_BID_OFFER ->
          head
              + "book "
              + event.instrument()
              + ": "
              + event.bidQuantity()
              + " at "
              + event.bidPrice()
              + ", "
              + event.askQuantity()
              + " at "
              + event.askPrice()
              + scale;
      case FeedEvent.LIQUIDATION ->
          head
              + "liquidation "
              + event.instrument()
              + ": "
              + event.quantity()
              + " at "
              + event.price()
              + scale
              + " side "
              + event.positionSide();
      case FeedEvent.HEARTBEAT -> head + "heartbeat";
      case FeedEvent.ACCOUNT_RATIO ->
          head + "accounts " + event.instrument() + ": " + event.longShortRatio();
      case FeedEvent.GAP -> {
        final FaultCounts faults = event.faults();
        yield head
            + "gap missing "
            + faults.missing()
            + " duplicates "
            + faults.duplicates()
            + " reordered "
            + faults.reordered()
            + " rejected "
            + faults.rejected()
            + " unknown "
            + faults.unknown();
      }
      default -> head + "kind " + event.kind();
    };
  }
}
