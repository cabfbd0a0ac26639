package io.liqmap.benchmarks.bench;

import io.liqmap.benchmarks.flow.Folders;
import io.liqmap.benchmarks.flow.PreparedFeed;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.PacedSource;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.engine.shared.view.ViewMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Latency to a second process: of one number in shared memory, and of the inline engine's view. */
final class ProcessStage implements Stage {
  private static final int COUNTER_BYTES = 4096;

  private final Task task;

  ProcessStage(final Task task) {
    this.task = task;
  }

  @Override
  public Passage pass(final double rate) throws IOException, EngineException, InterruptedException {
    final Path folder = Files.createTempDirectory(task.folder(), "bench-");
    try {
      final PreparedFeed feed = Latencies.feed(task, rate);
      final PacedSource paced = new PacedSource(feed.rewind(), rate, () -> {});
      final HiccupMeter hiccups = new HiccupMeter();
      final long answer =
          task.work() == Work.COUNTER ? counter(paced, feed, folder) : view(paced, feed, folder);
      return Latencies.passage(
          paced, Arrivals.read(folder.resolve("arrivals")), feed, hiccups, answer, Map.of());
    } finally {
      Folders.delete(folder);
    }
  }

  private static long counter(final PacedSource paced, final PreparedFeed feed, final Path folder)
      throws IOException, InterruptedException {
    final Path file = folder.resolve("counter");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(COUNTER_BYTES));
      final UnsafeBuffer counter =
          new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, COUNTER_BYTES));
      final Process reader = reader(LatencyReader.COUNTER, file, feed, folder);
      long sent = 0;
      while (paced.nextBlock()) {
        sent += paced.count();
        counter.putLongRelease(0, sent);
      }
      reader.waitFor();
      return 0;
    }
  }

  private long view(final PacedSource paced, final PreparedFeed feed, final Path folder)
      throws IOException, EngineException, InterruptedException {
    final Path file = folder.resolve("view");
    final ViewMemory view = ViewMemory.create(file, Latencies.VIEW);
    final Process reader = reader(LatencyReader.VIEW, file, feed, folder);
    try (Engine engine =
        Engine.launch(
            EngineStage.settings(task, ThreadingMode.INLINE),
            null,
            new Outputs(MapListener.NONE, view, null))) {
      engine.run(paced, ReplayPace.max());
      reader.waitFor();
      return engine.report().journaled().stateHash();
    }
  }

  private static Process reader(
      final String kind, final Path file, final PreparedFeed feed, final Path folder)
      throws IOException {
    final Process process =
        Jvm.start(
            LatencyReader.class,
            kind,
            file.toString(),
            Long.toString(feed.events()),
            folder.resolve("arrivals").toString());
    final byte[] ready = "ready".getBytes(StandardCharsets.US_ASCII);
    if (!Arrays.equals(ready, process.getInputStream().readNBytes(ready.length))) {
      throw new IOException("the second process didn't start");
    }
    return process;
  }
}
