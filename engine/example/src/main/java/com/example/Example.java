package com.example;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineConfig;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Feeds an engine some messages, prints the map, ends it, and reopens its journal. */
public final class Example {
  private Example() {}

  public static void main(final String[] args) throws Exception {
    final Path journal = Path.of(args[0]);
    final long hash;
    try (Engine engine = Engine.launch(EngineConfig.defaults(), journal, Outputs.NONE)) {
      engine.run(new Messages(), ReplayPace.max());
      engine.finish();
      hash = engine.map().stateHash();
      print(engine.map());
    }
    // The journal carries its settings, and the engine starts where it ended.
    try (Engine engine = Engine.launch(EngineConfig.ofJournal(journal), journal, Outputs.NONE)) {
      if (engine.map().stateHash() != hash) {
        throw new IllegalStateException("another state than before");
      }
      System.out.printf("reopened: the same state %016x%n", hash);
    }
  }

  private static void print(final MapState state) {
    final MapSnapshot map = state.instrument(0).snapshot(0, Window.ALL, state.time());
    System.out.printf("mark %.1f, open interest %.0f%n", map.markPrice(), map.openInterest());
    for (final Side side : Side.values()) {
      int peak = map.firstBucket(side);
      double sum = 0;
      for (int i = 0; i < map.bucketCount(side); i++) {
        final int bucket = map.firstBucket(side) + i;
        sum += map.notional(side, bucket);
        peak = map.notional(side, bucket) > map.notional(side, peak) ? bucket : peak;
      }
      System.out.printf("%s: %.0f USDT, most at %.1f%n", side, sum, map.centre(peak));
    }
  }

  /** One block of framed messages: an instrument, then open interest, trades and marks. */
  private static final class Messages implements BlockSource {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_722_470_400L * SECOND;

    private final ExpandableArrayBuffer block = new ExpandableArrayBuffer();
    private final FeedEncoder encoder = new FeedEncoder();
    private final FeedEvent event = new FeedEvent();
    private int length;
    private boolean isRead;

    Messages() {
      long sequence = 1;
      event.instrument(sequence, START, START, instrument());
      put();
      for (int i = 1; i <= 600; i++) {
        final long time = START + i * SECOND;
        final long price = 6_000_000 + i % 50 * 100; // In units of 10^-2 USDT.
        event.markPrice(++sequence, time, time, 0, -2, price, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
        put();
        event.trade(++sequence, time, time, 0, -2, -3, price, 2_000, 1 + i % 2);
        put();
        if (i % 60 == 0) {
          event.openInterest(++sequence, time, time, 0, -3, 1_000_000 + i * 500L);
          put();
        }
      }
    }

    private static InstrumentDefinition instrument() {
      return new InstrumentDefinition(
          0,
          "BTCUSDT",
          "binance-usdm",
          "BTC",
          "USDT",
          -2,
          -3,
          ContractKind.LINEAR,
          OpenInterestUnit.BASE,
          OpenInterestSides.ONE,
          10,
          1,
          1,
          FeedOrigin.of("example").withTradeTicks());
    }

    private void put() {
      length += encoder.encode(event, block, length);
    }

    @Override
    public boolean nextBlock() {
      final boolean isNext = !isRead;
      isRead = true;
      return isNext;
    }

    @Override
    public DirectBuffer buffer() {
      return block;
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return length;
    }
  }
}
