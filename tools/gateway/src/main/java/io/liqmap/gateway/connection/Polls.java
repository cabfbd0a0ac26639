package io.liqmap.gateway.connection;

import io.liqmap.gateway.feed.FrameQueue;
import io.liqmap.gateway.feed.VenueCounter;
import io.liqmap.gateway.feed.VenueCounts;
import io.liqmap.gateway.venue.Request;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Asks again and again, one answer of each request at a time, spread over its interval. Where the
 * venue asks to wait, all wait. The gateway's thread.
 */
final class Polls {
  private static final long RETRY_NANOS = 5_000_000_000L;
  private static final long NEVER = Long.MAX_VALUE;

  private final Rest rest;
  private final List<Request> requests;
  private final long[] dueAt;
  private final boolean[] isAsked;
  private final FrameQueue queue;
  private final int origin;
  private final Clocks clocks;
  private final Executor gateway;
  private final VenueCounts counts;
  private final Consumer<String> notices;
  private final BooleanSupplier isOver;
  private long pausedUntil;
  private String lastReason = "";

  Polls(
      final Rest rest,
      final List<Request> requests,
      final FrameQueue queue,
      final int origin,
      final Clocks clocks,
      final Executor gateway,
      final VenueCounts counts,
      final Consumer<String> notices,
      final BooleanSupplier isOver) {
    this.rest = rest;
    this.requests = List.copyOf(requests);
    this.queue = queue;
    this.origin = origin;
    this.clocks = clocks;
    this.gateway = gateway;
    this.counts = counts;
    this.notices = notices;
    this.isOver = isOver;
    final long now = clocks.nanoTime().getAsLong();
    dueAt = new long[requests.size()];
    isAsked = new boolean[requests.size()];
    for (int i = 0; i < dueAt.length; i++) {
      dueAt[i] = now + requests.get(i).everyNanos() / dueAt.length * i;
    }
    pausedUntil = now;
  }

  /** Looks at the clock. */
  void tick(final long now) {
    for (int i = 0; i < dueAt.length; i++) {
      if (!isAsked[i] && dueAt[i] != NEVER && now >= dueAt[i] && now >= pausedUntil) {
        ask(i);
      }
    }
  }

  private void ask(final int which) {
    isAsked[which] = true;
    final CompletableFuture<Void> unused =
        rest.ask(requests.get(which))
            .thenAccept(
                (answer) -> {
                  if (answer.failure() == null) {
                    queue.frame(
                        origin,
                        clocks.epochNanos().getAsLong(),
                        answer.body(),
                        answer.body().length,
                        isOver);
                  }
                  gateway.execute(() -> answered(which, answer.failure()));
                });
  }

  private void answered(final int which, final Failure failure) {
    final long now = clocks.nanoTime().getAsLong();
    final long every = requests.get(which).everyNanos();
    isAsked[which] = false;
    if (failure == null) {
      dueAt[which] = every == 0 ? NEVER : Math.max(dueAt[which] + every, now);
      if (!lastReason.isEmpty()) {
        lastReason = "";
        notices.accept("answers again");
      }
      return;
    }
    counts.add(VenueCounter.FAILED_POLLS, 1);
    dueAt[which] = now + Math.max(every, RETRY_NANOS);
    pausedUntil = Math.max(pausedUntil, now + failure.waitNanos());
    if (!lastReason.equals(failure.reason())) {
      lastReason = failure.reason();
      notices.accept("no answer to " + requests.get(which).path() + ": " + lastReason);
    }
  }
}
