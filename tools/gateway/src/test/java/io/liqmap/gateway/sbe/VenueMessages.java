package io.liqmap.gateway.sbe;

import io.liqmap.codecs.binance.BestBidAskStreamEventEncoder;
import io.liqmap.codecs.binance.TradesStreamEventEncoder;
import io.liqmap.codecs.bybit.PublicTradeEventEncoder;
import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/** Messages as the venues send them, by the generated encoders. */
final class VenueMessages {
  /** A moment of 2026, µs. */
  static final long MICROS = 1_790_000_000_123_456L;

  private VenueMessages() {}

  /**
   * A trade of a message.
   *
   * @param id as a number, or text of Bybit's
   * @param side whether the buyer is the maker, or Bybit's side
   */
  record Trade(long id, long time, long price, long quantity, int side) {}

  static InstrumentDefinition instrument(
      final int id,
      final String symbol,
      final int priceExponent,
      final int quantityExponent,
      final long tickSize,
      final long lotSize) {
    return new InstrumentDefinition(
        id,
        symbol,
        "venue",
        "BTC",
        "USDT",
        priceExponent,
        quantityExponent,
        ContractKind.LINEAR,
        OpenInterestUnit.BASE,
        OpenInterestSides.ONE,
        tickSize,
        lotSize,
        1,
        FeedOrigin.NOT_STATED);
  }

  static byte[] binanceTrades(
      final String symbol,
      final long time,
      final int priceExponent,
      final int quantityExponent,
      final List<Trade> trades) {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final TradesStreamEventEncoder message = new TradesStreamEventEncoder();
    message
        .wrapAndApplyHeader(buffer, 0, new io.liqmap.codecs.binance.MessageHeaderEncoder())
        .eventTime(time + 1_000)
        .transactTime(time)
        .priceExponent((byte) priceExponent)
        .qtyExponent((byte) quantityExponent);
    final TradesStreamEventEncoder.TradesEncoder group = message.tradesCount(trades.size());
    for (final Trade trade : trades) {
      group
          .next()
          .id(trade.id())
          .price(trade.price())
          .qty(trade.quantity())
          .isBuyerMaker((short) trade.side());
    }
    message.symbol(symbol);
    return bytes(buffer, message.limit());
  }

  static byte[] binanceBook(
      final String symbol,
      final long time,
      final long update,
      final int priceExponent,
      final int quantityExponent,
      final long bid,
      final long bidQuantity,
      final long ask,
      final long askQuantity) {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final BestBidAskStreamEventEncoder message = new BestBidAskStreamEventEncoder();
    message
        .wrapAndApplyHeader(buffer, 0, new io.liqmap.codecs.binance.MessageHeaderEncoder())
        .eventTime(time)
        .bookUpdateId(update)
        .priceExponent((byte) priceExponent)
        .qtyExponent((byte) quantityExponent)
        .bidPrice(bid)
        .bidQty(bidQuantity)
        .askPrice(ask)
        .askQty(askQuantity)
        .symbol(symbol);
    return bytes(buffer, message.limit());
  }

  static byte[] bybitTrades(
      final String symbol,
      final int priceExponent,
      final int sizeExponent,
      final List<Trade> trades) {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final PublicTradeEventEncoder message = new PublicTradeEventEncoder();
    message
        .wrapAndApplyHeader(buffer, 0, new io.liqmap.codecs.bybit.MessageHeaderEncoder())
        .ts(MICROS)
        .priceExponent((byte) priceExponent)
        .sizeExponent((byte) sizeExponent);
    final PublicTradeEventEncoder.TradeItemsEncoder group = message.tradeItemsCount(trades.size());
    for (final Trade trade : trades) {
      group
          .next()
          .fillTime(trade.time())
          .price(trade.price())
          .size(trade.quantity())
          .seq(trade.id())
          .side((short) trade.side())
          .isBlockTrade((short) 0)
          .isRPI((short) 1)
          .execId("2100000000" + trade.id());
    }
    message.symbol(symbol);
    return bytes(buffer, message.limit());
  }

  private static byte[] bytes(final ExpandableArrayBuffer buffer, final int length) {
    final byte[] bytes = new byte[length];
    buffer.getBytes(0, bytes);
    return bytes;
  }
}
