package io.liqmap.benchmarks.flow;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.pipeline.MarketFlow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A flow as blocks of framed messages in a mapped file, which can be read again and again: all
 * processes of a run share its pages.
 *
 * <pre>
 *   block   length, events (int32 each) │ frames
 * </pre>
 */
public final class PreparedFeed implements BlockSource {
  private static final int BLOCK_EVENTS = 1024;
  private static final int BLOCK_HEADER = 8;
  private static final int PAGE = 4096;

  private final List<UnsafeBuffer> blocks = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private long events;
  private int next;

  private PreparedFeed(final MappedByteBuffer file, final long wanted) {
    file.order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (events < wanted && at < file.capacity()) {
      final int length = file.getInt(at);
      final int count = file.getInt(at + Integer.BYTES);
      blocks.add(new UnsafeBuffer(file, at + BLOCK_HEADER, length));
      counts.add(count);
      events += count;
      at += BLOCK_HEADER + length;
    }
    touch(file, at);
  }

  /** So that no page is met for the first time in a measurement. */
  private static void touch(final MappedByteBuffer file, final int length) {
    int sum = 0;
    for (int at = 0; at < length; at += PAGE) {
      sum += file.get(at);
    }
    if (sum == Integer.MIN_VALUE) {
      throw new IllegalStateException("pages don't add up to that");
    }
  }

  /** Writes the first events of a flow to a new file. */
  public static void write(final Path file, final MarketFlow flow, final long events)
      throws IOException {
    final ByteBuffer bytes =
        ByteBuffer.allocateDirect(BLOCK_HEADER + BLOCK_EVENTS * FeedEncoder.MAX_FRAME_LENGTH)
            .order(ByteOrder.LITTLE_ENDIAN);
    final UnsafeBuffer block = new UnsafeBuffer(bytes);
    final FeedEncoder encoder = new FeedEncoder();
    final FeedEvent event = new FeedEvent();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long left = events; left > 0; ) {
        final int count = (int) Math.min(left, BLOCK_EVENTS);
        int length = BLOCK_HEADER;
        for (int i = 0; i < count; i++) {
          flow.next(event);
          length += encoder.encode(event, block, length);
        }
        bytes.putInt(0, length - BLOCK_HEADER).putInt(Integer.BYTES, count);
        bytes.position(0).limit(length);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        bytes.clear();
        left -= count;
      }
    }
  }

  /**
   * Maps a file.
   *
   * @param wanted events, rounded up to whole blocks, at most what the file holds
   */
  public static PreparedFeed map(final Path file, final long wanted) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new PreparedFeed(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), wanted);
    }
  }

  public PreparedFeed rewind() {
    next = 0;
    return this;
  }

  @Override
  public boolean nextBlock() {
    next++;
    return next <= blocks.size();
  }

  @Override
  public UnsafeBuffer buffer() {
    return blocks.get(next - 1);
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return buffer().capacity();
  }

  public long events() {
    return events;
  }

  /** Events of the block in hand. */
  public int blockEvents() {
    return counts.get(next - 1);
  }
}
