package io.liqmap.tools.importer;

import static io.liqmap.tools.importer.FeedCheck.gzip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.support.RealData;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recordings with everything that goes wrong with them, against what their whole lines say: two
 * recorders of one venue, files that overlap, members that are damaged, an end that is cut.
 */
@Tag("slow")
final class RecordedFramesTest {
  private static final long START = 1_722_816_000_000L;

  @TempDir private Path folder;

  /** What the venue said: of its kind, under a number that makes it one of its own. */
  private record Said(char kind, long id, long time, String json, boolean isWanted) {}

  /** One recorded line, as far as it can be read. */
  private record Line(Said said, long received, int file) {}

  private final List<Line> readable = new ArrayList<>();
  private long rows;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldImportWhatTheWholeLinesSayOnce(final long seed) throws IOException {
    final Random random = new Random(seed);
    final List<Said> venue = venue(random);
    final boolean combined = random.nextBoolean();
    final int unit = random.nextInt(5);
    for (int recorder = 0; recorder < 2; recorder++) {
      final int pieces = 1 + random.nextInt(3);
      for (int piece = 0; piece < pieces; piece++) {
        final int from = Math.max(0, venue.size() * piece / pieces - random.nextInt(40));
        final int to = Math.min(venue.size(), venue.size() * (piece + 1) / pieces + 30);
        record(random, venue.subList(from, to), recorder, piece, combined, unit);
      }
    }
    final Path feed = folder.resolve("out").resolve("btc.feed");
    final ImportReport report =
        FeedCheck.run(ImportFormat.BINANCE_WS, ImportOptions.defaults(), feed, folder);
    final List<FeedEvent> events = FeedCheck.read(feed);
    assertEquals(rows, report.files().stream().mapToLong(ImportReport.InputReport::rowsRead).sum());
    assertEquals(sums(Set.of('t', 'l')), imported(events, FeedEvent.TRADE, FeedEvent.LIQUIDATION));
    assertEquals(rising('m'), count(events, FeedEvent.MARK_PRICE));
    assertEquals(rising('b'), count(events, FeedEvent.BEST_BID_OFFER));
    assertEquals(
        report.events().total() - 1,
        report.files().stream().mapToLong(ImportReport.InputReport::rowsUsed).sum());
  }

  private static long count(final List<FeedEvent> events, final int kind) {
    return events.stream().filter((e) -> e.kind() == kind).count();
  }

  /** Price, quantity and side of each event that is to be counted once, in any order. */
  private List<String> sums(final Set<Character> kinds) {
    final Map<String, String> once = new TreeMap<>();
    for (final Line line : readable) {
      if (line.said().isWanted() && kinds.contains(line.said().kind())) {
        final String json = line.said().json();
        final boolean isForced = line.said().kind() == 'l';
        once.put(
            line.said().kind() + ":" + line.said().id(),
            FeedCheck.mantissa(value(json, isForced ? "ap" : "p"))
                + " "
                + FeedCheck.mantissa(value(json, isForced ? "z" : "q"))
                + " "
                + (isForced ? value(json, "S").equals("SELL") : value(json, "m").equals("true")));
      }
    }
    return once.values().stream().sorted().toList();
  }

  private static List<String> imported(
      final List<FeedEvent> events, final int trade, final int liquidation) {
    return events.stream()
        .filter((e) -> e.kind() == trade || e.kind() == liquidation)
        .map(
            (e) ->
                e.price()
                    + " "
                    + e.quantity()
                    + " "
                    + (e.kind() == trade
                        ? e.takerSide() == FeedEvent.SELL
                        : e.positionSide() == FeedEvent.LONG))
        .sorted()
        .toList();
  }

  /** Events of a kind that are newer than all that were received before them. */
  private long rising(final char kind) {
    long last = Long.MIN_VALUE;
    long count = 0;
    for (final Line line :
        readable.stream()
            .filter((l) -> l.said().kind() == kind && l.said().isWanted())
            .sorted(Comparator.comparingLong(Line::received))
            .toList()) {
      if (line.said().id() > last) {
        last = line.said().id();
        count++;
      }
    }
    return count;
  }

  private static String value(final String json, final String field) {
    final int at = json.indexOf("\"" + field + "\":") + field.length() + 3;
    int end = at;
    while (",}".indexOf(json.charAt(end)) < 0) {
      end++;
    }
    return json.substring(at, end).replace("\"", "");
  }

