package io.liqmap.benchmarks.bench;

import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** The second process: polls a view or a bare counter and records when each sequence arrived. */
final class LatencyReader {
  static final String VIEW = "view";
  static final String COUNTER = "counter";

  private static final long TIMEOUT = 60_000_000_000L;

  private LatencyReader() {}

  /** Arguments: view or counter, the file, the last sequence, the file for the arrivals. */
  public static void main(final String[] args) throws IOException {
    final LongSupplier source =
        args[0].equals(VIEW) ? view(Path.of(args[1])) : counter(Path.of(args[1]));
    final long last = Long.parseLong(args[2]);
    final Arrivals arrivals = new Arrivals(source, (int) last);
    System.out.println("ready");
    final long end = System.nanoTime() + TIMEOUT;
    while (arrivals.last() < last && System.nanoTime() < end) {
      arrivals.scan();
    }
    arrivals.write(Path.of(args[3]));
  }

  /** Reads the whole state each time, as a reader that queries it must. */
  static LongSupplier view(final Path file) throws IOException {
    return view(ViewMemory.open(file));
  }

  static LongSupplier view(final ViewMemory memory) {
    final ViewReader reader = new ViewReader(memory, 0);
    return () -> {
      reader.refresh();
      return reader.sequence();
    };
  }

  private static LongSupplier counter(final Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      final UnsafeBuffer counter =
          new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
      return () -> counter.getLongVolatile(0);
    }
  }
}
