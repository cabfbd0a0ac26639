package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalSync;
import io.liqmap.engine.journal.PowerLoss;
import io.liqmap.engine.replay.JournalCheck;
import io.liqmap.engine.replay.Recovered;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Journals as a loss of power leaves them: pages of what was appended since the last force gone.
 */
@Tag("slow")
final class PowerLossTest {
  private static final int CASES = Integer.getInteger("liqmap.power.losses", 8);
  private static final long SEED = Long.getLong("liqmap.seed", 20_260_401L);
  private static final long FIRST = 2_500;
  private static final long LAST = 10_000;
  private static final EngineSettings SETTINGS = settings(JournalSync.INTERVAL);

  @TempDir private Path folder;

  private static EngineSettings settings(final JournalSync sync) {
    return EngineSettingsFixture.of(
        ThreadingMode.INLINE,
        64,
        16,
        new JournalSettings(4096, 1 << 24, 1_000_000_000L, sync, 3_600_000_000_000L));
  }

  private static void run(final Engine engine, final long last) throws Exception {
    engine.run(new EndlessFeed(1, last), ReplayPace.max());
  }

  private static long hashAfter(final long events) throws Exception {
    try (Engine engine = Engine.launch(SETTINGS, null, Outputs.NONE)) {
      run(engine, events);
      return engine.map().stateHash();
    }
  }

  /** Journals a while and ends, which forces all of it; resumes, and loses its power. */
  private void journal(final Path forced, final Path last) throws Exception {
    final Path journal = folder.resolve("journal");
    try (Engine engine = Engine.launch(SETTINGS, journal, Outputs.NONE)) {
      run(engine, FIRST);
    }
    try (Engine engine = Engine.launch(SETTINGS, journal, Outputs.NONE)) {
      PowerLoss.copy(journal, forced);
      run(engine, LAST);
      assertTrue(engine.acknowledgedEvents() >= LAST);
      PowerLoss.copy(journal, last);
    }
  }

  @Test
  void shouldKeepWhatWasForcedAndSayWhatWasLost() throws Exception {
    final Path forced = folder.resolve("forced");
    final Path last = folder.resolve("last");
    journal(forced, last);
    final long expected = hashAfter(LAST);
    final SplittableRandom random = new SplittableRandom(SEED);
    int losses = 0;
    for (int i = 0; i < CASES; i++) {
      final Path left = folder.resolve("left-" + i);
      PowerLoss.leave(forced, last, left, random.split());
      final String place = "case " + i + " of seed " + SEED;
      final boolean isWhole = isWhole(left);
      PowerLoss.startAgain(left);
      try (Engine engine = Engine.launch(SETTINGS, left, Outputs.NONE)) {
        final Recovered found = engine.recovered();
        losses += found.lostDocuments() > 0 ? 1 : 0;
        assertTrue(found.events() >= FIRST, place + ": " + found);
        // What a mark older than this one said later is unknown.
        assertTrue(!isWhole || found.lostDocuments() == 0, place + ": " + found);
        assertEquals(hashAfter(found.events()), engine.map().stateHash(), place);
        run(engine, LAST);
        assertEquals(expected, engine.map().stateHash(), place);
      }
      requireWhole(left, place);
    }
    assertTrue(losses > CASES / 4, losses + " of " + CASES + " lost something");
  }

  /** Without a restart of the machine missing data is damage, and no run resumes it. */
  private static boolean isWhole(final Path journal) throws Exception {
    try (JournalReader reader = JournalReader.open(journal)) {
      final String damage = JournalCheck.of(reader).damage();
      if (damage != null) {
        assertThrows(
            JournalDamageException.class, () -> Engine.launch(SETTINGS, journal, Outputs.NONE));
      }
      return damage == null;
    }
  }

  private static void requireWhole(final Path journal, final String place) throws Exception {
    try (JournalReader reader = JournalReader.open(journal)) {
      final JournalCheck check = JournalCheck.of(reader);
      assertNull(check.damage(), place);
      assertEquals(LAST, check.events(), place);
    }
  }

  @Test
  void shouldShowReadersALossOfPowerApartFromDamage() throws Exception {
    final Path forced = folder.resolve("forced");
    final Path last = folder.resolve("last");
    journal(forced, last);
    final SplittableRandom random = new SplittableRandom(SEED);
    Path left;
    int i = 0;
    do {
      left = folder.resolve("left-" + i++);
      PowerLoss.leave(forced, last, left, random.split());
    } while (isWhole(left));
    PowerLoss.startAgain(left);
    try (JournalReader reader = JournalReader.open(left)) {
      final String damage = JournalCheck.of(reader).damage();
      assertTrue(damage.contains("loss of power"), damage);
    }
  }

  @Test
  void shouldSayWhatIsOnTheDiskAtTheEndUnlessItMayNotForce() throws Exception {
    for (final JournalSync sync : JournalSync.values()) {
      final Path journal = folder.resolve(sync.name());
      try (Engine engine = Engine.launch(settings(sync), journal, Outputs.NONE)) {
        run(engine, FIRST);
      }
      assertEquals(
          sync == JournalSync.NONE ? 0 : FIRST, PowerLoss.syncedEvents(journal), sync.name());
    }
  }

  @Test
  void shouldForceAtItsInterval() throws Exception {
    final EngineSettings often =
        EngineSettingsFixture.of(
            ThreadingMode.PIPELINED,
            64,
            16,
            new JournalSettings(4096, 1 << 24, 1_000_000_000L, JournalSync.INTERVAL, 1_000_000L));
    final Path journal = folder.resolve("journal");
    try (Engine engine = Engine.launch(often, journal, Outputs.NONE)) {
      run(engine, FIRST);
      // Behind the last document too, when nothing more comes.
      for (int i = 0; i < 60_000 && PowerLoss.syncedEvents(journal) < FIRST; i++) {
        Thread.sleep(1);
      }
      assertEquals(FIRST, PowerLoss.syncedEvents(journal));
    }
  }
}
