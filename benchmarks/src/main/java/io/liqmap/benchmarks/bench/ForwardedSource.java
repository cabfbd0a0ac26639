package io.liqmap.benchmarks.bench;

import io.liqmap.engine.feed.BlockSource;
import java.io.IOException;
import org.agrona.DirectBuffer;

/** The blocks of another source; subclasses look on. One thread. */
abstract class ForwardedSource implements BlockSource {
  private final BlockSource source;

  ForwardedSource(final BlockSource source) {
    this.source = source;
  }

  @Override
  public boolean nextBlock() throws IOException {
    return source.nextBlock();
  }

  @Override
  public final DirectBuffer buffer() {
    return source.buffer();
  }

  @Override
  public final int offset() {
    return source.offset();
  }

  @Override
  public final int length() {
    return source.length();
  }
}
