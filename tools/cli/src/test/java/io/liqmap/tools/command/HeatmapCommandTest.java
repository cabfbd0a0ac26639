package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.tools.picture.Area;
import io.liqmap.tools.picture.HeatmapPicture;
import io.liqmap.tools.picture.Palette;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The maps of a time, as a picture and as data, beside what {@code map} says of single ones. */
final class HeatmapCommandTest {
  /** What twelve digits can lose. */
  private static final double DIGITS = 5e-12;

  private static final int HOUR = 3_600;
  private static final String FROM = Bars.START.plusSeconds(20 * HOUR).toString();
  private static final Instant TO = Bars.START.plusSeconds(50 * HOUR);
  private static final String ROWS = "--low 45000 --high 70000 --group 40";

  @TempDir private static Path folder;
  private static Path journal;

  @BeforeAll
  static void run() throws IOException {
    journal = folder.resolve("journal");
    final Path[] feeds = Bars.feeds(folder);
    Cli.line("run --feed %s %s --journal %s --mode inline", feeds[0], feeds[1], journal).exits(0);
  }

  private static Cli.Ran heatmap(final String name, final String words) {
    return write("heatmap", name, words);
  }

  private static Cli.Ran write(final String command, final String name, final String words) {
    return Cli.run(
        Stream.concat(
                Stream.of(
                    command,
                    "--journal",
                    journal,
                    "--out",
                    folder.resolve(name),
                    "--symbol",
                    "BTCUSDT"),
                Arrays.stream(words.strip().split(" +", -1)))
            .toArray());
  }

  private static Map<String, Object> mapAt(final String time, final String words) {
    return Cli.run(
            Stream.concat(
                    Stream.of("map", "--journal", journal, "--symbol", "BTCUSDT"),
                    Arrays.stream(("--format json --at " + time + words).split(" ", -1)))
                .toArray())
        .done()
        .json();
  }

  private static String times(final int hours) {
    return "--from " + FROM + " --to " + TO + " --every " + hours + "h ";
  }

  /** Ends of intervals, counted from 1970. */
  private static List<String> ends(final int hours) {
    final long length = hours * (long) HOUR;
    final long first = -Math.floorDiv(-Instant.parse(FROM).getEpochSecond(), length) * length;
    return LongStream.iterate(first, (at) -> at <= TO.getEpochSecond(), (at) -> at + length)
        .mapToObj((at) -> Instant.ofEpochSecond(at).toString())
        .toList();
  }

