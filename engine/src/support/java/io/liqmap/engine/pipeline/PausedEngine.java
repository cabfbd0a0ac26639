package io.liqmap.engine.pipeline;

import io.liqmap.engine.journal.JournalSettings;
import io.liqmap.engine.journal.JournalWriter;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.nio.file.Path;

/**
 * An engine in a process of its own that waits briefly, mostly for a full ring: runs a market of so
 * many events, and says which state it came to and what became of the journal.
 */
final class PausedEngine {
  private static final long PATIENCE_NANOS = 1_500_000_000L;

  private PausedEngine() {}

  static EngineSettings settings(final ThreadingMode mode) {
    return EngineSettingsFixture.of(
        mode, 64, 16, new JournalSettings(4096, 1 << 24, PATIENCE_NANOS));
  }

  /** Takes the journal's folder and the number of events. */
  public static void main(final String[] args) throws Exception {
    final EngineSettings settings = settings(ThreadingMode.PIPELINED);
    final JournalWriter journal =
        JournalWriter.create(Path.of(args[0]), settings.journal(), settings.text());
    try (Engine engine =
        Engine.launchOn(
            journal,
            settings,
            Outputs.NONE,
            new Pipeline.Timeouts(PATIENCE_NANOS, PATIENCE_NANOS))) {
      System.out.println("started");
      engine.run(new EndlessFeed(1, Long.parseLong(args[1])), ReplayPace.max());
      engine.finish();
      System.out.println(
          Long.toHexString(engine.map().stateHash()) + " " + engine.journalFailure());
    }
  }
}