  private static List<Said> venue(final Random random) {
    final List<Said> said = new ArrayList<>();
    long trade = 5_000_000_000L;
    for (int i = 0; i < 300; i++) {
      final long time = START + i * 100L;
      final String price = new BigDecimal(580_000 + random.nextInt(2_000)).movePointLeft(1) + "";
      final String quantity = new BigDecimal(1 + random.nextInt(9_999)).movePointLeft(3) + "";
      final String symbol = random.nextInt(10) == 0 ? "牛来USDT" : "BTCUSDT";
      final boolean isOurs = symbol.equals("BTCUSDT");
      final boolean flag = random.nextBoolean();
      switch (random.nextInt(6)) {
        case 0 ->
            said.add(
                new Said(
                    'm',
                    time,
                    time,
                    "{'e':'markPriceUpdate','E':%d,'s':'%s','p':'%s','ap':'1','i':'1','r':'0.0001','T':0,'st':1}"
                        .formatted(time, symbol, price),
                    isOurs));
        case 1 ->
            said.add(
                new Said(
                    'b',
                    i,
                    time,
                    "{'e':'bookTicker','u':%d,'E':%d,'T':%d,'s':'%s','b':'%s','B':'1','a':'%s','A':'2'}"
                        .formatted(i, time, time, symbol, price, price),
                    isOurs));
        case 2 ->
            said.add(
                new Said(
                    'l',
                    i,
                    time,
                    "{'e':'forceOrder','E':%d,'o':{'s':'%s','S':'%s','q':'9','p':'1','ap':'%s','X':'FILLED','l':'1','z':'%s','T':%d}}"
                        .formatted(time, symbol, flag ? "SELL" : "BUY", price, quantity, time),
                    isOurs));
        case 3 ->
            said.add(
                new Said('?', i, time, "{'result':null,'id':7,'E':%d}".formatted(time), false));
        default -> {
          final int market = random.nextInt(8);
          said.add(
              new Said(
                  't',
                  trade,
                  time,
                  "{'e':'trade','E':%d,'T':%d,'s':'%s','t':%d,'p':'%s','q':'%s','X':'%s','m':%b}"
                      .formatted(
                          time,
                          time,
                          symbol,
                          trade++,
                          price,
                          quantity,
                          market == 0 ? "INSURANCE_FUND" : market == 1 ? "ADL" : "MARKET",
                          flag),
                  isOurs && market > 1));
        }
      }
    }
    return said.stream()
        .map((s) -> new Said(s.kind(), s.id(), s.time(), s.json().replace('\'', '"'), s.isWanted()))
        .toList();
  }

