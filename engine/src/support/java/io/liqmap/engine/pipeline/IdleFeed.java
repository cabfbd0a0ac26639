package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.BlockSource;
import java.io.IOException;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;

/** A source with empty blocks at random between its own, and before the first. */
final class IdleFeed implements BlockSource {
  private final BlockSource source;
  private final SplittableRandom random = new SplittableRandom(7);
  private boolean isIdle = true;

  IdleFeed(final BlockSource source) {
    this.source = source;
  }

  @Override
  public boolean nextBlock() throws IOException {
    isIdle = !isIdle || random.nextBoolean();
    return isIdle || source.nextBlock();
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
    return isIdle ? 0 : source.length();
  }
}
