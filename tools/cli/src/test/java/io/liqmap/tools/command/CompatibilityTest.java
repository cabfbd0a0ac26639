package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Feeds and journals that earlier versions wrote are read, to the answers that were kept. */
@Tag("slow")
class CompatibilityTest {
  @TempDir private Path folder;

  /** Each is a file that {@link CompatibilityFixture} once made. */
  static List<String> kept() {
    return List.of("feed-2-journal-3-state-5");
  }

  @Test
  @EnabledIfSystemProperty(
      named = "liqmap.keep",
      matches = ".+",
      disabledReason = "makes a file to be kept of a new format: -Dliqmap.keep=FILE")
  void shouldMakeAFileToBeKept() throws IOException {
    final Path target = Path.of(System.getProperty("liqmap.keep"));
    CompatibilityFixture.make(target, folder);
    assertTrue(Files.size(target) < 1 << 20, "a file to be kept is small");
  }

  private void unzip(final String name) throws IOException {
    final InputStream file =
        CompatibilityTest.class.getResourceAsStream("/compatibility/" + name + ".zip");
    assertNotNull(file, name);
    try (ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        final Path target = folder.resolve(entry.getName());
        Files.createDirectories(target.getParent());
        Files.copy(zip, target);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void shouldAnswerFromAKeptJournalAsItDidThen(final String name) throws IOException {
    unzip(name);
    for (final Map.Entry<String, String> question : CompatibilityFixture.questions().entrySet()) {
      assertEquals(
          Files.readString(folder.resolve(question.getKey())),
          CompatibilityFixture.answer(
              question.getValue(), folder.resolve(CompatibilityFixture.JOURNAL)),
          question.getValue());
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void shouldRerunAKeptFeedAndResumeItsJournal(final String name) throws IOException {
    unzip(name);
    final Path feed = folder.resolve(CompatibilityFixture.FEED);
    final Path journal = folder.resolve(CompatibilityFixture.JOURNAL);
    final Path rerun = folder.resolve("rerun");
    final Object then = hash(journal);

    CompatibilityFixture.run(feed, journal, folder);
    CompatibilityFixture.run(feed, rerun, folder);

    assertEquals(then, hash(journal));
    assertEquals(then, hash(rerun));
  }

  @Test
  void shouldReadAFeedOfVersion1AndRefuseASnapshotOfState4() throws IOException {
    unzip("feed-1-journal-3-state-4");
    final Path feed = folder.resolve(CompatibilityFixture.FEED);
    final Path journal = folder.resolve(CompatibilityFixture.JOURNAL);

    CompatibilityFixture.run(feed, folder.resolve("rerun"), folder);

    Cli.run("verify", "--journal", journal).done();
    Cli.run("replay", "--journal", journal, "--from", "snapshot")
        .exits(1)
        .complains("of a format that this version doesn't know");
    Cli.run("map", "--journal", journal, "--symbol", "BTCUSDT")
        .exits(1)
        .complains("of a format that this version doesn't know");
    Cli.run("run", "--feed", feed, "--journal", journal)
        .exits(1)
        .complains("was made with other settings");
    assertEquals(1, Cli.run("replay", "--journal", journal).code());
  }

  private static Object hash(final Path journal) {
    return Cli.run("replay", "--journal", journal, "--json").done().json().get("stateHash");
  }
}
