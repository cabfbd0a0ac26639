package io.liqmap.tools.history;

import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.feed.FrameCursor;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.SnapshotIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the neighbours of an event in a journal by the headers of documents: reads two documents of
 * those between two snapshots. One thread, one search.
 */
final class JournalSteps {
  private final JournalReader reader;
  private final List<SnapshotIndex.Entry> snapshots;

  private JournalSteps(final JournalReader reader) throws IOException {
    this.reader = reader;
    snapshots = reader.snapshots();
  }

  /** The snapshot before or after a sequence; null where there is none. */
  static Step snapshot(final Path folder, final long sequence, final boolean isNext)
      throws IOException {
    try (JournalReader reader = JournalReader.open(folder)) {
      Step found = null;
      for (final SnapshotIndex.Entry entry : reader.snapshots()) {
        if (isNext ? entry.sequence() > sequence : entry.sequence() < sequence) {
          found = new Step(entry.sequence(), entry.time());
          if (isNext) {
            return found;
          }
        }
      }
      return found;
    }
  }

  /** The event before or after a sequence; null where there is none. */
  static Step event(final Path folder, final long sequence, final boolean isNext)
      throws IOException {
    try (JournalReader reader = JournalReader.open(folder)) {
      return new JournalSteps(reader).event(sequence, isNext);
    }
  }

  private Step event(final long sequence, final boolean isNext) throws IOException {
    SnapshotIndex.Place place = null;
    for (final SnapshotIndex.Entry entry : snapshots) {
      if (entry.sequence() < sequence) {
        place = entry.place();
      }
    }
    go(place);
    long before = -1;
    long at = -1;
    while (at < 0 && reader.pass()) {
      if (reader.kind() == Envelope.EVENTS) {
        final long last = reader.envelope().lastSequence();
        if (isNext ? last > sequence : last >= sequence) {
          at = reader.documents() - 1;
        } else {
          before = reader.documents() - 1;
        }
      }
    }
    Step found = at < 0 ? null : inDocument(place, at, sequence, isNext);
    if (found == null && !isNext && before >= 0) {
      found = inDocument(place, before, sequence, false);
    }
    return found;
  }

  private void go(final SnapshotIndex.Place place) throws IOException {
    if (place == null || !reader.moveTo(place)) {
      reader.rewind();
    }
  }

  private Step inDocument(
      final SnapshotIndex.Place place,
      final long document,
      final long sequence,
      final boolean isNext)
      throws IOException {
    go(place);
    if (!reader.passTo(document) || !reader.next()) {
      return null;
    }
    final FrameCursor frames = new FrameCursor();
    frames.wrap(reader.buffer(), reader.offset(), reader.length());
    Step found = null;
    while (frames.next()) {
      final boolean isWanted = isNext ? frames.sequence() > sequence : frames.sequence() < sequence;
      if (isWanted && frames.isNumbered()) {
        found = new Step(frames.sequence(), frames.exchangeTime());
        if (isNext) {
          return found;
        }
      }
    }
    return found;
  }
}
