package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.ChildJvm;
import io.liqmap.tools.example.FollowEvents;
import io.liqmap.tools.example.InProcess;
import io.liqmap.tools.example.SharedView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples as processes of their own, beside an engine. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ExamplesTest {
  /** Sixty hours of bars in some seconds. */
  private static final String SPEED = "30000";

  @TempDir private Path folder;

  private String feed() throws IOException {
    final String feed = folder.resolve("btcusdt.feed").toString();
    final String bars = Bars.write(folder.resolve("bars")).toString();
    Cli.run("import", "--format", "coinalyze", "--symbol", "BTCUSDT", "--out", feed, bars).done();
    return feed;
  }

  private Process start(final Class<?> example, final String... arguments) throws IOException {
    return new ProcessBuilder(ChildJvm.command(example, List.of(), (Object[]) arguments))
        .redirectOutput(file(example, ".out").toFile())
        .redirectError(file(example, ".err").toFile())
        .start();
  }

  private Path file(final Class<?> example, final String ending) {
    return folder.resolve(example.getSimpleName() + ending);
  }

  private List<String> ended(final Process process, final Class<?> example, final int code)
      throws Exception {
    try {
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), example + " didn't end");
      assertEquals(code, process.exitValue(), () -> read(file(example, ".err")));
      return Files.readAllLines(file(example, ".out"), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(final Path file) {
    try {
      return Files.readString(file);
    } catch (final IOException e) {
      return e.toString();
    }
  }

  @Test
  void shouldFollowAnEngineFromOtherProcesses() throws Exception {
    final String feed = feed();
    final Path shared = folder.resolve("shared");
    final String journal = folder.resolve("journal").toString();
    final CompletableFuture<Cli.Ran> engine =
        CompletableFuture.supplyAsync(
            () ->
                Cli.line(
                    "run --feed %s --journal %s --share %s --speed %s --json",
                    feed, journal, shared.toString(), SPEED));
    while (!Files.exists(shared.resolve("liqmap.events"))) {
      assertTrue(!engine.isDone(), "the engine has ended before it shared anything");
      Thread.sleep(5);
    }
    final Process events = start(FollowEvents.class, shared.toString());
    final Process view = start(SharedView.class, shared.toString(), "BTCUSDT");
    final String report = engine.get(1, TimeUnit.MINUTES).done().out();

    final List<String> seen = ended(view, SharedView.class, 0);
    assertEquals("the engine has ended", seen.get(seen.size() - 1));
    final String last = seen.get(seen.size() - 2);
    final String sequence = last.substring(0, last.indexOf(' '));
    assertTrue(report.contains("\"lastSequence\" : " + sequence + ","), last + "\n" + report);

    final List<String> lines = ended(events, FollowEvents.class, 0);
    assertEquals("joined", lines.get(0));
    assertEquals("the engine has ended", lines.get(lines.size() - 1));
    assertTrue(lines.size() > 2, lines.toString());
    long before = 0;
    for (final String line : lines.subList(1, lines.size() - 1)) {
      final long number = Long.parseLong(line.substring(0, line.indexOf(' ')));
      assertTrue(before == 0 || number == before + 1, line);
      before = number;
    }
  }

  @Test
  void shouldAskInProcessWhileTheMapIsUpdated() throws Exception {
    final List<String> lines = ended(start(InProcess.class, feed()), InProcess.class, 0);
    assertTrue(lines.get(0).contains("  mark "), lines.toString());
    assertTrue(
        lines.get(lines.size() - 1).matches("\\d+ events, [1-9]\\d* sweeps"), lines.toString());
  }

  @Test
  void shouldSayHowTheyAreUsed() throws Exception {
    for (final Class<?> example : List.of(InProcess.class, SharedView.class, FollowEvents.class)) {
      ended(start(example), example, 2);
      final String said = read(file(example, ".err"));
      assertTrue(said.startsWith("usage: " + example.getSimpleName()), said);
    }
  }

  @Test
  void shouldSayThatNothingIsShared() throws Exception {
    final String nowhere = folder.resolve("nowhere").toString();
    ended(start(SharedView.class, nowhere, "BTCUSDT"), SharedView.class, 1);
    assertTrue(read(file(SharedView.class, ".err")).contains("--share"));
    ended(start(FollowEvents.class, nowhere), FollowEvents.class, 1);
    assertTrue(read(file(FollowEvents.class, ".err")).contains("--share"));
  }
}