  private static List<String[]> rows(final String name) throws IOException {
    return Files.readAllLines(folder.resolve(name)).stream()
        .map((line) -> line.split(",", -1))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"ladder,1d", "consensus,all"})
  void shouldWriteWhatTheMapOfEachTimeHas(final String model, final String window)
      throws IOException {
    final String which = " --model " + model + " --window " + window;
    heatmap("h.csv", times(15) + "--format csv" + which).done();
    final List<String[]> rows = new ArrayList<>(rows("h.csv"));
    assertEquals(
        "time,sequence,instrument,side,price_low,price_high,quantity,notional,mark",
        String.join(",", rows.remove(0)));
    final List<String> found = rows.stream().map((row) -> row[0]).distinct().toList();
    assertEquals(ends(15), found);
    for (final String time : found) {
      final Map<String, Object> map = mapAt(time, which);
      final List<String> expected = new ArrayList<>();
      for (final Map<?, ?> bucket : JsonText.objects(map, "buckets")) {
        expected.add(
            String.join(
                " ",
                time,
                String.valueOf(JsonText.whole(map, "sequence")),
                "binance-usdm:BTCUSDT",
                JsonText.string(bucket, "side"),
                String.valueOf(JsonText.number(bucket, "priceLow")),
                String.valueOf(JsonText.number(bucket, "priceHigh")),
                String.valueOf(JsonText.number(bucket, "quantity")),
                String.valueOf(JsonText.number(bucket, "notional")),
                String.valueOf(JsonText.number(map, "markPrice"))));
      }
      assertFalse(expected.isEmpty());
      assertEquals(
          expected,
          rows.stream()
              .filter((row) -> row[0].equals(time))
              .map(HeatmapCommandTest::asJson)
              .toList());
    }
  }

  /** Numbers in the form that Java gives those of JSON. */
  private static String asJson(final String[] row) {
    final List<String> words = new ArrayList<>(List.of(row).subList(0, 4));
    for (int i = 4; i < row.length; i++) {
      words.add(String.valueOf(Double.parseDouble(row[i])));
    }
    return String.join(" ", words);
  }

  @Test
  void shouldWriteTheWholeAnswerOfEachTimeOnALine() throws IOException {
    write("map", "m.json", times(15) + "--format json").done();
    assertEquals(
        ends(15).stream().map((time) -> mapAt(time, "")).toList(),
        Files.readAllLines(folder.resolve("m.json")).stream().map(JsonText::object).toList());
  }

  @Test
  void shouldWriteEachLeverageOfAMap() throws IOException {
    write("map", "m.csv", times(15) + "--format csv").done();
    final List<String[]> rows = rows("m.csv");
    assertEquals("leverage", rows.get(0)[9]);
    final List<String> expected = new ArrayList<>();
    for (final String time : ends(15)) {
      for (final Map<?, ?> bucket : JsonText.objects(mapAt(time, ""), "buckets")) {
        JsonText.map(bucket, "tiers")
            .forEach(
                (leverage, quantity) ->
                    expected.add(
                        String.join(
                            " ",
                            time,
                            JsonText.string(bucket, "side"),
                            String.valueOf(JsonText.number(bucket, "priceLow")),
                            String.valueOf(leverage),
                            String.valueOf(quantity))));
      }
    }
    assertEquals(
        expected,
        rows.stream()
            .skip(1)
            .map(
                (row) ->
                    String.join(
                        " ",
                        row[0],
                        row[3],
                        String.valueOf(Double.parseDouble(row[4])),
                        row[9],
                        String.valueOf(Double.parseDouble(row[6]))))
            .toList());
  }

  @Test
  void shouldWriteArraysOfEachLeverage() throws IOException {
    write("map", "t.npy", times(15) + ROWS + " --format npy").done();
    heatmap("s.npy", times(15) + ROWS + " --format npy").done();
    final NpyArray tiers = NpyArray.read(folder.resolve("t.npy"));
    final NpyArray sums = NpyArray.read(folder.resolve("s.npy"));
    final int leverages = NpyArray.read(folder.resolve("t-leverages.npy")).count();
    assertEquals(leverages, tiers.shape()[3]);
    for (int i = 0; i < sums.count(); i++) {
      double sum = 0;
      for (int leverage = 0; leverage < leverages; leverage++) {
        sum += tiers.values().getDouble((i * leverages + leverage) * Double.BYTES);
      }
      final double expected = sums.values().getDouble(i * Double.BYTES);
      assertEquals(expected, sum, expected * 1e-12);
    }
  }

  @Test
  void shouldDrawAMapAroundItsMark() throws IOException {
    write("map", "m.png", "--format png --size 700x420").done();
    final BufferedImage image = ImageIO.read(folder.resolve("m.png").toFile());
    assertEquals(700, image.getWidth());
    assertEquals(420, image.getHeight());
    int longest = 0;
    int at = 0;
    for (int x = 0; x < 700; x++) {
      int white = 0;
      for (int y = 110; y < 320; y++) {
        white += (image.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF ? 1 : 0;
      }
      at = white > longest ? x : at;
      longest = Math.max(longest, white);
    }
    assertTrue(longest > 210 / 2, "a line from top to bottom");
    assertEquals((76 + 700 - 84) / 2, at, "in the middle of the prices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--format csv --every 1h --at 2024-08-04T12:00:00Z|leave --at out",
        "--format table --every 1h|json, csv, npy or parquet",
        "--format png --every 1h|liqmap heatmap",
        "--format npy|give --every too",
        "--format csv --from 2024-08-04|give --every too",
        "--format csv --group 3|give --every too",
        "--format npy --every 1h --model measured|measured",
        "--format png --size 10x10|at least 640x400"
      })
  void shouldRefuseMapsThatCannotBeWritten(final String words, final String said) {
    write("map", "refused", words).exits(ExitCodes.USAGE).complains(said);
    assertFalse(Files.exists(folder.resolve("refused")));
  }

  @Test
  void shouldWriteArraysOfTheSameSums() throws IOException {
    heatmap("a.npy", times(6) + ROWS + " --format npy").done();
    heatmap("a.csv", times(6) + ROWS + " --format csv").done();
    final NpyArray cells = NpyArray.read(folder.resolve("a.npy"));
    final NpyArray times = NpyArray.read(folder.resolve("a-times.npy"));
    final NpyArray prices = NpyArray.read(folder.resolve("a-prices.npy"));
    final NpyArray marks = NpyArray.read(folder.resolve("a-mark.npy"));
    final NpyArray ohlc = NpyArray.read(folder.resolve("a-ohlc.npy"));
    assertEquals("<f8", cells.type());
    assertEquals("<M8[ns]", times.type());
    assertArrayEquals(new int[] {times.count(), prices.count() - 1, 2}, cells.shape());
    assertArrayEquals(new int[] {times.count(), 4}, ohlc.shape());
    assertTrue(prices.number(0) <= 45_000 && prices.number(prices.count() - 1) > 70_000);
    final List<String[]> rows = rows("a.csv");
    double sum = 0;
    for (final String[] row : rows.subList(1, rows.size())) {
      final int column = index(times, Instant.parse(row[0]));
      final int price = index(prices, Double.parseDouble(row[4]));
      assertSame(prices.number(price + 1), row[5]);
      assertSame(cells.number(column, price, row[3].equals("long") ? 0 : 1), row[7]);
      assertSame(marks.number(column), row[8]);
      sum += Double.parseDouble(row[7]);
    }
    double all = 0;
    for (int i = 0; i < cells.count(); i++) {
      all += cells.values().getDouble(i * Double.BYTES);
    }
    assertEquals(sum, all, sum * DIGITS, "nothing but the rows");
    for (int column = 0; column < times.count(); column++) {
      final double high = ohlc.number(column, 1);
      final double low = ohlc.number(column, 2);
      assertTrue(low < ohlc.number(column, 3) && ohlc.number(column, 3) < high);
      assertEquals(ohlc.number(column, 3), marks.number(column), "no mark price: the last price");
    }
  }

  private static void assertSame(final double expected, final String found) {
    assertEquals(expected, Double.parseDouble(found), expected * DIGITS);
  }

  private static int index(final NpyArray times, final Instant time) {
    int index = 0;
    while (times.whole(index) != time.getEpochSecond() * 1_000_000_000L) {
      index++;
    }
    return index;
  }

  private static int index(final NpyArray prices, final double price) {
    int index = 0;
    while (Math.abs(prices.number(index) - price) > price * DIGITS) {
      index++;
    }
    return index;
  }

  @Test
  void shouldDrawCellsInTheColoursOfTheirAmounts() throws IOException {
    final double low = 100_000;
    final double high = 100_000_000;
    heatmap(
            "p.png",
            times(2)
                + ROWS
                + " --format png --size 700x420 --palette viridis --intensity 100k:100M")
        .done();
    heatmap("p.npy", times(2) + ROWS + " --format npy").done();
    final BufferedImage image = ImageIO.read(folder.resolve("p.png").toFile());
    assertEquals(700, image.getWidth());
    assertEquals(420, image.getHeight());
    final NpyArray cells = NpyArray.read(folder.resolve("p.npy"));
    final NpyArray prices = NpyArray.read(folder.resolve("p-prices.npy"));
    final Area plot = HeatmapPicture.plot(700, 420);
    int same = 0;
    int shown = 0;
    for (int column = 0; column < cells.shape()[0]; column++) {
      for (int row = 0; row < cells.shape()[1]; row++) {
        final double amount = cells.number(column, row, 0) + cells.number(column, row, 1);
        final int x = plot.x() + (2 * column + 1) * plot.width() / (2 * cells.shape()[0]);
        final int y =
            plot.bottom()
                - (int)
                    (plot.height()
                        * place(prices, Math.sqrt(prices.number(row) * prices.number(row + 1))));
        final double share = Math.log(amount / low) / Math.log(high / low);
        if (share >= 0) {
          shown++;
          same += isColour(image.getRGB(x, y), Math.min(1, share)) ? 1 : 0;
        }
      }
    }
    assertTrue(shown > 200, () -> "too few cells to say anything");
    assertTrue(
        same > 0.9 * shown, same + " of " + shown + " have their colour, others are drawn upon");
  }

  private static double place(final NpyArray prices, final double price) {
    return Math.log(price / prices.number(0))
        / Math.log(prices.number(prices.count() - 1) / prices.number(0));
  }

  /** Whether it is of the palette's place, within the steps of a picture. */
  private static boolean isColour(final int found, final double share) {
    final Palette palette = Palette.of("viridis");
    final int at = (int) Math.round(share * (Palette.COLOURS - 1));
    for (int i = Math.max(0, at - 2); i <= Math.min(Palette.COLOURS - 1, at + 2); i++) {
      if (palette.colour(i) == (found & 0xFFFFFF)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void shouldDrawTheSameBytesAgain() throws IOException {
    heatmap("one.png", "--format png --every 12h --size 640x400").done();
    heatmap("two.png", "--format png --every 12h --size 640x400").done();
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("one.png")),
        Files.readAllBytes(folder.resolve("two.png")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--format png --every 1m|--every 1m makes 3,|room for|give --every 5m or more",
        "--format png --group 1 --low 1 --high 1000000|--group 1 makes|give --group|",
        "--format png --size 1600|--size 1600: give width and height as 1600x900|640x400|8000",
        "--format png --palette jet|--palette jet: there are inferno, viridis, cividis||",
        "--format png --intensity 5M:50k|--intensity 5M:50k: give two amounts|the lower one first|",
        "--format npy --every 1s --low 1 --high 1000000|columns of|values are the most|--group",
        "--format csv --every 1s --from 2024-01-01 --to 2024-08-04|are the most|longer --every|",
        "--format csv --low 70000 --high 60000|have to be prices above 0, the lower one first||",
        "--format csv --from 12345|--from 12345 is a sequence|give a time|",
        "--format csv --from 2024-08-05 --to 2024-08-04|is after --to||",
        "--format csv --to 2025-01-01|is after the last event||",
        "--format csv --every 36500d|no interval of --every|ends from|",
        "--format csv --group 0|--group has to be 1 to 10000, was 0||",
        "--format csv --model none|--model none: the journal was made with||",
        "--format csv --symbol DOGEUSDT|should be specified only once||"
      })
  void shouldRefuseWhatCannotBeWritten(
      final String words, final String first, final String second, final String third)
      throws IOException {
    final Path kept = Files.writeString(folder.resolve("kept"), "kept");
    final Cli.Ran ran = heatmap("kept", words).exits(ExitCodes.USAGE);
    Stream.of(first, second, third).filter((part) -> part != null).forEach(ran::complains);
    assertEquals("kept", Files.readString(kept));
    assertFalse(Files.exists(folder.resolve("kept.part")));
  }
}
