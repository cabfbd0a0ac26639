package io.liqmap.tools.serve;

import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.journal.SnapshotIndex;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MapAnswer;
import io.liqmap.tools.answer.MapRequest;
import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.history.FollowerStatus;
import io.liqmap.tools.history.OpenJournal;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Maps at moments of the past: a replay each, from the snapshot before. For any thread.
 *
 * <p>The same bytes as {@code liqmap map --format json --at} prints.
 */
final class PastMaps {
  private static final int RECENT = 32;
  private static final int WAITING = 14;

  /** Events after the newest snapshot that is known before it is worth a look for newer ones. */
  private static final long MANY_EVENTS = 100_000;

  private record Key(Moment at, MapAsked map) {}

  private final LiveJournal journal;
  private final HeavyWork work = new HeavyWork(WAITING);
  private final RecentBodies<Key> recent = new RecentBodies<>(RECENT);

  /** Sequences of times that were asked for. */
  private final Map<Moment, Long> sequences = new Recent<>(RECENT);

  private Object listedFor;
  private List<SnapshotIndex.Entry> snapshots = List.of();
  private long listedEvents;

  PastMaps(final LiveJournal journal) {
    this.journal = journal;
  }

  /**
   * The map as of a moment.
   *
   * @throws Problem if the journal has no such moment, or no such map then
   */
  Body answer(final Moment at, final MapAsked asked) throws IOException, Problem {
    requireInside(at, journal.read());
    final MapRequest request = asked.request();
    final Object settings = journal.follower().settings();
    final Key key = new Key(at, asked);
    final Body known = recent.of(settings, key);
    if (known != null) {
      return known;
    }
    return work.run(
        () -> {
          // Another may have asked for the same, ahead of this in the queue.
          final Body made = recent.of(settings, key);
          return made != null ? made : make(key, request, settings);
        });
  }

  /**
   * Sequence of the last event at a moment or before it.
   *
   * @throws Problem if the journal has no such moment
   */
  long sequence(final Moment at) throws IOException, Problem {
    requireInside(at, journal.read());
    if (at.isSequence()) {
      return at.value();
    }
    synchronized (sequences) {
      final Long known = sequences.get(at);
      if (known != null) {
        return known;
      }
    }
    final Object settings = journal.follower().settings();
    return work.run(
        () -> {
          try (OpenJournal open = OpenJournal.of(journal.follower().folder())) {
            return replayed(at, open, settings).map().sequence();
          }
        });
  }

  private Replay replayed(final Moment at, final OpenJournal open, final Object settings)
      throws IOException, Problem {
    final Replay replay = open.replay(open.writer(), snapshots(open, settings));
    replay.fromSnapshot(at.until());
    requireReached(at, replay);
    if (replay.isBoundReached()) {
      synchronized (sequences) {
        sequences.put(at, replay.map().sequence());
      }
    }
    return replay;
  }

  private Body make(final Key key, final MapRequest request, final Object settings)
      throws IOException, Problem {
    try (OpenJournal open = OpenJournal.of(journal.follower().folder())) {
      final Replay replay = replayed(key.at(), open, settings);
      final MapAnswer answer = request.one(replay.map());
      final Body body =
          Body.json(Json.text(answer))
              .tagged(answer.sequence() + "-" + answer.stateHash() + "-" + key.map().tag());
      // Without an event after it more may come that belong to it.
      if (replay.isBoundReached()) {
        recent.put(settings, key, body);
      }
      return body;
    } catch (final IllegalArgumentException e) {
      throw new Problem(Problem.CONFLICT, e.getMessage());
    } catch (final JournalException e) {
      throw new Problem(Problem.FAILED, e.getMessage());
    }
  }

  /** Listed by a walk over all headers, so only when the journal has grown by much. */
  private synchronized List<SnapshotIndex.Entry> snapshots(
      final OpenJournal open, final Object settings) throws IOException {
    final long events = open.reader().acknowledgedEvents();
    if (listedFor != settings || events - listedEvents > MANY_EVENTS) {
      snapshots = open.reader().snapshots();
      listedFor = settings;
      listedEvents = events;
    }
    return snapshots;
  }

  private static void requireInside(final Moment at, final FollowerStatus status) throws Problem {
    final boolean isLater = at.isBeyond(status.lastSequence(), status.lastTime());
    if (isLater || (!at.isSequence() && at.value() < status.firstTime())) {
      throw outside(at, isLater, status);
    }
  }

  private void requireReached(final Moment at, final Replay replay) throws Problem {
    final MapWriter map = replay.map();
    final boolean isBeyond = at.isBeyond(map.sequence(), map.time());
    if (map.events() == 0 || (!replay.isBoundReached() && isBeyond)) {
      throw outside(at, map.events() > 0, journal.follower().status());
    }
  }

  private static Problem outside(
      final Moment at, final boolean isLater, final FollowerStatus status) {
    return new Problem(
        Problem.CONFLICT,
        "at "
            + at
            + (isLater ? " is after the last event: " : " is before the first event: ")
            + LiveJournal.extent(status));
  }
}
