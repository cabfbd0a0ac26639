package io.liqmap.benchmarks.peer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames one after the other in a mapped file: the least that keeps them. */
public final class MappedAppender implements FrameAppender {
  private static final int WINDOW = 1 << 26;

  private final FileChannel channel;
  private final UnsafeBuffer window = new UnsafeBuffer(0, 0);
  private long start;
  private int position;

  public MappedAppender(final Path folder) throws IOException {
    channel =
        FileChannel.open(
            folder.resolve("frames"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    map();
  }

  private void map() throws IOException {
    window.wrap(channel.map(FileChannel.MapMode.READ_WRITE, start, WINDOW));
    position = 0;
  }

  @Override
  public void append(final DirectBuffer buffer, final int offset, final int length)
      throws IOException {
    if (position + length > WINDOW) {
      start += position;
      IoUtil.unmap(window.byteBuffer());
      map();
    }
    window.putBytes(position, buffer, offset, length);
    position += length;
  }

  @Override
  public void close() throws IOException {
    IoUtil.unmap(window.byteBuffer());
    channel.truncate(start + position);
    channel.close();
  }
}
