package io.liqmap.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions at the command line, on two days of hourly bars that fall by a tenth in between. */
class LiqmapTest {
  private static final int HOURS = 48;

  @TempDir private Path folder;
  private String out;
  private String err;

  @BeforeEach
  void writeBars() throws IOException {
    System.setProperty("liqmap.home", Path.of("..").toAbsolutePath().normalize().toString());
    writeBars("BTCUSDT", 60_000);
    writeBars("ETHUSDT", 3_000);
  }

  private void writeBars(final String symbol, final double start) throws IOException {
    final StringBuilder bars = new StringBuilder();
    final StringBuilder interest = new StringBuilder();
    final StringBuilder liquidations = new StringBuilder();
    for (int hour = 0; hour < HOURS; hour++) {
      final String time = String.format("2024-08-%02d %02d:00:00,", 4 + hour / 24, hour % 24);
      final double open = hour <= 24 ? start : start * 0.9;
      final double close = hour < 24 ? start : start * 0.9;
      bars.append(time)
          .append(
              open
                  + ","
                  + start * 1.01
                  + ","
                  + Math.min(open, close) * 0.99
                  + ","
                  + close
                  + ",1000,520,9,5\n");
      interest.append(time).append("70000,70000,70000," + (70_000 + 100 * hour) + "\n");
      liquidations.append(time).append(hour == 24 ? "50,1\n" : "1,1\n");
    }
    Files.writeString(folder.resolve(symbol + "-ohlcv.csv"), bars);
    Files.writeString(folder.resolve(symbol + "-open-interest.csv"), interest);
    Files.writeString(folder.resolve(symbol + "-liquidation.csv"), liquidations);
  }

