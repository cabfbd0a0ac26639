package io.liqmap.tools.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.picture.Palette;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frames as text and sequences: a pure function of map, state and look. */
final class FrameTest {
  private static final String KEYS = "q ends";
  private static final double REACH = 0.1;

  private static Frame map(final WatchedMap map, final WatchState state, final Look look) {
    return MapFrame.of(map, state, look, REACH, null, KEYS).frame();
  }

  private static String drawn(final Frame frame, final ColorLevel colors) {
    final StringBuilder text = new StringBuilder();
    for (int row = 0; row < frame.canvas().height(); row++) {
      text.append("\u001B[").append(row + 1).append(";1H").append(frame.canvas().line(row, colors));
    }
    return text.toString();
  }

  private static void forEachLook(final Function<Look, Frame> draw) {
    for (int width = 40; width <= 200; width += 11 + width % 3) {
      for (final int height : List.of(5, 28)) {
        for (final ColorLevel colors : List.of(ColorLevel.NONE, ColorLevel.TRUE)) {
          for (final Look.Picture picture : Look.Picture.values()) {
            final Look look = Samples.look(width, height, colors, picture);
            final Frame frame = draw.apply(look);
            assertEquals(width, frame.canvas().width());
            // Fails by itself where a character is off the screen.
            final Grid grid = new Grid(width, height).feed(drawn(frame, colors));
            if (colors == ColorLevel.NONE) {
              assertFalse(grid.sequences.toString().contains("m"), grid.sequences.toString());
            }
            if (picture == Look.Picture.ASCII) {
              assertTrue(grid.text().chars().allMatch((c) -> c < 0x7f), grid.text());
            }
            if (frame.picture() != null) {
              final int right = frame.column() * look.cellWidth() + frame.picture().width();
              final int bottom = frame.row() * look.cellHeight() + frame.picture().height();
              assertTrue(right <= width * look.cellWidth());
              assertTrue(bottom < height * look.cellHeight(), "below it there is text");
            }
          }
        }
      }
    }
  }

  @Test
  void shouldKeepToTheWidthWhateverTheTerminalCan() {
    final SplittableRandom random = new SplittableRandom(1);
    final WatchedMap long1 = Samples.map(random, "longest-venu:A-VERY-LONG-SYMBOL-OF-32-CHARS-X");
    forEachLook((look) -> map(long1, Samples.live(3.2), look));
    forEachLook((look) -> map(null, new WatchState(WatchState.Kind.READING, 0, .4, null), look));
    final List<HeatColumn> columns = Samples.columns(random, 30);
    forEachLook((look) -> HeatFrame.of(long1, Samples.live(0), columns, look, .05, KEYS));
  }

  @Test
  void shouldFitTinyPrices() {
    final WatchedMap tiny = Samples.map(new SplittableRandom(2), "PEPE", 0.00000812);
    forEachLook((look) -> map(tiny, Samples.live(1), look));
  }

  @Test
  void shouldSayWhatItIsAsOfWhen() {
    final WatchedMap map = Samples.map(new SplittableRandom(3), "BTCUSDT");
    final String text =
        map(map, Samples.live(3.2), Samples.look(120, 40, ColorLevel.NONE, Look.Picture.SHADES))
            .text(ColorLevel.NONE);
    for (final String part :
        List.of(
            "BTCUSDT  live, 3.2 s old  2024-08-05T12:00:00Z  sequence " + map.sequence(),
            "model consensus of 12h",
            "mark 60,012.5  open interest 76.1 k BTC",
            "nearest above short  60,312.5 – 60,425.0  2.50 M USDT+USD  50 bp from mark  no. 1063",
            "nearest below long   59,312.5 – 59,412.5  2.50 M USDT+USD  100 bp from mark",
            "shown: 9.0 % of longs, 26.5 % of shorts  gaps 3, rejected 0",
            WatchedMap.CAVEAT,
            KEYS)) {
      assertTrue(text.contains(part), () -> part + " in\n" + text);
    }
    assertFalse(text.contains("\u001B"));
  }

  @Test
  void shouldTellLiveFromStaleAndFinished() {
    assertEquals("live, 0.4 s old", Samples.live(.4).text());
    assertEquals("STALE, nothing new for 34 s", Samples.live(34).text());
    assertTrue(Samples.live(34).isBad());
    final WatchState finished = new WatchState(WatchState.Kind.FINISHED, 500, 1, null);
    assertEquals("finished", finished.text());
    assertFalse(finished.isBad());
    final WatchState broken = new WatchState(WatchState.Kind.BROKEN, 1, 1, "document 7\u001B[2J");
    final String text =
        map(
                Samples.map(new SplittableRandom(4), "A"),
                broken,
                Samples.look(80, 40, ColorLevel.NONE, Look.Picture.SHADES))
            .text(ColorLevel.NONE);
    assertTrue(text.contains("BROKEN") && text.contains("document 7?[2J"), text);
  }