  /** Writes one file of three members or of plain text, and keeps what of it can be read. */
  private void record(
      final Random random,
      final List<Said> venue,
      final int recorder,
      final int piece,
      final boolean combined,
      final int unit)
      throws IOException {
    final boolean isPlain = random.nextInt(3) == 0;
    final int damaged = isPlain || random.nextBoolean() ? -1 : random.nextInt(2);
    final boolean isCut = random.nextBoolean();
    final int file = recorder * 10 + piece;
    final List<String> members = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    long before = 0;
    for (int i = 0; i < venue.size(); i++) {
      final Said said = venue.get(i);
      final int member = members.size();
      // No two lines are received at the same time, in whichever unit.
      final long millis =
          Math.max(before + 2, (said.time() + random.nextInt(3_000)) / 2 * 2 + recorder);
      final long received = unit == 4 ? said.time() : millis;
      before = unit == 4 ? 0 : millis;
      final boolean isLast = i + 1 == venue.size();
      if (random.nextInt(25) == 0) {
        text.append("{\"e\":\"tr").append('\n');
        rows += member == damaged ? 0 : 1;
      }
      text.append(
          switch (unit) {
            case 0 -> received + "000000 ";
            case 1 -> received + "000\t";
            case 2 -> received + " ";
            case 3 -> new BigDecimal(received).movePointLeft(3) + ": ";
            default -> "";
          });
      final String frame =
          said.kind() == 'm' && random.nextBoolean()
              ? "[" + said.json().replace("BTCUSDT", "XUSDT") + "," + said.json() + "]"
              : said.json();
      text.append(combined ? "{\"stream\":\"!x@arr\",\"data\":" + frame + ",\"new\":[{}]}" : frame);
      if (isLast && isCut) {
        text.setLength(text.length() - 1 - random.nextInt(20));
      } else {
        text.append('\n');
      }
      if (member != damaged) {
        rows++;
        if (!isLast || !isCut) {
          readable.add(new Line(said, received, file));
        }
      }
      if (isLast || (!isPlain && i % (venue.size() / 3 + 1) == venue.size() / 3)) {
        members.add(text.toString());
        text = new StringBuilder();
      }
    }
    if (isPlain) {
      Files.writeString(folder.resolve("btcusdt_" + file + ".txt"), String.join("", members));
      return;
    }
    final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int i = 0; i < members.size(); i++) {
      final byte[] member = gzipped(members.get(i));
      if (i == damaged) {
        member[member.length / 2] ^= (byte) (1 << random.nextInt(8));
        member[member.length / 2 + 1] ^= 0x55;
      }
      packed.write(member);
    }
    final byte[] bytes = packed.toByteArray();
    // Without its trailer the last member is cut, and yet all of its text is there.
    Files.write(
        folder.resolve("btcusdt_" + file + ".gz"),
        isCut ? Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(8)) : bytes);
  }

  private static byte[] gzipped(final String text) throws IOException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void shouldRefuseARecordingThatIsMostlyDamagedAndSayWhere() throws IOException {
    final byte[] bytes = gzipped(trades(0, 200));
    bytes[bytes.length / 2] ^= 0x3c;
    final Path file = Files.write(folder.resolve("btcusdt_1.gz"), bytes);
    final ImportException flaw =
        assertThrows(
            ImportException.class,
            () ->
                FeedCheck.run(
                    ImportFormat.BINANCE_WS,
                    ImportOptions.defaults(),
                    folder.resolve("out.feed"),
                    file));
    assertTrue(
        flaw.getMessage().contains("damaged from byte 0 to " + bytes.length), flaw::getMessage);
  }

  @Test
  void shouldSayThatAFileIsNoGzip() throws IOException {
    final Path file = Files.writeString(folder.resolve("btcusdt_1.gz"), trades(0, 20));
    final ImportException flaw =
        assertThrows(
            ImportException.class,
            () ->
                FeedCheck.run(
                    ImportFormat.BINANCE_WS,
                    ImportOptions.defaults(),
                    folder.resolve("out.feed"),
                    file));
    assertTrue(flaw.getMessage().contains("isn't gzip, though its name says so"), flaw::getMessage);
  }

  @Test
  void shouldSkipADamagedMemberAndNameTheTimeThatIsMissing() throws IOException {
    final byte[] first = gzipped(trades(0, 100));
    final byte[] second = gzipped(trades(100, 150));
    final byte[] third = gzipped(trades(150, 300));
    second[second.length / 2] ^= 0x3c;
    final Path file = folder.resolve("btcusdt_1.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(first);
      out.write(second);
      out.write(third);
    }
    final ImportReport report =
        FeedCheck.run(
            ImportFormat.BINANCE_WS, ImportOptions.defaults(), folder.resolve("out.feed"), file);
    assertEquals(250, report.events().trades());
    final String notes = report.files().get(0).notes().toString();
    assertTrue(
        notes.contains(
                "damaged from byte " + first.length + " to " + (first.length + second.length))
            && notes.contains("from 2024-08-05T00:00:09.900Z to 2024-08-05T00:00:15Z"),
        notes);
    assertTrue(report.notes().toString().contains("missing between the first and the last: 50"));
  }

  private static String trades(final int from, final int to) {
    return IntStream.range(from, to)
        .mapToObj(
            (i) ->
                "%d {\"e\":\"trade\",\"E\":%d,\"T\":%d,\"s\":\"BTCUSDT\",\"t\":%d,\"p\":\"58000.1\",\"q\":\"1\",\"X\":\"MARKET\",\"m\":true}"
                    .formatted(START + i * 100L, START + i * 100L, START + i * 100L, 700 + i))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** A real recording, given twice: as it is, and in two pieces of which the second is cut. */
  @Test
  void shouldCountARealRecordingOnceHoweverOftenItIsGiven() throws IOException {
    final Path data = RealData.folder("binance-usdm-ws").resolve("btcusdt_20240808.gz");
    final List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data)), StandardCharsets.UTF_8))) {
      lines = reader.lines().toList();
    }
    final int half = lines.size() / 2;
    final Path first =
        gzip(folder, "btcusdt_a.gz", String.join("\n", lines.subList(0, half + 5_000)) + "\n");
    final Path second =
        gzip(folder, "btcusdt_b.gz", String.join("\n", lines.subList(half, lines.size())) + "\n");
    final byte[] bytes = Files.readAllBytes(second);
    Files.write(second, Arrays.copyOf(bytes, bytes.length - 1_000));
    final ImportReport report =
        FeedCheck.run(
            ImportFormat.BINANCE_WS,
            ImportOptions.defaults(),
            folder.resolve("out.feed"),
            data,
            first,
            second);
    final Set<String> trades = new HashSet<>();
    final Set<String> books = new HashSet<>();
    for (final String line : lines) {
      if (line.contains("\"e\":\"trade\"")) {
        trades.add(value(line, "t"));
      } else if (line.contains("\"e\":\"bookTicker\"")) {
        books.add(value(line, "u"));
      }
    }
    assertEquals(trades.size(), report.events().trades());
    assertEquals(books.size(), report.events().bestBidOffers());
    assertTrue(report.notes().isEmpty(), report.notes()::toString);
    assertTrue(
        FeedCheck.file(report, second).notes().get(0).startsWith("ends inside the gzip member"));
  }
}
