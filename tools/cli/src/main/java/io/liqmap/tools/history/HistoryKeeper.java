package io.liqmap.tools.history;

import io.liqmap.engine.journal.JournalDamageException;
import io.liqmap.engine.journal.JournalReader;
import io.liqmap.engine.journal.SnapshotIndex;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Collects what is before the boundary at which following began, on a thread of its own, and then
 * saves the history as snapshots of the journal allow, once a minute and at the end.
 */
final class HistoryKeeper implements AutoCloseable {
  private static final long EVENTS_AT_ONCE = 4_096;
  private static final long SAVE_MILLIS = 60_000;
  private static final long JOIN_MILLIS = 10_000;
  private static final long SKETCHED_COLUMNS = 40;
  private static final int LEAST_SNAPSHOTS = 8;

  /** Most events from one snapshot to the next of a journal that is sketched. */
  private static final long MOST_BETWEEN = 20_000;

  private final OpenJournal opened;
  private final History history;
  private final JournalStart start;
  private final SavedHistory saved;
  private final SavedHistory.Origin origin;
  private final HistoryFile file;
  private final Consumer<String> notes;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean isClosed;
  private volatile String problem;
  private boolean hasFailed;

  /**
   * Starts it.
   *
   * @param saved what the history has already; null for nothing
   * @param notes gets a line for a person if saving the history fails
   */
  HistoryKeeper(
      final OpenJournal opened,
      final History history,
      final JournalStart start,
      final SavedHistory saved,
      final SavedHistory.Origin origin,
      final Consumer<String> notes) {
    this.opened = opened;
    this.history = history;
    this.start = start;
    this.saved = saved;
    this.origin = origin;
    this.notes = notes;
    file = new HistoryFile(opened.folder());
    thread = new Thread(this::run, "liqmap-history");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Reads what was saved of a journal; notes why it isn't used, if it isn't.
   *
   * @param origin of the journal
   * @return null where nothing is of use; the reader is then, too, at the journal's start
   */
  static SavedHistory load(
      final OpenJournal opened, final SavedHistory.Origin origin, final Consumer<String> notes)
      throws IOException {
    final HistoryFile file = new HistoryFile(opened.folder());
    String why;
    try {
      final SavedHistory saved = file.read();
      if (saved == null) {
        return null;
      }
      why = flaw(saved, origin, opened.reader());
      if (why == null) {
        return saved;
      }
    } catch (final IOException e) {
      why = e.getMessage();
    }
    notes.accept(file.path() + ": isn't used (" + why + "), the history is made from the journal");
    return null;
  }

  private static String flaw(
      final SavedHistory saved, final SavedHistory.Origin origin, final JournalReader reader)
      throws IOException {
    if (!saved.origin().equals(origin)) {
      return "it is of another journal";
    }
    if (!Intervals.isOne(saved.every()) || Math.floorMod(saved.end(), saved.every()) != 0) {
      return "its columns are of " + saved.every() + " ns";
    }
    final boolean isIn = isIn(saved, reader.recentSnapshots()) || isIn(saved, reader.snapshots());
    return isIn ? null : "the journal hasn't its snapshot";
  }

  private static boolean isIn(final SavedHistory saved, final List<SnapshotIndex.Entry> snapshots) {
    return snapshots.stream()
        .anyMatch(
            (entry) ->
                entry.sequence() == saved.sequence()
                    && entry.stateHash() == saved.stateHash()
                    && entry.time() >= saved.end());
  }

  private void run() {
    try {
      if (start.isFromStart() || collect()) {
        history.finishPast();
        boolean isOver = isClosed;
        while (!isOver) {
          save();
          isOver = isClosing();
        }
        save();
      }
    } catch (final IOException e) {
      problem = e.getMessage();
    } catch (final RuntimeException | Error e) {
      problem = opened.folder() + ": reading the history failed: " + e;
    }
  }

  /** Whether all of it was collected. */
  private boolean collect() throws IOException {
    final long begin = saved == null ? start.firstTime() - 1 : saved.end();
    if (begin >= start.boundary()) {
      return true;
    }
    sketch(begin);
    try (OpenJournal journal = opened.again()) {
      final MapWriter writer = journal.writer();
      final Replay replay;
      if (saved == null) {
        replay = journal.replay(writer);
      } else {
        replay = journal.replay(writer, journal.reader().snapshots());
        replay.fromSnapshot(Until.time(begin));
      }
      final Collector collector = new Collector(history, writer, History.Part.PAST, begin);
      boolean isMore = true;
      while (isMore && !isClosed) {
        isMore = collector.advance(replay, start.boundary(), EVENTS_AT_ONCE);
      }
      collector.finish();
      return !isMore;
    }
  }

  /**
   * Makes a few columns of all of it first, each from the snapshot before, where that is much less
   * than to replay all.
   */
  private void sketch(final long begin) throws IOException {
    final List<SnapshotIndex.Entry> snapshots;
    try (OpenJournal journal = opened.again()) {
      snapshots = journal.reader().snapshots();
    }
    final long every =
        Math.max(start.every(), Intervals.of(start.boundary() - begin, SKETCHED_COLUMNS));
    if (snapshots.size() < LEAST_SNAPSHOTS
        || snapshots.get(snapshots.size() - 1).events() / snapshots.size() > MOST_BETWEEN) {
      return;
    }
    long end = Intervals.endAtOrAfter(begin + 1, every);
    while (end <= start.boundary() && !isClosed) {
      try (OpenJournal journal = opened.again()) {
        final MapWriter writer = journal.writer();
        journal.replay(writer, snapshots).fromSnapshot(Until.time(end));
        new Collector(history, writer, History.Part.SKETCH, end - 1).sample(end);
      } catch (final JournalDamageException e) {
        // That column is left out; collecting all says where the damage is.
      }
      end += every;
    }
    history.onSketched(every);
  }

  /** Waits until it is closed, or a save is due. */
  private boolean isClosing() {
    try {
      return closing.await(SAVE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (final InterruptedException e) {
      return true;
    }
  }

  private void save() throws IOException {
    // A journal that was removed isn't made again by this.
    if (hasFailed || !Files.isDirectory(opened.folder().resolve("queue"))) {
      return;
    }
    final SavedHistory toSave;
    try (JournalReader reader = JournalReader.open(opened.folder())) {
      if (!SavedHistory.Origin.of(reader).equals(origin)) {
        return;
      }
      toSave = newest(reader.recentSnapshots());
    }
    if (toSave == null) {
      return;
    }
    try {
      file.write(toSave);
      history.onSaved(toSave.end());
    } catch (final IOException e) {
      hasFailed = true;
      notes.accept(
          file.path().getParent()
              + ": the history is kept in memory alone ("
              + e.getMessage()
              + ")");
    }
  }

  private SavedHistory newest(final List<SnapshotIndex.Entry> snapshots) {
    for (int i = snapshots.size() - 1; i >= 0; i--) {
      final SavedHistory toSave = history.toSave(origin, snapshots.get(i));
      if (toSave != null) {
        return toSave;
      }
    }
    return null;
  }

  /** Why it ended early; null if it didn't. */
  String problem() {
    return problem;
  }

  /** Saves once more, and ends. */
  @Override
  public void close() {
    isClosed = true;
    closing.countDown();
    try {
      thread.join(JOIN_MILLIS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
