package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a backfill costs: the same days through an engine alone, day by day without Flink, and with
 * it, in turn, {@code -Dliqmap.rounds=N} times after one that doesn't count. Figures are printed;
 * what fails the test is a state that differs, or a day that is missing.
 */
@Tag("soak")
final class BackfillFiguresTest {
  private static final int ROUNDS = Integer.getInteger("liqmap.rounds", 3);
  private static final int INSTRUMENTS = 4;
  private static final int DAYS = 15;
  private static final int EVENTS = 10_000;

  /** Days that hold hardly anything, to see what a day itself costs. */
  private static final int SHORT_DAYS = 150;

  private static final int SHORT_EVENTS = 10;
  private static final long SEED = 20_261_201L;
  private static final long HOUR = 3_600_000_000_000L;

  @TempDir private Path folder;

  private final Map<String, List<Double>> figures = new LinkedHashMap<>();
  private int outputs;

  /** Something that takes time. */
  private interface Way {
    void run() throws Exception;
  }

  @Test
  void shouldComeToTheSameStatesOnEachWay() throws Exception {
    final List<Path> feeds =
        SeededFeeds.write(
            Files.createDirectory(folder.resolve("long")), SEED, INSTRUMENTS, DAYS, EVENTS);
    final List<Path> shortFeeds =
        SeededFeeds.write(
            Files.createDirectory(folder.resolve("short")),
            SEED,
            INSTRUMENTS,
            SHORT_DAYS,
            SHORT_EVENTS);
    final BackfillOptions shortDone = options();
    assertEquals(INSTRUMENTS * SHORT_DAYS, withoutFlink(shortFeeds, shortDone));
    for (int round = 0; round <= ROUNDS; round++) {
      final boolean counts = round > 0;
      measureDays(feeds, counts);
      measureEmptyDays(shortFeeds, shortDone, counts);
    }
    figures.forEach(BackfillFiguresTest::print);
  }

  private void measureDays(final List<Path> feeds, final boolean counts) throws Exception {
    final double events = (double) INSTRUMENTS * DAYS * EVENTS;
    final List<String> alone = new ArrayList<>();
    final BackfillOptions first = options();
    final double engine =
        seconds(
            () -> {
              for (final Path feed : feeds) {
                alone.add(Results.ofEngine(feed, first));
              }
            });
    add(counts, "engine alone, events/s", events / engine);
    final double days = seconds(() -> withoutFlink(feeds, first));
    add(counts, "days without Flink, events/s", events / days);
    assertEquals(alone, hashes(first));
    for (final int parallelism : new int[] {1, 2}) {
      final BackfillOptions options = options();
      final double flink = seconds(() -> withFlink(feeds, options, parallelism));
      add(counts, "with Flink, parallelism " + parallelism + ", events/s", events / flink);
      assertEquals(alone, hashes(options));
    }
  }

  private void measureEmptyDays(
      final List<Path> feeds, final BackfillOptions done, final boolean counts) throws Exception {
    final int all = INSTRUMENTS * SHORT_DAYS;
    final double kept = seconds(() -> assertEquals(all, withoutFlink(feeds, done)));
    final double flink = seconds(() -> assertEquals(all, withFlink(feeds, done, 1)));
    final List<Path> none = List.of(feeds.get(0));
    final double one = seconds(() -> assertEquals(SHORT_DAYS, withFlink(none, done, 1)));
    add(counts, "a kept day without Flink, µs", kept * 1e6 / all);
    add(counts, "a kept day with Flink, µs", (flink - one) * 1e6 / (all - SHORT_DAYS));
    add(counts, "start and end of a job, ms", (one - (flink - one) / (INSTRUMENTS - 1)) * 1e3);
  }

  private BackfillOptions options() {
    return new BackfillOptions(
        EngineConfig.defaults().withMode(ThreadingMode.INLINE).text(),
        folder.resolve("out-" + outputs++).toString(),
        HOUR,
        false);
  }

  private static int withoutFlink(final List<Path> feeds, final BackfillOptions options)
      throws IOException {
    final FileDays days = new FileDays(feeds.stream().map(Path::toString).toList());
    final Map<String, byte[]> states = new HashMap<>();
    int count = 0;
    try (DayWorker worker = new DayWorker(options)) {
      for (; days.hasNext(); count++) {
        final FileDay day = days.next();
        final byte[] before = states.get(day.name().toString());
        final DayWorker.Done done =
            worker.process(day, before == null ? KeyState.none() : KeyState.decode(before));
        states.put(day.name().toString(), done.state().encode());
      }
    }
    return count;
  }

  @SuppressWarnings("try") // Flink's iterator may throw an interruption where it is closed.
  private static int withFlink(
      final List<Path> feeds, final BackfillOptions options, final int parallelism)
      throws Exception {
    int count = 0;
    try (CloseableIterator<Tuple2<String, byte[]>> results =
        BackfillJob.build(
                Embedded.environment(parallelism),
                feeds.stream().map(Path::toString).toList(),
                options)
            .executeAndCollect(BackfillJob.NAME)) {
      for (; results.hasNext(); count++) {
        results.next();
      }
    }
    return count;
  }

  private static List<String> hashes(final BackfillOptions options) throws IOException {
    final var all = Results.hashes(options.folder());
    final List<String> last = new ArrayList<>();
    for (int i = 0; i < INSTRUMENTS; i++) {
      last.add(Results.last(all, SeededFeeds.VENUE + "/" + SeededFeeds.symbol(i)));
    }
    return last;
  }

  private static double seconds(final Way way) throws Exception {
    final long began = System.nanoTime();
    way.run();
    return (System.nanoTime() - began) / 1e9;
  }

  private void add(final boolean counts, final String name, final double figure) {
    if (counts) {
      figures.computeIfAbsent(name, (key) -> new ArrayList<>()).add(figure);
    }
  }

  private static void print(final String name, final List<Double> rounds) {
    Collections.sort(rounds);
    System.out.printf(
        Locale.ROOT,
        "  %-45s %,10.0f (%,.0f – %,.0f)%n",
        name,
        rounds.get(rounds.size() / 2),
        rounds.get(0),
        rounds.get(rounds.size() - 1));
  }
}
