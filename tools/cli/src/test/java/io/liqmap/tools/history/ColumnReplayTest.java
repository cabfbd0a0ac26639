package io.liqmap.tools.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.tools.answer.GroupMapAnswer;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MapAnswer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnReplayTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long EVERY = 15 * SECOND;
  private static final List<MapChoice> CHOICES =
      List.of(
          MapChoice.first(SampleFeed.FIRST),
          MapChoice.first(SampleFeed.SECOND),
          MapChoice.first(SampleFeed.GROUP),
          new MapChoice(SampleFeed.FIRST, MapVariant.CONSENSUS, Window.H12),
          new MapChoice(SampleFeed.GROUP, MapVariant.CONSENSUS, Window.ALL));

  @TempDir static Path folder;
  private static Path journal;

  @BeforeAll
  static void make() throws Exception {
    journal = SampleJournal.make(folder, new SampleFeed(7, 1_200, 4));
  }

  private record Found(int choice, Column column) {}

  private static List<Found> columns(final ColumnRange range) throws Exception {
    final List<Found> found = new ArrayList<>();
    ColumnReplay.run(
        journal, CHOICES, range, (choice, column) -> found.add(new Found(choice, column)));
    return found;
  }

  @Test
  void shouldBeWhatTheMapAnswersForThatTime() throws Exception {
    final List<Found> all = columns(ColumnRange.all(EVERY));
    final SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 8; i++) {
      final Found found = all.get(random.nextInt(all.size()));
      try (OpenJournal open = OpenJournal.of(journal)) {
        final Replay replay = SampleJournal.replayTo(open, found.column().time());
        final MapAnswer answer = answer(replay.map(), CHOICES.get(found.choice()));
        assertEquals(answer.sequence(), found.column().sequence());
        assertEquals(answer.markPrice(), found.column().mark(), 0);
        assertEquals(answer.openInterest(), found.column().openInterest(), 0);
        assertEquals(buckets(answer), buckets(found.column()));
      }
    }
  }

  private static MapAnswer answer(final MapWriter writer, final MapChoice choice) {
    return choice.isGroup()
        ? GroupMapAnswer.of(writer, choice.groupIn(writer), choice.model(), choice.window(), true)
        : MapAnswer.of(writer, choice.mapIn(writer), choice.model(), choice.window(), true);
  }

  private static List<String> buckets(final Column column) {
    final List<String> rows = new ArrayList<>();
    for (final Side side : Side.values()) {
      for (int i = 0; i < column.bucketCount(side); i++) {
        final int bucket = column.firstBucket(side) + i;
        if (column.notional(side, bucket) > 0) {
          rows.add(
              side.name().toLowerCase(Locale.ROOT)
                  + " "
                  + rounded(column.snapshot().priceLow(bucket))
                  + " "
                  + rounded(column.notional(side, bucket)));
        }
      }
    }
    return rows;
  }

  /** As JSON has it. */
  private static double rounded(final double value) {
    return new BigDecimal(value).round(new MathContext(12)).doubleValue();
  }

  private static List<String> buckets(final MapAnswer answer) throws Exception {
    final StringWriter text = new StringWriter();
    Json.write(answer, new PrintWriter(text));
    final List<String> rows = new ArrayList<>();
    for (final JsonNode bucket : new JsonMapper().readTree(text.toString()).get("buckets")) {
      rows.add(
          bucket.get("side").asText()
              + " "
              + bucket.get("priceLow").asDouble()
              + " "
              + bucket.get("notional").asDouble());
    }
    return rows;
  }

  @Test
  void shouldMakeTheSameColumnsOfAPartAsOfAll() throws Exception {
    final List<Found> all = columns(ColumnRange.all(EVERY));
    final long first = all.get(0).column().time();
    final long last = all.get(all.size() - 1).column().time();
    final SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 6; i++) {
      final long from = random.nextLong(first - EVERY, last);
      final long to = random.nextLong(from, last + 2 * EVERY);
      final List<Found> wanted =
          all.stream()
              .filter((one) -> one.column().time() >= from && one.column().time() <= to)
              .toList();
      final List<Found> part = columns(new ColumnRange(from, to, EVERY));
      assertEquals(wanted.size(), part.size());
      for (int at = 0; at < part.size(); at++) {
        assertEquals(text(wanted.get(at)), text(part.get(at)));
      }
    }
  }

  private static String text(final Found found) {
    final Column column = found.column();
    return String.join(
        " ",
        List.of(
            "" + found.choice(),
            "" + column.time(),
            "" + column.sequence(),
            "" + column.open(),
            "" + column.high(),
            "" + column.low(),
            "" + column.close(),
            buckets(column).toString()));
  }

  @Test
  void shouldHaveAColumnForEachIntervalSinceTheInstrumentWasDefined() throws Exception {
    final long[] next = new long[CHOICES.size()];
    for (final Found found : columns(ColumnRange.all(EVERY))) {
      final long time = found.column().time();
      assertEquals(0, time % EVERY);
      assertTrue(next[found.choice()] == 0 || time == next[found.choice()]);
      next[found.choice()] = time + EVERY;
    }
    assertEquals(1, Arrays.stream(next).distinct().count());
  }

  @Test
  void shouldHaveTheTradesOfTheIntervalInItsBar() throws Exception {
    final List<Column> columns =
        columns(ColumnRange.all(EVERY)).stream()
            .filter((found) -> found.choice() == 0)
            .map(Found::column)
            .toList();
    final Map<Long, List<Double>> trades = new TreeMap<>();
    try (OpenJournal open = OpenJournal.of(journal)) {
      final MapWriter writer = open.writer();
      // A time that ran back belongs to the interval in which it was applied.
      writer.listener(
          (event, map) -> {
            if (event.kind() == FeedEvent.TRADE && event.instrument() == 0) {
              trades
                  .computeIfAbsent(
                      Intervals.endAtOrAfter(map.time(), EVERY), (end) -> new ArrayList<>())
                  .add(event.price() / 100.0);
            }
          });
      open.replay(writer).fromStart(Until.END);
    }
    for (final Column column : columns) {
      final List<Double> prices = trades.getOrDefault(column.time(), List.of());
      assertEquals(prices.isEmpty(), Double.isNaN(column.open()));
      if (!prices.isEmpty()) {
        assertEquals(prices.get(0), column.open(), 1e-9);
        assertEquals(prices.get(prices.size() - 1), column.close(), 1e-9);
        assertEquals(Collections.max(prices), column.high(), 1e-9);
        assertEquals(Collections.min(prices), column.low(), 1e-9);
      }
    }
  }

  @Test
  void shouldEndWhenItIsCancelled() throws Exception {
    final List<Column> found = new ArrayList<>();
    ColumnReplay.run(
        journal,
        List.of(MapChoice.first(SampleFeed.FIRST)),
        ColumnRange.all(EVERY),
        new ColumnHandler() {
          @Override
          public void onColumn(final int choice, final Column column) {
            found.add(column);
          }

          @Override
          public boolean isCancelled() {
            return found.size() == 3;
          }
        });
    assertEquals(3, found.size());
  }
}
