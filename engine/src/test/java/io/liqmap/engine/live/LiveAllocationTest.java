package io.liqmap.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that a live feed and its writer allocate in steady state, idle blocks included. */
@Tag("alone")
class LiveAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long TIME = 1_767_225_600_000_000_000L;
  private static final int STRETCHES = 20;
  private static final int ROUNDS = 4_000;
  private static final int IDLE_EVERY = 2_000;
  private static final int SCHEMA = 4101;

  @TempDir private Path folder;
  private final FeedEvent event = new FeedEvent();
  private long sequence;

  /** Sends one message. */
  @FunctionalInterface
  private interface Sending {
    void send() throws IOException;
  }

  private void nextTrade() {
    sequence++;
    event.trade(sequence, TIME, TIME, 0, -2, -3, 100, 1, FeedEvent.BUY);
  }

  /** The least of several stretches: the first ones allocate until all is compiled and linked. */
  private static long leastBytes(final BlockSource feed, final Sending sending) throws IOException {
    final long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      final long before = THREADS.getThreadAllocatedBytes(thread);
      for (int round = 0; round < ROUNDS; round++) {
        sending.send();
        do {
          feed.nextBlock();
        } while (feed.length() == 0);
        if (round % IDLE_EVERY == 0) {
          feed.nextBlock();
        }
      }
      least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }

  @Test
  void shouldAllocateNothingForAMessageOfARing() throws Exception {
    final Path path = folder.resolve("ring");
    try (RingFeed feed = RingFeed.create(path, 1 << 20, (line) -> {});
        RingFeedWriter writer = RingFeedWriter.open(path, 1)) {
      final long bytes =
          leastBytes(
              feed,
              () -> {
                nextTrade();
                assertTrue(writer.send(event));
              });
      assertEquals(0, bytes);
    }
  }

  @Test
  void shouldAllocateNothingForABlockOfASocket() throws Exception {
    final Path path = folder.resolve("socket");
    try (SocketFeed feed = SocketFeed.listen(path, (line) -> {});
        SocketChannel writer = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      final Blocks blocks = new Blocks(writer);
      assertEquals(0, leastBytes(feed, blocks::sendTrade));
    }
  }

  /** Blocks of one trade. */
  private final class Blocks {
    private final SocketChannel writer;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(1_024);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final FeedEncoder encoder = new FeedEncoder();
    private final Envelope envelope = new Envelope();
    private int number;

    Blocks(final SocketChannel writer) {
      this.writer = writer;
    }

    void sendTrade() throws IOException {
      nextTrade();
      final int length = encoder.encode(event, buffer, Envelope.LENGTH);
      final int previous = number == 0 ? 0 : envelope.checksum();
      envelope
          .set(Envelope.EVENTS, SCHEMA, 1, 1, sequence - 1, sequence, sequence, length)
          .write(buffer, bytes, 0, number++, previous);
      bytes.clear().limit(Envelope.LENGTH + length);
      writer.write(bytes);
    }
  }
}
