package io.liqmap.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.backfill.DayResult.Outcome;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedFileReader;
import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import io.liqmap.tools.history.Column;
import io.liqmap.tools.history.ColumnRange;
import io.liqmap.tools.history.ColumnReplay;
import io.liqmap.tools.history.MapChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that are computed one by one are those of an engine that gets everything at once. */
final class BackfillTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final EngineSettings SETTINGS =
      EngineConfig.defaults().withMode(ThreadingMode.INLINE);

  @TempDir private Path folder;

  private BackfillOptions options(final String out, final boolean isContinued) {
    return new BackfillOptions(SETTINGS.text(), folder.resolve(out).toString(), HOUR, isContinued);
  }

  private static List<DayResult> compute(final BackfillOptions options, final Path... feeds)
      throws IOException {
    final Map<String, KeyState> states = new HashMap<>();
    final List<DayResult> results = new ArrayList<>();
    final FileDays days = new FileDays(List.of(feeds).stream().map(Path::toString).toList());
    // One worker for all, and one for each day: from memory, and from the state.
    try (DayWorker shared = new DayWorker(options)) {
      while (days.hasNext()) {
        final FileDay day = days.next();
        final String name = day.name().toString();
        final KeyState before =
            states.containsKey(name) ? KeyState.decode(states.get(name).encode()) : KeyState.none();
        try (DayWorker own = new DayWorker(options)) {
          final DayWorker.Done done =
              (day.day() % 2 == 0 ? shared : own).process(FileDay.decode(day.encode()), before);
          states.put(name, done.state());
          results.add(done.result());
        }
      }
    }
    return results;
  }

  private static long ofEngine(final Path feed) throws Exception {
    return ofEngine(feed, null);
  }

  private static long ofEngine(final Path feed, final Path journal) throws Exception {
    try (Engine engine = Engine.launch(SETTINGS, journal, Outputs.NONE);
        FeedFileReader reader = new FeedFileReader(feed)) {
      engine.run(reader, ReplayPace.max());
      engine.finish();
      return engine.map().stateHash();
    }
  }

  private static DayResult last(final List<DayResult> results, final String name) {
    return results.stream()
        .filter((day) -> day.name().toString().equals(name))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static List<Outcome> outcomes(final List<DayResult> results, final String name) {
    return results.stream()
        .filter((day) -> day.name().toString().equals(name))
        .map(DayResult::outcome)
        .toList();
  }

  @Test
  void shouldHaveTheStateOfEachInstrumentsOwnFeed() throws Exception {
    final List<DayResult> results =
        compute(options("out", false), DayFeeds.both(folder.resolve("a.feed"), 1));
    assertTrue(results.size() >= 2 * DayFeeds.INSTRUMENTS, "days " + results.size());
    assertEquals(
        ofEngine(DayFeeds.alone(folder.resolve("b.feed"), 1, 0)),
        last(results, DayFeeds.BTC).stateHash());
    assertEquals(
        ofEngine(DayFeeds.alone(folder.resolve("e.feed"), 1, 1)),
        last(results, DayFeeds.ETH).stateHash());
  }

  @Test
  @SuppressWarnings("try") // Flink's iterator may throw an interruption where it is closed.
  void shouldHaveTheSameStateThroughFlink() throws Exception {
    final Path feed = DayFeeds.both(folder.resolve("a.feed"), 2);
    final BackfillOptions options = options("flink", false);
    final List<DayResult> results = new ArrayList<>();
    try (CloseableIterator<Tuple2<String, byte[]>> collected =
        BackfillJob.build(Embedded.environment(2), List.of(feed.toString()), options)
            .executeAndCollect(BackfillJob.NAME)) {
      collected.forEachRemaining((element) -> results.add(DayResult.decode(element.f1)));
    }
    final List<DayResult> plain = compute(options("plain", false), feed);
    assertEquals(plain.size(), results.size());
    for (final String name : List.of(DayFeeds.BTC, DayFeeds.ETH)) {
      assertEquals(last(plain, name).stateHash(), last(results, name).stateHash(), name);
    }
    assertEquals(files("plain"), files("flink"));
  }

  /** Content of all files by their names in the folder of results. */
  private Map<String, List<Byte>> files(final String out) throws IOException {
    final Path root = folder.resolve(out);
    final Map<String, List<Byte>> all = new HashMap<>();
    try (var paths = Files.walk(root)) {
      for (final Path file : paths.filter(Files::isRegularFile).toList()) {
        final List<Byte> content = new ArrayList<>();
        for (final byte one : Files.readAllBytes(file)) {
          content.add(one);
        }
        all.put(root.relativize(file).toString(), content);
      }
    }
    assertFalse(all.isEmpty());
    return all;
  }

  @Test
  void shouldHaveTheColumnsOfAReplayOfAllDays() throws Exception {
    final Path feed = DayFeeds.alone(folder.resolve("b.feed"), 3, 0);
    ofEngine(feed, folder.resolve("journal"));
    final List<String> expected = new ArrayList<>();
    ColumnReplay.run(
        folder.resolve("journal"),
        List.of(MapChoice.first(DayFeeds.BTC)),
        ColumnRange.all(HOUR),
        (choice, column) -> expected.add(text(column)));
    final List<String> columns = new ArrayList<>();
    final FileDays days = new FileDays(List.of(feed.toString()));
    KeyState state = KeyState.none();
    while (days.hasNext()) {
      final FileDay day = days.next();
      try (DayMarket market = new DayMarket(SETTINGS, DayFeeds.BTC, HOUR, state)) {
        market.apply(day, (column) -> columns.add(text(column)));
        state = market.state(day.day());
      }
    }
    assertTrue(expected.size() > 24, "columns " + expected.size());
    assertEquals(expected, columns);
  }

  private static String text(final Column column) {
    double sum = 0;
    for (final Side side : Side.values()) {
      for (int i = 0; i < column.bucketCount(side); i++) {
        sum += column.notional(side, column.firstBucket(side) + i);
      }
    }
    return column.time()
        + " "
        + column.sequence()
        + " "
        + column.open()
        + " "
        + column.high()
        + " "
        + column.low()
        + " "
        + column.close()
        + " "
        + column.mark()
        + " "
        + sum;
  }

  @Test
  void shouldJoinFilesThatBeginTheirSequencesAgainWithinADay() throws Exception {
    final Path whole = DayFeeds.alone(folder.resolve("b.feed"), 4, 0);
    final List<DayResult> expected = compute(options("whole", false), whole);
    final long cut = expected.get(0).messages() + expected.get(1).messages() / 2;
    final Path first = DayFeeds.part(folder.resolve("1.feed"), whole, (one) -> one < cut, 1);
    // A file defines its instrument: one message more.
    final Path second =
        DayFeeds.part(folder.resolve("2.feed"), whole, (one) -> one == 0 || one >= cut, 1);
    final List<DayResult> results = compute(options("parts", false), second, first);
    assertEquals(expected.size(), results.size());
    assertEquals(
        last(expected, DayFeeds.BTC).sequence() + 1, last(results, DayFeeds.BTC).sequence());
    assertEquals(outcomes(expected, DayFeeds.BTC), outcomes(results, DayFeeds.BTC));
    assertEquals(expected.get(1).messages() + 1, results.get(1).messages());
  }

  @Test
  void shouldKeepDaysThatWereComputedFromTheSame() throws Exception {
    final Path feed = DayFeeds.alone(folder.resolve("b.feed"), 5, 0);
    final BackfillOptions options = options("out", false);
    final List<DayResult> computed = compute(options, feed);
    final DayResult second = computed.get(1);
    Files.delete(folder.resolve("out/test/BTCUSDT/" + FileDay.text(second.day()) + "/day.json"));
    final List<DayResult> again = compute(options, feed);
    for (int i = 0; i < computed.size(); i++) {
      assertEquals(i == 1 ? Outcome.COMPUTED : Outcome.KEPT, again.get(i).outcome(), "day " + i);
      assertEquals(computed.get(i).stateHash(), again.get(i).stateHash(), "day " + i);
    }
    final List<DayResult> otherColumns =
        compute(new BackfillOptions(options.settings(), options.out(), 2 * HOUR, false), feed);
    assertTrue(otherColumns.stream().allMatch((day) -> day.outcome() == Outcome.COMPUTED));
  }

  @Test
  void shouldNameAFlawedDayAndComputeTheRest() throws Exception {
    final Path whole = DayFeeds.alone(folder.resolve("b.feed"), 6, 0);
    final long nextDay = compute(options("good", false), whole).get(0).messages();
    final Path bad = DayFeeds.part(folder.resolve("1.feed"), whole, (one) -> one < nextDay, 1);
    final byte[] bytes = Files.readAllBytes(bad);
    // Behind the first block, which says whose day it is.
    bytes[bytes.length / 2] ^= 1;
    Files.write(bad, bytes);
    final Path[] feeds = {
      bad,
      DayFeeds.part(folder.resolve("2.feed"), whole, (one) -> one == 0 || one >= nextDay, 1),
      DayFeeds.alone(folder.resolve("e.feed"), 6, 1)
    };
    final List<DayResult> left = compute(options("left", false), feeds);
    assertEquals(List.of(Outcome.FLAWED, Outcome.NOT_COMPUTED), outcomes(left, DayFeeds.BTC));
    assertTrue(outcomes(left, DayFeeds.ETH).stream().allMatch((one) -> one == Outcome.COMPUTED));
    final DayResult flawed =
        left.stream().filter((day) -> day.outcome() == Outcome.FLAWED).findFirst().orElseThrow();
    assertTrue(flawed.reason().contains("1.feed"), flawed.reason());
    final List<DayResult> continued = compute(options("continued", true), feeds);
    assertEquals(Outcome.COMPUTED, last(continued, DayFeeds.BTC).outcome());
  }
}
