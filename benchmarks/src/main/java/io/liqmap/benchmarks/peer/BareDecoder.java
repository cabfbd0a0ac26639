package io.liqmap.benchmarks.peer;

import io.liqmap.codecs.feed.BestBidOfferDecoder;
import io.liqmap.codecs.feed.HeartbeatDecoder;
import io.liqmap.codecs.feed.LiquidationDecoder;
import io.liqmap.codecs.feed.MarkPriceDecoder;
import io.liqmap.codecs.feed.MessageHeaderDecoder;
import io.liqmap.codecs.feed.OpenInterestDecoder;
import io.liqmap.codecs.feed.TradeDecoder;
import io.liqmap.engine.feed.FeedEvent;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** SBE alone: every field of a message read, nothing checked. */
public final class BareDecoder {
  private static final int FRAME_HEADER = 8;
  private static final int ALIGNMENT = 8;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final MarkPriceDecoder mark = new MarkPriceDecoder();
  private final BestBidOfferDecoder quote = new BestBidOfferDecoder();
  private final LiquidationDecoder liquidation = new LiquidationDecoder();
  private final OpenInterestDecoder openInterest = new OpenInterestDecoder();
  private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();

  /** Where the frame after this one starts. */
  public int after(final DirectBuffer buffer, final int frame) {
    final int length = buffer.getInt(frame, ByteOrder.LITTLE_ENDIAN);
    return frame + FRAME_HEADER + ((length + ALIGNMENT - 1) & -ALIGNMENT);
  }

  /** Reads a message's fields; their sum, so that the compiler drops none of it. */
  public long sum(final DirectBuffer buffer, final int frame) {
    final int message = frame + FRAME_HEADER;
    header.wrap(buffer, message);
    final int block = message + MessageHeaderDecoder.ENCODED_LENGTH;
    return switch (header.templateId()) {
      case TradeDecoder.TEMPLATE_ID -> {
        trade.wrap(buffer, block, header.blockLength(), header.version());
        yield trade.sequence()
            + trade.exchangeTime()
            + trade.receiveTime()
            + trade.price()
            + trade.quantity()
            + trade.instrumentId()
            + trade.priceExponent()
            + trade.quantityExponent()
            + trade.takerSideRaw();
      }
      case MarkPriceDecoder.TEMPLATE_ID -> {
        mark.wrap(buffer, block, header.blockLength(), header.version());
        yield mark.sequence()
            + mark.exchangeTime()
            + mark.receiveTime()
            + mark.markPrice()
            + mark.indexPrice()
            + mark.fundingRate()
            + mark.nextFundingTime()
            + mark.instrumentId()
            + mark.priceExponent();
      }
      case BestBidOfferDecoder.TEMPLATE_ID -> {
        quote.wrap(buffer, block, header.blockLength(), header.version());
        yield quote.sequence()
            + quote.exchangeTime()
            + quote.receiveTime()
            + quote.bidPrice()
            + quote.bidQuantity()
            + quote.askPrice()
            + quote.askQuantity()
            + quote.instrumentId()
            + quote.priceExponent()
            + quote.quantityExponent();
      }
      case LiquidationDecoder.TEMPLATE_ID -> {
        liquidation.wrap(buffer, block, header.blockLength(), header.version());
        yield liquidation.sequence()
            + liquidation.exchangeTime()
            + liquidation.receiveTime()
            + liquidation.price()
            + liquidation.quantity()
            + liquidation.instrumentId()
            + liquidation.priceExponent()
            + liquidation.quantityExponent()
            + liquidation.positionSideRaw();
      }
      case OpenInterestDecoder.TEMPLATE_ID -> {
        openInterest.wrap(buffer, block, header.blockLength(), header.version());
        yield openInterest.sequence()
            + openInterest.exchangeTime()
            + openInterest.receiveTime()
            + openInterest.openInterest()
            + openInterest.instrumentId()
            + openInterest.quantityExponent();
      }
      default -> 0;
    };
  }

  /** Reads a message's fields into a slot; of other messages the head that all have. */
  public void fill(final DirectBuffer buffer, final int frame, final FeedEvent slot) {
    final int message = frame + FRAME_HEADER;
    header.wrap(buffer, message);
    final int block = message + MessageHeaderDecoder.ENCODED_LENGTH;
    switch (header.templateId()) {
      case TradeDecoder.TEMPLATE_ID -> {
        trade.wrap(buffer, block, header.blockLength(), header.version());
        slot.trade(
            trade.sequence(),
            trade.exchangeTime(),
            trade.receiveTime(),
            trade.instrumentId(),
            trade.priceExponent(),
            trade.quantityExponent(),
            trade.price(),
            trade.quantity(),
            trade.takerSideRaw());
      }
      case MarkPriceDecoder.TEMPLATE_ID -> {
        mark.wrap(buffer, block, header.blockLength(), header.version());
        slot.markPrice(
            mark.sequence(),
            mark.exchangeTime(),
            mark.receiveTime(),
            mark.instrumentId(),
            mark.priceExponent(),
            mark.markPrice(),
            mark.indexPrice(),
            mark.fundingRate(),
            mark.nextFundingTime());
      }
      case BestBidOfferDecoder.TEMPLATE_ID -> {
        quote.wrap(buffer, block, header.blockLength(), header.version());
        slot.bestBidOffer(
            quote.sequence(),
            quote.exchangeTime(),
            quote.receiveTime(),
            quote.instrumentId(),
            quote.priceExponent(),
            quote.quantityExponent(),
            quote.bidPrice(),
            quote.bidQuantity(),
            quote.askPrice(),
            quote.askQuantity());
      }
      case LiquidationDecoder.TEMPLATE_ID -> {
        liquidation.wrap(buffer, block, header.blockLength(), header.version());
        slot.liquidation(
            liquidation.sequence(),
            liquidation.exchangeTime(),
            liquidation.receiveTime(),
            liquidation.instrumentId(),
            liquidation.priceExponent(),
            liquidation.quantityExponent(),
            liquidation.price(),
            liquidation.quantity(),
            liquidation.positionSideRaw());
      }
      case OpenInterestDecoder.TEMPLATE_ID -> {
        openInterest.wrap(buffer, block, header.blockLength(), header.version());
        slot.openInterest(
            openInterest.sequence(),
            openInterest.exchangeTime(),
            openInterest.receiveTime(),
            openInterest.instrumentId(),
            openInterest.quantityExponent(),
            openInterest.openInterest());
      }
      default -> {
        heartbeat.wrap(buffer, block, header.blockLength(), header.version());
        slot.heartbeat(heartbeat.sequence(), heartbeat.exchangeTime(), heartbeat.receiveTime());
      }
    }
  }
}
