package io.liqmap.benchmarks;

import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/** What the journal is measured against: each event encoded into a document of its own. */
final class DocumentAppender implements AutoCloseable {
  private final ChronicleQueue queue;
  private final ExcerptAppender appender;
  private final FeedEncoder encoder = new FeedEncoder();
  private final UnsafeBuffer target = new UnsafeBuffer(0, 0);

  DocumentAppender(final Path folder) {
    queue =
        SingleChronicleQueueBuilder.binary(folder.resolve("queue").toFile())
            .rollCycle(RollCycles.FAST_DAILY)
            .build();
    appender = queue.createAppender();
  }

  void append(final FeedEvent event) {
    try (DocumentContext context = appender.writingDocument()) {
      final Bytes<?> document = context.wire().bytes();
      document.ensureCapacity(document.writePosition() + FeedEncoder.MAX_FRAME_LENGTH);
      target.wrap(document.addressForWrite(document.writePosition()), FeedEncoder.MAX_FRAME_LENGTH);
      document.writeSkip(encoder.encode(event, target, 0));
    }
  }

  @Override
  public void close() {
    queue.close();
  }
}
