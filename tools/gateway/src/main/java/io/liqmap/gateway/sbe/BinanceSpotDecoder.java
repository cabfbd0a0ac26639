package io.liqmap.gateway.sbe;

import io.liqmap.codecs.binance.BestBidAskStreamEventDecoder;
import io.liqmap.codecs.binance.TradesStreamEventDecoder;
import io.liqmap.codecs.binance.TradesStreamEventDecoder.TradesDecoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.FrameOutcome;
import io.liqmap.gateway.venue.MarketSink;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Decodes trades and best bid and offer of Binance's spot streams, schema 1:0, templates 10000 and
 * 10001.
 *
 * <p>A value is mantissa × 10^exponent and has to be a mantissa of the instrument's exponent
 * exactly. Trade ids rise by one: a hole is reported with the number of missing trades, a repeated
 * id is dropped. An id more than a million away from the last begins another numbering: a hole of
 * unknown length.
 *
 * <p>Source: binance-spot-api-docs, sbe-market-data-streams.md and its schema.
 */
public final class BinanceSpotDecoder implements SbeDecoder {
  private static final int DEPTH_SNAPSHOT = 10_002;
  private static final int DEPTH_DIFF = 10_003;
  private static final int GROUP_HEADER = TradesDecoder.sbeHeaderSize();
  private static final int COUNT = Short.BYTES;
  private static final long MAX_STEP = 1_000_000;

  private final InstrumentDefinition[] instruments;
  private final SymbolTable symbols;
  private final long[] lastTrade;
  private final long[] lastTradeTime;
  private final long[] lastUpdate;
  private final SbeMessage message = new SbeMessage();

  /**
   * Makes a decoder.
   *
   * @param instruments what trades and books are reported of, by symbols in capitals
   * @throws IllegalArgumentException if two have the same symbol
   */
  public BinanceSpotDecoder(final List<InstrumentDefinition> instruments) {
    this.instruments = instruments.toArray(new InstrumentDefinition[0]);
    symbols = new SymbolTable(instruments);
    lastTrade = new long[instruments.size()];
    lastTradeTime = new long[instruments.size()];
    lastUpdate = new long[instruments.size()];
  }

  @Override
  public FrameOutcome decode(
      final DirectBuffer buffer, final int offset, final int length, final MarketSink out) {
    if (!message.wrap(buffer, offset, length)) {
      return FrameOutcome.INVALID;
    }
    if (message.schemaId() != TradesStreamEventDecoder.SCHEMA_ID) {
      return FrameOutcome.UNKNOWN;
    }
    return switch (message.templateId()) {
      case TradesStreamEventDecoder.TEMPLATE_ID -> trades(out);
      case BestBidAskStreamEventDecoder.TEMPLATE_ID -> bestBidOffer(out);
      case DEPTH_SNAPSHOT, DEPTH_DIFF -> FrameOutcome.NOT_USED;
      default -> FrameOutcome.UNKNOWN;
    };
  }

  /** Trade ids say what is missing, and a book is replaced by the next. */
  @Override
  public void onLost() {
    // Nothing to remember.
  }

  private FrameOutcome trades(final MarketSink out) {
    final int group = message.blockEnd(TradesStreamEventDecoder.BLOCK_LENGTH);
    final int items = group < 0 ? group : message.partEnd(group, GROUP_HEADER);
    if (items < 0) {
      return FrameOutcome.INVALID;
    }
    final int itemLength = message.getUnsignedShort(group);
    final long count = message.getUnsignedInt(group + COUNT);
    final int end = message.partEnd(items, count * itemLength);
    if (itemLength < TradesDecoder.sbeBlockLength() || !endsWithSymbol(end)) {
      return FrameOutcome.INVALID;
    }
    final int at = instrument(end);
    if (at == SymbolTable.NONE) {
      return FrameOutcome.NOTHING_NEW;
    }
    final InstrumentDefinition of = instruments[at];
    final int block = message.block();
    final long time =
        Scale.ofMicros(
            message.getLong(block + TradesStreamEventDecoder.transactTimeEncodingOffset()));
    final int priceShift =
        message.getByte(block + TradesStreamEventDecoder.priceExponentEncodingOffset())
            - of.priceExponent();
    final int quantityShift =
        message.getByte(block + TradesStreamEventDecoder.qtyExponentEncodingOffset())
            - of.quantityExponent();
    if (time == 0) {
      return FrameOutcome.INVALID;
    }
    for (int item = items; item < end; item += itemLength) {
      if (!isTrade(item, priceShift, quantityShift)) {
        return FrameOutcome.INVALID;
      }
    }
    FrameOutcome outcome = FrameOutcome.NOTHING_NEW;
    for (int item = items; item < end; item += itemLength) {
      if (isNew(at, message.getLong(item + TradesDecoder.idEncodingOffset()), time, out)) {
        out.trade(
            of,
            time,
            Scale.shifted(message.getLong(item + TradesDecoder.priceEncodingOffset()), priceShift),
            Scale.shifted(message.getLong(item + TradesDecoder.qtyEncodingOffset()), quantityShift),
            isBuyerMaker(item) == 1 ? FeedEvent.SELL : FeedEvent.BUY);
        outcome = FrameOutcome.MARKET;
      }
    }
    return outcome;
  }

