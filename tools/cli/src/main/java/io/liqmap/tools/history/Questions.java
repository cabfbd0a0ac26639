package io.liqmap.tools.history;

import io.liqmap.engine.market.MapWriter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Questions from any thread, answered on the thread that owns the map, between events. */
final class Questions {
  private static final int MOST = 256;
  private static final String CLOSED = "the journal isn't followed any more";

  private record Question<T>(Function<MapWriter, T> function, CompletableFuture<T> answer) {
    void answer(final MapWriter writer) {
      if (answer.isDone()) {
        return;
      }
      try {
        answer.complete(function.apply(writer));
      } catch (final RuntimeException e) {
        answer.completeExceptionally(e);
      }
    }
  }

  private final BlockingQueue<Question<?>> queue = new ArrayBlockingQueue<>(MOST);
  private volatile boolean isClosed;

  /** Asks; fails at once with {@link RejectedExecutionException} where too many wait. */
  <T> CompletableFuture<T> ask(final Function<MapWriter, T> function) {
    final CompletableFuture<T> answer = new CompletableFuture<>();
    if (isClosed || !queue.offer(new Question<>(function, answer))) {
      answer.completeExceptionally(
          new RejectedExecutionException(isClosed ? CLOSED : MOST + " questions wait already"));
    } else if (isClosed) {
      rejectAll(CLOSED);
    }
    return answer;
  }

  /** Answers those that wait. */
  void answerAll(final MapWriter writer) {
    Question<?> question = queue.poll();
    while (question != null) {
      question.answer(writer);
      question = queue.poll();
    }
  }

  /** Waits for a question, and answers it. */
  void answerOrWait(final MapWriter writer, final long millis) throws InterruptedException {
    final Question<?> question = queue.poll(millis, TimeUnit.MILLISECONDS);
    if (question != null) {
      question.answer(writer);
      answerAll(writer);
    }
  }

  /** Fails all that wait, and those that come. */
  void close() {
    isClosed = true;
    rejectAll(CLOSED);
  }

  /** Fails all that wait. */
  void rejectAll(final String why) {
    Question<?> question = queue.poll();
    while (question != null) {
      question.answer().completeExceptionally(new RejectedExecutionException(why));
      question = queue.poll();
    }
  }
}
