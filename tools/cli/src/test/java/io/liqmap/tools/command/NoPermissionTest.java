package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.support.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may not read a journal learns that, not that it is damaged. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NoPermissionTest {
  @TempDir private Path folder;

  /** Closes a part of a journal after the other, where no right of root's is left. */
  public static void main(final String[] args) throws IOException {
    final Path folder = Path.of(args[0]);
    final Path journal = folder.resolve("journal");
    for (final Path closed :
        new Path[] {
          journal,
          journal.resolve("queue"),
          journal.resolve("liqmap.journal"),
          Cli.queueFile(journal)
        }) {
      final String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(closed));
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
      runAll(folder, journal);
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString(mode));
    }
  }

  private static void runAll(final Path folder, final Path journal) {
    final Path feed = folder.resolve("btc.feed");
    for (final String command : new String[] {"verify", "replay", "map", "ask", "run", "copy"}) {
      final Cli.Ran ran =
          switch (command) {
            case "run" -> Cli.run("run", "--feed", feed, "--journal", journal);
            case "copy" -> Cli.run("journal", "copy", journal, folder.resolve("copy"));
            case "ask" -> Cli.run("ask", "--journal", journal, "largest");
            default -> Cli.run(command, "--journal", journal);
          };
      System.out.println(command + " " + ran.code() + " " + ran.err().replace('\n', ' '));
    }
  }

  private List<String> ran() throws Exception {
    final List<String> command = new ArrayList<>();
    if (Files.getAttribute(folder, "unix:uid").equals(0)) {
      command.addAll(
          List.of(
              "setpriv",
              "--bounding-set",
              "-dac_override,-dac_read_search",
              "--inh-caps",
              "-dac_override,-dac_read_search"));
    }
    command.addAll(ChildJvm.command(NoPermissionTest.class, List.of(), folder));
    final Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (final IOException e) {
      assumeTrue(false, "root needs setpriv to give up its rights: " + e);
      throw e;
    }
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.lines().toList();
  }

  @Test
  void shouldSayThatThereIsNoPermission() throws Exception {
    Cli.run("run", "--feed", Bars.feeds(folder)[0], "--journal", folder.resolve("journal")).done();
    final List<String> said = ran();
    assertEquals(4 * 6, said.size(), said.toString());
    for (final String line : said) {
      assertTrue(line.matches("\\w+ 1 .*([Nn]o permission|ccess ?[Dd]enied).*"), line);
      assertTrue(!line.contains("damage"), line);
    }
    Cli.run("verify", "--journal", folder.resolve("journal")).done();
  }
}
