package io.liqmap.tools.serve;

import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineConfig;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.tools.answer.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/** A journal as of its end. For any thread. */
final class ServedJournal {
  private final Path folder;
  private final MapWriter writer;

  ServedJournal(final Path folder) throws IOException {
    this.folder = folder;
    try (JournalReader reader = JournalReader.open(folder)) {
      final EngineSettings settings = EngineConfig.ofJournal(folder, reader);
      writer = new MapWriter(settings.map(), settings.levels(), settings.maxInstruments());
      new Replay(
              reader, reader.recentSnapshots(), new FeedAdapter(settings.maxInstruments()), writer)
          .fromSnapshot(Until.END);
    }
  }

  synchronized <T> T ask(final Function<MapWriter, T> question) {
    return question.apply(writer);
  }

  SessionAnswer session() {
    return ask(
        (map) ->
            new SessionAnswer(
                folder.toAbsolutePath().normalize().getFileName().toString(),
                false,
                new SessionAnswer.Place(Format.time(map.firstTime()), 1),
                new SessionAnswer.Place(Format.time(map.time()), map.sequence()),
                1,
                SessionAnswer.ofAll(map),
                SessionAnswer.modelNames(map),
                SessionAnswer.labels(),
                SessionAnswer.CAVEAT));
  }
}