  /** Each row's amount and sum against the map itself. */
  @Test
  void shouldShowWhatLiesBetweenThePricesOfItsLines() {
    final SplittableRandom random = new SplittableRandom(5);
    for (final Look.Picture picture : Look.Picture.values()) {
      final WatchedMap map = Samples.map(random, "A", Samples.MARK + random.nextDouble() * 500);
      final Look look = Samples.look(100, 44, ColorLevel.TRUE, picture);
      final Grid grid =
          new Grid(100, 44).feed(drawn(map(map, Samples.live(1), look), look.colors()));
      final List<String> lines = grid.text().lines().toList();
      final int mark =
          IntStream.range(0, lines.size())
              .filter((i) -> lines.get(i).strip().startsWith(Format.price(map.mark()) + " "))
              .findFirst()
              .orElseThrow();
      double far = map.mark();
      int seen = 0;
      for (int i = mark + 1; lines.get(i).startsWith("  "); i++) {
        final String line = lines.get(i);
        final double low = Double.parseDouble(line.substring(0, 10).strip().replace(",", ""));
        assertTrue(line.endsWith(Format.amount(map.longs().between(low, map.mark()))), line);
        final String own = Format.amount(map.between(low, far));
        assertTrue(line.substring(0, 89).endsWith(own), () -> own + " in " + line);
        far = low;
        seen++;
      }
      assertTrue(seen > 10, () -> "only some rows in\n" + grid.text());
      final String above = lines.get(mark - 2);
      final double from = Double.parseDouble(above.substring(0, 10).strip().replace(",", ""));
      assertTrue(
          above
              .substring(0, 89)
              .endsWith(Format.amount(map.shorts().between(from, step(lines, mark, from)))),
          above);
    }
  }

  /** The price from which the next line above begins. */
  private static double step(final List<String> lines, final int mark, final double from) {
    final String next = lines.get(mark - 3).substring(0, 10).strip().replace(",", "");
    assertTrue(Double.parseDouble(next) > from);
    return Double.parseDouble(next);
  }

  @Test
  void shouldStayWhereItIsWhileMarkMovesALittle() {
    final Look look = Samples.look(80, 40, ColorLevel.TRUE, Look.Picture.HALVES);
    final SplittableRandom random = new SplittableRandom(6);
    PriceRows rows = null;
    double mark = Samples.MARK;
    int moves = 0;
    for (int i = 0; i < 500; i++) {
      mark *= 1 + (random.nextDouble() - .5) * .02;
      final PriceRows next = PriceRows.around(mark, REACH, look.height(), rows);
      assertTrue(next.row(mark) >= 0 && next.row(mark) < next.rows());
      assertTrue(next.low(next.row(mark)) <= mark && mark < next.high(next.row(mark)));
      moves += next.equals(rows) ? 0 : 1;
      rows = next;
    }
    assertTrue(moves > 1 && moves < 100, "moved " + moves + " times");
  }

  @Test
  void shouldColourTheHeatmapByAmount() {
    final SplittableRandom random = new SplittableRandom(7);
    final List<HeatColumn> columns = Samples.columns(random, 20);
    final Look look = Samples.look(80, 30, ColorLevel.TRUE, Look.Picture.SIXEL);
    final Frame frame =
        HeatFrame.of(Samples.map(random, "A"), Samples.live(0), columns, look, .05, KEYS);
    final Pixels pixels = frame.picture();
    assertNotNull(pixels);
    final Palette palette = Palette.of(Palette.names().get(0));
    final List<Integer> colours =
        IntStream.range(0, Palette.COLOURS).map(palette::colour).boxed().toList();
    int marks = 0;
    for (int x = 0; x < pixels.width(); x++) {
      for (int y = 0; y < pixels.height(); y++) {
        final int colour = pixels.colour(x, y);
        marks += colour == Ink.MARK ? 1 : 0;
        assertTrue(colour == Ink.MARK || colours.contains(colour));
      }
    }
    // Two lines of pixels for each column's mark.
    assertEquals(2 * pixels.width(), marks);
    assertEquals(20 * 4, pixels.width());
  }

  @Test
  void shouldDistinguishTheSidesInColour() {
    final WatchedMap map = Samples.map(new SplittableRandom(8), "A");
    final Look look = Samples.look(100, 40, ColorLevel.TRUE, Look.Picture.SIXEL);
    final Pixels pixels = map(map, Samples.live(0), look).picture();
    int longs = 0;
    int shorts = 0;
    for (int y = 0; y < pixels.height(); y++) {
      final int colour = pixels.colour(4, y);
      final boolean isWarm = (colour >> 16 & 0xff) > (colour & 0xff);
      if (colour != Pixels.NONE && colour != Ink.MARK && colour != Ink.MUTED) {
        longs += isWarm ? 1 : 0;
        shorts += isWarm ? 0 : 1;
        assertEquals(isWarm, y > pixels.height() / 2, "at " + y);
      }
    }
    assertTrue(longs > 20 && shorts > 20);
    assertTrue(Ink.of(Side.LONG, 1) == Ink.of(Side.LONG));
    assertTrue((Ink.of(Side.LONG, .1) >> 16) < (Ink.of(Side.LONG, .9) >> 16));
  }

  @Test
  void shouldNotLetNamesSteerTheTerminal() {
    final String evil = "A\u001B[2J\u0007\u009B31m\u202E\u0301日B";
    final WatchedMap map = Samples.map(new SplittableRandom(9), evil);
    for (final Look.Picture picture : Look.Picture.values()) {
      final Look look = Samples.look(120, 30, ColorLevel.NONE, picture);
      final Grid grid =
          new Grid(120, 30).feed(drawn(map(map, Samples.live(0), look), ColorLevel.NONE));
      assertTrue(grid.line(0).startsWith("A?[2J??31m???B"), grid.line(0));
    }
  }
}
