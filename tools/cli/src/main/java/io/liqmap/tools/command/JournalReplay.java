package io.liqmap.tools.command;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.history.OpenJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A replay of a journal to a moment that the user names. */
final class JournalReplay implements AutoCloseable {
  private final OpenJournal journal;
  private final Path folder;

  private JournalReplay(final OpenJournal journal) {
    this.journal = journal;
    folder = journal.folder();
  }

  static JournalReplay open(final Path folder) throws IOException {
    return new JournalReplay(OpenJournal.of(folder));
  }

  Replay replay() throws IOException {
    return journal.replay();
  }

  /** A replay into a writer, that compares no states. */
  Replay replay(final MapWriter into) {
    return journal.replay(into);
  }

  /**
   * Replays up to a moment from a snapshot, and warns of unreadable snapshots.
   *
   * @param option that names the moment
   * @param moment null for the end
   * @throws ParameterException if the journal has no such moment
   */
  void fromSnapshot(
      final Replay replay, final CommandSpec spec, final String option, final Moment moment)
      throws IOException {
    final PrintWriter err = spec.commandLine().getErr();
    replay.fromSnapshot(moment == null ? Until.END : moment.until());
    requireInside(replay, spec, option, moment);
    if (replay.skipped() > 0) {
      err.println(
          "liqmap: "
              + folder
              + ": skipped "
              + Format.count(replay.skipped())
              + " of the last snapshots as unreadable; "
              + (replay.start() == null
                  ? "all was replayed from the start"
                  : "the one before was used, and the events after it are whole")
              + ". 'liqmap verify' says where");
    }
  }

  /**
   * Rejects a moment that the journal doesn't cover. A time shortly after the last event, as the
   * end of a day, gets the state of that event, with a message.
   */
  void requireInside(
      final Replay replay, final CommandSpec spec, final String option, final Moment moment)
      throws IOException {
    if (moment == null) {
      return;
    }
    final MapWriter map = replay.map();
    if (map.events() == 0) {
      final Extent extent = extent();
      throw new ParameterException(
          spec.commandLine(),
          folder
              + ": "
              + (replay.isBoundReached()
                  ? extent.before(option, moment)
                  : extent.after(option, moment)));
    }
    final long end = moment.isSequence() ? map.sequence() : map.time();
    if (replay.isBoundReached() || moment.value() <= end) {
      return;
    }
    if (!moment.isBeyond(map.sequence(), map.time())) {
      spec.commandLine()
          .getErr()
          .printf(
              "liqmap: %s: %s %s is after the last event, %s: the answer is of that%n",
              folder, option, moment, Format.time(end));
      return;
    }
    throw new ParameterException(
        spec.commandLine(), folder + ": " + extent().after(option, moment));
  }

  private Extent extent() throws IOException {
    final Extent extent = new Extent();
    final FeedAdapter adapter = new FeedAdapter(settings().maxInstruments());
    final FeedEvent event = new FeedEvent();
    try (JournalReader walk = JournalReader.open(folder)) {
      while (walk.next()) {
        if (walk.kind() == Envelope.EVENTS) {
          adapter.wrap(walk.buffer(), walk.offset(), walk.length());
          while (adapter.next(event)) {
            extent.add(event.sequence(), event.exchangeTime());
          }
        }
      }
    }
    return extent;
  }

  JournalReader reader() {
    return journal.reader();
  }

  EngineSettings settings() {
    return journal.settings();
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
