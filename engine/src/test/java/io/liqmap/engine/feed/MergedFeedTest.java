package io.liqmap.engine.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedFeedTest {
  private static final long START = 1_767_225_600_000_000_000L;

  @TempDir private Path folder;
  private final FeedEvent event = new FeedEvent();
  private final FeedAdapter adapter = new FeedAdapter(4);

  private Path feed(
      final String name, final int id, final String symbol, final long... sequencesAndTimes)
      throws IOException {
    final Path file = folder.resolve(name);
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      event.instrument(
          1,
          START,
          START,
          new InstrumentDefinition(
              id,
              symbol,
              "test",
              "X",
              "Y",
              -2,
              -3,
              ContractKind.LINEAR,
              OpenInterestUnit.BASE,
              OpenInterestSides.ONE,
              1,
              1,
              1_000));
      writer.write(event);
      for (int i = 0; i < sequencesAndTimes.length; i += 2) {
        final long time = START + sequencesAndTimes[i + 1];
        event.trade(sequencesAndTimes[i], time, time, id, -2, -3, 100, 1, FeedEvent.BUY);
        writer.write(event);
      }
      writer.complete();
    }
    return file;
  }

  private List<String> merge(final Path... files) throws IOException {
    final List<FeedFileReader> readers = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    try {
      for (final Path file : files) {
        readers.add(new FeedFileReader(file));
      }
      final MergedFeed merged = new MergedFeed(readers);
      while (merged.nextBlock()) {
        adapter.wrap(merged.buffer(), merged.offset(), merged.length());
        while (adapter.next(event)) {
          told.add(event.sequence() + ":" + event.kind() + "@" + (event.exchangeTime() - START));
        }
      }
      return told;
    } finally {
      for (final FeedFileReader reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void shouldMergeByTimeAndNumberAnew() throws Exception {
    final List<String> told =
        merge(feed("a", 0, "AAA", 2, 10, 3, 30), feed("b", 1, "BBB", 2, 10, 3, 20, 4, 40));

    assertEquals(List.of("1:1@0", "2:1@0", "3:2@10", "4:2@10", "5:2@20", "6:2@30", "7:2@40"), told);
    assertEquals(0, adapter.count(FeedFault.MISSING));
  }

  @Test
  void shouldShowAGapAndARepetitionOfOneFeedInTheWhole() throws Exception {
    merge(feed("a", 0, "AAA", 2, 10, 5, 30, 5, 31), feed("b", 1, "BBB", 2, 20));

    assertEquals(2, adapter.count(FeedFault.MISSING));
    assertEquals(1, adapter.count(FeedFault.DUPLICATE));
  }

  private Path originFeed(final String name, final long time, final FeedOrigin origin)
      throws IOException {
    final Path file = folder.resolve(name);
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      event.instrument(1, START + time, START + time, FeedBytes.BITCOIN.withOrigin(origin));
      writer.write(event);
      writer.complete();
    }
    return file;
  }

  @Test
  void shouldJoinWhatTheFeedsOfOneInstrumentWereMadeFrom() throws Exception {
    final FeedOrigin ticks = FeedOrigin.of("binance").withTradeTicks();
    final FeedOrigin bars = FeedOrigin.of("coinalyze").withMarkBars(60_000_000_000L, 0);

    merge(
        originFeed("a", 0, ticks),
        originFeed("b", 10, bars),
        originFeed("c", 20, FeedOrigin.NOT_STATED));

    assertEquals(ticks.and(bars), adapter.definition(0).origin());
    assertEquals(0, adapter.count(FeedFault.DEFINITION));
  }

  /** A definition, a trade at 10, a frame that claims a length, a trade at 30. */
  private BlockSource withAFrameOf(final int messageLength) {
    final FeedBytes bytes = new FeedBytes();
    event.instrument(1, START, START, FeedBytes.BITCOIN);
    bytes.add(event);
    event.trade(2, START + 10, START + 10, 0, -2, -3, 100, 1, FeedEvent.BUY);
    bytes.add(event);
    event.heartbeat(3, START + 20, START + 20);
    bytes.add(event);
    if (messageLength < 32) {
      bytes.cut(Frame.alignedLength(32) - Frame.alignedLength(Math.max(0, messageLength)));
    }
    bytes.withFrameLength(messageLength);
    event.trade(4, START + 30, START + 30, 0, -2, -3, 100, 1, FeedEvent.BUY);
    bytes.add(event);
    return new BlockSource() {
      private int blocks;

      @Override
      public boolean nextBlock() {
        return blocks++ == 0;
      }

      @Override
      public DirectBuffer buffer() {
        return bytes.buffer();
      }

      @Override
      public int offset() {
        return 0;
      }

      @Override
      public int length() {
        return bytes.length();
      }

      @Override
      public String name() {
        return "the spoilt one";
      }
    };
  }

  @Test
  void shouldLetTheAdapterCountMessagesThatAreTooShort() throws Exception {
    for (int length = 8; length < 32; length++) {
      final FeedAdapter counting = new FeedAdapter(4);
      try (FeedFileReader other = new FeedFileReader(feed("b" + length, 1, "BBB", 2, 25))) {
        final MergedFeed merged = new MergedFeed(List.of(withAFrameOf(length), other));
        final List<Long> trades = new ArrayList<>();
        while (merged.nextBlock()) {
          counting.wrap(merged.buffer(), merged.offset(), merged.length());
          while (counting.next(event)) {
            if (event.kind() == FeedEvent.TRADE) {
              trades.add(event.exchangeTime() - START);
            }
          }
        }
        assertEquals(List.of(10L, 25L, 30L), trades, "length " + length);
        assertEquals(1, counting.count(FeedFault.LENGTH), "length " + length);
        assertEquals(1, counting.count(FeedFault.MISSING), "length " + length);
      }
    }
  }

  @Test
  void shouldNameTheSourceWhoseFramesCantBeTold() {
    for (final int length : new int[] {Integer.MIN_VALUE, -1, 0, 7, 10_000, Integer.MAX_VALUE}) {
      final MergedFeed merged = new MergedFeed(List.of(withAFrameOf(length)));
      final FeedFileException refused =
          assertThrows(
              FeedFileException.class,
              () -> {
                while (merged.nextBlock()) {
                  adapter.wrap(merged.buffer(), merged.offset(), merged.length());
                }
              });
      assertTrue(
          refused.getMessage().startsWith("the spoilt one: a message of " + length),
          refused.getMessage());
    }
  }

  @Test
  void shouldRefuseFeedsThatGiveOneNumberToTwoInstruments() throws Exception {
    final Path one = feed("a", 0, "AAA", 2, 10);
    final Path other = feed("b", 0, "BBB", 2, 10);

    final FeedFileException e = assertThrows(FeedFileException.class, () -> merge(one, other));
    assertTrue(e.getMessage().contains("AAA") && e.getMessage().contains("BBB"), e.getMessage());
    assertFalse(merge(one, feed("c", 0, "AAA", 2, 10)).isEmpty());
  }
}
