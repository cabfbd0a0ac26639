package io.liqmap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Content of a file of a queue for reading, however it is stored. One thread. */
interface QueueFile extends AutoCloseable {
  /**
   * Reads content into a buffer.
   *
   * @param position of the first byte
   * @return how many bytes were read; 0 or less at the end of the content
   * @throws JournalDamageException if what is stored is damaged
   */
  int read(ByteBuffer into, long position) throws IOException;

  /** Length of the content, bytes; that of a file that is being written grows. */
  long size() throws IOException;

  @Override
  void close() throws IOException;

  static QueueFile open(final Path path) throws IOException {
    final FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    if (!QueueFiles.isCompressed(path)) {
      return new Plain(channel);
    }
    try {
      return new CompressedQueueFile(path, channel);
    } catch (final IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Stored as it is. */
  record Plain(FileChannel channel) implements QueueFile {
    @Override
    public int read(final ByteBuffer into, final long position) throws IOException {
      return channel.read(into, position);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
