package io.liqmap.gateway.connection;

import io.liqmap.gateway.feed.StreamTimes;
import io.liqmap.gateway.venue.ConnectionPlan;
import io.liqmap.gateway.venue.ControlSink;

/**
 * One opened connection, from its opening to its end. The gateway's thread.
 *
 * <pre>
 *   CONNECTING   the upgrade was asked for
 *   SUBSCRIBING  open; not all subscriptions are sent and acknowledged
 *   LIVE         acknowledged; watched for data, pongs, silence and age
 *   OVER         lost, refused or replaced
 * </pre>
 */
final class Attempt implements Line.Owner, ControlSink {
  enum State {
    CONNECTING,
    SUBSCRIBING,
    LIVE,
    OVER
  }

  /** Who opened it. */
  interface Owner {
    /** It was opened. */
    void opened(Attempt attempt);

    /** It became {@link State#LIVE}. */
    void live(Attempt attempt);

    /** It is over. */
    void over(Attempt attempt, Failure failure);

    /** The venue refused a subscription, and others remain. */
    void refusedPart(String reason);

    /** The venue will close it soon. */
    void closingSoon(Attempt attempt, String notice);

    /** A stream is silent while others aren't: whether to open the connection again for it. */
    boolean isWorthReopening(String silence);
  }

  private static final long SECOND = 1_000_000_000L;

  private final ConnectionPlan plan;
  private final GatewayLimits limits;
  private final long sendEveryNanos;
  private final Owner owner;
  private final StreamTimes streams;
  private final Clocks clocks;
  private State state = State.CONNECTING;
  private long since;
  private Line line;
  private long openedEpoch = Long.MAX_VALUE;
  private int sent;
  private long nextSend;
  private int acknowledged;
  private int refused;
  private long nextPing;
  private long pingSent;
  private boolean isPongDue;
  private boolean isFirstDataDue = true;
  private boolean isSilenceAccepted;

  Attempt(
      final ConnectionPlan plan,
      final GatewayLimits limits,
      final int messagesPerSecond,
      final Owner owner,
      final StreamTimes streams,
      final Clocks clocks) {
    this.plan = plan;
    this.limits = limits;
    sendEveryNanos = SECOND / messagesPerSecond;
    this.owner = owner;
    this.streams = streams;
    this.clocks = clocks;
    since = now();
  }

  void begin(final Line opened) {
    line = opened;
  }

  private long now() {
    return clocks.nanoTime().getAsLong();
  }

  State state() {
    return state;
  }

  /** Whether it is live and each expected stream has sent, or is known not to. */
  boolean isFlowing() {
    return state == State.LIVE && missing() == null;
  }

  boolean wasOpened() {
    return openedEpoch != Long.MAX_VALUE;
  }

  /** How long it has been live, ns. */
  long liveFor(final long now) {
    return state == State.LIVE ? now - since : 0;
  }

  private void enter(final State next) {
    state = next;
    since = now();
  }

  @Override
  public void opened() {
    if (state == State.CONNECTING) {
      openedEpoch = clocks.epochNanos().getAsLong();
      enter(State.SUBSCRIBING);
      nextSend = since;
      nextPing = since + plan.pingNanos();
      owner.opened(this);
      proceed(since);
    }
  }

  @Override
  public void over(final Failure failure) {
    if (state != State.OVER) {
      enter(State.OVER);
      line.abort();
      owner.over(this, failure);
    }
  }

  /** Ends it because another has taken its place. */
  void close() {
    enter(State.OVER);
    line.close();
  }

  /** Drops it. */
  void abort() {
    enter(State.OVER);
    line.abort();
  }

  /**
   * Looks at the clock.
   *
   * @param isBehind the feed is behind, so that silence proves nothing
   */
  void tick(final long now, final boolean isBehind) {
    switch (state) {
      case CONNECTING -> {
        if (now - since > limits.connectNanos()) {
          over(Failure.lost("no answer to the upgrade"));
        }
      }
      case SUBSCRIBING -> {
        proceed(now);
        if (state == State.SUBSCRIBING
            && sent == plan.subscriptions().size()
            && now - nextSend > limits.acknowledgeNanos()
            && !isBehind) {
          over(
              Failure.lost(
                  "acknowledged "
                      + acknowledged
                      + " of "
                      + plan.acknowledgements()
                      + " subscriptions"));
        }
        watch(now, isBehind);
      }
      case LIVE -> {
        watch(now, isBehind);
        if (state == State.LIVE && !isBehind) {
          watchStreams(now);
        }
      }
      case OVER -> {
        // Nothing is due.
      }
    }
  }

