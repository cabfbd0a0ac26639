package io.liqmap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.journal.NoJournalException;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a program does that embeds the engine alone: settings from a file, then from its journal.
 */
final class EmbeddedEngineTest {
  private static final long SEED = 11;
  private static final int EVENTS = 20_000;
  private static final int BLOCK = 100;

  @TempDir private Path folder;

  @Test
  void shouldResumeAJournalWithTheSettingsThatItCarries() throws Exception {
    final EngineSettings settings =
        EngineConfig.load(
            Files.writeString(
                folder.resolve("my.conf"),
                "map.resolution-bps = 10, map.models = [blend], pipeline.mode = inline"));
    final long expected = run(settings, null, new RandomFeed(SEED, EVENTS, BLOCK, true));
    final Path journal = folder.resolve("journal");
    run(settings, journal, new FeedPart(new RandomFeed(SEED, EVENTS, BLOCK, true), 70));

    final EngineSettings carried = EngineConfig.ofJournal(journal);
    assertEquals(settings, carried);
    assertEquals(expected, run(carried, journal, new RandomFeed(SEED, EVENTS, BLOCK, true)));

    try (JournalReader reader = JournalReader.open(journal)) {
      final Replay replay =
          new Replay(reader, carried.map(), carried.levels(), carried.maxInstruments());
      replay.fromStart(Until.END);
      assertTrue(replay.matches());
      assertEquals(expected, replay.map().stateHash());
    }
  }

  @Test
  void shouldReopenAJournalOfSettingsThatWereMadeInCode() throws Exception {
    final EngineSettings settings = EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 4);
    final Path journal = folder.resolve("journal");
    run(settings, journal, new RandomFeed(SEED, EVENTS, BLOCK, false));

    assertEquals(settings, EngineConfig.ofJournal(journal));
  }

  @Test
  void shouldResumeWithTheDefaults() throws Exception {
    final Path journal = folder.resolve("journal");
    run(EngineConfig.defaults(), journal, new RandomFeed(SEED, BLOCK, BLOCK, false));

    assertEquals(EngineConfig.defaults(), EngineConfig.ofJournal(journal));
  }

  @Test
  void shouldRefuseAFolderWithoutAJournal() {
    assertThrows(NoJournalException.class, () -> EngineConfig.ofJournal(folder));
  }

  @Test
  void shouldSayOfSettingsThatItCannotReadThatAnotherVersionMadeThem() throws Exception {
    final EngineSettings settings = EngineConfig.defaults();
    final Path journal = folder.resolve("journal");
    JournalWriter.create(journal, settings.journal(), "colour = red").close();

    final JournalException refused =
        assertThrows(JournalException.class, () -> EngineConfig.ofJournal(journal));
    assertTrue(
        refused
            .getMessage()
            .startsWith(
                journal
                    + ": was made by another version, with other settings; run its feed again with"
                    + " this one. "),
        refused::getMessage);
  }

  private static long run(final EngineSettings settings, final Path journal, final BlockSource feed)
      throws Exception {
    try (Engine engine = Engine.launch(settings, journal, Outputs.NONE)) {
      engine.run(feed, ReplayPace.max());
      return engine.map().stateHash();
    }
  }
}
