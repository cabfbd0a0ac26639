package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.live.RingFeed;
import io.liqmap.engine.live.RingFeedWriter;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.PacedSource;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.view.ViewMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Latency through a ring in shared memory: from when a writer should have sent an event to when it
 * sees the inline engine's view of it; or, of the bare ring, that the other thread has read it.
 */
final class SharedRingStage implements Stage {
  private static final int CAPACITY = RingFeed.DEFAULT_CAPACITY;
  private static final int WRITER = 1;

  private final Task task;

  SharedRingStage(final Task task) {
    this.task = task;
  }

  /** Writes a frame; false while the ring is full. */
  @FunctionalInterface
  private interface Sending {
    boolean send(UnsafeBuffer buffer, int offset, int length);
  }

  @Override
  public Passage pass(final double rate) throws Exception {
    final PreparedFeed feed = Latencies.feed(task, rate);
    if (task.work() == Work.SHARED_RING_HOP) {
      return hop(feed, rate);
    }
    final Path folder = Files.createTempDirectory(task.folder(), "bench-");
    try {
      return view(feed, rate, folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private static Passage hop(final PreparedFeed feed, final double rate) throws Exception {
    final ManyToOneRingBuffer ring =
        new ManyToOneRingBuffer(
            new UnsafeBuffer(
                ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    final AtomicLong read = new AtomicLong();
    final FutureTask<Void> reading =
        new FutureTask<>(
            () -> {
              while (read.getPlain() < feed.events()) {
                read.setRelease(
                    read.getPlain() + ring.read((writer, buffer, offset, length) -> {}));
              }
              return null;
            });
    new Thread(reading, "bare-ring").start();
    return send(
        feed,
        rate,
        read::getAcquire,
        (buffer, offset, length) -> ring.write(WRITER, buffer, offset, length),
        () -> {
          reading.get();
          return 0L;
        });
  }

  private Passage view(final PreparedFeed feed, final double rate, final Path folder)
      throws Exception {
    final Path file = folder.resolve("view");
    final Path path = folder.resolve("ring");
    final ViewMemory view = ViewMemory.create(file, Latencies.VIEW);
    try (RingFeed ring = RingFeed.create(path, CAPACITY, (line) -> {});
        RingFeedWriter writer = RingFeedWriter.open(path, WRITER);
        Engine engine =
            Engine.launch(
                EngineStage.settings(task, ThreadingMode.INLINE),
                null,
                new Outputs(MapListener.NONE, view, null))) {
      final FutureTask<Void> running =
          new FutureTask<>(
              () -> {
                engine.run(ring, ReplayPace.max());
                return null;
              });
      new Thread(running, "engine").start();
      return send(
          feed,
          rate,
          PublishedSequence.of(file),
          writer::send,
          () -> {
            Checks.require(writer.end(), "the ring is full");
            running.get();
            engine.finish();
            EngineStage.requireWhole(engine, feed.events());
            return engine.report().journaled().stateHash();
          });
    }
  }

  /** What the passage ends with. */
  @FunctionalInterface
  private interface Answer {
    long get() throws Exception;
  }

  private static Passage send(
      final PreparedFeed feed,
      final double rate,
      final LongSupplier seen,
      final Sending sending,
      final Answer answer)
      throws Exception {
    final Arrivals arrivals = new Arrivals(seen, (int) feed.events());
    final PacedSource paced = new PacedSource(feed.rewind(), rate, arrivals::scan);
    final HiccupMeter hiccups = new HiccupMeter();
    sendAll(paced, sending);
    arrivals.await(paced.sent());
    return Latencies.passage(paced, arrivals, feed, hiccups, answer.get(), Map.of());
  }

  private static void sendAll(final PacedSource paced, final Sending sending) throws IOException {
    final FrameCursor frames = new FrameCursor();
    while (paced.nextBlock()) {
      frames.wrap(paced.buffer(), paced.offset(), paced.length());
      while (frames.next()) {
        while (!sending.send(
            (UnsafeBuffer) paced.buffer(), frames.start(), frames.end() - frames.start())) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
