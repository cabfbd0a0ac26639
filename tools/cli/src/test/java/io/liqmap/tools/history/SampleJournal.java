package io.liqmap.tools.history;

import io.liqmap.engine.pipeline.Engine;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.ReplayPace;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Journals of a {@link SampleFeed} with a snapshot every 90 seconds. */
final class SampleJournal {
  private static final String SETTINGS =
      """
      groups { COIN { members = ["%s", "%s"], silent-after = 60s } }
      pipeline.mode = inline
      snapshot.interval = 90s
      map.resolution-bps = 25
      """
          .formatted(SampleFeed.FIRST, SampleFeed.SECOND);

  private SampleJournal() {}

  static EngineSettings settings(final Path folder) throws IOException {
    final Path file = folder.resolve("sample.conf");
    return EngineConfig.load(Files.exists(file) ? file : Files.writeString(file, SETTINGS));
  }

  /** Makes a journal in a folder; returns its own folder. */
  static Path make(final Path folder, final SampleFeed feed) throws Exception {
    final Path journal = folder.resolve("journal");
    try (Engine engine = Engine.launch(settings(folder), journal, Outputs.NONE)) {
      engine.run(feed, ReplayPace.max());
      engine.finish();
    }
    return journal;
  }

  /** A replay from the start to a time, inclusive. */
  static Replay replayTo(final OpenJournal journal, final long time) throws IOException {
    final Replay replay = journal.replay(journal.writer());
    replay.fromStart(Until.time(time));
    return replay;
  }
}
