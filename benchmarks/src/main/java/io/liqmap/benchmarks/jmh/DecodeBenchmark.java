package io.liqmap.benchmarks.jmh;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.PriceWalk;
import io.liqmap.codecs.feed.MessageHeaderDecoder;
import io.liqmap.codecs.feed.TradeDecoder;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decoding 64-byte trade frames: SBE alone, into a slot, and with all checks of the feed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DecodeBenchmark {
  private static final int FRAMES = 1024;
  private static final int FRAME_LENGTH = 64;
  private static final int FRAME_HEADER = 8;

  private final UnsafeBuffer frames =
      new UnsafeBuffer(ByteBuffer.allocateDirect(FRAMES * FRAME_LENGTH));
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final FeedAdapter adapter = new FeedAdapter(1);
  private final FeedEvent slot = new FeedEvent();
  private final UnsafeBuffer badFrames =
      new UnsafeBuffer(ByteBuffer.allocateDirect(FRAMES * FRAME_LENGTH));
  private final FeedAdapter refusing = new FeedAdapter(1);

  @Setup
  public void encode() {
    final PriceWalk walk = new PriceWalk(1, FRAMES, 30);
    final FeedEncoder encoder = new FeedEncoder();
    adapter.define(BenchmarkSettings.instrument());
    int length = 0;
    for (int i = 0; i < FRAMES; i++) {
      slot.trade(
          i + 1,
          BenchmarkSettings.START + i,
          BenchmarkSettings.START + i,
          0,
          BenchmarkSettings.PRICE_EXPONENT,
          BenchmarkSettings.QUANTITY_EXPONENT,
          walk.price(i),
          walk.quantity(i),
          walk.takerBuys(i) ? FeedEvent.BUY : FeedEvent.SELL);
      length += encoder.encode(slot, frames, length);
    }
    encodeBad(walk, encoder);
    if (length != FRAMES * FRAME_LENGTH) {
      throw new IllegalStateException("a trade's frame isn't " + FRAME_LENGTH + " bytes any more");
    }
  }

  /** The same trades, each with an invalid quantity. */
  private void encodeBad(final PriceWalk walk, final FeedEncoder encoder) {
    refusing.define(BenchmarkSettings.instrument());
    int length = 0;
    for (int i = 0; i < FRAMES; i++) {
      slot.trade(
          i + 1,
          BenchmarkSettings.START + i,
          BenchmarkSettings.START + i,
          0,
          BenchmarkSettings.PRICE_EXPONENT,
          BenchmarkSettings.QUANTITY_EXPONENT,
          walk.price(i),
          -1,
          FeedEvent.BUY);
      length += encoder.encode(slot, badFrames, length);
    }
  }

  /** Messages that fail the last of the checks, the one of their range, are dropped and counted. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public FeedAdapter adapterRefusing() {
    refusing.resumeAfter(0, BenchmarkSettings.START);
    refusing.wrap(badFrames, 0, FRAMES * FRAME_LENGTH);
    while (refusing.next(slot)) {
      if (slot.kind() == FeedEvent.TRADE) {
        throw new IllegalStateException("a quantity of -1 got through");
      }
    }
    return refusing;
  }

  /** Every field read, nothing checked, nothing stored. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long bareSbe() {
    long sum = 0;
    for (int frame = 0; frame < FRAMES * FRAME_LENGTH; frame += FRAME_LENGTH) {
      trade.wrapAndApplyHeader(frames, frame + FRAME_HEADER, header);
      sum +=
          trade.sequence()
              + trade.exchangeTime()
              + trade.receiveTime()
              + trade.price()
              + trade.quantity()
              + trade.instrumentId()
              + trade.priceExponent()
              + trade.quantityExponent()
              + trade.takerSideRaw();
    }
    return sum;
  }

  /** Every field read and put into the slot that consumers see, nothing checked. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long bareSbeIntoSlot() {
    long sum = 0;
    for (int frame = 0; frame < FRAMES * FRAME_LENGTH; frame += FRAME_LENGTH) {
      trade.wrapAndApplyHeader(frames, frame + FRAME_HEADER, header);
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
      sum += slot.price();
    }
    return sum;
  }

  /** The feed's adapter: framing, schema, sequence, scale, time and range checked. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long adapter() {
    adapter.resumeAfter(0, BenchmarkSettings.START);
    adapter.wrap(frames, 0, FRAMES * FRAME_LENGTH);
    long sum = 0;
    while (adapter.next(slot)) {
      sum += slot.price();
    }
    if (adapter.lastSequence() != FRAMES) {
      throw new IllegalStateException("frames were dropped");
    }
    return sum;
  }
}
