package io.liqmap.benchmarks.venue;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.codecs.binance.BestBidAskStreamEventDecoder;
import io.liqmap.codecs.binance.BestBidAskStreamEventEncoder;
import io.liqmap.codecs.binance.MessageHeaderDecoder;
import io.liqmap.codecs.binance.MessageHeaderEncoder;
import io.liqmap.codecs.binance.TradesStreamEventDecoder;
import io.liqmap.codecs.binance.TradesStreamEventEncoder;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.sbe.BinanceSpotDecoder;
import io.liqmap.gateway.sbe.SbeDecoder;
import io.liqmap.gateway.venue.FrameOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages of Binance's SBE streams in a row, one of three a message of one trade to four, the
 * others the top of the book; and two ways to read them. One thread; allocates nothing once made.
 */
public final class SbeMessages {
  private static final int MAX_LENGTH = 256;
  private static final int MAX_TRADES = 4;
  private static final int KINDS = 3;
  private static final long MICRO = 1_000;
  private static final byte[] SYMBOL = "BTCUSDT".getBytes(StandardCharsets.US_ASCII);

  private final Quotes market;
  private final UnsafeBuffer bytes;
  private final int[] lengths;
  private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final TradesStreamEventEncoder tradesOut = new TradesStreamEventEncoder();
  private final TradesStreamEventDecoder trades = new TradesStreamEventDecoder();
  private final BestBidAskStreamEventEncoder topOut = new BestBidAskStreamEventEncoder();
  private final BestBidAskStreamEventDecoder top = new BestBidAskStreamEventDecoder();
  private final SbeDecoder decoder;
  private long written;

  /** Room for so many messages of a seeded market; none are in it yet. */
  public SbeMessages(final long seed, final int messages, final InstrumentDefinition of) {
    market = new Quotes(seed, BenchmarkSettings.START);
    bytes = new UnsafeBuffer(new byte[messages * MAX_LENGTH]);
    lengths = new int[messages];
    decoder = new BinanceSpotDecoder(List.of(of));
  }

  /** Goes to the next messages. */
  public void refill() {
    for (int i = 0; i < lengths.length; i++) {
      market.step();
      lengths[i] = i % KINDS == 0 ? trades(i * MAX_LENGTH) : top(i * MAX_LENGTH);
    }
  }

  private int trades(final int at) {
    final int count = 1 + market.below(MAX_TRADES);
    tradesOut
        .wrapAndApplyHeader(bytes, at, headerOut)
        .eventTime(market.time() / MICRO)
        .transactTime(market.time() / MICRO)
        .priceExponent((byte) -2)
        .qtyExponent((byte) -3);
    final TradesStreamEventEncoder.TradesEncoder group = tradesOut.tradesCount(count);
    for (int i = 0; i < count; i++) {
      group
          .next()
          .id(++written)
          .price(10 * market.price())
          .qty(market.quantity())
          .isBuyerMaker((short) market.below(2));
    }
    tradesOut.putSymbol(SYMBOL, 0, SYMBOL.length);
    return tradesOut.limit() - at;
  }

  private int top(final int at) {
    topOut
        .wrapAndApplyHeader(bytes, at, headerOut)
        .eventTime(market.time() / MICRO)
        .bookUpdateId(market.nextId())
        .priceExponent((byte) -2)
        .qtyExponent((byte) -3)
        .bidPrice(10 * market.price())
        .bidQty(market.quantity())
        .askPrice(10 * (market.price() + 1))
        .askQty(market.quantity())
        .putSymbol(SYMBOL, 0, SYMBOL.length);
    return topOut.limit() - at;
  }

  public int size() {
    return lengths.length;
  }

  /** Trades written so far. */
  public long trades() {
    return written;
  }

  /** Reads every number of all messages by the generated decoders, unchecked; their sum. */
  public long readBarely() {
    long sum = 0;
    for (int i = 0; i < lengths.length; i++) {
      final int at = i * MAX_LENGTH;
      header.wrap(bytes, at);
      sum +=
          header.templateId() == TradesStreamEventDecoder.TEMPLATE_ID
              ? readTrades(at)
              : readTop(at);
    }
    return sum;
  }

  private long readTrades(final int at) {
    trades.wrapAndApplyHeader(bytes, at, header);
    long sum =
        trades.eventTime() + trades.transactTime() + trades.priceExponent() + trades.qtyExponent();
    for (final TradesStreamEventDecoder.TradesDecoder trade : trades.trades()) {
      sum += trade.id() + trade.price() + trade.qty() + trade.isBuyerMaker();
    }
    return sum + trades.symbolLength();
  }

  private long readTop(final int at) {
    top.wrapAndApplyHeader(bytes, at, header);
    return top.eventTime()
        + top.bookUpdateId()
        + top.priceExponent()
        + top.qtyExponent()
        + top.bidPrice()
        + top.bidQty()
        + top.askPrice()
        + top.askQty()
        + top.symbolLength();
  }

  /**
   * Decodes all messages.
   *
   * @throws IllegalStateException if one isn't used
   */
  public void decode(final SummedMarket out) {
    for (int i = 0; i < lengths.length; i++) {
      final FrameOutcome outcome = decoder.decode(bytes, i * MAX_LENGTH, lengths[i], out);
      if (outcome != FrameOutcome.MARKET) {
        throw new IllegalStateException("a message was " + outcome);
      }
    }
  }
}
