package io.liqmap.engine.feed;

import io.liqmap.engine.core.state.FaultTally;
import java.util.SplittableRandom;

/** Events as a feed of one instrument may hold them. */
final class RandomEvents {
  private RandomEvents() {}

  static void fill(final FeedEvent event, final long sequence, final SplittableRandom random) {
    final long exchange = FeedBytes.TIME + random.nextLong(1L << 50);
    final long receive = exchange + random.nextLong(1L << 30);
    final int side = 1 + random.nextInt(2);
    switch (random.nextInt(10)) {
      case 0 -> event.openInterest(sequence, exchange, receive, 0, -3, mantissa(random) - 1);
      case 1 ->
          event.markPrice(
              sequence,
              exchange,
              receive,
              0,
              -2,
              mantissa(random),
              random.nextBoolean() ? FeedEvent.ABSENT : mantissa(random),
              random.nextBoolean() ? FeedEvent.ABSENT : random.nextLong(-1_000_000, 1_000_000),
              random.nextBoolean() ? 0 : exchange);
      case 2 -> {
        final long bid = mantissa(random);
        final long ask = Math.min(FeedAdapter.MAX_MANTISSA, bid + random.nextInt(10));
        event.bestBidOffer(
            sequence, exchange, receive, 0, -2, -3, bid, mantissa(random), ask, mantissa(random));
      }
      case 3 ->
          event.liquidation(
              sequence, exchange, receive, 0, -2, -3, mantissa(random), mantissa(random), side);
      case 4 -> event.heartbeat(sequence, exchange, receive);
      case 5 ->
          event.gap(
              sequence,
              exchange,
              receive,
              new FaultTally()
                  .set(
                      random.nextInt(2),
                      random.nextInt(100),
                      random.nextInt(100),
                      random.nextInt(100),
                      random.nextInt(100)));
      case 6 ->
          event.accountRatio(
              sequence, exchange, receive, 0, 1 + random.nextLong(FeedAdapter.MAX_RATIO));
      case 7 -> {
        final boolean isClosed = random.nextInt(4) == 0;
        event.knownPosition(
            sequence,
            exchange,
            receive,
            0,
            -2,
            -3,
            random.nextLong(),
            isClosed ? 0 : mantissa(random),
            isClosed ? 0 : mantissa(random),
            random.nextBoolean() ? FeedEvent.ABSENT : mantissa(random),
            random.nextBoolean() ? 0 : exchange,
            random.nextInt(FeedAdapter.MAX_LEVERAGE + 1),
            side);
      }
      case 8 ->
          event.interruption(
              sequence,
              exchange,
              receive,
              0,
              random.nextLong(1L << 40),
              random.nextBoolean() ? 0 : exchange);
      default ->
          event.trade(
              sequence, exchange, receive, 0, -2, -3, mantissa(random), mantissa(random), side);
    }
  }

  private static long mantissa(final SplittableRandom random) {
    return 1 + random.nextLong(1L << random.nextInt(1, 54));
  }
}
