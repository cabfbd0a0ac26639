package io.liqmap.benchmarks.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;

/** The machine's clock, ms since 1970, with an offset that another process steps through a file. */
final class ChaosClock implements LongSupplier {
  private final MappedByteBuffer offset;

  /** Opens a clock, or makes it with an offset of 0. */
  ChaosClock(final Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() == 0) {
        channel.write(ByteBuffer.allocate(Long.BYTES));
      }
      offset = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
    }
  }

  /** Steps forward, or back below 0. */
  void step(final long millis) {
    offset.putLong(0, offset.getLong(0) + millis);
  }

  @Override
  public long getAsLong() {
    return System.currentTimeMillis() + offset.getLong(0);
  }
}
