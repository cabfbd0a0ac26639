package io.liqmap.engine.core.map;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.MessageHeaderEncoder;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.codecs.feed.TradeEncoder;
import io.liqmap.engine.core.state.FaultTally;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/** One message of a feed in the making, every part of which can be corrupted. */
final class CorruptedMessage {
  private static final int MESSAGE_AT = 8;

  final MarketEvent.Kind kind;
  final FeedEncoder encoder = new FeedEncoder();
  long at;
  long price;
  long quantity;
  int side;
  int instrument;
  int exponent;

  /** Message that comes instead, null for none. */
  Foreign foreign;

  /** Sequences left out before it. */
  int skipped;

  /** How often it comes. */
  int times = 1;

  /** Whether the next message comes first. */
  boolean isLate;

  int template = -1;
  int schema = -1;
  int version = -1;
  int longerBlock;
  int frameLength = -1;

  /** A message that isn't of the market. */
  enum Foreign {
    SAME_DEFINITION,
    OTHER_DEFINITION,
    HUGE_GAP,
    INTERRUPTION,
    HUGE_INTERRUPTION
  }

  CorruptedMessage(final MarketEvent event) {
    kind = event.kind();
    at = event.at();
    price = event.price();
    quantity = (long) event.quantity();
    side = event.takerBuys() ? 1 : 2;
  }

  static InstrumentDefinition definition(final boolean isInverse, final long multiplier) {
    return new InstrumentDefinition(
        0,
        FastInstrumentMap.SYMBOL,
        FastInstrumentMap.VENUE,
        "BASE",
        "QUOTE",
        0,
        0,
        isInverse ? ContractKind.INVERSE : ContractKind.LINEAR,
        OpenInterestUnit.CONTRACTS,
        OpenInterestSides.ONE,
        1,
        1,
        multiplier,
        FeedOrigin.NOT_STATED);
  }

  /** Appends its frame, and tells how long that is. */
  int put(
      final long sequence,
      final boolean isInverse,
      final MutableDirectBuffer buffer,
      final int offset) {
    final FeedEvent event = new FeedEvent();
    fill(event, sequence, isInverse);
    int length = encoder.encode(event, buffer, offset);
    final int message = offset + MESSAGE_AT;
    if (longerBlock > 0) {
      buffer.setMemory(offset + length, longerBlock, (byte) 0x5A);
      length += longerBlock;
      final int claimed = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) + longerBlock;
      buffer.putInt(offset, claimed, ByteOrder.LITTLE_ENDIAN);
    }
    final short block = buffer.getShort(message, ByteOrder.LITTLE_ENDIAN);
    putShort(buffer, message, block + longerBlock);
    putShort(buffer, message + 2, template);
    putShort(buffer, message + 4, schema);
    putShort(buffer, message + 6, version);
    if (kind == MarketEvent.Kind.TRADE && side == 0) {
      buffer.putByte(
          message + MessageHeaderEncoder.ENCODED_LENGTH + TradeEncoder.takerSideEncodingOffset(),
          (byte) 0);
    }
    if (frameLength != -1) {
      buffer.putInt(offset, frameLength, ByteOrder.LITTLE_ENDIAN);
    }
    return length;
  }

  private static void putShort(final MutableDirectBuffer buffer, final int at, final int value) {
    if (value != -1) {
      buffer.putShort(at, (short) value, ByteOrder.LITTLE_ENDIAN);
    }
  }

  private void fill(final FeedEvent event, final long sequence, final boolean isInverse) {
    if (foreign == Foreign.HUGE_GAP) {
      event.gap(sequence, at, at, new FaultTally().set(0, 1L << 32, 1L << 62, 1L << 32, 0));
      return;
    }
    if (foreign == Foreign.INTERRUPTION || foreign == Foreign.HUGE_INTERRUPTION) {
      event.interruption(
          sequence, at, at, instrument, foreign == Foreign.INTERRUPTION ? 5 : 1L << 62, at);
      return;
    }
    if (foreign != null) {
      event.instrument(
          sequence, at, at, definition(isInverse, foreign == Foreign.SAME_DEFINITION ? 1 : 100));
      return;
    }
    switch (kind) {
      case TRADE ->
          event.trade(sequence, at, at, instrument, exponent, exponent, price, quantity, side);
      case MARK ->
          event.markPrice(
              sequence, at, at, instrument, exponent, price, FeedEvent.ABSENT, quantity, 0);
      case OPEN_INTEREST -> event.openInterest(sequence, at, at, instrument, exponent, quantity);
      case LIQUIDATION ->
          event.liquidation(
              sequence, at, at, instrument, exponent, exponent, price, quantity, side);
      case ACCOUNT_RATIO -> event.accountRatio(sequence, at, at, instrument, price);
    }
  }
}
