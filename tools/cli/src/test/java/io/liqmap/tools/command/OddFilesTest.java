package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that name no file, or one that isn't what files are. */
final class OddFilesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"map", "replay", "verify", "inspect", "stat", "run --feed x"})
  void shouldRefuseAnEmptyPath(final String command) {
    for (final String empty : new String[] {"", " "}) {
      final Object[] words = (command + " --journal " + "?").split(" ", -1);
      words[words.length - 1] = empty;
      Cli.run(words).exits(2).complains("--journal", "'" + empty + "' names no file or folder");
    }
  }

  @Test
  void shouldRefuseAPathThatCannotBe() {
    Cli.run("verify", "--journal", "a\0b").exits(2).complains("'a?b' is no path here");
    Cli.run("ask", "--journal", "", "largest").exits(2).complains("names no file or folder");
  }

  @Test
  void shouldImportAFolderOnceThatLinksBackToItself() throws IOException {
    final Path bars = Bars.write(folder.resolve("bars"));
    final Path feed = folder.resolve("plain.feed");
    final Path looped = folder.resolve("looped.feed");
    importing(feed, bars).done();
    final Path inner = Files.createDirectories(bars.resolve("inner"));
    Files.createSymbolicLink(inner.resolve("back"), bars);
    Files.createSymbolicLink(bars.resolve("self"), Path.of("self"));
    final Cli.Ran ran = importing(looped, bars).done();
    ran.says(inner.resolve("back") + ": links back to a parent folder; skipped");
    assertEquals(-1, Files.mismatch(feed, looped));
  }

  private static Cli.Ran importing(final Path out, final Path in) {
    return Cli.run("import", "--format", "coinalyze", "--symbol", "BTCUSDT", "--out", out, in);
  }

  /** Opening a pipe waits for somebody at its other end. */
  @Test
  @Timeout(60)
  void shouldRefuseAPipeWhereAFileIsNeeded() throws IOException, InterruptedException {
    final Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    Cli.run("inspect", "--feed", pipe).exits(3).complains(pipe + ": is a device, FIFO or socket");
    Cli.run("run", "--feed", "/dev/null", "--journal", folder.resolve("journal"))
        .exits(3)
        .complains("/dev/null: byte 0: it ended without an end block");
    importing(folder.resolve("x.feed"), pipe).exits(3);
    importing(pipe, Bars.write(folder.resolve("bars")))
        .exits(2)
        .complains("--out " + pipe + " is a pipe or a device");
    assertTrue(Files.exists(pipe));
  }
}
