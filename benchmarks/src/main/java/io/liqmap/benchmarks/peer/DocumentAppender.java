package io.liqmap.benchmarks.peer;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the journal is measured against: each event's frame, as it came, in a Chronicle document of
 * its own. No envelope, no checksum, nothing encoded.
 */
public final class DocumentAppender implements FrameAppender {
  private final ChronicleQueue queue;
  private final ExcerptAppender appender;
  private final UnsafeBuffer target = new UnsafeBuffer(0, 0);

  public DocumentAppender(final Path folder) {
    queue =
        SingleChronicleQueueBuilder.binary(folder.resolve("queue").toFile())
            .rollCycle(RollCycles.FAST_DAILY)
            .build();
    appender = queue.createAppender();
  }

  @Override
  public void append(final DirectBuffer buffer, final int offset, final int length) {
    try (DocumentContext context = appender.writingDocument()) {
      final Bytes<?> document = context.wire().bytes();
      document.ensureCapacity(document.writePosition() + length);
      target.wrap(document.addressForWrite(document.writePosition()), length);
      target.putBytes(0, buffer, offset, length);
      document.writeSkip(length);
    }
  }

  @Override
  public void close() {
    queue.close();
  }
}
