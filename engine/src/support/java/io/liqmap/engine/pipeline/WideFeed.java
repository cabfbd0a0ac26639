package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.support.TestInstruments;
import java.util.ArrayList;
import java.util.List;

/**
 * Valid messages whose prices lie as far apart as prices can, each as often as it takes to be
 * accepted; then open interest, liquidations and a market near the lowest price.
 */
final class WideFeed extends EncodedFeed {
  /** Messages in a row that have to agree before a jump is accepted. */
  private static final int AGREEING = 4;

  private static final int MARKET = 200;
  private static final int BUY = 1;

  private final int instruments;
  private final long highest;
  private final List<Integer> ends = new ArrayList<>();
  private long sequence;

  /**
   * Makes a feed.
   *
   * @param highest price, mantissa
   */
  WideFeed(final int instruments, final long highest) {
    this.instruments = instruments;
    this.highest = highest;
  }

  /** Where so many of its messages end. */
  int endOf(final int messages) {
    return ends.get(messages - 1);
  }

  private void produce() {
    for (int id = 0; id < instruments; id++) {
      final long time = next();
      event.instrument(sequence, time, time, instrument(id));
      append();
    }
    for (int id = 0; id < instruments; id++) {
      trades(id, 1, AGREEING);
      trades(id, highest, AGREEING);
    }
    for (int i = 0; i < MARKET; i++) {
      final int id = i % instruments;
      trades(id, 1 + i % 7, AGREEING);
      long time = next();
      event.openInterest(sequence, time, time, id, -3, 1_000 + i);
      append();
      time = next();
      event.markPrice(
          sequence, time, time, id, -2, 1 + i % 5, FeedEvent.ABSENT, FeedEvent.ABSENT, 0);
      append();
    }
  }

  private void trades(final int id, final long price, final int count) {
    for (int i = 0; i < count; i++) {
      final long time = next();
      event.trade(sequence, time, time, id, -2, -3, price, 10, BUY);
      append();
    }
  }

  private long next() {
    sequence++;
    return TestSettings.START + sequence * 1_000_000L;
  }

  private static InstrumentDefinition instrument(final int id) {
    return TestInstruments.linear(id, "WIDE" + id, "test", "W" + id, "USDT", 1);
  }

  private void append() {
    ends.add(put());
  }

  @Override
  void fillBlock() {
    if (ends.isEmpty()) {
      produce();
    }
  }
}
