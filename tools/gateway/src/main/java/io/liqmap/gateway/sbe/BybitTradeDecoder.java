package io.liqmap.gateway.sbe;

import io.liqmap.codecs.bybit.PublicTradeEventDecoder;
import io.liqmap.codecs.bybit.PublicTradeEventDecoder.TradeItemsDecoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.FrameOutcome;
import io.liqmap.gateway.venue.MarketSink;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * Decodes Bybit's public trades, market schema 1:0, template 20002.
 *
 * <p>The venue's documents contradict each other about exponents: a value is mantissa × 10^exponent
 * in one, mantissa ÷ 10^exponent in another. A message is read in the way that fits:
 *
 * <ul>
 *   <li>the instrument's tick is a multiple of a price mantissa's unit, its lot of a quantity
 *       mantissa's: with the other unit the venue couldn't say its own prices;
 *   <li>each price is a positive multiple of the tick, and between a tenth and ten times of the
 *       last one where that is from the same minute: two readings are at least a hundred times
 *       apart;
 *   <li>each quantity is a positive mantissa of the instrument's exponent exactly.
 * </ul>
 *
 * A message that neither reading fits, or both do with different values, is refused.
 *
 * <p>Times are micro- or milliseconds, whichever is from 2000 to 2100. A trade whose id is among
 * the latest 8,192 is dropped; ids don't say what is missing, so {@link #onLost} does.
 *
 * <p>Source: bybit-exchange/docs, v5/sbe: sbe-basic-info, public-trade, bbo.
 */
public final class BybitTradeDecoder implements SbeDecoder {
  private static final int BEST_OFFERS = 20_000;
  private static final int BOOK_50 = 20_001;
  private static final int GROUP_HEADER = TradeItemsDecoder.sbeHeaderSize();
  private static final int COUNT = Short.BYTES;
  private static final int BUY = 1;
  private static final int SELL = 2;

  /** Prices of a minute differ by less than this factor. */
  private static final int NEAR = 10;

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final InstrumentDefinition[] instruments;
  private final SymbolTable symbols;
  private final long[] lastPrice;
  private final long[] lastTime;
  private final boolean[] isLost;
  private final RecentIds ids = new RecentIds();
  private final SbeMessage message = new SbeMessage();

  /** Of the message's trades. */
  private int items;

  private int itemLength;
  private int count;

  /**
   * Makes a decoder.
   *
   * @param instruments what trades are reported of
   * @throws IllegalArgumentException if two have the same symbol
   */
  public BybitTradeDecoder(final List<InstrumentDefinition> instruments) {
    this.instruments = instruments.toArray(new InstrumentDefinition[0]);
    symbols = new SymbolTable(instruments);
    lastPrice = new long[instruments.size()];
    lastTime = new long[instruments.size()];
    isLost = new boolean[instruments.size()];
  }

  @Override
  public FrameOutcome decode(
      final DirectBuffer buffer, final int offset, final int length, final MarketSink out) {
    if (!message.wrap(buffer, offset, length)) {
      return FrameOutcome.INVALID;
    }
    if (message.schemaId() != PublicTradeEventDecoder.SCHEMA_ID) {
      return FrameOutcome.UNKNOWN;
    }
    return switch (message.templateId()) {
      case PublicTradeEventDecoder.TEMPLATE_ID -> trades(out);
      case BEST_OFFERS, BOOK_50 -> FrameOutcome.NOT_USED;
      default -> FrameOutcome.UNKNOWN;
    };
  }

  @Override
  public void onLost() {
    for (int at = 0; at < instruments.length; at++) {
      isLost[at] = lastTime[at] != 0;
    }
  }

  private FrameOutcome trades(final MarketSink out) {
    final int symbol = wrapItems();
    if (symbol == SbeMessage.BEYOND || !message.isEnd(message.textEnd(symbol))) {
      return FrameOutcome.INVALID;
    }
    final int at = symbols.find(message.buffer(), symbol + 1, message.getUnsignedByte(symbol));
    if (at == SymbolTable.NONE) {
      return FrameOutcome.NOTHING_NEW;
    }
    if (count == 0) {
      return FrameOutcome.NOTHING_NEW;
    }
    final int priceExponent =
        message.getByte(message.block() + PublicTradeEventDecoder.priceExponentEncodingOffset());
    final int sizeExponent =
        message.getByte(message.block() + PublicTradeEventDecoder.sizeExponentEncodingOffset());
    final boolean isProduct = fits(at, priceExponent, sizeExponent);
    final boolean isQuotient = fits(at, -priceExponent, -sizeExponent);
    final boolean isSame = priceExponent == 0 && sizeExponent == 0;
    if (isProduct == isQuotient && !(isProduct && isSame)) {
      return FrameOutcome.INVALID;
    }
    final int sign = isProduct ? 1 : -1;
    return send(at, sign * priceExponent, sign * sizeExponent, out);
  }

