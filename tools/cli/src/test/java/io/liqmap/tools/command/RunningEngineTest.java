package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.shared.counters.EngineCounters;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.support.ChildJvm;
import io.liqmap.tools.Liqmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine in a process of its own: what others see of it, and what it keeps its hands off. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RunningEngineTest {
  /** Sixty hours of bars in some minutes: longer than any test looks. */
  private static final String SLOW = "1000";

  /** Time enough to see what happens before the feed's end. */
  private static final String FAST = "15000";

  @TempDir private static Path shared;
  private static Path feed;

  @TempDir private Path folder;
  private Process engine;

  @BeforeAll
  static void makeFeed() throws IOException {
    feed = Bars.feeds(shared)[0];
  }

  @AfterEach
  void kill() throws InterruptedException {
    if (engine != null) {
      engine.destroyForcibly().waitFor();
    }
  }

  private Path journal() {
    return folder.resolve("journal");
  }

  /** Starts an engine and waits until it has applied something. */
  private void start(final String speed, final String... more) throws Exception {
    final Path shell = Path.of("/bin/sh");
    assumeTrue(Files.isExecutable(shell), "no /bin/sh");
    final List<String> command =
        new ArrayList<>(List.of(shell.toString(), "-c", "umask 077; exec \"$@\"", "sh"));
    command.addAll(
        ChildJvm.command(
            Liqmap.class,
            List.of(
                "-Duser.home=" + Files.createDirectories(folder.resolve("home")),
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp"))),
            "run",
            "--feed",
            feed,
            "--journal",
            journal(),
            "--share",
            folder.resolve("shared"),
            "--mode",
            "pipelined",
            "--speed",
            speed));
    command.addAll(List.of(more));
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(folder.resolve("work")).toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("HOME", folder.resolve("home").toString());
    engine = builder.start();
  }

  private void startAndWaitForEvents() throws Exception {
    startAndWaitForEvents(SLOW);
  }

  private void startAndWaitForEvents(final String speed) throws Exception {
    start(speed);
    while (!Files.exists(journal().resolve(EngineCounters.FILE))) {
      assertTrue(engine.isAlive(), () -> "the engine has ended: " + read("err"));
      Thread.sleep(10);
    }
    while (number(Cli.run("stat", "--journal", journal(), "--json").json(), "events") == 0) {
      assertTrue(engine.isAlive(), () -> "the engine has ended: " + read("err"));
    }
  }

  private String read(final String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (final IOException e) {
      return e.toString();
    }
  }

  private static long number(final Map<String, Object> object, final String field) {
    return ((Number) object.get(field)).longValue();
  }

  private Cli.Ran stat(final Object... more) {
    final List<Object> words = new ArrayList<>(List.of("stat", "--journal", journal()));
    words.addAll(List.of(more));
    return Cli.run(words.toArray());
  }

  @Test
  void shouldBeSeenRunningAndThenEnded() throws Exception {
    startAndWaitForEvents();

    final Map<String, Object> seen = stat("--json").done().json();
    assertEquals("running", seen.get("state"));
    assertEquals(engine.pid(), number(seen, "process"));
    assertTrue(number(seen, "events") > 0);
    assertTrue(((Number) seen.get("eventsPerSecond")).doubleValue() > 0, seen.toString());
    assertEquals(0, number(seen, "gaps"));
    assertEquals(1, number(seen, "instruments"));
    final Map<?, ?> calibration = (Map<?, ?>) ((List<?>) seen.get("calibration")).get(0);
    assertEquals("BTCUSDT", calibration.get("instrument"));
    assertEquals("unproven", ((Map<?, ?>) calibration.get("short")).get("status"));
    stat()
        .done()
        .says(
            "state         running, process " + engine.pid(),
            "calibration   BTCUSDT  long unproven (",
            "lag           map ",
            "journal       works");

    engine.destroy();
    assertTrue(engine.waitFor(1, TimeUnit.MINUTES));
    stat().done().says("state         ended");
    final Map<String, Object> ended = stat("--json").done().json();
    assertEquals("ended", ended.get("state"));
    final Map<String, Object> verified =
        Cli.run("verify", "--journal", journal(), "--json").done().json();
    assertEquals(number(verified, "events"), number(ended, "events"));
    assertEquals(number(verified, "lastSequence"), number(ended, "lastSequence"));
  }

  @Test
  void shouldBeSeenDeadWhenItWasKilled() throws Exception {
    startAndWaitForEvents();
    engine.destroyForcibly().waitFor();
    // Where processes are invisible, the heartbeat may be current.
    Thread.sleep(2_000);

    stat().exits(ExitCodes.FAILED).says("state         dead", "alarms        engine-dead");
    assertEquals("dead", stat("--json").exits(ExitCodes.FAILED).json().get("state"));
  }

  private static void cutOff(final Path file) throws IOException {
    Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
        .close();
  }

  /** Looks until what it sees is so, while the engine lives. */
  private Map<String, Object> seenAlive(final Predicate<Map<String, Object>> isSo)
      throws Exception {
    while (engine.isAlive()) {
      final Map<String, Object> seen = JsonText.object(stat("--json").out());
      if (isSo.test(seen)) {
        return seen;
      }
    }
    throw new AssertionError("the engine ended before it was seen: " + read("err"));
  }

  @Test
  void shouldTellOfAJournalWhoseMarkIsCutOff() throws Exception {
    startAndWaitForEvents(FAST);
    cutOff(journal().resolve("liqmap.journal"));

    final Map<String, Object> seen =
        seenAlive((stat) -> "failed".equals(((Map<?, ?>) stat.get("journal")).get("state")));
    assertTrue(((List<?>) seen.get("alarms")).contains("journal-failed"), seen.toString());
    final ViewMemory memory = ViewMemory.open(folder.resolve("shared").resolve(Outputs.VIEW_FILE));
    final ViewReader view = new ViewReader(memory, memory.instrument("BTCUSDT"));
    boolean isJournaled = true;
    while (isJournaled && engine.isAlive()) {
      view.refresh();
      isJournaled = (view.quality() & QualityFlags.NOT_JOURNALED) == 0;
    }
    assertFalse(isJournaled, "answers say that they are journaled");
    assertTrue(engine.waitFor(1, TimeUnit.MINUTES));
    assertEquals(ExitCodes.FAILED, engine.exitValue(), () -> read("err"));
  }

  @Test
  void shouldFailAtOnceWhenItsEventStreamIsCutOff() throws Exception {
    startAndWaitForEvents();
    cutOff(folder.resolve("shared").resolve("liqmap.events"));

    // Long before the feed's end, which is minutes away.
    assertTrue(engine.waitFor(1, TimeUnit.MINUTES), "the engine lives without its map");
    assertEquals(ExitCodes.FAILED, engine.exitValue(), () -> read("err"));
    stat().exits(ExitCodes.FAILED).says("state         failed", "alarms        engine-failed");
    Cli.run("verify", "--journal", journal()).exits(0);
  }

  @Test
  void shouldComeToTheSameStateHoweverOftenItIsPaused() throws Exception {
    final String expected =
        Cli.line("run --feed %s --journal %s --json", feed, folder.resolve("undisturbed"))
            .done()
            .json()
            .get("stateHash")
            .toString();
    Files.writeString(
        folder.resolve("impatient.conf"),
        "journal.give-up-after = 100ms\npipeline { ring-size = 64, claim = 16 }\n");
    start("30000", "--json", "--config", folder.resolve("impatient.conf").toString());
    while (engine.isAlive() && !Files.exists(journal().resolve(EngineCounters.FILE))) {
      Thread.sleep(10);
    }
    int pauses = 0;
    while (!engine.waitFor(300, TimeUnit.MILLISECONDS)) {
      signal("STOP");
      Thread.sleep(400);
      signal("CONT");
      pauses++;
    }

    assertEquals(0, engine.exitValue(), () -> read("err"));
    assertTrue(pauses > 2, pauses + " pauses");
    assertEquals(expected, JsonText.object(read("out")).get("stateHash"));
    Cli.run("verify", "--journal", journal()).done();
  }

  private void signal(final String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(engine.pid())).start().waitFor();
  }

  @Test
  void shouldBeWatchedToItsEnd() throws Exception {
    start("60000");
    while (!Files.exists(journal().resolve(EngineCounters.FILE))) {
      assertTrue(engine.isAlive(), () -> "the engine has ended: " + read("err"));
      Thread.sleep(10);
    }
    final Cli.Ran watched = stat("--watch", "0.5").done();
    final List<String> states =
        watched.lines().stream().filter((line) -> line.startsWith("state")).toList();
    assertTrue(states.get(states.size() - 1).contains("ended"), states.toString());
    assertTrue(engine.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, engine.exitValue(), () -> read("err"));
  }

  @Test
  void shouldOpenNoSocketThatAnybodyCouldReachAndLeaveTheHomeAlone() throws Exception {
    startAndWaitForEvents();

    final Path descriptors = Path.of("/proc", Long.toString(engine.pid()), "fd");
    assumeTrue(Files.isDirectory(descriptors), "no /proc here");
    int files = 0;
    try (Stream<Path> open = Files.list(descriptors)) {
      for (final Path descriptor : open.toList()) {
        final String target = target(descriptor);
        if (target.startsWith("socket:")) {
          requireNameless(target.replaceAll("\\D", ""));
        }
        files += target.startsWith(folder.toRealPath().toString()) ? 1 : 0;
      }
    }
    assertTrue(files > 2, "the engine's own files were not among its descriptors");
    engine.destroy();
    assertTrue(engine.waitFor(1, TimeUnit.MINUTES));
    for (final String untouched : new String[] {"home", "tmp", "work"}) {
      try (Stream<Path> content = Files.walk(folder.resolve(untouched))) {
        assertEquals(List.of(folder.resolve(untouched)), content.toList());
      }
    }
  }

  /**
   * The JDK keeps one end of a local pair, to close channels with. It has no name and no other end:
   * it is out of reach.
   */
  private void requireNameless(final String inode) throws IOException {
    final Path net = Path.of("/proc", Long.toString(engine.pid()), "net");
    final List<String> lines =
        Files.readAllLines(net.resolve("unix")).stream()
            .filter((line) -> List.of(line.trim().split("\\s+")).contains(inode))
            .toList();
    assertEquals(1, lines.size(), "socket " + inode + " is of a network: " + lines);
    assertTrue(lines.get(0).endsWith(" " + inode), "a socket with a name: " + lines);
  }

  private static String target(final Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (final NoSuchFileException e) {
      return "closed meanwhile";
    }
  }

  @Test
  void shouldMakeItsFilesAsTheUmaskSays() throws Exception {
    startAndWaitForEvents();

    for (final String made : new String[] {"journal", "shared"}) {
      try (Stream<Path> content = Files.walk(folder.resolve(made))) {
        for (final Path path : content.toList()) {
          assertEquals(
              Files.isDirectory(path) ? "rwx------" : "rw-------",
              PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
              path.toString());
        }
      }
    }
  }

  @Test
  void shouldSayThatThereIsNoEngine() {
    Cli.run("stat", "--journal", folder)
        .exits(ExitCodes.BAD_INPUT)
        .complains(folder + ": no engine has written counters here");
    Cli.run("stat").exits(ExitCodes.USAGE).complains("--journal");
    Cli.run("stat", "--journal", folder, "--share", folder).exits(ExitCodes.USAGE);
    Cli.run("stat", "--journal", folder, "--watch", "0").exits(ExitCodes.USAGE);
  }

  @Test
  void shouldRefuseAFileThatIsNone() throws Exception {
    Files.write(folder.resolve(EngineCounters.FILE), new byte[1000]);
    Cli.run("stat", "--journal", folder)
        .exits(ExitCodes.FAILED)
        .complains("it doesn't start with LIQHLTH1");
  }
}
