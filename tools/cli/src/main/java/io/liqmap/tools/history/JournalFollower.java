package io.liqmap.tools.history;

import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.NoJournalException;
import io.liqmap.engine.journal.SnapshotIndex;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * Follows a journal with a map of its own, whether an engine writes it or has ended: begins at its
 * newest snapshot, applies what is behind it, and then what is appended. The engine isn't touched.
 *
 * <p>All methods are for any thread. A thread of its own, a daemon, applies events, answers
 * questions and calls the listener.
 */
public final class JournalFollower implements AutoCloseable {
  private static final long EVENTS_AT_ONCE = 2_048;
  private static final long WAIT_MILLIS = 10;
  private static final long NOTIFY_NANOS = 50_000_000L;
  private static final long LOOK_NANOS = 1_000_000_000L;

  private final Path folder;
  private final Liveness liveness;
  private final Questions questions = new Questions();
  private final Thread thread;
  private volatile FollowerStatus status = FollowerStatus.START;
  private volatile EngineSettings settings;
  private volatile Runnable listener = () -> {};
  private volatile boolean isClosed;

  private MapWriter writer;
  private Object identity;
  private long notifiedAt;
  private long lookedAt;
  private boolean isChanged;

  private JournalFollower(final Path folder) {
    this.folder = folder;
    liveness = new Liveness(folder);
    thread = new Thread(this::run, "liqmap-follower");
    thread.setDaemon(true);
  }

  /**
   * Starts to follow a journal.
   *
   * @param folder of the journal, which may not exist yet
   */
  public static JournalFollower start(final Path folder) {
    final JournalFollower follower = new JournalFollower(folder);
    follower.thread.start();
    return follower;
  }

  /** Folder of the journal. */
  public Path folder() {
    return folder;
  }

  /** How far it is. */
  public FollowerStatus status() {
    return status;
  }

  /** Settings of the journal; null before it is open. */
  public EngineSettings settings() {
    return settings;
  }

  /**
   * Sets what is called after events were applied, or the status changed: at most every 50 ms, on
   * the follower's thread, which waits for it.
   */
  public void onChange(final Runnable newListener) {
    listener = newListener;
  }

  /**
   * Asks between two events, so that the whole answer is of one state. Waits until the journal is
   * read to its end.
   *
   * @param question must not keep the writer; an exception of it is the answer's
   * @return fails with {@link RejectedExecutionException} where 256 questions wait already, and
   *     when the follower is closed
   */
  public <T> CompletableFuture<T> ask(final Function<MapWriter, T> question) {
    return questions.ask(question);
  }

  private void run() {
    try {
      while (!isClosed) {
        follow();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      questions.close();
      publish(FollowerStatus.Phase.CLOSED, 1, status.problem());
    }
  }

  /** Follows one journal, until it is replaced by another. */
  private void follow() throws InterruptedException {
    writer = null;
    identity = identity();
    try (OpenJournal journal = OpenJournal.of(folder)) {
      settings = journal.settings();
      writer = journal.writer();
      followToEnd(journal);
    } catch (final NoJournalException e) {
      publish(FollowerStatus.Phase.WAITING, 0, null);
      Thread.sleep(5 * WAIT_MILLIS);
    } catch (final IOException e) {
      remain(e.getMessage());
    } catch (final RuntimeException | Error e) {
      remain(folder + ": following failed: " + e);
    }
  }

  private void followToEnd(final OpenJournal journal) throws IOException, InterruptedException {
    final List<SnapshotIndex.Entry> snapshots = journal.reader().recentSnapshots();
    final Replay replay = journal.replay(writer, snapshots);
    // No event is as old as that: it goes to the snapshot, if there is one.
    restore(replay, snapshots);
    boolean isAtEnd = false;
    while (!isClosed && isSame()) {
      final long applied = replay.advance(Until.END, EVENTS_AT_ONCE);
      isAtEnd |= applied < EVENTS_AT_ONCE;
      isChanged |= applied > 0;
      publish(
          isAtEnd ? FollowerStatus.Phase.FOLLOWING : FollowerStatus.Phase.READING,
          progress(journal),
          null);
      if (isAtEnd) {
        questions.answerAll(writer);
      }
      if (applied < EVENTS_AT_ONCE) {
        await(journal);
      }
    }
  }

  private static void restore(final Replay replay, final List<SnapshotIndex.Entry> snapshots)
      throws JournalException {
    final long time = snapshots.isEmpty() ? 0 : snapshots.get(snapshots.size() - 1).time();
    replay.fromSnapshot(Until.time(time));
  }

  private double progress(final OpenJournal journal) {
    final long all = journal.reader().acknowledgedEvents();
    return all == 0 ? 1 : Math.min(1, (double) writer.events() / all);
  }

  /** Waits until the journal has grown, or the next look is due. */
  private void await(final OpenJournal journal) throws InterruptedException {
    final long began = System.nanoTime();
    do {
      announce();
      questions.answerOrWait(writer, WAIT_MILLIS);
    } while (!isClosed
        && !journal.reader().isBehind()
        && System.nanoTime() - began < LOOK_NANOS);
  }

  /** Keeps answering with what was read, until the journal is replaced. */
  private void remain(final String problem) throws InterruptedException {
    while (!isClosed && isSame()) {
      publish(FollowerStatus.Phase.BROKEN, 1, problem);
      announce();
      if (writer == null) {
        Thread.sleep(WAIT_MILLIS);
      } else {
        questions.answerOrWait(writer, 5 * WAIT_MILLIS);
      }
    }
  }

  private void publish(
      final FollowerStatus.Phase phase, final double progress, final String problem) {
    final boolean isEmpty = writer == null || writer.events() == 0;
    final FollowerStatus now =
        new FollowerStatus(
            phase,
            phase != FollowerStatus.Phase.CLOSED && liveness.isLive(),
            progress,
            isEmpty ? 0 : writer.firstTime(),
            0,
            isEmpty ? 0 : writer.time(),
            isEmpty ? 0 : writer.sequence(),
            problem);
    if (!now.equals(status)) {
      isChanged = true;
      status = now;
    }
  }

  private void announce() {
    final long now = System.nanoTime();
    if (isChanged && now - notifiedAt >= NOTIFY_NANOS) {
      isChanged = false;
      notifiedAt = now;
      try {
        listener.run();
      } catch (final RuntimeException e) {
        // The listener's own matter: the map has to go on.
      }
    }
  }

  /** Whether the journal is still the one that was opened; looked at once a second. */
  private boolean isSame() {
    final long now = System.nanoTime();
    if (now - lookedAt < LOOK_NANOS) {
      return true;
    }
    lookedAt = now;
    return Objects.equals(identity, identity());
  }

  private Object identity() {
    try {
      return Files.readAttributes(
              folder.resolve("liqmap.journal"), BasicFileAttributes.class)
          .fileKey();
    } catch (final IOException e) {
      return null;
    }
  }

  /** Ends it; questions that wait fail. */
  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join(10_000);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
