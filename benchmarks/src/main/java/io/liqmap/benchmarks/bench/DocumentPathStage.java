package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.BenchmarkSettings;
import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.benchmarks.peer.DocumentAppender;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.JumpLimits;
import io.liqmap.engine.market.MapWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** The whole path with the simplest of journals: checks, map, and each event a document. */
final class DocumentPathStage implements Stage {
  private final Task task;
  private final PreparedFeed feed;
  private final FeedEncoder encoder = new FeedEncoder();
  private final UnsafeBuffer frame =
      new UnsafeBuffer(ByteBuffer.allocateDirect(FeedEncoder.MAX_FRAME_LENGTH));

  DocumentPathStage(final Task task) throws IOException {
    this.task = task;
    feed = PreparedFeed.map(task.feed(), task.events());
  }

  @Override
  public Passage pass(final double rate) throws IOException {
    final FeedAdapter adapter = new FeedAdapter(1, JumpLimits.STANDARD);
    final MapWriter writer =
        new MapWriter(
            BenchmarkSettings.map(task.tiers(), task.resolutionBps()), ClusterSettings.DEFAULT, 1);
    final FeedEvent slot = new FeedEvent();
    final Path folder = Files.createTempDirectory(task.folder(), "bench-");
    try (DocumentAppender appender = new DocumentAppender(folder)) {
      feed.rewind();
      final long start = System.nanoTime();
      while (feed.nextBlock()) {
        adapter.wrap(feed.buffer(), feed.offset(), feed.length());
        while (adapter.next(slot)) {
          writer.onEvent(slot);
          appender.append(frame, 0, encoder.encode(slot, frame, 0));
        }
      }
      final long nanos = System.nanoTime() - start;
      Checks.require(writer.events() == feed.events(), "events are missing");
      return Passage.of(feed.events(), nanos, writer.stateHash());
    } finally {
      Folders.delete(folder);
    }
  }
}
