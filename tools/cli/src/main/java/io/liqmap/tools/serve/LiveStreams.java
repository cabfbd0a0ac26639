package io.liqmap.tools.serve;

import io.liqmap.engine.market.MapWriter;
import io.liqmap.tools.answer.MapRequest;
import io.liqmap.tools.answer.NearAnswer;
import io.liqmap.tools.history.FollowerStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Live streams: the follower wakes a thread of their own, which asks it once for all maps that are
 * streamed, encodes each once, and leaves it to the clients' threads. For any thread.
 */
final class LiveStreams implements AutoCloseable {
  private static final int MAX_STREAMS = 40;
  private static final long TICK_NANOS = 100_000_000L;
  private static final long IDLE_NANOS = 1_000_000_000L;

  /** Of the follower's time they take a quarter at most. */
  private static final int SHARE = 4;

  private final LiveJournal journal;
  private final WriteLimit limit;
  private final Map<MapAsked, LiveChannel> channels = new HashMap<>();
  private final Thread thread = new Thread(this::run, "liqmap-live");
  private int streams;
  private boolean isSignalled;
  private boolean isClosed;
  private volatile long announced;

  LiveStreams(final LiveJournal journal, final WriteLimit limit) {
    this.journal = journal;
    this.limit = limit;
    thread.setDaemon(true);
    journal.follower().onChange(this::wake);
    thread.start();
  }

  /** Sequence of the newest map that a stream announced. */
  long announced() {
    return announced;
  }

  /**
   * Streams a map until the client is gone, on the client's thread.
   *
   * @throws Problem if there is no such map, or too many streams
   */
  void stream(final MapAsked asked, final Reply reply) throws IOException, Problem {
    final MapRequest request = asked.request();
    if (journal.follower().status().isRead()) {
      journal.ask(request::near);
    }
    final EventStream stream = new EventStream();
    add(asked, request, stream);
    try {
      final OutputStream out = reply.begin();
      if (out != null) {
        stream.send(out, limit);
      }
    } finally {
      remove(asked, stream);
    }
  }

  private synchronized void add(
      final MapAsked asked, final MapRequest request, final EventStream stream) throws Problem {
    if (streams >= MAX_STREAMS) {
      // Those whose clients are gone make room for the next attempt.
      channels.values().forEach(LiveChannel::ping);
      throw new Problem(
          Problem.TOO_MANY,
          MAX_STREAMS + " pages are open already; close one, or reload this one later");
    }
    if (isClosed) {
      throw new Problem(Problem.NOT_YET, "the server is closing");
    }
    streams++;
    channels.computeIfAbsent(asked, (key) -> new LiveChannel(request)).add(stream);
    wake();
  }

  private synchronized void remove(final MapAsked asked, final EventStream stream) {
    streams--;
    final LiveChannel channel = channels.get(asked);
    if (channel != null) {
      channel.remove(stream);
      if (channel.isEmpty()) {
        channels.remove(asked);
      }
    }
  }

  private synchronized void wake() {
    isSignalled = true;
    notifyAll();
  }

  private void run() {
    boolean isMapDue = false;
    try {
      while (await(isMapDue ? TICK_NANOS : IDLE_NANOS)) {
        final long began = System.nanoTime();
        isMapDue = tick(began);
        final long spent = System.nanoTime() - began;
        TimedWait.await(this, Math.max(TICK_NANOS, SHARE * spent) - spent, () -> isClosed);
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a change, or until a look is due; false at the end. */
  private synchronized boolean await(final long nanos) throws InterruptedException {
    TimedWait.await(this, nanos, () -> isSignalled || isClosed);
    isSignalled = false;
    return !isClosed;
  }

  private record Near(NearAnswer answer, String problem) {
    static Near of(final MapRequest request, final MapWriter map) {
      try {
        return new Near(request.near(map), null);
      } catch (final IllegalArgumentException e) {
        return new Near(null, e.getMessage());
      }
    }
  }

  /** Returns whether a change of a map is still to be sent. */
  private boolean tick(final long now) {
    final List<LiveChannel> open;
    synchronized (this) {
      open = new ArrayList<>(channels.values());
    }
    if (open.isEmpty()) {
      return false;
    }
    // Before the question: what comes in between is sent the next time.
    final FollowerStatus status = journal.follower().status();
    List<Near> answers = null;
    String problem = null;
    try {
      answers =
          journal.ask(
              (map) -> open.stream().map((channel) -> Near.of(channel.request(), map)).toList());
    } catch (final Problem e) {
      problem = e.getMessage();
    }
    boolean isMapDue = false;
    synchronized (this) {
      for (int i = 0; i < open.size(); i++) {
        final Near near = answers == null ? new Near(null, problem) : answers.get(i);
        isMapDue |= open.get(i).send(status, near.answer(), near.problem(), now);
        announced = Math.max(announced, open.get(i).mapSequence());
      }
    }
    return isMapDue;
  }

  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      channels.values().forEach(LiveChannel::end);
      notifyAll();
    }
  }
}
