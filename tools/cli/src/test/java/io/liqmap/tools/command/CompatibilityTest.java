package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Feeds and journals that earlier versions wrote are read, to the answers that were kept. */
@Tag("slow")
class CompatibilityTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LAST_DIGIT = 1e-11;

  @TempDir private Path folder;

  /** Each is a file that {@link CompatibilityFixture} once made. */
  static List<String> kept() {
    return List.of("feed-4-journal-3-state-6");
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
      final JsonNode then = JSON.readTree(folder.resolve(question.getKey()).toFile());
      final JsonNode now =
          JSON.readTree(
              CompatibilityFixture.answer(
                  question.getValue(), folder.resolve(CompatibilityFixture.JOURNAL)));
      if (question.getValue().startsWith("map ")) {
        // Kept before map showed the tracked clusters, as ask does.
        ((ObjectNode) then).remove("clusters");
        ((ObjectNode) now).remove("clusters");
      }
      retain(then, now);
      assertTrue(
          then.equals(CompatibilityTest::compareNumbers, now),
          () -> question.getValue() + " then " + then + " now " + now);
    }
  }

  /** Removes what answers didn't have then, from this one's objects. */
  private static void retain(final JsonNode then, final JsonNode now) {
    if (then instanceof ObjectNode && now instanceof ObjectNode object) {
      final List<String> names = new ArrayList<>();
      then.fieldNames().forEachRemaining(names::add);
      object.retain(names);
      names.forEach((name) -> retain(then.path(name), object.path(name)));
    } else if (then.isArray()) {
      for (int i = 0; i < then.size(); i++) {
        retain(then.path(i), now.path(i));
      }
    }
  }

  /** Settings that were the defaults when a file was made. */
  private static String settings(final String name) throws IOException {
    try (InputStream file =
        CompatibilityTest.class.getResourceAsStream("/compatibility/" + name + ".conf")) {
      assertNotNull(file, name);
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * 0 where two numbers differ by their last printed digit at most, or two other values by nothing.
   */
  private static int compareNumbers(final JsonNode one, final JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      final double size = Math.max(Math.abs(one.asDouble()), Math.abs(other.asDouble()));
      return Math.abs(one.asDouble() - other.asDouble()) <= LAST_DIGIT * size ? 0 : 1;
    }
    return one.equals(other) ? 0 : 1;
  }

  @ParameterizedTest
  @MethodSource("kept")
  void shouldRerunAKeptFeedAndResumeItsJournal(final String name) throws IOException {
    unzip(name);
    final Path feed = folder.resolve(CompatibilityFixture.FEED);
    final Path journal = folder.resolve(CompatibilityFixture.JOURNAL);
    final Path rerun = folder.resolve("rerun");
    final Object then = hash(journal);

    CompatibilityFixture.run(feed, journal, folder, settings(name));
    CompatibilityFixture.run(feed, rerun, folder, settings(name));

    assertEquals(then, hash(journal));
    assertEquals(then, hash(rerun));
  }

  @ParameterizedTest
  @CsvSource({
    "feed-1-journal-3-state-4, 4",
    "feed-2-journal-3-state-5, 5",
    "feed-3-journal-3-state-5, 5"
  })
  void shouldReadAnEarlierFeedAndRefuseSnapshotsOfItsState(final String name, final int format)
      throws IOException {
    unzip(name);
    final Path feed = folder.resolve(CompatibilityFixture.FEED);
    final Path journal = folder.resolve(CompatibilityFixture.JOURNAL);
    final String refusal = "of format " + format + ", and this version reads format 6";

    CompatibilityFixture.run(feed, folder.resolve("rerun"), folder, "");

    Cli.run("verify", "--journal", journal).done();
    Cli.run("replay", "--journal", journal, "--from", "snapshot").exits(1).complains(refusal);
    Cli.run("map", "--journal", journal, "--symbol", "BTCUSDT").exits(1).complains(refusal);
    assertEquals(1, Cli.run("run", "--feed", feed, "--journal", journal).code());
    assertEquals(1, Cli.run("replay", "--journal", journal).code());
  }

  private static Object hash(final Path journal) {
    return Cli.run("replay", "--journal", journal, "--json").done().json().get("stateHash");
  }
}