  private void proceed(final long now) {
    while (sent < plan.subscriptions().size() && now >= nextSend) {
      line.send(plan.subscriptions().get(sent++));
      nextSend = Math.max(nextSend, now - SECOND) + sendEveryNanos;
    }
    if (sent == plan.subscriptions().size() && acknowledged + refused >= plan.acknowledgements()) {
      enter(State.LIVE);
      owner.live(this);
    }
  }

  private void watch(final long now, final boolean isBehind) {
    if (state == State.OVER) {
      return;
    }
    if (plan.idleNanos() > 0 && now - line.lastArrival() > plan.idleNanos() && !isBehind) {
      over(Failure.lost("silent for " + seconds(plan.idleNanos())));
    } else if (isPongDue && now - pingSent > limits.pongNanos() && !isBehind) {
      over(Failure.lost("a ping was not answered within " + seconds(limits.pongNanos())));
    } else if (plan.ping() != null && now >= nextPing) {
      line.send(plan.ping());
      nextPing = now + plan.pingNanos();
      if (!isPongDue) {
        pingSent = now;
      }
      isPongDue = true;
    }
  }

  private void watchStreams(final long now) {
    if (isFirstDataDue) {
      if (now - since <= limits.firstDataNanos()) {
        return;
      }
      isFirstDataDue = false;
      if (streams.size() > 0 && !hasData()) {
        over(
            Failure.lost(
                "acknowledged, but sent no data within "
                    + seconds(limits.firstDataNanos())
                    + ": the path or a stream's name may be wrong"));
        return;
      }
      final String missing = missing();
      if (missing != null) {
        report(missing + " sent nothing within " + seconds(limits.firstDataNanos()));
      }
      return;
    }
    if (!isSilenceAccepted) {
      final String silent = silent();
      if (silent != null) {
        report(silent + " silent for " + seconds(limits.silenceNanos()));
      }
    }
  }

  private void report(final String silence) {
    if (owner.isWorthReopening(silence)) {
      over(Failure.lost(silence));
    } else {
      isSilenceAccepted = true;
    }
  }

  private boolean hasData() {
    for (int i = 0; i < streams.size(); i++) {
      if (streams.time(i) >= openedEpoch) {
        return true;
      }
    }
    return false;
  }

  /** A steady stream that hasn't sent since the opening; null if there is none. */
  private String missing() {
    for (int i = 0; i < streams.size(); i++) {
      if (streams.stream(i).isSteady() && streams.time(i) < openedEpoch) {
        return name(i);
      }
    }
    return null;
  }

  private String silent() {
    final long oldest = clocks.epochNanos().getAsLong() - limits.silenceNanos();
    for (int i = 0; i < streams.size(); i++) {
      if (streams.stream(i).isSteady() && streams.time(i) < oldest) {
        return name(i);
      }
    }
    return null;
  }

  private String name(final int stream) {
    return streams.stream(stream).of().symbol()
        + " "
        + StreamNames.of(streams.stream(stream).kind());
  }

  private static String seconds(final long nanos) {
    return nanos < SECOND ? nanos / 1_000_000 + " ms" : nanos / SECOND + " s";
  }

  @Override
  public void acknowledged(final String subscription) {
    if (state == State.SUBSCRIBING) {
      acknowledged++;
      proceed(now());
    }
  }

  @Override
  public void refused(final String reason) {
    if (state == State.OVER) {
      return;
    }
    refused++;
    if (state == State.SUBSCRIBING
        && acknowledged == 0
        && refused >= Math.max(1, plan.acknowledgements())) {
      over(Failure.refused("refused: " + reason));
      return;
    }
    owner.refusedPart(reason);
    if (state == State.SUBSCRIBING) {
      proceed(now());
    }
  }

  @Override
  public void pong() {
    isPongDue = false;
  }

  @Override
  public void closingSoon(final String notice) {
    if (state != State.OVER) {
      owner.closingSoon(this, notice);
    }
  }
}
