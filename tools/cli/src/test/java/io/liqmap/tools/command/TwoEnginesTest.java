package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.shared.counters.EngineCounters;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.support.ChildJvm;
import io.liqmap.tools.Liqmap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that writes, in a process of its own, and this one, which would like to. */
@Tag("slow")
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TwoEnginesTest {
  private static final String OTHER = "another engine is writing this journal";

  /** Copies of a journal while it is written. */
  private static final int COPIES = 3;

  @TempDir private static Path common;
  private static Path feed;

  @TempDir private Path folder;
  private Path journal;
  private Path shared;
  private Process engine;

  @BeforeAll
  static void makeFeed() throws IOException {
    feed = Bars.feeds(common)[0];
  }

  @BeforeEach
  void nameFolders() {
    journal = folder.resolve("journal");
    shared = folder.resolve("shared");
  }

  @AfterEach
  void kill() throws InterruptedException {
    if (engine != null) {
      engine.destroyForcibly().waitFor();
    }
  }

  private void start() throws Exception {
    engine =
        new ProcessBuilder(
                ChildJvm.command(
                    Liqmap.class,
                    List.of(),
                    "run",
                    "--feed",
                    feed,
                    "--journal",
                    journal,
                    "--share",
                    shared,
                    "--speed",
                    "5000"))
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    while (!Files.exists(journal.resolve(EngineCounters.FILE)) || acknowledged() < 10) {
      assertTrue(engine.isAlive(), () -> "the engine has ended: " + read("err"));
      Thread.sleep(20);
    }
  }

  private String read(final String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (final IOException e) {
      return e.toString();
    }
  }

  private long acknowledged() {
    final Cli.Ran stat = Cli.run("stat", "--journal", journal, "--json");
    return stat.code() == 0 ? number(JsonText.map(stat.json(), "journal"), "events") : 0;
  }

  private void awaitMoreThan(final long events) {
    while (acknowledged() <= events) {
      assertTrue(engine.isAlive(), () -> "the engine has ended: " + read("err"));
    }
  }

  private static long number(final Map<?, ?> object, final String field) {
    return ((Number) object.get(field)).longValue();
  }

  private Cli.Ran run(final Object... more) {
    final List<Object> words =
        new ArrayList<>(List.of("run", "--feed", feed, "--journal", journal, "--mode", "inline"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  private void requireWhole(final Path at, final long atLeast) {
    final Map<String, Object> verified = Cli.run("verify", "--journal", at, "--json").done().json();
    assertEquals(true, verified.get("whole"));
    assertTrue(number(verified, "events") >= atLeast, verified + " but not " + atLeast);
  }

  @Test
  void shouldLoseNothingWhenTheLockIsRemovedUnderARunningEngine() throws Exception {
    start();
    Files.delete(journal.resolve("liqmap.lock"));
    run().exits(ExitCodes.FAILED).complains(OTHER);
    Files.deleteIfExists(journal.resolve("liqmap.lock"));
    Files.writeString(journal.resolve("liqmap.lock"), "4711");
    run().exits(ExitCodes.FAILED).complains(OTHER);
    // Even if its counters were removed along with it.
    Files.deleteIfExists(journal.resolve("liqmap.lock"));
    Files.move(journal.resolve(EngineCounters.FILE), folder.resolve("counters"));
    run().exits(ExitCodes.FAILED).complains(OTHER);
    Files.move(folder.resolve("counters"), journal.resolve(EngineCounters.FILE));

    final long before = acknowledged();
    awaitMoreThan(before);
    requireWhole(journal, before);

    final long last = acknowledged();
    engine.destroyForcibly().waitFor();
    requireWhole(journal, last);
    // What a killed writer leaves blocks no other.
    run().done().says("recovered");
    requireWhole(journal, last);
  }

  @Test
  void shouldStopJournalingWhenItsFolderIsRemovedAndMadeAgain() throws Exception {
    start();
    try (Stream<Path> content = Files.walk(journal)) {
      for (final Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    run().done();
    final Map<String, Object> before =
        Cli.run("verify", "--journal", journal, "--json").done().json();
    Thread.sleep(2_000);
    engine.destroy();
    assertTrue(engine.waitFor(1, TimeUnit.MINUTES));
    assertTrue(
        read("err").contains("was removed or replaced while it was written")
            || read("out").replaceAll("\\s+", " ").contains("ENDED BEFORE ITS TIME"),
        () -> read("err") + read("out"));
    assertEquals(before, Cli.run("verify", "--journal", journal, "--json").done().json());
  }

  /** As when the machine's clock was stepped, or the other engine runs in another container. */
  @Test
  void shouldLeaveALivingEnginesViewAlone() throws Exception {
    start();
    final Path view = shared.resolve("liqmap.view");
    try (RandomAccessFile bytes = new RandomAccessFile(view.toFile(), "rw")) {
      for (final long offset : new long[] {72, 80}) {
        bytes.seek(offset);
        bytes.writeLong(Long.reverseBytes(999_999_999L));
      }
    }
    Cli.run("run", "--feed", feed, "--journal", folder.resolve("other"), "--share", shared)
        .exits(ExitCodes.FAILED)
        .complains("writes its view there; stop it, or choose another path");
    final ViewMemory reader = ViewMemory.open(view);
    assertFalse(reader.hasEnded());
    assertTrue(reader.isWriterAlive());
    final long beat = reader.heartbeat();
    while (reader.heartbeat() <= beat) {
      assertTrue(engine.isAlive(), () -> "the engine has ended: " + read("err"));
      Thread.sleep(50);
    }
    engine.destroyForcibly().waitFor();
    assertFalse(reader.isWriterAlive());
    assertFalse(reader.hasEnded());
    Cli.run("run", "--feed", feed, "--journal", folder.resolve("other"), "--share", shared).done();
    assertTrue(reader.hasEnded());
  }

  @Test
  void shouldCopyTheJournalOfARunningEngine() throws Exception {
    start();
    for (int i = 0; i < COPIES; i++) {
      final Path copy = folder.resolve("copy" + i);
      final long before = acknowledged();
      final Map<String, Object> copied =
          Cli.run("journal", "copy", journal, copy, "--json").done().json();
      assertTrue(number(copied, "events") >= before);
      requireWhole(copy, number(copied, "events"));
      Cli.run("map", "--journal", copy, "--out", folder.resolve("map.txt")).done();
      awaitMoreThan(before);
    }
    Cli.run("journal", "copy", journal, folder.resolve("copy0"))
        .exits(ExitCodes.FAILED)
        .complains("is there already");
    assertTrue(engine.isAlive(), () -> "the engine has ended: " + read("err"));
    engine.destroy();
    assertTrue(engine.waitFor(1, TimeUnit.MINUTES));
    run().done();
    final Map<String, Object> whole = Cli.run("replay", "--journal", journal, "--json").json();
    for (int i = 0; i < COPIES; i++) {
      final Path copy = folder.resolve("copy" + i);
      final Map<String, Object> resumed =
          Cli.line("run --feed %s --journal %s --mode inline --json", feed, copy).done().json();
      assertEquals(whole.get("stateHash"), resumed.get("stateHash"));
      requireWhole(copy, number(resumed, "events"));
    }
  }

  @Test
  void shouldSayWhatACopyIsWhoseMarkIsAheadOfItsQueue() throws Exception {
    start();
    final Path copy = Files.createDirectories(folder.resolve("copy"));
    Files.createDirectory(copy.resolve("queue"));
    final Path queue = Cli.queueFile(journal);
    Files.copy(queue, copy.resolve("queue").resolve(queue.getFileName()));
    final long before = acknowledged();
    awaitMoreThan(before);
    Files.copy(journal.resolve("liqmap.journal"), copy.resolve("liqmap.journal"));
    Cli.run("verify", "--journal", copy)
        .exits(ExitCodes.DAMAGED_JOURNAL)
        .complains("copied while an engine wrote it", "liqmap journal copy");
  }
}
