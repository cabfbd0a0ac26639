package io.liqmap.engine.feed;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.SplittableRandom;

/** Bytes that arrive in pieces of random lengths, some of them none. */
public final class ChoppedBytes implements ReadableByteChannel {
  private final ByteBuffer bytes;
  private final int longest;
  private final SplittableRandom random;
  private boolean isOpen = true;

  public ChoppedBytes(final byte[] bytes, final int longest, final long seed) {
    this.bytes = ByteBuffer.wrap(bytes);
    this.longest = longest;
    random = new SplittableRandom(seed);
  }

  @Override
  public int read(final ByteBuffer to) {
    if (!bytes.hasRemaining()) {
      return -1;
    }
    final int count =
        Math.min(bytes.remaining(), Math.min(to.remaining(), random.nextInt(longest + 1)));
    to.put(bytes.slice(bytes.position(), count));
    bytes.position(bytes.position() + count);
    return count;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void close() {
    isOpen = false;
  }
}
