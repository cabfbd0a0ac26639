package io.liqmap.benchmarks;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.levels.LevelSettings;
import io.liqmap.engine.map.MapSettings;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.EngineSettings;
import io.liqmap.engine.pipeline.MapListener;
import io.liqmap.engine.pipeline.Outlets;
import io.liqmap.engine.pipeline.Pace;
import io.liqmap.engine.pipeline.PipelineSettings;
import io.liqmap.engine.pipeline.ThreadingMode;
import io.liqmap.engine.pipeline.WaitMode;
import io.liqmap.engine.view.ViewMemory;
import io.liqmap.engine.view.ViewSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Latency from when an event should have been sent to when a reader holds a state behind it, beside
 * the bare hop of the same kind, at several rates, open loop.
 *
 * <pre>
 *   ring        feed ─▶ bare ring ─▶ consumer's sequence ─▶ seen by the feed's thread
 *   pipelined   feed ─▶ engine's ring ─▶ map ─▶ view ─▶ read by the feed's thread
 *   inline      feed and map ─▶ view ─▶ read by the same thread
 *   counter     feed ─▶ one number in shared memory ─▶ seen by a second process
 *   process     feed and map ─▶ view in shared memory ─▶ read by a second process
 * </pre>
 *
 * Two threads spin at a time, no more: it is made for machines with two processors. The feed's
 * thread looks at the view while it has nothing to send.
 */
