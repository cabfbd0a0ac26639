package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedFileException;
import java.io.IOException;
import org.agrona.DirectBuffer;

/** Breaks where another source ends. */
record BreakingFeed(BlockSource source) implements BlockSource {
  @Override
  public boolean nextBlock() throws IOException {
    if (!source.nextBlock()) {
      throw new FeedFileException("planned");
    }
    return true;
  }

  @Override
  public DirectBuffer buffer() {
    return source.buffer();
  }

  @Override
  public int offset() {
    return source.offset();
  }

  @Override
  public int length() {
    return source.length();
  }
}
