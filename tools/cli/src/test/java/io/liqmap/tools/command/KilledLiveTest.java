package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.support.ChildJvm;
import io.liqmap.gateway.connection.Await;
import io.liqmap.tools.Liqmap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A live session in a process of its own, which signals end. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KilledLiveTest {
  private static final long ROUNDS = 3_000;

  @TempDir private Path folder;
  private LiveMarket live;
  private Process engine;

  @BeforeEach
  void begin() throws Exception {
    live = new LiveMarket(folder, ROUNDS);
  }

  @AfterEach
  void end() throws Exception {
    if (engine != null) {
      engine.destroyForcibly().waitFor();
    }
    live.close();
  }

  /** Starts it, and waits until frames of all venues are recorded. */
  private void start() throws Exception {
    final List<Object> words =
        live.command(LiveMarket.ALL, LiveMarket.SYMBOLS, "--record", live.recording(), "--json");
    engine =
        new ProcessBuilder(ChildJvm.command(Liqmap.class, List.of(), words.toArray()))
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    final long before = live.recordedBytes();
    Await.until(
        "a recording by " + words,
        () -> !engine.isAlive() || (live.areAllRecorded() && live.recordedBytes() > before));
    assertTrue(engine.isAlive(), () -> "it has ended");
  }

  private Cli.Ran importTo(final String name) {
    return Cli.run(
            "import",
            "--format",
            "venue-frames",
            "--out",
            folder.resolve(name),
            "--json",
            live.recording())
        .done();
  }

  @Test
  void shouldContinueAfterAKillAndEndWithASummaryAtASignal() throws Exception {
    start();
    engine.destroyForcibly().waitFor();
    // Where processes are invisible, its last heartbeat is current for a while.
    Await.until(
        "a dead engine",
        () -> Cli.run("stat", "--journal", live.journal()).out().contains("state         dead"));
    final long killed = (long) importTo("killed.feed").json().get("events");
    assertTrue(killed > 0);

    live.market().playMore(ROUNDS);
    start();
    engine.destroy();
    engine.waitFor();
    final Map<String, Object> summary = JsonText.object(Files.readString(folder.resolve("out")));
    assertEquals(7L, summary.get("instruments"));
    assertEquals(4, ((List<?>) summary.get("venues")).size());
    assertEquals(0L, summary.get("gaps"));
    assertTrue((long) importTo("both.feed").json().get("events") > killed);
    final Map<String, Object> verified =
        Cli.run("verify", "--journal", live.journal(), "--json").done().json();
    assertEquals(summary.get("lastSequence"), verified.get("lastSequence"));
  }
}
