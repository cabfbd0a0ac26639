package io.liqmap.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file that is open already, and stays open. */
final class ChannelFile implements OutputFile {
  private final FileChannel channel;

  ChannelFile(final FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public PositionOutputStream create(final long blockSizeHint) {
    return new Stream(channel);
  }

  @Override
  public PositionOutputStream createOrOverwrite(final long blockSizeHint) {
    return new Stream(channel);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  private static final class Stream extends PositionOutputStream {
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long position;

    private Stream(final FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(final int value) throws IOException {
      if (!buffer.hasRemaining()) {
        drain();
      }
      buffer.put((byte) value);
      position++;
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int length) throws IOException {
      int written = 0;
      while (written < length) {
        if (!buffer.hasRemaining()) {
          drain();
        }
        final int part = Math.min(buffer.remaining(), length - written);
        buffer.put(bytes, offset + written, part);
        written += part;
      }
      position += length;
    }

    @Override
    public void flush() throws IOException {
      drain();
    }

    @Override
    public void close() throws IOException {
      drain();
    }

    private void drain() throws IOException {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }
  }
}
