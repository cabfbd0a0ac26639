package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.benchmarks.peer.BareDecoder;
import io.liqmap.benchmarks.peer.DocumentAppender;
import io.liqmap.benchmarks.peer.FrameAppender;
import io.liqmap.benchmarks.peer.MappedAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Bare SBE decode, and each frame appended to a new file, on one thread. */
final class AppendStage implements Stage {
  private final Task task;
  private final PreparedFeed feed;
  private final BareDecoder decoder = new BareDecoder();

  AppendStage(final Task task) throws IOException {
    this.task = task;
    feed = PreparedFeed.map(task.feed(), task.events());
  }

  @Override
  public Passage pass(final double rate) throws IOException {
    final Path folder = Files.createTempDirectory(task.folder(), "bench-");
    try (FrameAppender appender =
        task.work() == Work.DOCUMENTS ? new DocumentAppender(folder) : new MappedAppender(folder)) {
      feed.rewind();
      final long start = System.nanoTime();
      long sum = 0;
      while (feed.nextBlock()) {
        sum += append(feed.buffer(), appender);
      }
      return Passage.of(feed.events(), System.nanoTime() - start, sum);
    } finally {
      Folders.delete(folder);
    }
  }

  private long append(final UnsafeBuffer block, final FrameAppender appender) throws IOException {
    long sum = 0;
    int after;
    for (int frame = 0; frame < block.capacity(); frame = after) {
      after = decoder.after(block, frame);
      sum += decoder.sum(block, frame);
      appender.append(block, frame, after - frame);
    }
    return sum;
  }
}