final class LatencyRun {
  private static final double[] RATES = {100_000, 1_000_000, 3_000_000};
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};
  private static final int CAPACITY = 1 << 23;
  private static final int WARM_UP_PART = 3;

  /** What an event goes through. */
  private enum Way {
    RING,
    PIPELINED,
    INLINE,
    COUNTER,
    PROCESS
  }

  private final MapSettings map = BenchmarkSettings.map(10);
  private final double seconds;
  private final int rounds;
  private final WaitMode wait;

  private LatencyRun(final double seconds, final int rounds, final WaitMode wait) {
    this.seconds = seconds;
    this.rounds = rounds;
    this.wait = wait;
  }

  /** Arguments: seconds a passage (2), rounds (3), how the map's thread waits (spin). */
  public static void main(final String[] args) throws Exception {
    final double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 2;
    final int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    final WaitMode wait =
        args.length > 2 ? WaitMode.valueOf(args[2].toUpperCase(Locale.ROOT)) : WaitMode.SPIN;
    System.out.println(Machine.describe());
    System.out.printf(
        Locale.ROOT,
        "%n%d rounds of %.1f s, the first third of each for warming up; wait = %s; µs%n%n",
        rounds,
        seconds,
        wait);
    new LatencyRun(seconds, rounds, wait).run();
  }

  private void run() throws Exception {
    for (final double rate : RATES) {
      final PreparedFeed feed = new PreparedFeed(7, (long) (rate * seconds));
      final List<List<Histogram>> byWay = new ArrayList<>();
      for (int way = 0; way < Way.values().length; way++) {
        byWay.add(new ArrayList<>());
      }
      final HiccupMeter hiccups = new HiccupMeter();
      for (int round = 0; round < rounds; round++) {
        for (final Way way : Way.values()) {
          byWay.get(way.ordinal()).add(passage(way, feed, rate));
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%,.0f events/s      p50      p90      p99    p99.9   p99.99       max%n",
          rate);
      for (final Way way : Way.values()) {
        print(way.name().toLowerCase(Locale.ROOT), byWay.get(way.ordinal()));
      }
      print("hiccups", List.of(hiccups.delays()));
      ratio("pipelined / ring", byWay.get(1), byWay.get(0));
      ratio("process / counter", byWay.get(4), byWay.get(3));
      System.out.println();
    }
  }

  /** The median of the rounds at each percentile. */
  private static void print(final String name, final List<Histogram> rounds) {
    final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-16s", name));
    for (final double percentile : PERCENTILES) {
      line.append(String.format(Locale.ROOT, " %8.2f", at(rounds, percentile) / 1e3));
    }
    System.out.println(line);
  }

  private static double at(final List<Histogram> rounds, final double percentile) {
    final double[] values =
        rounds.stream()
            .mapToDouble((histogram) -> (double) histogram.getValueAtPercentile(percentile))
            .sorted()
            .toArray();
    return values[values.length / 2];
  }

  private static void ratio(
      final String name, final List<Histogram> rounds, final List<Histogram> bare) {
    final double[] ratios = new double[rounds.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] =
          rounds.get(i).getValueAtPercentile(50) / (double) bare.get(i).getValueAtPercentile(50);
    }
    Arrays.sort(ratios);
    System.out.printf(
        Locale.ROOT,
        "%s, p50: %.2f (%.2f – %.2f)%n",
        name,
        ratios[ratios.length / 2],
        ratios[0],
        ratios[ratios.length - 1]);
  }

  private Histogram passage(final Way way, final PreparedFeed feed, final double rate)
      throws Exception {
    final Path folder = Files.createTempDirectory("liqmap-latency-");
    try {
      return switch (way) {
        case RING -> ring(feed, rate);
        case PIPELINED, INLINE -> engine(way, feed, rate);
        case COUNTER -> counter(feed, rate, folder);
        case PROCESS -> process(feed, rate, folder);
      };
    } finally {
      Folders.delete(folder);
    }
  }

  private static Histogram done(
      final PacedFeed paced, final Arrivals arrivals, final PreparedFeed feed) {
    if (arrivals.last() != feed.events()) {
      throw new IllegalStateException(
          "seen up to event " + arrivals.last() + " of " + feed.events());
    }
    return arrivals.latencies(paced, feed.events() / WARM_UP_PART);
  }

  private Histogram ring(final PreparedFeed feed, final double rate) throws Exception {
    final BareRing ring = new BareRing(pipeline(ThreadingMode.PIPELINED));
    final Arrivals arrivals = new Arrivals(ring::consumed, CAPACITY);
    final PacedFeed paced = new PacedFeed(feed, rate, arrivals);
    ring.carryPaced(paced, feed.events());
    return done(paced, arrivals, feed);
  }

  private Histogram engine(final Way way, final PreparedFeed feed, final double rate)
      throws IOException, EngineException {
    final ViewMemory view = ViewMemory.inProcess(viewSettings());
    final Arrivals arrivals = new Arrivals(LatencyReader.view(view), CAPACITY);
    final PacedFeed paced = new PacedFeed(feed, rate, arrivals);
    final ThreadingMode mode = way == Way.INLINE ? ThreadingMode.INLINE : ThreadingMode.PIPELINED;
    try (Engine engine =
        Engine.launch(settings(mode), null, new Outlets(MapListener.NONE, view, null))) {
      engine.run(paced, Pace.max());
      paced.awaitLast();
    }
    return done(paced, arrivals, feed);
  }

  private Histogram counter(final PreparedFeed feed, final double rate, final Path folder)
      throws Exception {
    final Path file = folder.resolve("counter");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(4096));
      final UnsafeBuffer counter =
          new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, 4096));
      final PacedFeed paced = new PacedFeed(feed, rate, new Arrivals(Arrivals.NOWHERE, 1));
      final Process reader = reader(LatencyReader.COUNTER, file, feed, folder);
      final FeedAdapter adapter = new FeedAdapter(1);
      long sent = 0;
      while (paced.nextBlock()) {
        adapter.wrap(paced.buffer(), paced.offset(), paced.length());
        sent += adapter.framesLeft(Integer.MAX_VALUE);
        counter.putLongRelease(0, sent);
      }
      reader.waitFor();
      return done(paced, Arrivals.read(folder.resolve("arrivals")), feed);
    }
  }

  private Histogram process(final PreparedFeed feed, final double rate, final Path folder)
      throws Exception {
    final Path file = folder.resolve("view");
    final ViewMemory view = ViewMemory.create(file, viewSettings());
    final PacedFeed paced = new PacedFeed(feed, rate, new Arrivals(Arrivals.NOWHERE, 1));
    final Process reader = reader(LatencyReader.VIEW, file, feed, folder);
    try (Engine engine =
        Engine.launch(
            settings(ThreadingMode.INLINE), null, new Outlets(MapListener.NONE, view, null))) {
      engine.run(paced, Pace.max());
      reader.waitFor();
    }
    return done(paced, Arrivals.read(folder.resolve("arrivals")), feed);
  }

  /** Starts the second process, and waits until it looks. */
  private static Process reader(
      final String kind, final Path file, final PreparedFeed feed, final Path folder)
      throws IOException {
    final Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LatencyReader.class.getName(),
                kind,
                file.toString(),
                Long.toString(feed.events()),
                folder.resolve("arrivals").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    final byte[] ready = "ready".getBytes(StandardCharsets.US_ASCII);
    if (!Arrays.equals(ready, process.getInputStream().readNBytes(ready.length))) {
      throw new IOException("the second process didn't start");
    }
    return process;
  }

  private static ViewSettings viewSettings() {
    return new ViewSettings(1, 2048, 64, 32, 5);
  }

  private EngineSettings settings(final ThreadingMode mode) {
    return new EngineSettings(
        1,
        map,
        LevelSettings.DEFAULT,
        Long.MAX_VALUE / 4,
        pipeline(mode),
        new JournalSettings(1 << 16, 1 << 28),
        "latency");
  }

  private PipelineSettings pipeline(final ThreadingMode mode) {
    return new PipelineSettings(mode, 1 << 14, 256, wait, true);
  }
}
