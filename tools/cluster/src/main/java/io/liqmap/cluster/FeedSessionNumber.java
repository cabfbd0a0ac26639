package io.liqmap.cluster;

import io.liqmap.engine.feed.Envelope;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Numbers of feed sessions, so that a feed that is given again continues. */
final class FeedSessionNumber {
  private FeedSessionNumber() {}

  /**
   * The number of feeds: that of files follows from their contents, as each block of a file has the
   * checksum of the one before, so the last one identifies all; a live feed's is a random one.
   */
  static long of(final List<String> feeds) throws IOException {
    final byte[][] ends = new byte[feeds.size()][];
    for (int i = 0; i < ends.length; i++) {
      final Path file = pathOrNull(feeds.get(i));
      if (file == null) {
        return new SecureRandom().nextLong() >>> 1;
      }
      ends[i] = end(file);
    }
    // Merged files give the same feed in any order.
    Arrays.sort(ends, Arrays::compare);
    final ByteBuffer all = ByteBuffer.allocate(Arrays.stream(ends).mapToInt((e) -> e.length).sum());
    Arrays.stream(ends).forEach(all::put);
    return SettingsHash.of(all.array()) >>> 1;
  }

  private static Path pathOrNull(final String feed) {
    if (feed.equals("-") || feed.matches("(unix|tcp|ring):.*")) {
      return null;
    }
    final Path file = Path.of(feed);
    return Files.isRegularFile(file) || !Files.exists(file) ? file : null;
  }

  private static byte[] end(final Path file) throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      final byte[] end = new byte[(int) Math.min(Envelope.LENGTH, reader.length())];
      reader.seek(reader.length() - end.length);
      reader.readFully(end);
      return end;
    }
  }
}