  private int liqmap(final String... args) {
    final PrintStream realOut = System.out;
    final PrintStream realErr = System.err;
    final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
      return Liqmap.execute(args);
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
      out = outBytes.toString(StandardCharsets.UTF_8);
      err = errBytes.toString(StandardCharsets.UTF_8);
    }
  }

  private String path(final String name) {
    return folder.resolve(name).toString();
  }

  private void importBars(final String symbol) {
    assertEquals(
        0,
        liqmap(
            "import",
            "--format",
            "coinalyze",
            "--symbol",
            symbol,
            "--out",
            path(symbol + ".feed"),
            folder.toString()),
        () -> err);
  }

  private String run(final String journal, final String mode) {
    assertEquals(
        0,
        liqmap(
            "run",
            "--feed",
            path("BTCUSDT.feed"),
            path("ETHUSDT.feed"),
            "--journal",
            path(journal),
            "--mode",
            mode,
            "--json"),
        () -> err);
    return field("stateHash");
  }

  private String field(final String name) {
    final Matcher matcher = Pattern.compile('"' + name + "\" : \"?([^\",\\n]+)").matcher(out);
    assertTrue(matcher.find(), () -> name + " is missing in " + out);
    return matcher.group(1);
  }

  @Test
  void shouldImportRunAskReplayAndVerify() {
    importBars("BTCUSDT");
    importBars("ETHUSDT");
    final String hash = run("journal", "pipelined");
    assertEquals("2", field("instruments"));
    assertEquals("0", field("gaps"));
    assertEquals(hash, run("inline", "inline"));

    for (final String from : new String[] {"start", "snapshot"}) {
      assertEquals(
          0, liqmap("replay", "--journal", path("journal"), "--from", from, "--json"), () -> err);
      assertEquals(hash, field("stateHash"));
      assertEquals("true", field("matches"));
    }
    assertEquals(0, liqmap("verify", "--journal", path("journal")), () -> err);
    assertTrue(out.contains("whole"));

    assertEquals(
        0,
        liqmap("map", "--journal", path("journal"), "--symbol", "BTCUSDT", "--format", "json"),
        () -> err);
    assertEquals(hash, field("stateHash"));
    assertEquals("true", field("markMissing"));
    assertEquals("74700.0", field("openInterest"));
    assertEquals(0, liqmap("map", "--journal", path("journal"), "--at", "2024-08-04T20:00:00Z"));
    assertTrue(
        out.contains("no forecast") && out.contains("BTCUSDT") && out.contains("ETHUSDT"), out);
    assertEquals(
        0,
        liqmap(
            "map",
            "--journal",
            path("journal"),
            "--symbol",
            "ETHUSDT",
            "--format",
            "csv",
            "--at",
            "500"));
    assertTrue(out.lines().count() > 10);

    assertEquals(0, liqmap("inspect", "--journal", path("journal"), "--limit", "5"));
    assertEquals(5, out.lines().count());
    assertEquals(
        0, liqmap("inspect", "--feed", path("BTCUSDT.feed"), "--from", "10", "--to", "12"));
    assertEquals(3, out.lines().count());
  }

  @Test
  void shouldKeepTheWholePartOfACutFeed() throws IOException {
    importBars("BTCUSDT");
    try (RandomAccessFile feed = new RandomAccessFile(path("BTCUSDT.feed"), "rw")) {
      feed.setLength(feed.length() - 100);
    }

    assertEquals(3, liqmap("run", "--feed", path("BTCUSDT.feed"), "--journal", path("journal")));
    assertTrue(err.contains("cut off") && err.contains("byte"), err);
    assertEquals(0, liqmap("verify", "--journal", path("journal")));
    assertEquals(0, liqmap("replay", "--journal", path("journal")));
  }

  @Test
  void shouldTellADamagedJournal() throws IOException {
    importBars("BTCUSDT");
    assertEquals(
        0, liqmap("run", "--feed", path("BTCUSDT.feed"), "--journal", path("journal")), () -> err);
    final Path file;
    try (Stream<Path> files = Files.list(folder.resolve("journal/queue"))) {
      file = files.filter((each) -> each.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
    final byte[] content = Files.readAllBytes(file);
    final String text = new String(content, StandardCharsets.ISO_8859_1);
    final int second = text.indexOf("LQMB", text.indexOf("LQMB") + 4);
    content[second + 1_000] ^= 1;
    Files.write(file, content);

    assertEquals(4, liqmap("verify", "--journal", path("journal")));
    assertTrue(err.contains("document 1") && err.contains("checksum"), err);
    assertEquals(4, liqmap("replay", "--journal", path("journal")));
  }

  @Test
  void shouldSayWhatIsWrongAndWhatToDo() throws IOException {
    importBars("BTCUSDT");
    Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(folder.resolve("foreign/letter.txt"), "dear");
    Files.writeString(folder.resolve("typo.conf"), "map.resolution_bps = 3\nmodel.turnover = 7\n");

    assertError(3, "no such file", "run", "--feed", path("nowhere"), "--journal", path("j"));
    assertError(3, "for a feed file", "run", "--feed", path("typo.conf"), "--journal", path("j"));
    assertError(
        3, "something else", "run", "--feed", path("BTCUSDT.feed"), "--journal", path("foreign"));
    assertError(
        3,
        "did you mean map.resolution-bps",
        "run",
        "--feed",
        path("BTCUSDT.feed"),
        "--journal",
        path("j"),
        "--config",
        path("typo.conf"));
    assertTrue(err.contains("typo.conf:2"), err);
    assertError(3, "is no journal", "verify", "--journal", path("foreign"));
    assertError(
        2,
        "--speed",
        "run",
        "--feed",
        path("BTCUSDT.feed"),
        "--journal",
        path("j"),
        "--speed",
        "fast");
    assertError(2, "is no moment", "map", "--journal", path("j"), "--at", "yesterday");
    assertError(
        2,
        "DOGEUSDT",
        "import",
        "--format",
        "coinalyze",
        "--symbol",
        "DOGEUSDT",
        "--out",
        path("x"),
        path("y"));
    assertError(2, "Missing required", "run");
    assertEquals(
        0, liqmap("run", "--feed", path("BTCUSDT.feed"), "--journal", path("taken")), () -> err);
    assertError(
        1,
        "holds a journal already",
        "run",
        "--feed",
        path("BTCUSDT.feed"),
        "--journal",
        path("taken"));
    assertError(2, "--window", "map", "--journal", path("taken"), "--window", "7d");
    assertFalse(Files.exists(folder.resolve("j")));
  }

  private void assertError(final int code, final String part, final String... args) {
    assertEquals(code, liqmap(args), () -> err);
    assertTrue(err.contains(part), err);
    assertFalse(err.contains("\tat "), err);
  }

  @Test
  void shouldDemonstrateTheSameTwice() {
    assertEquals(0, liqmap("demo", "--seconds", "1", "--seed", "7"), () -> err);
    final String first = out.substring(out.indexOf("the same state"));
    assertEquals(0, liqmap("demo", "--seconds", "1", "--seed", "7"), () -> err);
    assertEquals(first, out.substring(out.indexOf("the same state")));
  }
}