  private boolean isTrade(final int item, final int priceShift, final int quantityShift) {
    final long price = message.getLong(item + TradesDecoder.priceEncodingOffset());
    final long quantity = message.getLong(item + TradesDecoder.qtyEncodingOffset());
    return message.getLong(item + TradesDecoder.idEncodingOffset()) > 0
        && Scale.shifted(price, priceShift) > 0
        && Scale.shifted(quantity, quantityShift) > 0
        && isBuyerMaker(item) <= 1;
  }

  private int isBuyerMaker(final int item) {
    return message.getUnsignedByte(item + TradesDecoder.isBuyerMakerEncodingOffset());
  }

  /** Whether a trade isn't repeated; reports what is missing before it. */
  private boolean isNew(final int at, final long id, final long time, final MarketSink out) {
    final long last = lastTrade[at];
    final long step = id - last;
    if (last != 0 && step != 1) {
      if (isRepeated(step)) {
        return false;
      }
      final long missing = step > 0 && step <= MAX_STEP ? step - 1 : 0;
      out.interrupted(instruments[at], time, missing, lastTradeTime[at]);
    }
    lastTrade[at] = id;
    lastTradeTime[at] = time;
    return true;
  }

  private static boolean isRepeated(final long step) {
    return step <= 0 && step >= -MAX_STEP;
  }

  private FrameOutcome bestBidOffer(final MarketSink out) {
    final int end = message.blockEnd(BestBidAskStreamEventDecoder.BLOCK_LENGTH);
    if (!endsWithSymbol(end)) {
      return FrameOutcome.INVALID;
    }
    final int at = instrument(end);
    if (at == SymbolTable.NONE) {
      return FrameOutcome.NOTHING_NEW;
    }
    final InstrumentDefinition of = instruments[at];
    final int block = message.block();
    final long time =
        Scale.ofMicros(
            message.getLong(block + BestBidAskStreamEventDecoder.eventTimeEncodingOffset()));
    final long update =
        message.getLong(block + BestBidAskStreamEventDecoder.bookUpdateIdEncodingOffset());
    final int priceShift =
        message.getByte(block + BestBidAskStreamEventDecoder.priceExponentEncodingOffset())
            - of.priceExponent();
    final int quantityShift =
        message.getByte(block + BestBidAskStreamEventDecoder.qtyExponentEncodingOffset())
            - of.quantityExponent();
    final long bid = scaled(BestBidAskStreamEventDecoder.bidPriceEncodingOffset(), priceShift);
    final long bidQuantity =
        scaled(BestBidAskStreamEventDecoder.bidQtyEncodingOffset(), quantityShift);
    final long ask = scaled(BestBidAskStreamEventDecoder.askPriceEncodingOffset(), priceShift);
    final long askQuantity =
        scaled(BestBidAskStreamEventDecoder.askQtyEncodingOffset(), quantityShift);
    if (time == 0 || update <= 0 || bid == 0 || bidQuantity == 0 || ask < bid || askQuantity == 0) {
      return FrameOutcome.INVALID;
    }
    if (lastUpdate[at] != 0 && isRepeated(update - lastUpdate[at])) {
      return FrameOutcome.NOTHING_NEW;
    }
    lastUpdate[at] = update;
    out.bestBidOffer(of, time, bid, bidQuantity, ask, askQuantity);
    return FrameOutcome.MARKET;
  }

  private long scaled(final int fieldOffset, final int shift) {
    return Scale.shifted(message.getLong(message.block() + fieldOffset), shift);
  }

  private boolean endsWithSymbol(final int index) {
    return index != SbeMessage.BEYOND && message.isEnd(message.textEnd(index));
  }

  private int instrument(final int text) {
    return symbols.find(message.buffer(), text + 1, message.getUnsignedByte(text));
  }
}
