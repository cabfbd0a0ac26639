package io.liqmap.cluster;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.pipeline.RandomFeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** An endless random market, faults included, as blocks that know their place in it. */
final class NumberedBlocks {
  private static final int EVENTS_A_BLOCK = 16;

  private final BlockSource feed;
  private final FrameCursor cursor = new FrameCursor();
  private final List<Block> blocks = new ArrayList<>();
  private long frames;

  NumberedBlocks(final long seed) {
    feed = new RandomFeed(seed, Long.MAX_VALUE, EVENTS_A_BLOCK, true);
  }

  /**
   * Whole frames of the feed.
   *
   * @param first frames of the feed before these
   */
  @SuppressWarnings("ArrayRecordComponent") // Nothing compares them.
  record Block(long first, int frames, byte[] bytes) {
    long end() {
      return first + frames;
    }
  }

  /** The block of a number; made where it is the next. */
  Block get(final int number) {
    while (blocks.size() <= number) {
      blocks.add(make());
    }
    return blocks.get(number);
  }

  private Block make() {
    try {
      feed.nextBlock();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    final byte[] bytes = new byte[feed.length()];
    feed.buffer().getBytes(feed.offset(), bytes);
    cursor.wrap(feed.buffer(), feed.offset(), feed.length());
    int count = 0;
    while (cursor.next()) {
      count++;
    }
    final Block block = new Block(frames, count, bytes);
    frames += count;
    return block;
  }
}
