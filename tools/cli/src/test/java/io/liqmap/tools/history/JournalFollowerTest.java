package io.liqmap.tools.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.market.MapWriter;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalFollowerTest {
  private static final long PART = 900;
  private static final long ALL = 1_400;

  @TempDir static Path folder;
  private static Path journal;

  @BeforeAll
  static void make() throws Exception {
    journal = SampleJournal.make(folder, new SampleFeed(11, ALL, 5));
  }

  private static void await(final BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static HeatmapRequest all(final String instrument, final int columns, final int group) {
    return new HeatmapRequest(
        MapChoice.first(instrument),
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        30_000,
        110_000,
        columns,
        1_000,
        group);
  }

  private static Heatmap whole(final JournalFollower follower, final HeatmapRequest request) {
    await(() -> follower.status().isRead() && follower.status().progress() == 1);
    return follower.heatmap(request);
  }

  @Test
  void shouldAnswerAsOfTheEndOfTheJournal() throws Exception {
    try (JournalFollower follower = JournalFollower.start(journal);
        OpenJournal open = OpenJournal.of(journal)) {
      final MapWriter wanted = SampleJournal.replayTo(open, Long.MAX_VALUE).map();
      assertEquals(wanted.stateHash(), follower.ask(MapWriter::stateHash).get());
      await(() -> follower.status().phase() == FollowerStatus.Phase.FOLLOWING);
      assertEquals(wanted.sequence(), follower.status().lastSequence());
      assertEquals(wanted.firstTime(), follower.status().firstTime());
      assertEquals(1, follower.status().firstSequence());
      assertNull(follower.status().problem());
    }
  }

  @Test
  void shouldShowInEachCellWhatTheMapsOfThatTimeHold() throws Exception {
    final List<String> names = List.of(SampleFeed.FIRST, SampleFeed.SECOND, SampleFeed.GROUP);
    try (JournalFollower follower = JournalFollower.start(journal)) {
      for (int i = 0; i < names.size(); i++) {
        for (final int columns : new int[] {2_000, 40}) {
          final Heatmap shown = whole(follower, all(names.get(i), columns, 3));
          assertTrue(shown.columns() <= columns + 1);
          requireSame(columns(names.get(i), shown.every()), shown);
        }
      }
    }
  }

  private static Map<Long, Column> columns(final String name, final long every) throws Exception {
    final Map<Long, Column> columns = new HashMap<>();
    ColumnReplay.run(
        journal,
        List.of(MapChoice.first(name)),
        ColumnRange.all(every),
        (choice, column) -> {
          // Before that, a group is its only member.
          if (!name.equals(SampleFeed.GROUP)
              || column.snapshot().instrument().quoteAsset().contains("+")) {
            columns.put(column.time(), column);
          }
        });
    return columns;
  }

  private static void requireSame(final Map<Long, Column> wanted, final Heatmap shown) {
    for (int column = 0; column < shown.columns(); column++) {
      final Column one = wanted.remove(shown.time(column));
      if (one == null) {
        continue;
      }
      assertEquals(one.mark(), shown.mark(column), 0);
      assertEquals(one.open(), shown.open(column), 0);
      assertEquals(one.high(), shown.high(column), 0);
      assertEquals(one.low(), shown.low(column), 0);
      assertEquals(one.close(), shown.close(column), 0);
      for (int row = 0; row < shown.rows(); row++) {
        final double low = shown.lowest() * Math.pow(shown.ratio(), row);
        final double longs = sum(one, Side.LONG, low, low * shown.ratio());
        final double shorts = sum(one, Side.SHORT, low, low * shown.ratio());
        final double cell = longs > shorts ? -longs : shorts;
        assertEquals(cell, shown.cell(column, row), 1e-5 * Math.abs(cell));
      }
    }
    assertTrue(wanted.isEmpty(), "columns that weren't shown: " + wanted.keySet());
  }

  private static double sum(
      final Column column, final Side side, final double low, final double high) {
    double sum = 0;
    for (int i = 0; i < column.bucketCount(side); i++) {
      final int bucket = column.firstBucket(side) + i;
      final double centre = column.snapshot().centre(bucket);
      sum += centre > low && centre < high ? column.notional(side, bucket) : 0;
    }
    return sum;
  }

  @Test
  void shouldFollowEnginesThatBeginResumeAndReplaceTheJournal(@TempDir final Path other)
      throws Exception {
    final Path followed = other.resolve("journal");
    final List<Long> heard = new ArrayList<>();
    try (JournalFollower follower = JournalFollower.start(followed)) {
      follower.onChange(() -> heard.add(follower.status().lastSequence()));
      await(() -> follower.status().phase() == FollowerStatus.Phase.WAITING);
      SampleJournal.make(other, new SampleFeed(11, PART, 5));
      requireFollowed(follower, followed);
      SampleJournal.make(other, new SampleFeed(11, ALL, 5));
      requireFollowed(follower, followed);
      await(() -> heard.contains(follower.status().lastSequence()));
      final Heatmap shown = whole(follower, all(SampleFeed.GROUP, 2_000, 2));
      requireSame(columns(SampleFeed.GROUP, shown.every()), shown);
    }
  }

  private static void requireFollowed(final JournalFollower follower, final Path followed)
      throws Exception {
    try (OpenJournal open = OpenJournal.of(followed)) {
      final MapWriter wanted = SampleJournal.replayTo(open, Long.MAX_VALUE).map();
      await(() -> follower.status().lastSequence() == wanted.sequence());
      assertEquals(wanted.stateHash(), follower.ask(MapWriter::stateHash).get());
    }
  }

  @Test
  void shouldShowWhatIsWholeOfADamagedJournal(@TempDir final Path other) throws Exception {
    final Path damaged = SampleJournal.make(other, new SampleFeed(11, ALL, 5));
    final long whole = flip(damaged, 0.3);
    try (JournalFollower follower = JournalFollower.start(damaged);
        OpenJournal open = OpenJournal.of(journal)) {
      final MapWriter wanted = SampleJournal.replayTo(open, Long.MAX_VALUE).map();
      assertEquals(wanted.stateHash(), follower.ask(MapWriter::stateHash).get());
      await(() -> follower.status().problem() != null);
      assertTrue(follower.status().problem().contains("document"));
      final Heatmap shown = follower.heatmap(all(SampleFeed.FIRST, 2_000, 1));
      assertTrue(shown.done() < 1);
      assertTrue(Float.isNaN(shown.cell(shown.columns() / 2, 0)));
    }
    flip(damaged, 0.3);
    assertEquals(whole, flip(damaged, 1));
    try (JournalFollower follower = JournalFollower.start(damaged)) {
      await(() -> follower.status().phase() == FollowerStatus.Phase.BROKEN);
      final long last = follower.status().lastSequence();
      assertTrue(last > 0 && last < endOf(journal));
      assertEquals(last, follower.ask(MapWriter::sequence).get());
    }
  }

  /** Sequence of a journal's last event. */
  private static long endOf(final Path of) throws Exception {
    try (OpenJournal open = OpenJournal.of(of)) {
      return SampleJournal.replayTo(open, Long.MAX_VALUE).map().sequence();
    }
  }

  /** Changes a byte of the last document but the report, or of one before; returns its length. */
  private static long flip(final Path damaged, final double where) throws Exception {
    final Path queue;
    try (Stream<Path> files = Files.list(damaged.resolve("queue"))) {
      queue = files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
    try (RandomAccessFile file = new RandomAccessFile(queue.toFile(), "rw")) {
      final byte[] content = new byte[(int) file.length()];
      file.readFully(content);
      int used = content.length;
      while (content[used - 1] == 0) {
        used--;
      }
      // The report is shorter than that, so that this is in the last events.
      final int at = (int) (where * (used - 600));
      file.seek(at);
      file.write(content[at] ^ 1);
      return used;
    }
  }
}
