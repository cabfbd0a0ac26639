package io.liqmap.tools.history;

import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.SnapshotIndex;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Replays a part of a journal into columns, from the snapshot before it.
 *
 * <pre>
 *   snapshot      from                          to
 *   ──┴─ events ───┼────────┼────────┼──── … ────┼──
 *                  column   column   column      column: the map as of the last event at or before
 * </pre>
 *
 * An interval is sampled as soon as an event after its end is met, so an interval that the journal
 * doesn't reach beyond has no column. One thread, one run.
 */
public final class ColumnReplay {
  private final OpenJournal journal;
  private final ColumnRange range;
  private final List<Sampler> samplers;
  private final ColumnHandler handler;
  private final MapWriter writer;

  private ColumnReplay(
      final OpenJournal journal,
      final List<MapChoice> choices,
      final ColumnRange range,
      final ColumnHandler handler) {
    this.journal = journal;
    this.range = range;
    this.handler = handler;
    samplers = choices.stream().map(Sampler::new).toList();
    writer = journal.writer();
  }

  /**
   * Makes the columns of a part of a journal.
   *
   * @param choices whose columns, all in one pass
   * @throws JournalException if there is no journal, or it breaks before the end of the part; the
   *     columns before are made
   */
  public static void run(
      final Path journal,
      final List<MapChoice> choices,
      final ColumnRange range,
      final ColumnHandler handler)
      throws IOException {
    try (OpenJournal open = OpenJournal.of(journal)) {
      run(open, choices, range, handler);
    }
  }

  /** The same of a journal that was opened and not read yet. */
  public static void run(
      final OpenJournal journal,
      final List<MapChoice> choices,
      final ColumnRange range,
      final ColumnHandler handler)
      throws IOException {
    new ColumnReplay(journal, choices, range, handler).run();
  }

  private void run() throws IOException {
    final Replay replay = begin();
    final long first = Math.max(range.from(), writer.firstTime());
    long end = Intervals.endAtOrAfter(first, range.every());
    final long begin = end;
    while (end <= range.to() && !handler.isCancelled()) {
      replay.advance(Until.time(end), Long.MAX_VALUE);
      if (!replay.isBoundReached()) {
        return;
      }
      for (int i = 0; i < samplers.size(); i++) {
        final Column column = samplers.get(i).sample(end, writer);
        if (column != null) {
          handler.onColumn(i, column);
        }
      }
      handler.onInterval(end);
      handler.onProgress(done(begin, end));
      end += range.every();
    }
  }

  /** Goes to the start of the first interval, so that its trades are all seen. */
  private Replay begin() throws IOException {
    final MapListener listener = this::onApplied;
    final List<SnapshotIndex.Entry> snapshots =
        range.isFromStart() ? List.of() : journal.reader().snapshots();
    final Replay replay = journal.replay(writer, snapshots);
    if (!range.isFromStart()) {
      final long end = Intervals.endAtOrAfter(range.from(), range.every());
      replay.fromSnapshot(Until.time(end - range.every()));
    }
    writer.listener(listener);
    if (writer.events() == 0) {
      replay.advance(Until.END, 1);
    }
    return replay;
  }

  private void onApplied(final FeedEvent event, final MapState state) {
    for (final Sampler sampler : samplers) {
      sampler.onApplied(event, writer);
    }
  }

  private double done(final long begin, final long end) {
    if (range.to() == Long.MAX_VALUE) {
      final long all = journal.reader().acknowledgedEvents();
      return all == 0 ? 0 : Math.min(1, (double) writer.events() / all);
    }
    final double length = (double) range.to() - begin;
    return length <= 0 ? 1 : Math.min(1, ((double) end - begin) / length);
  }
}
