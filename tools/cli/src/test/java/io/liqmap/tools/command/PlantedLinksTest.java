package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that somebody put in the place of a file that a command writes, and folders for all. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
final class PlantedLinksTest {
  private static final String DIARY = "dear diary";

  @TempDir private Path folder;
  private Path precious;
  private Path feed;

  @BeforeEach
  void makeFiles() throws IOException {
    precious = Files.writeString(folder.resolve("precious"), DIARY);
    feed = Bars.feeds(folder)[0];
  }

  private Cli.Ran run(final Path journal, final Object... more) {
    final Object[] words = new Object[7 + more.length];
    System.arraycopy(
        new Object[] {"run", "--feed", feed, "--journal", journal, "--mode", "inline"},
        0,
        words,
        0,
        7);
    System.arraycopy(more, 0, words, 7, more.length);
    return Cli.run(words);
  }

  private static void link(final boolean isSymbolic, final Path link, final Path target)
      throws IOException {
    Files.deleteIfExists(link);
    if (isSymbolic) {
      Files.createSymbolicLink(link, target);
    } else {
      Files.createLink(link, target);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNotWriteThroughALinkThatIsPlanted(final boolean isSymbolic) throws IOException {
    final Path shared = Files.createDirectories(folder.resolve("shared"));
    final Path journal = folder.resolve("journal");
    for (final String name :
        new String[] {
          "liqmap.view.new", "liqmap.events.new", "liqmap.events", "liqmap.counters.new"
        }) {
      link(isSymbolic, shared.resolve(name), precious);
    }
    run(journal, "--share", shared).done();
    for (final String name : new String[] {"liqmap.counters.new", "liqmap.counters"}) {
      link(isSymbolic, journal.resolve(name), precious);
    }
    run(journal, "--share", shared).done();
    final Path out = folder.resolve("map.json");
    link(isSymbolic, folder.resolve("map.json.part"), precious);
    Cli.run("map", "--journal", journal, "--format", "json", "--out", out).done();
    assertTrue(Files.readString(out).contains("BTCUSDT"));
    final Path imported = folder.resolve("other.feed");
    link(isSymbolic, folder.resolve("other.feed.part"), precious);
    Cli.line(
            "import --format coinalyze --symbol BTCUSDT --out %s %s",
            imported, folder.resolve("bars"))
        .done();
    assertEquals(DIARY, Files.readString(precious));
    assertFalse(Files.exists(folder.resolve("other.feed.part"), LinkOption.NOFOLLOW_LINKS));
    assertFalse(Files.exists(folder.resolve("map.json.part"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void shouldNotReplaceALinkThatIsNamed() throws IOException {
    final Path journal = folder.resolve("journal");
    run(journal).done();
    final Path out = folder.resolve("out");
    Files.createSymbolicLink(out, precious);
    Cli.run("map", "--journal", journal, "--out", out).exits(1).complains("symbolic link");
    Cli.line("import --format coinalyze --symbol BTCUSDT --out %s %s", out, folder.resolve("bars"))
        .exits(1)
        .complains("symbolic link");
    assertEquals(DIARY, Files.readString(precious));
    assertTrue(Files.isSymbolicLink(out));
    Cli.run("map", "--journal", journal, "--out", "/dev/null").done();
    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  void shouldRefuseFoldersThatOthersMayWriteToUnlessAllowed() throws IOException {
    for (final String name : new String[] {"journal", "shared"}) {
      final Path open = Files.createDirectory(folder.resolve(name));
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
      final Path journal = name.equals("journal") ? open : folder.resolve("j");
      final Path shared = name.equals("shared") ? open : folder.resolve("s");
      run(journal, "--share", shared)
          .exits(1)
          .complains(open.toString(), "may be written to by others", "--allow-foreign-writers");
      run(journal, "--share", shared, "--allow-foreign-writers").done();
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
      run(journal, "--share", shared).done();
    }
  }

  @Test
  void shouldNotWaitForAFifo() throws Exception {
    final Path fifo = folder.resolve("fifo");
    assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    Cli.run("inspect", "--feed", fifo).exits(3).complains("FIFO");
    final Path journal = Files.createDirectory(folder.resolve("journal"));
    Files.move(fifo, journal.resolve("liqmap.journal"));
    for (final String command : new String[] {"verify", "map", "replay", "inspect"}) {
      Cli.run(command, "--journal", journal).exits(3).complains("FIFO");
    }
    Cli.run("ask", "--journal", journal, "largest").exits(3).complains("FIFO");
    run(journal).exits(3).complains("FIFO");
    final Path shared = Files.createDirectory(folder.resolve("shared"));
    Files.move(journal.resolve("liqmap.journal"), shared.resolve("liqmap.view"));
    run(folder.resolve("k"), "--share", shared).exits(1).complains("FIFO");
    Files.move(shared.resolve("liqmap.view"), shared.resolve("liqmap.counters"));
    Cli.run("stat", "--share", shared).exits(1).complains("FIFO");
  }
}
