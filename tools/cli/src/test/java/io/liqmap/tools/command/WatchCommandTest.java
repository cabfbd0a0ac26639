package io.liqmap.tools.command;

import static io.liqmap.tools.command.JsonText.map;
import static io.liqmap.tools.command.JsonText.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.support.ChildJvm;
import io.liqmap.tools.Liqmap;
import io.liqmap.tools.answer.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code liqmap watch} of a journal, of a view, and in a terminal. */
final class WatchCommandTest {
  private static final String CAVEAT = "no forecast";

  @TempDir private static Path folder;
  private static Path journal;

  @BeforeAll
  static void run() throws IOException {
    journal = GroupSession.run(folder);
  }

  @Test
  void shouldPrintOneFrameOfWhatTheMapAnswers() {
    final Map<String, Object> answer =
        Cli.line("map --journal %s --symbol BTCUSDT --format json", journal).done().json();
    final Cli.Ran frame =
        Cli.line("watch --journal %s --symbol BTCUSDT", journal)
            .done()
            .says(
                "BTCUSDT  finished",
                "sequence " + JsonText.whole(answer, "sequence"),
                "mark " + Format.price(number(answer, "markPrice")),
                Format.percent(number(map(answer, "coverage"), "long")) + " of longs",
                CAVEAT);
    assertFalse(frame.out().contains("\u001B"), "not a terminal, so no colours");
    assertTrue(frame.lines().stream().allMatch((line) -> line.length() <= 80), frame.out());
  }

  @Test
  void shouldPrintAsManyFramesAsAreAskedFor() {
    final String out =
        Cli.line("watch --journal %s --symbol BTC --frames 3 --every 20ms", journal).done().out();
    assertEquals(4, out.split("BTC  finished", -1).length, out);
  }

  @Test
  void shouldDrawTheHeatmap() {
    Cli.line(
            "watch --journal %s --symbol BTCUSDT --view heatmap --column 1s --picture ascii",
            journal)
        .done()
        .says("2024-10-24T12:", "USDT and more in a cell", CAVEAT);
  }

  @Test
  void shouldColourWhatIsNoTerminalOnlyWhenAskedTo() {
    final String out =
        Cli.line("watch --journal %s --symbol BTCUSDT --color always", journal).done().out();
    assertTrue(out.contains("\u001B[0;"), out);
  }

  @Test
  void shouldSayWhatIsWrong() {
    Cli.line("watch --journal %s --symbol XRP", journal)
        .exits(ExitCodes.USAGE)
        .complains("--symbol XRP", "BTCUSDT");
    Cli.line("watch --journal %s --model best", journal)
        .exits(ExitCodes.USAGE)
        .complains("--model best", "ladder");
    Cli.line("watch --journal %s --window 5d", journal).exits(ExitCodes.USAGE).complains("12h");
    Cli.line("watch --journal %s --every 1ms", journal).exits(ExitCodes.USAGE).complains("20ms");
    Cli.line("watch --journal %s --frames 0", journal).exits(ExitCodes.USAGE);
    Cli.line("watch --journal %s --picture sixel", journal)
        .exits(ExitCodes.USAGE)
        .complains("no terminal");
    Cli.line("watch --journal %s", folder.resolve("none")).exits(ExitCodes.BAD_INPUT);
    Cli.line("watch --share %s", folder).exits(ExitCodes.BAD_INPUT).complains("--share");
  }

  @Test
  void shouldShowAViewAsItsJournal() {
    final Path share = folder.resolve("share");
    Cli.line(
            "run --feed %s --config %s --mode inline --journal %s --share %s",
            folder.resolve("group.feed"),
            folder.resolve("my.conf"),
            folder.resolve("shared-journal"),
            share)
        .done();
    final String shared = frame("--share", share);
    final String journaled = frame("--journal", journal);
    // Quality is said in the words of each, which may take a line more.
    final Map<String, String> amounts = amounts(journaled);
    amounts.keySet().retainAll(amounts(shared).keySet());
    assertTrue(amounts.size() > 20, shared);
    amounts.forEach((price, amount) -> assertEquals(amount, amounts(shared).get(price), price));
    Cli.line("watch --share %s --symbol XRP", share).exits(ExitCodes.USAGE).complains("BTCUSDT");
    Cli.line("watch --share %s --model consensus", share)
        .exits(ExitCodes.USAGE)
        .complains("sharing.maps");
  }

  private static String frame(final String option, final Path place) {
    return Cli.line("watch %s %s --symbol BTCUSDT", option, place).done().out();
  }

  /** Amount and sum of each row by its price. */
  private static Map<String, String> amounts(final String frame) {
    return frame
        .lines()
        .filter((line) -> line.matches(" +[0-9,.]+ [│┃].*"))
        .collect(
            Collectors.toMap(
                (line) -> line.substring(0, 10),
                (line) -> line.replaceAll(".*[│┃░▒▓█]", "").strip()));
  }

  /** {@code script} gives a terminal. */
  @Test
  @Tag("slow")
  void shouldDrawInATerminalAndLeaveItAsItWas() throws Exception {
    final Path script = Path.of("/usr/bin/script");
    assumeTrue(Files.isExecutable(script), "no /usr/bin/script");
    final String watch =
        ChildJvm.command(
                Liqmap.class,
                List.of(),
                "watch",
                "--journal",
                journal,
                "--symbol",
                "BTCUSDT",
                "--frames",
                "2",
                "--picture",
                "blocks")
            .stream()
            .map((word) -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    final ProcessBuilder builder =
        new ProcessBuilder(
            script.toString(),
            "-qec",
            "stty cols 90 rows 30; stty -g; " + watch + "; code=$?; stty -g; exit $code",
            "/dev/null");
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().put("COLORTERM", "truecolor");
    List.of("COLUMNS", "LINES", "NO_COLOR").forEach(builder.environment()::remove);
    builder.redirectErrorStream(true);
    final Process process = builder.start();
    final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    final int from = out.indexOf("\u001B[?1049h");
    final int to = out.indexOf("\u001B[0m\u001B[?7h\u001B[?25h\u001B[?1049l");
    assertTrue(from > 0 && to > from, out);
    assertTrue(out.substring(from, to).contains("\u001B[30;1H"), "its height is the terminal's");
    assertTrue(out.substring(from, to).contains("38;2;"), "colours");
    assertTrue(out.substring(from, to).contains("nearest above"), out);
    final List<String> lines = out.lines().toList();
    assertTrue(lines.get(lines.size() - 1).endsWith(lines.get(0)), "its settings");
  }
}
