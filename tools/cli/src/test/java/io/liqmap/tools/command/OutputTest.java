package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.support.ChildJvm;
import io.liqmap.engine.support.RealData;
import io.liqmap.tools.Liqmap;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Results that failed to be written are no results: the exit code says so, whatever the command.
 */
@Tag("slow")
final class OutputTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private static Path folder;
  private static Path feed;
  private static Path bars;
  private static Path journal;

  @TempDir private Path fresh;

  @BeforeAll
  static void importAndRun() throws IOException {
    feed = Bars.feeds(folder)[0];
    bars = Bars.write(folder.resolve("for-import"));
    journal = folder.resolve("journal");
    Cli.run("run", "--feed", feed, "--journal", journal, "--mode", "inline").done();
  }

  /** Words with the places of this test's files put in. */
  private Object[] words(final String command) {
    return command
        .replace("JOURNAL", journal.toString())
        .replace("FEED", feed.toString())
        .replace("BARS", bars.toString())
        .replace("NEW", fresh.resolve("new").toString())
        .split(" ", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "map --help",
        "map --journal JOURNAL",
        "map --journal JOURNAL --format json",
        "map --journal JOURNAL --format csv",
        "map --journal JOURNAL --model consensus --format json",
        "ask --journal JOURNAL largest",
        "ask --journal JOURNAL largest --json",
        "ask --journal JOURNAL max-pain --json",
        "replay --journal JOURNAL",
        "replay --journal JOURNAL --json",
        "verify --journal JOURNAL",
        "verify --journal JOURNAL --json",
        "inspect --journal JOURNAL",
        "inspect --feed FEED --limit 0",
        "stat --journal JOURNAL",
        "stat --journal JOURNAL --json",
        "margin --venue binance --contract linear --side long --entry 100 --quantity 1 --leverage"
            + " 5",
        "margin --venue binance --contract linear --side long --entry 100 --quantity 1 --leverage 5"
            + " --json",
        "run --feed FEED --journal NEW --mode inline",
        "run --feed FEED --journal NEW --mode inline --json",
        "import --format coinalyze --symbol BTCUSDT --out NEW BARS",
        "demo --seconds 1",
        "generate-completion",
      })
  void shouldFailWhereStandardOutputIsFull(final String command) throws IOException {
    assumeTrue(Files.exists(FULL), "no full device here");
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final PrintStream realOut = System.out;
    final PrintStream realErr = System.err;
    System.setProperty("liqmap.home", RealData.root().toString());
    final int code;
    try (OutputStream full = new FileOutputStream(FULL.toFile());
        PrintStream out = new PrintStream(full, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      final Object[] words = words(command);
      final String[] args = new String[words.length];
      for (int i = 0; i < args.length; i++) {
        args[i] = words[i].toString();
      }
      code = Liqmap.execute(args);
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
    final String said = err.toString(StandardCharsets.UTF_8);
    assertEquals(1, code, said);
    assertTrue(said.contains("liqmap: standard output: writing failed"), said);
    assertFalse(said.contains("\tat "), said);
  }

  @Test
  void shouldFailWhereAFileOfResultsIsFull() {
    assumeTrue(Files.exists(FULL), "no full device here");
    for (final String format : new String[] {"table", "json", "csv"}) {
      final Cli.Ran ran =
          Cli.run("map", "--journal", journal, "--format", format, "--out", FULL).exits(1);
      assertEquals("", ran.out());
      ran.complains("/dev/full: writing failed: No space left on device");
    }
    assertTrue(Files.exists(FULL) && !Files.isRegularFile(FULL));
  }

  /** As {@code inspect | head -1}: the reader closes the pipe, and the command stops printing. */
  @Test
  void shouldEndQuietlyWhenItsReaderHasGone() throws IOException, InterruptedException {
    final Process process =
        new ProcessBuilder(
                ChildJvm.command(
                    Liqmap.class, List.of(), "inspect", "--feed", feed, "--limit", "0"))
            .redirectError(fresh.resolve("err").toFile())
            .start();
    assertTrue(process.getInputStream().read() >= 0);
    process.getInputStream().close();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals("", Files.readString(fresh.resolve("err")));
    assertEquals(1, process.exitValue());
  }
}
