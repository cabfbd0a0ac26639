package io.liqmap.engine.pipeline;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FrameCursor;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** A feed some of whose messages say another version of the schema, or are padded with anything. */
record ForeignFeed(BlockSource feed, ExpandableArrayBuffer copy, FrameCursor frame)
    implements BlockSource {
  private static final int FRAME_HEADER = 8;
  private static final int VERSION_AT = FRAME_HEADER + 6;

  ForeignFeed(final BlockSource feed) {
    this(feed, new ExpandableArrayBuffer(), new FrameCursor());
  }

  @Override
  public boolean nextBlock() throws IOException {
    if (!feed.nextBlock()) {
      return false;
    }
    copy.putBytes(0, feed.buffer(), feed.offset(), feed.length());
    frame.wrap(copy, 0, feed.length());
    while (frame.next()) {
      if (frame.sequence() % 5 == 2) {
        final int version = (int) (frame.sequence() % 4);
        copy.putShort(frame.start() + VERSION_AT, (short) version, ByteOrder.LITTLE_ENDIAN);
      } else if (frame.sequence() % 5 == 3) {
        final int messageEnd = frame.start() + FRAME_HEADER + frame.messageLength();
        copy.setMemory(messageEnd, frame.end() - messageEnd, (byte) 0x5A);
      }
    }
    return true;
  }

  @Override
  public DirectBuffer buffer() {
    return copy;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return feed.length();
  }
}
