package io.liqmap.benchmarks.chaos;

import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.feed.MergedFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Feed files of one pass, merged. */
final class ChaosFeeds implements AutoCloseable {
  private final List<FeedFileReader> readers = new ArrayList<>();
  private final MergedFeed merged;

  private ChaosFeeds(final List<Path> files) throws IOException {
    try {
      for (final Path file : files) {
        readers.add(new FeedFileReader(file));
      }
    } catch (final IOException e) {
      close();
      throw e;
    }
    merged = new MergedFeed(readers);
  }

  static List<Path> write(final Path folder, final long seed, final int feeds, final long messages)
      throws IOException {
    final List<Path> files = new ArrayList<>();
    for (int i = 0; i < feeds; i++) {
      final Path file = folder.resolve("feed-" + i);
      CorruptedMarket.write(file, 31 * seed + i, CorruptedMarket.INSTRUMENTS * i, messages / feeds);
      files.add(file);
    }
    return files;
  }

  static ChaosFeeds open(final List<Path> files) throws IOException {
    return new ChaosFeeds(files);
  }

  MergedFeed merged() {
    return merged;
  }

  @Override
  public void close() throws IOException {
    for (final FeedFileReader reader : readers) {
      reader.close();
    }
  }
}
