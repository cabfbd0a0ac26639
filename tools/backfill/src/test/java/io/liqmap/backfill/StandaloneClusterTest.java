package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.RealData;
import io.liqmap.tools.Liqmap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job on a cluster of processes: whatever happens to them, each instrument has the state of an
 * engine that got its feed.
 */
@Tag("soak")
final class StandaloneClusterTest {
  private static final int INSTRUMENTS = 6;
  private static final int DAYS = 25;
  private static final int EVENTS = 1_500;
  private static final int KILLS = 4;
  private static final LocalCluster.Size SIZE = new LocalCluster.Size(2, 1, 384, 0);

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir Path folder;

  private List<Path> seeded() throws IOException {
    return SeededFeeds.write(folder, seed, INSTRUMENTS, DAYS, EVENTS);
  }

  private List<Path> real() {
    final Path data = RealData.folder("binance-usdm-1h");
    final List<Path> feeds = new ArrayList<>();
    System.setProperty("liqmap.home", RealData.root().toString());
    for (final String symbol : List.of("BTCUSDT", "ETHUSDT")) {
      final Path feed = folder.resolve(symbol + ".feed");
      final String[] words = {
        "import",
        "--format",
        "coinalyze",
        "--symbol",
        symbol,
        "--utc-offset",
        "+06:00",
        "--out",
        feed.toString(),
        data.toString()
      };
      assertEquals(0, Liqmap.execute(words));
      feeds.add(feed);
    }
    return feeds;
  }

  private BackfillOptions options() throws IOException {
    return Results.options(folder.resolve("out"));
  }

  private LocalCluster cluster() throws IOException {
    return LocalCluster.start(folder.resolve("cluster"), SIZE);
  }

  /** Each instrument's last day has the hash of an engine after its feed. */
  private void check(final List<Path> feeds, final BackfillOptions options) throws Exception {
    final NavigableMap<String, String> hashes = Results.hashes(options.folder());
    assertEquals(List.of(), Results.flaws(options.folder()), () -> "seed " + seed);
    for (final Path feed : feeds) {
      final String symbol = feed.getFileName().toString().replace(".feed", "");
      final String last =
          hashes.entrySet().stream()
              .filter((day) -> day.getKey().contains("/" + symbol + "/"))
              .reduce((before, after) -> after)
              .orElseThrow()
              .getValue();
      assertEquals(Results.ofEngine(feed, options), last, () -> "seed " + seed + ": " + symbol);
    }
  }

  @Test
  void shouldComputeTheSameWhenTaskManagersAreKilled() throws Exception {
    computeUnderKills(seeded(), KILLS);
  }

  @Test
  void shouldComputeRealFeedsWhenTaskManagersAreKilled() throws Exception {
    computeUnderKills(real(), 2);
  }

  private void computeUnderKills(final List<Path> feeds, final int most) throws Exception {
    final BackfillOptions options = options();
    int kills = 0;
    try (LocalCluster cluster = cluster();
        SubmittedJob job = SubmittedJob.submit(cluster, feeds, options, 2, null)) {
      while (kills < most) {
        final int next = Results.count(options.folder()) + random.nextInt(1, 20);
        SubmittedJob.await(
            "day " + next,
            () ->
                Results.count(options.folder()) >= next || job.status().isGloballyTerminalState());
        if (job.status().isGloballyTerminalState()) {
          break;
        }
        cluster.taskManagers().get(random.nextInt(2)).destroyForcibly().waitFor();
        kills++;
        final long killed = System.nanoTime();
        assertEquals(1, cluster.mend());
        SubmittedJob.await(
            "a day after a kill",
            () ->
                Results.count(options.folder()) > next + 1
                    || job.status().isGloballyTerminalState());
        System.out.printf("a day more %.1f s after a kill%n", (System.nanoTime() - killed) / 1e9);
      }
      job.awaitFinished();
    }
    assertTrue(kills > 0, () -> "seed " + seed + ": the job ended before a kill");
    check(feeds, options);
  }

  @Test
  void shouldComputeTheSameFromSavepointsWithOtherParallelism() throws Exception {
    continueFromSavepoints(seeded());
  }

  @Test
  void shouldComputeRealFeedsFromSavepointsWithOtherParallelism() throws Exception {
    continueFromSavepoints(real());
  }

  private void continueFromSavepoints(final List<Path> feeds) throws Exception {
    final BackfillOptions options = options();
    String savepoint = null;
    final List<Integer> counts = new ArrayList<>();
    try (LocalCluster cluster = cluster()) {
      for (final int parallelism : new int[] {1, 2, 1}) {
        final boolean isLast = counts.size() == 2;
        try (SubmittedJob job =
            SubmittedJob.submit(cluster, feeds, options, parallelism, savepoint)) {
          if (isLast) {
            job.awaitFinished();
          } else {
            final int next = Results.count(options.folder()) + random.nextInt(5, 15);
            SubmittedJob.await("day " + next, () -> Results.count(options.folder()) >= next);
            savepoint = job.awaitRunning().stopWithSavepoint(folder.resolve("savepoints"));
            // From here on the savepoint has the only snapshots.
            damageSnapshots(options.folder());
          }
        }
        counts.add(Results.count(options.folder()));
      }
    }
    System.out.println("days at each stop: " + counts);
    assertTrue(counts.get(0) < counts.get(1), () -> "seed " + seed + ": " + counts);
    assertTrue(counts.get(1) < counts.get(2), () -> "seed " + seed + ": " + counts);
    check(feeds, options);
  }

  private static void damageSnapshots(final Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (final Path file : files.filter((one) -> one.endsWith("snapshot")).toList()) {
        flip(file, Files.size(file) / 2);
      }
    }
  }

  private static void flip(final Path file, final long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      final int before = bytes.read();
      bytes.seek(at);
      bytes.write(before ^ 0x10);
    }
  }

  @Test
  void shouldNameAPoisonedDayAndDoTheRest() throws Exception {
    final List<Path> feeds = seeded();
    final Path poisoned = feeds.get(random.nextInt(INSTRUMENTS));
    final String symbol = poisoned.getFileName().toString().replace(".feed", "");
    flip(poisoned, Files.size(poisoned) / 2);
    final BackfillOptions options = options();
    try (LocalCluster cluster = cluster();
        SubmittedJob job = SubmittedJob.submit(cluster, feeds, options, 2, null)) {
      job.awaitFinished();
    }
    final List<String> flaws = Results.flaws(options.folder());
    assertEquals(1, flaws.size(), () -> "seed " + seed + ": " + flaws);
    assertTrue(flaws.get(0).contains(symbol), flaws.get(0));
    assertTrue(flaws.get(0).contains(poisoned.getFileName().toString()), flaws.get(0));
    final NavigableMap<String, String> hashes = Results.hashes(options.folder());
    assertTrue(hashes.size() > (INSTRUMENTS - 1) * DAYS, () -> "seed " + seed);
    for (final Path feed : feeds) {
      final String name = feed.getFileName().toString().replace(".feed", "");
      if (!name.equals(symbol)) {
        assertEquals(
            Results.ofEngine(feed, options),
            Results.last(hashes, SeededFeeds.VENUE + "/" + name),
            () -> "seed " + seed + ": " + name);
      }
    }
  }
}
