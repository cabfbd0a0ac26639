package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.AccountRatioEncoder;
import io.liqmap.codecs.feed.BestBidOfferEncoder;
import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.GapEncoder;
import io.liqmap.codecs.feed.HeartbeatEncoder;
import io.liqmap.codecs.feed.InstrumentDefinitionEncoder;
import io.liqmap.codecs.feed.InterruptionEncoder;
import io.liqmap.codecs.feed.KnownPositionEncoder;
import io.liqmap.codecs.feed.LiquidationEncoder;
import io.liqmap.codecs.feed.MarkPriceEncoder;
import io.liqmap.codecs.feed.MessageHeaderEncoder;
import io.liqmap.codecs.feed.OpenInterestEncoder;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.codecs.feed.TradeEncoder;
import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.FaultTally;
import io.liqmap.engine.support.TestInstruments;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Framed messages in the making, and ways to damage them. */
final class FeedBytes {
  static final long TIME = 1_767_225_600_000_000_000L;
  static final InstrumentDefinition BITCOIN = definition(0, "BTCUSDT");
  static final int BLOCK_LENGTH_AT = 0;
  static final int TEMPLATE_AT = 2;
  static final int SCHEMA_AT = 4;
  static final int VERSION_AT = 6;

  private static final Map<Integer, Class<?>> ENCODERS =
      Map.ofEntries(
          Map.entry(InstrumentDefinitionEncoder.TEMPLATE_ID, InstrumentDefinitionEncoder.class),
          Map.entry(TradeEncoder.TEMPLATE_ID, TradeEncoder.class),
          Map.entry(OpenInterestEncoder.TEMPLATE_ID, OpenInterestEncoder.class),
          Map.entry(MarkPriceEncoder.TEMPLATE_ID, MarkPriceEncoder.class),
          Map.entry(BestBidOfferEncoder.TEMPLATE_ID, BestBidOfferEncoder.class),
          Map.entry(LiquidationEncoder.TEMPLATE_ID, LiquidationEncoder.class),
          Map.entry(HeartbeatEncoder.TEMPLATE_ID, HeartbeatEncoder.class),
          Map.entry(GapEncoder.TEMPLATE_ID, GapEncoder.class),
          Map.entry(AccountRatioEncoder.TEMPLATE_ID, AccountRatioEncoder.class),
          Map.entry(KnownPositionEncoder.TEMPLATE_ID, KnownPositionEncoder.class),
          Map.entry(InterruptionEncoder.TEMPLATE_ID, InterruptionEncoder.class));
  private static final int BLOCK_AT = Frame.HEADER_LENGTH + MessageHeaderEncoder.ENCODED_LENGTH;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[32 * 1024]);
  private final FeedEncoder encoder = new FeedEncoder();
  private final FeedEvent event = new FeedEvent();
  private int length;
  private int frame;

  static InstrumentDefinition definition(final int id, final String symbol) {
    return TestInstruments.linear(id, symbol, "BINANCE", "BTC", "USDT", 10);
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

  FeedBytes knownPosition(final long sequence) {
    event.knownPosition(
        sequence,
        TIME + sequence,
        TIME + sequence + 1,
        0,
        -2,
        -3,
        42,
        1_500,
        6_000_000,
        5_400_000,
        TIME,
        1_000,
        FeedEvent.LONG);
    return add(event);
  }

  FeedBytes interruption(final long sequence) {
    event.interruption(sequence, TIME + sequence, TIME + sequence + 1, 0, 7, TIME);
    return add(event);
  }

  FeedBytes add(final FeedEvent added) {
    frame = length;
    length += encoder.encode(added, buffer, length);
    return this;
  }

  /** Sets a field of the last message, by its name in the schema. */
  FeedBytes with(final String field, final long value) {
    final int at = frame + BLOCK_AT + layout(field + "EncodingOffset");
    final int bytes = layout(field + "EncodingLength");
    for (int i = 0; i < bytes; i++) {
      buffer.putByte(at + i, (byte) (value >> (8 * i)));
    }
    return this;
  }

  /** Sets one byte of a field of the last message. */
  FeedBytes withByte(final String field, final int at, final int value) {
    buffer.putByte(frame + BLOCK_AT + layout(field + "EncodingOffset") + at, (byte) value);
    return this;
  }

  /** Asks the encoder of the last message for a number of its layout. */
  private int layout(final String method) {
    final short template =
        buffer.getShort(frame + Frame.HEADER_LENGTH + TEMPLATE_AT, ByteOrder.LITTLE_ENDIAN);
    try {
      return (int) ENCODERS.get((int) template).getMethod(method).invoke(null);
    } catch (final ReflectiveOperationException e) {
      throw new IllegalArgumentException(method, e);
    }
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
    final int instrument = event.instrument();
    final String scale = " e" + event.priceExponent() + ",e" + event.quantityExponent();
    return switch (event.kind()) {
      case FeedEvent.INSTRUMENT -> head + event.definition();
      case FeedEvent.TRADE ->
          head
              + "trade %d: %d at %d%s side %s"
                  .formatted(instrument, event.quantity(), event.price(), scale, event.takerSide());
      case FeedEvent.OPEN_INTEREST ->
          head
              + "open interest %d: %d e%d"
                  .formatted(instrument, event.openInterest(), event.quantityExponent());
      case FeedEvent.MARK_PRICE ->
          head
              + "mark %d: %d index %d funding %d next %d e%d"
                  .formatted(
                      instrument,
                      event.markPrice(),
                      event.indexPrice(),
                      event.fundingRate(),
                      event.nextFundingTime(),
                      event.priceExponent());
      case FeedEvent.BEST_BID_OFFER ->
          head
              + "book %d: %d at %d, %d at %d%s"
                  .formatted(
                      instrument,
                      event.bidQuantity(),
                      event.bidPrice(),
                      event.askQuantity(),
                      event.askPrice(),
                      scale);
      case FeedEvent.LIQUIDATION ->
          head
              + "liquidation %d: %d at %d%s side %s"
                  .formatted(
                      instrument, event.quantity(), event.price(), scale, event.positionSide());
      case FeedEvent.HEARTBEAT -> head + "heartbeat";
      case FeedEvent.ACCOUNT_RATIO ->
          head + "accounts " + instrument + ": " + event.longShortRatio();
      case FeedEvent.KNOWN_POSITION ->
          head
              + "position %d of %d: %d at %d%s side %s, liquidated at %d, leverage %d, since %d"
                  .formatted(
                      instrument,
                      event.account(),
                      event.quantity(),
                      event.entryPrice(),
                      scale,
                      event.positionSide(),
                      event.liquidationPrice(),
                      event.leverage(),
                      event.openedTime());
      case FeedEvent.INTERRUPTION ->
          head
              + "interruption of %d: %d missing since %d"
                  .formatted(instrument, event.missing(), event.silentSince());
      case FeedEvent.GAP -> head + "gap" + describe(event.faults());
      default -> head + "kind " + event.kind();
    };
  }

  /** Names the counts that aren't zero. */
  private static String describe(final FaultCounts faults) {
    return counted("missing", faults.missing())
        + counted("duplicates", faults.duplicates())
        + counted("reordered", faults.reordered())
        + counted("rejected", faults.rejected())
        + counted("unknown", faults.unknown());
  }

  private static String counted(final String what, final long count) {
    return count == 0 ? "" : " " + what + " " + count;
  }
}
