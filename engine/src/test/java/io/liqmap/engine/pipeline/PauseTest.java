package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is paused for longer than it waits for anybody, under full load. */
@Tag("slow")
final class PauseTest {
  private static final long EVENTS = 300_000;
  private static final long RUN_MILLIS = 100;
  private static final long PAUSE_MILLIS = 2_000;
  private static final int MOST_PAUSES = Integer.getInteger("liqmap.pauses", 3);
  private static final Path KILL = Path.of("/bin/kill");

  @TempDir private Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldNotTakeAPauseForAStall() throws Exception {
    assumeTrue(Files.isExecutable(KILL), "no /bin/kill");
    final Path journal = folder.resolve("journal");
    final Path errors = Files.createFile(folder.resolve("errors"));
    final Process engine =
        KilledEngine.start(PausedEngine.class, errors, journal.toString(), Long.toString(EVENTS));
    int pauses = 0;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(engine.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("started", out.readLine());
      while (pauses < MOST_PAUSES && !engine.waitFor(RUN_MILLIS, TimeUnit.MILLISECONDS)) {
        signal(engine, "-STOP");
        Thread.sleep(PAUSE_MILLIS);
        signal(engine, "-CONT");
        pauses++;
      }
      engine.waitFor();
      assertEquals(Long.toHexString(hash()) + " null", out.readLine(), Files.readString(errors));
    } finally {
      engine.destroyForcibly().waitFor();
    }
    assertEquals(0, engine.exitValue());
    assertTrue(pauses >= 3, pauses + " pauses");
    try (JournalReader reader = JournalReader.open(journal)) {
      final JournalCheck check = JournalCheck.of(reader);
      assertNull(check.damage());
      assertEquals(EVENTS, check.events());
      assertTrue(reader.isClosedCleanly());
    }
  }

  private static void signal(final Process process, final String signal) throws Exception {
    new ProcessBuilder(KILL.toString(), signal, Long.toString(process.pid())).start().waitFor();
  }

  private static long hash() throws Exception {
    try (Engine engine =
        Engine.launch(PausedEngine.settings(ThreadingMode.INLINE), null, Outputs.NONE)) {
      engine.run(new EndlessFeed(1, EVENTS), ReplayPace.max());
      return engine.map().stateHash();
    }
  }
}
