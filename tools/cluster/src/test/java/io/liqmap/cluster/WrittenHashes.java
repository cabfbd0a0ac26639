package io.liqmap.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How far a file of hashes has come, read while it is written. */
final class WrittenHashes {
  /** Longer than two lines. */
  private static final int TAIL = 256;

  private WrittenHashes() {}

  /** Events at the last whole line, 0 if there is none. */
  static long events(final Path file) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - TAIL));
      final ByteBuffer tail = ByteBuffer.allocate(TAIL);
      int read = 0;
      while (read >= 0 && tail.hasRemaining()) {
        read = channel.read(tail);
      }
      final String text = new String(tail.array(), 0, tail.position(), StandardCharsets.ISO_8859_1);
      final int end = text.lastIndexOf('\n');
      final int start = text.lastIndexOf('\n', end - 1) + 1;
      return end < 0 ? 0 : Long.parseLong(text.substring(start, text.indexOf(' ', start)));
    } catch (final NoSuchFileException e) {
      return 0;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
