package io.liqmap.gateway.connection;

import io.liqmap.gateway.feed.StreamTimes;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueCounts;
import io.liqmap.gateway.venue.ConnectionPlan;

/**
 * Keeps one planned connection open: waits after a loss, opens another before the venue closes the
 * old one, ends where the venue refuses for good. The gateway's thread.
 *
 * <pre>
 *   WAITING      for the next attempt
 *   CONNECTING   …
 *   SUBSCRIBING  … as the attempt
 *   LIVE         …
 *   ENDED        refused several times: it won't work
 * </pre>
 */
final class Connection implements Attempt.Owner {
  enum State {
    WAITING,
    CONNECTING,
    SUBSCRIBING,
    LIVE,
    ENDED
  }

  /** Takes what has to reach the feed, and the user. */
  interface Journal {
    /** It was opened: the attempt at this origin. */
    void opened(int origin);

    /** It was lost, and its streams have a hole. */
    void lost(int origin, String reason);

    /** Something for the user. */
    void notice(String text);
  }

  private static final int MOST_REFUSALS = 3;
  private static final int MOST_REOPENINGS = 2;
  private static final int LONG_STABLE = 60;
  private static final long SECOND = 1_000_000_000L;

  private final ConnectionPlan plan;
  private final GatewayLimits limits;
  private final int messagesPerSecond;
  private final Dialer dialer;
  private final Clocks clocks;
  private final Waits waits;
  private final VenueCounts counts;
  private final Journal journal;
  private final Slot[] slots;
  private int used;
  private Attempt current;
  private Attempt next;
  private long dueAt;
  private long nextDueAt;
  private boolean isReplacementWanted;
  private boolean wasOpen;
  private boolean isEnded;
  private int refusals;
  private int reopenings;
  private String reason = "";
  private long reconnects;

  Connection(
      final ConnectionPlan plan,
      final GatewayLimits limits,
      final int messagesPerSecond,
      final Dialer dialer,
      final Clocks clocks,
      final Waits waits,
      final VenueCounts counts,
      final Journal journal,
      final Slot... slots) {
    this.plan = plan;
    this.limits = limits;
    this.messagesPerSecond = messagesPerSecond;
    this.dialer = dialer;
    this.clocks = clocks;
    this.waits = waits;
    this.counts = counts;
    this.journal = journal;
    this.slots = slots;
    dueAt = clocks.nanoTime().getAsLong();
  }

  String name() {
    return plan.name();
  }

  State state() {
    if (isEnded) {
      return State.ENDED;
    }
    if (current == null) {
      return State.WAITING;
    }
    return switch (current.state()) {
      case CONNECTING -> State.CONNECTING;
      case SUBSCRIBING -> State.SUBSCRIBING;
      case LIVE -> State.LIVE;
      case OVER -> State.WAITING;
    };
  }

  /** Why it was lost last. */
  String reason() {
    return reason;
  }

  long reconnects() {
    return reconnects;
  }

  /** Streams of the current attempt. */
  StreamTimes streams() {
    return slots[used & 1].streams();
  }

  /** Looks at the clock. */
  void tick(final long now, final boolean isBehind) {
    if (isEnded) {
      return;
    }
    if (current == null && now >= dueAt && dialer.tryTake(now)) {
      current = open();
    }
    if (current != null) {
      current.tick(now, isBehind);
    }
    if (next != null) {
      next.tick(now, isBehind);
    }
    if (current != null) {
      replace(now);
    }
  }

  private void replace(final long now) {
    if (current.liveFor(now) > limits.stableNanos()) {
      waits.clear();
      refusals = 0;
    }
    if (current.liveFor(now) > LONG_STABLE * limits.stableNanos()) {
      reopenings = 0;
    }
    final boolean isOld = plan.lifetimeNanos() > 0 && current.liveFor(now) > plan.lifetimeNanos();
    if (next == null && (isOld || isReplacementWanted) && now >= nextDueAt && dialer.tryTake(now)) {
      next = open();
    }
    if (next != null && next.isFlowing()) {
      current.close();
      current = next;
      next = null;
      isReplacementWanted = false;
      journal.notice("replaced by a new connection");
    }
  }

  private Attempt open() {
    final Slot slot = slots[++used & 1];
    final Attempt attempt =
        new Attempt(plan, limits, messagesPerSecond, this, slot.streams(), clocks);
    slot.attempt(attempt);
    attempt.begin(dialer.open(plan.path(), slot.origin(), attempt));
    return attempt;
  }

  @Override
  public void opened(final Attempt attempt) {
    journal.opened(slots[used & 1].origin());
    if (attempt == current) {
      if (wasOpen) {
        reconnects++;
        counts.add(VenueCounter.RECONNECTS, 1);
      }
      wasOpen = true;
    }
  }

  @Override
  public void live(final Attempt attempt) {
    if (attempt == current) {
      journal.notice("live");
    }
  }

  @Override
  public void over(final Attempt attempt, final Failure failure) {
    final long now = clocks.nanoTime().getAsLong();
    count(failure);
    if (attempt == next) {
      next = null;
      nextDueAt = now + wait(failure);
      journal.notice("opening its replacement failed: " + failure.reason());
      return;
    }
    reason = failure.reason();
    isReplacementWanted = false;
    if (next != null && next.isFlowing()) {
      current = next;
      next = null;
      journal.notice("lost: " + reason + "; its replacement is open already");
      return;
    }
    if (next != null) {
      // A decoder that hears of the loss forgets what the replacement sent so far.
      next.abort();
      next = null;
    }
    current = null;
    if (attempt.wasOpened()) {
      journal.lost(slots[used & 1].origin(), reason);
    }
    if (failure.kind() == Failure.Kind.REFUSED && reason.startsWith("refused")) {
      refusals++;
    }
    if (refusals >= MOST_REFUSALS) {
      isEnded = true;
      journal.notice("ended, it is no use: " + reason);
      return;
    }
    final long wait = wait(failure);
    dueAt = now + wait;
    journal.notice(
        "lost: " + reason + "; again in " + Math.round(wait * 10.0 / SECOND) / 10.0 + " s");
  }

  private void count(final Failure failure) {
    if (failure.kind() == Failure.Kind.REFUSED) {
      counts.add(VenueCounter.REFUSED, 1);
    } else if (failure.kind() == Failure.Kind.OVERSIZED) {
      counts.add(VenueCounter.OVERSIZED, 1);
    }
  }

  private long wait(final Failure failure) {
    return Math.max(waits.next(), failure.waitNanos());
  }

  @Override
  public void refusedPart(final String words) {
    counts.add(VenueCounter.REFUSED, 1);
    journal.notice("the venue refused a part: " + words);
  }

  @Override
  public void closingSoon(final Attempt attempt, final String notice) {
    if (attempt == current && !isReplacementWanted) {
      isReplacementWanted = true;
      journal.notice("the venue will close it: " + notice);
    }
  }

  @Override
  public boolean isWorthReopening(final String silence) {
    if (++reopenings <= MOST_REOPENINGS) {
      return true;
    }
    journal.notice(silence + ", while other streams send: left as it is");
    return false;
  }

  /** Drops it for good. */
  void end() {
    isEnded = true;
    if (current != null) {
      current.close();
    }
    if (next != null) {
      next.abort();
    }
  }
}
