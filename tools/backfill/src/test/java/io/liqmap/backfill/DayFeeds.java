package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.FeedFileWriter;
import io.liqmap.engine.pipeline.RandomFeed;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Feed files of a made-up market of two instruments over some days. */
final class DayFeeds {
  static final String BTC = "test:BTCUSDT";
  static final String ETH = "test:ETHUSDT";
  static final int INSTRUMENTS = 2;
  private static final int SEQUENCE_OFFSET = 16;
  private static final int EVENTS = 6_000;

  /** Some 20 s from an event to the next. */
  private static final int TIME_STRETCH = 200;

  private DayFeeds() {}

  /** Writes what a market sends, as it is. */
  static Path both(final Path file, final long seed) throws IOException {
    return write(file, market(seed), (event) -> true, (number) -> true, 0);
  }

  /** What one instrument's own feed would be: numbered without the other's messages. */
  static Path alone(final Path file, final long seed, final int instrument) throws IOException {
    return write(
        file,
        market(seed),
        (event) -> event.instrument() == instrument || event.instrument() < 0,
        (number) -> true,
        1);
  }

  /** A part of a feed file, by the numbers of its messages. */
  static Path part(final Path file, final Path of, final LongPredicate numbers, final long first)
      throws IOException {
    try (FeedFileReader reader = new FeedFileReader(of)) {
      return write(file, reader, (event) -> true, numbers, first);
    }
  }

  private static RandomFeed market(final long seed) {
    return new RandomFeed(seed, EVENTS, 64, false, TIME_STRETCH);
  }

  /**
   * Writes a feed.
   *
   * @param first sequence; 0 to keep sequences
   */
  private static Path write(
      final Path file,
      final BlockSource source,
      final Predicate<FeedEvent> events,
      final LongPredicate numbers,
      final long first)
      throws IOException {
    final FeedAdapter adapter = new FeedAdapter(INSTRUMENTS);
    final FeedAdapter renumbered = new FeedAdapter(INSTRUMENTS);
    final FeedEncoder encoder = new FeedEncoder();
    final MutableDirectBuffer frame = new ExpandableArrayBuffer();
    final FeedEvent event = new FeedEvent();
    long sequence = first;
    long number = 0;
    try (FeedFileWriter writer = new FeedFileWriter(file)) {
      while (source.nextBlock()) {
        adapter.wrap(source.buffer(), source.offset(), source.length());
        while (adapter.next(event)) {
          if (events.test(event) && numbers.test(number++)) {
            if (first > 0) {
              final int length = encoder.encode(event, frame, 0);
              frame.putLong(SEQUENCE_OFFSET, sequence++, ByteOrder.LITTLE_ENDIAN);
              renumbered.wrap(frame, 0, length);
              assertTrue(renumbered.next(event));
            }
            writer.write(event);
          }
        }
      }
      writer.complete();
    }
    return file;
  }
}