  /** Finds the trades; returns where the symbol behind them begins. */
  private int wrapItems() {
    final int group = message.blockEnd(PublicTradeEventDecoder.BLOCK_LENGTH);
    items = group == SbeMessage.BEYOND ? group : message.partEnd(group, GROUP_HEADER);
    if (items == SbeMessage.BEYOND) {
      return SbeMessage.BEYOND;
    }
    itemLength = message.getUnsignedShort(group);
    count = message.getUnsignedShort(group + COUNT);
    int end = itemLength < TradeItemsDecoder.sbeBlockLength() ? SbeMessage.BEYOND : items;
    for (int i = 0; i < count && end != SbeMessage.BEYOND; i++) {
      final int id = message.partEnd(end, itemLength);
      end = id == SbeMessage.BEYOND ? id : message.textEnd(id);
    }
    return end;
  }

  /** Whether values × 10^exponent are those of the instrument's trades. */
  private boolean fits(final int at, final int priceExponent, final int sizeExponent) {
    final InstrumentDefinition of = instruments[at];
    final int priceShift = priceExponent - of.priceExponent();
    final int quantityShift = sizeExponent - of.quantityExponent();
    if (!Scale.isMultipleOfPower(of.tickSize(), priceShift)
        || !Scale.isMultipleOfPower(of.lotSize(), quantityShift)) {
      return false;
    }
    int item = items;
    for (int i = 0; i < count; i++) {
      final long price = price(item, priceShift);
      final long time = time(item);
      if (price == 0
          || price % of.tickSize() != 0
          || quantity(item, quantityShift) == 0
          || time == 0
          || !isNear(at, price, time)
          || (side(item) != BUY && side(item) != SELL)) {
        return false;
      }
      item = message.textEnd(item + itemLength);
    }
    return true;
  }

  private boolean isNear(final int at, final long price, final long time) {
    final long last = lastPrice[at];
    return Math.abs(time - lastTime[at]) > MINUTE || (price < NEAR * last && last < NEAR * price);
  }

  private FrameOutcome send(
      final int at, final int priceExponent, final int sizeExponent, final MarketSink out) {
    final InstrumentDefinition of = instruments[at];
    final int priceShift = priceExponent - of.priceExponent();
    final int quantityShift = sizeExponent - of.quantityExponent();
    FrameOutcome outcome = FrameOutcome.NOTHING_NEW;
    int item = items;
    for (int i = 0; i < count; i++) {
      final int id = item + itemLength;
      final int idLength = message.getUnsignedByte(id);
      if (ids.add(SymbolTable.hash(message.buffer(), id + 1, idLength) ^ at)) {
        final long time = time(item);
        if (isLost[at]) {
          out.interrupted(of, time, 0, lastTime[at]);
          isLost[at] = false;
        }
        lastTime[at] = time;
        lastPrice[at] = price(item, priceShift);
        out.trade(
            of,
            time,
            lastPrice[at],
            quantity(item, quantityShift),
            side(item) == BUY ? FeedEvent.BUY : FeedEvent.SELL);
        outcome = FrameOutcome.MARKET;
      }
      item = message.textEnd(id);
    }
    return outcome;
  }

  private long price(final int item, final int shift) {
    return Scale.shifted(message.getLong(item + TradeItemsDecoder.priceEncodingOffset()), shift);
  }

  private long quantity(final int item, final int shift) {
    return Scale.shifted(message.getLong(item + TradeItemsDecoder.sizeEncodingOffset()), shift);
  }

  private long time(final int item) {
    return Scale.ofMicrosOrMillis(
        message.getLong(item + TradeItemsDecoder.fillTimeEncodingOffset()));
  }

  private int side(final int item) {
    return message.getUnsignedByte(item + TradeItemsDecoder.sideEncodingOffset());
  }
}
