package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.BlockSource;
import java.io.IOException;
import org.agrona.DirectBuffer;

/** The next blocks of a source, and no more. */
final class FeedPart implements BlockSource {
  private final BlockSource source;
  private long left;

  FeedPart(final BlockSource source, final long blocks) {
    this.source = source;
    left = blocks;
  }

  @Override
  public boolean nextBlock() throws IOException {
    return left-- > 0 && source.nextBlock();
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
