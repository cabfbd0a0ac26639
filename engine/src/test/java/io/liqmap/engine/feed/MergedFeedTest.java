package io.liqmap.engine.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.TestInstruments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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
      event.instrument(1, START, START, TestInstruments.linear(id, symbol, "test", "X", "Y", 1));
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
    final List<String> events = new ArrayList<>();
    try {
      for (final Path file : files) {
        readers.add(new FeedFileReader(file));
      }
      final MergedFeed merged = new MergedFeed(readers);
      while (merged.nextBlock()) {
        adapter.wrap(merged.buffer(), merged.offset(), merged.length());
        while (adapter.next(event)) {
          events.add(event.sequence() + ":" + event.kind() + "@" + (event.exchangeTime() - START));
        }
      }
      return events;
    } finally {
      for (final FeedFileReader reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void shouldMergeByTimeAndRenumber() throws Exception {
    final List<String> events =
        merge(feed("a", 0, "AAA", 2, 10, 3, 30), feed("b", 1, "BBB", 2, 10, 3, 20, 4, 40));

    assertEquals(
        List.of("1:1@0", "2:1@0", "3:2@10", "4:2@10", "5:2@20", "6:2@30", "7:2@40"), events);
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

  @Test
  void shouldMergeTheSameWhateverTheOrderInWhichFeedsAreNamed() throws Exception {
    final Path one = feed("a", 0, "AAA", 2, 10, 3, 20, 4, 30);
    final Path other = feed("b", 1, "BBB", 2, 10, 3, 20, 4, 30);
    final Path sameInstrument = feed("c", 0, "AAA", 2, 10, 3, 20, 4, 30, 5, 40);

    assertEquals(readMerged(one, other, sameInstrument), readMerged(sameInstrument, other, one));
  }

  private List<String> readMerged(final Path... files) throws IOException {
    final List<FeedFileReader> readers = new ArrayList<>();
    try {
      for (final Path file : files) {
        readers.add(new FeedFileReader(file));
      }
      return read(new MergedFeed(readers), new FeedAdapter(4));
    } finally {
      for (final FeedFileReader reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void shouldRestartFromTheFirstMessage() throws Exception {
    try (FeedFileReader one = new FeedFileReader(feed("a", 0, "AAA", 2, 10, 3, 30));
        FeedFileReader other = new FeedFileReader(feed("b", 1, "BBB", 2, 10, 3, 20))) {
      final MergedFeed merged = new MergedFeed(List.of(one, other));
      final List<String> first = read(merged, new FeedAdapter(4));
      assertTrue(merged.restart());
      assertEquals(first, read(merged, new FeedAdapter(4)));
      assertEquals(6, first.size());
    }
  }

  private List<String> read(final MergedFeed merged, final FeedAdapter by) throws IOException {
    final List<String> events = new ArrayList<>();
    while (merged.nextBlock()) {
      by.wrap(merged.buffer(), merged.offset(), merged.length());
      while (by.next(event)) {
        events.add(
            "%s:%s:%s@%s"
                .formatted(
                    event.sequence(),
                    event.kind(),
                    event.instrument(),
                    event.exchangeTime() - START));
      }
    }
    return events;
  }

  @Test
  void shouldKeepDamageOfOneSequenceOrTimeToItsMessage() throws Exception {
    final SplittableRandom random = new SplittableRandom(20_260_311);
    final int each = 200;
    for (int round = 0; round < 60; round++) {
      final int at = random.nextInt(1, each - 1);
      final long damage =
          switch (round % 5) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> at + 2 + (1L << random.nextInt(41, 62));
            case 2 -> -random.nextLong(1L << 50);
            case 3 -> 0;
            default -> Long.MAX_VALUE;
          };
      final boolean isTime = round % 3 == 0;
      final FeedBytes one = new FeedBytes();
      one.instrument(1, FeedBytes.definition(0, "AAA"));
      for (int i = 0; i < each; i++) {
        final long own = START + 1_000L * i;
        final long time = isTime && i == at ? own + (30L << 50) : own;
        final long sequence = !isTime && i == at ? damage : i + 2L;
        event.trade(sequence, time, own, 0, -2, -3, 100, 1, FeedEvent.BUY);
        one.add(event);
      }
      final FeedBytes other = new FeedBytes();
      other.instrument(1, FeedBytes.definition(1, "BBB"));
      for (int i = 0; i < each; i++) {
        final long time = START + 1_000L * i + 500;
        event.trade(i + 2L, time, time, 1, -2, -3, 100, 1, FeedEvent.BUY);
        other.add(event);
      }
      final FeedAdapter checking = new FeedAdapter(4, JumpLimits.STANDARD);
      final List<String> events =
          read(new MergedFeed(List.of(new OneBlock(one), new OneBlock(other))), checking);
      final String place = "round " + round + ", message " + at;
      assertEquals(each - 1, trades(events, 0), place);
      assertEquals(each, trades(events, 1), place);
      assertEquals(1, checking.count(isTime ? FeedFault.TIME : FeedFault.VALUE), place);
      assertEquals(isTime ? 0 : 1, checking.count(FeedFault.MISSING), place);
      assertEquals(0, checking.count(FeedFault.DUPLICATE), place);
    }
  }

  private static long trades(final List<String> events, final int instrument) {
    return events.stream().filter((line) -> line.contains(":2:" + instrument + "@")).count();
  }

  /** A feed of one block. */
  private static final class OneBlock implements BlockSource {
    private final FeedBytes bytes;
    private boolean isRead;

    OneBlock(final FeedBytes bytes) {
      this.bytes = bytes;
    }

    @Override
    public boolean nextBlock() {
      final boolean isThere = !isRead;
      isRead = true;
      return isThere;
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
        return "the damaged one";
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
  void shouldNameTheSourceOfInvalidFrames() {
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
      final String expected =
          "the damaged one: a message claims %d bytes, but its block has \\d+ left; import the feed again";
      assertTrue(refused.getMessage().matches(expected.formatted(length)), refused.getMessage());
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
