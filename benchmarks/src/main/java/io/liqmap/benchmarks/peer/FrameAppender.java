package io.liqmap.benchmarks.peer;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Appends frames somewhere. One thread. */
public interface FrameAppender extends AutoCloseable {
  void append(DirectBuffer buffer, int offset, int length) throws IOException;

  @Override
  void close() throws IOException;
}
