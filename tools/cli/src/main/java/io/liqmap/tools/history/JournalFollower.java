package io.liqmap.tools.history;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.NoJournalException;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import io.liqmap.engine.settings.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Follows a journal with a map of its own, whether an engine writes it or has ended: begins at its
 * newest snapshot, applies what is after it, and then what is appended. The engine isn't touched.
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
  private final Consumer<String> notes;
  private final Liveness liveness;
  private final Questions questions = new Questions();
  private final Thread thread;
  private volatile FollowerStatus status = FollowerStatus.START;
  private volatile EngineSettings settings;
  private volatile Runnable listener = () -> {};
  private volatile boolean isClosed;

  /** Null while no journal is followed. */
  private volatile OnDemand onDemand;

  private MapWriter writer;
  private final History history = new History();
  private Object identity;
  private long firstTime;
  private long firstSequence;
  private long notifiedAt;
  private long lookedAt;
  private boolean isChanged;

  private JournalFollower(final Path folder, final Consumer<String> notes) {
    this.folder = folder;
    this.notes = notes;
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
    return start(folder, (note) -> {});
  }

  /**
   * Starts to follow a journal.
   *
   * @param folder of the journal, which may not exist yet
   * @param notes gets lines for a person: why a history was not used or not saved; on any thread
   */
  public static JournalFollower start(final Path folder, final Consumer<String> notes) {
    final JournalFollower follower = new JournalFollower(folder, notes);
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
   * The heatmap of a part of the journal, as far as it is made; what is missing is being made then.
   * Of the first model's whole map a coarser one is answered until the finer one is made.
   *
   * @return null where the journal has no such instrument or group yet
   * @throws RejectedExecutionException if too many heatmaps are being made already
   */
  public Heatmap heatmap(final HeatmapRequest request) {
    final MapChoice choice = request.choice();
    final double priceUnit =
        isGroup(choice) ? GroupMap.PRICE_UNIT : history.priceUnit(choice.instrument());
    final OnDemand made = onDemand;
    if (priceUnit == 0 || made == null) {
      return null;
    }
    final Heatmap kept = choice.isFirst() ? history.heatmap(request) : null;
    if (kept != null && !history.isCoarserThan(request)) {
      return kept;
    }
    final Heatmap fine = made.heatmap(request, history.firstTime(), history.end(), priceUnit);
    return fine.done() < 1 && kept != null ? kept.with(fine.done()) : fine;
  }

  private boolean isGroup(final MapChoice choice) {
    return settings != null
        && settings.map().groups().stream()
            .anyMatch((group) -> group.fullName().equals(choice.instrument()));
  }

  /**
   * Where to go from an event.
   *
   * @param instrument full name; for clusters
   * @param sequence feed sequence to go from
   * @param isNext forward or back
   * @return null at the end
   */
  public Step step(
      final String instrument, final long sequence, final Step.By by, final boolean isNext)
      throws IOException {
    return switch (by) {
      case EVENT -> JournalSteps.event(folder, sequence, isNext);
      case SNAPSHOT -> JournalSteps.snapshot(folder, sequence, isNext);
      case CLUSTER -> {
        final LoggedEvent event = history.events().cluster(instrument, sequence, isNext);
        yield event == null ? null : new Step(event.sequence(), event.time());
      }
    };
  }

  /**
   * What happened to an instrument or a group.
   *
   * @param instrument full name
   * @param from ns since 1970, inclusive
   * @param to ns since 1970, inclusive
   * @param limit most events; those of least notional are left out
   */
  public HistoryEvents events(
      final String instrument,
      final long from,
      final long to,
      final Set<HistoryEvent.Kind> kinds,
      final int limit) {
    return history.events().find(instrument, from, to, kinds, limit);
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
    firstTime = 0;
    firstSequence = 0;
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
    final SavedHistory.Origin origin = SavedHistory.Origin.of(journal.reader());
    final SavedHistory loaded = HistoryKeeper.load(journal, origin, notes);
    final JournalStart start =
        awaitStart(journal, loaded == null ? Intervals.finest() : loaded.every());
    if (start == null) {
      return;
    }
    final boolean isOfUse =
        loaded != null
            && loaded.firstTime() == start.firstTime()
            && loaded.end() <= start.boundary();
    final SavedHistory saved = isOfUse ? loaded : null;
    firstTime = start.firstTime();
    firstSequence = start.firstSequence();
    final Replay replay = journal.replay(writer, start.snapshots());
    final long begin = start.isFromStart() ? start.firstTime() - 1 : start.boundary();
    history.begin(writer.maps().lattice(), start.firstTime(), start.every(), begin, saved);
    try (HistoryKeeper keeper = new HistoryKeeper(journal, history, start, saved, origin, notes);
        OnDemand made = new OnDemand(journal, writer.maps().lattice())) {
      onDemand = made;
      if (!start.isFromStart()) {
        replay.fromSnapshot(Until.time(start.boundary()));
      }
      final Collector collector = new Collector(history, writer, History.Part.RECENT, begin);
      follow(journal, replay, collector, keeper);
    } finally {
      onDemand = null;
    }
  }

  private JournalStart awaitStart(final OpenJournal journal, final long every)
      throws JournalException, InterruptedException {
    JournalStart start = JournalStart.of(journal, every);
    while (start == null && !isClosed && isSame()) {
      publish(FollowerStatus.Phase.FOLLOWING, 1, null);
      await(journal);
      start = JournalStart.of(journal, every);
    }
    return start;
  }

  private void follow(
      final OpenJournal journal,
      final Replay replay,
      final Collector collector,
      final HistoryKeeper past)
      throws JournalException, InterruptedException {
    boolean isAtEnd = false;
    while (!isClosed && isSame()) {
      final long before = writer.events();
      final boolean isMore = collector.advance(replay, Long.MAX_VALUE, EVENTS_AT_ONCE);
      isAtEnd |= !isMore;
      isChanged |= writer.events() > before;
      publish(
          isAtEnd ? FollowerStatus.Phase.FOLLOWING : FollowerStatus.Phase.READING,
          isAtEnd ? history.done() : progress(journal),
          past.problem());
      if (isAtEnd) {
        questions.answerAll(writer);
      }
      if (isMore) {
        announce();
      } else {
        await(journal);
      }
    }
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
    } while (!isClosed && !journal.reader().isBehind() && System.nanoTime() - began < LOOK_NANOS);
  }

  /** Keeps answering with what was read, until the journal is replaced. */
  private void remain(final String problem) throws InterruptedException {
    while (!isClosed && isSame()) {
      publish(FollowerStatus.Phase.BROKEN, 1, problem);
      announce();
      if (writer == null || writer.events() == 0) {
        questions.rejectAll(problem);
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
            isEmpty ? 0 : firstTime,
            isEmpty ? 0 : firstSequence,
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
        // The listener's fault must not end the map.
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
      return Files.readAttributes(folder.resolve("liqmap.journal"), BasicFileAttributes.class)
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
