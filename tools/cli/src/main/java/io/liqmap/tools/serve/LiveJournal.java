package io.liqmap.tools.serve;

import io.liqmap.engine.market.MapWriter;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.history.FollowerStatus;
import io.liqmap.tools.history.JournalFollower;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The journal as it is now, asked of the follower's map. For any thread. */
final class LiveJournal {
  private static final long ANSWER_SECONDS = 10;

  private final JournalFollower follower;

  LiveJournal(final JournalFollower follower) {
    this.follower = follower;
  }

  JournalFollower follower() {
    return follower;
  }

  /**
   * How far the journal is read, which is to its end.
   *
   * @throws Problem if it isn't
   */
  FollowerStatus read() throws Problem {
    final FollowerStatus status = follower.status();
    if (status.isRead() && status.lastSequence() > 0) {
      return status;
    }
    if (status.problem() != null) {
      throw new Problem(Problem.FAILED, status.problem());
    }
    throw new Problem(
        Problem.NOT_YET,
        switch (status.phase()) {
          case WAITING -> follower.folder() + ": waiting for its journal";
          case READING -> "the journal is being read";
          case FOLLOWING, BROKEN -> "the journal has no events yet";
          case CLOSED -> "the server is closing";
        },
        status.progress());
  }

  /**
   * Asks between two events.
   *
   * @throws Problem if the journal isn't read, too many ask, or the question is wrong
   */
  <T> T ask(final Function<MapWriter, T> question) throws Problem {
    read();
    try {
      return follower.ask(question).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw new Problem(Problem.BAD_REQUEST, wrong.getMessage());
      }
      if (e.getCause() instanceof RejectedExecutionException) {
        throw new Problem(Problem.TOO_MANY, "too many requests at once; try again");
      }
      throw new IllegalStateException(e.getCause());
    } catch (final TimeoutException e) {
      throw new Problem(Problem.NOT_YET, "the journal is being read", follower.status().progress());
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(Problem.NOT_YET, "the server is closing");
    }
  }

  /** What it has to show. */
  SessionAnswer session() throws Problem {
    final SessionAnswer.Choices choices = ask(SessionAnswer.Choices::of);
    final FollowerStatus status = follower.status();
    return SessionAnswer.of(
        follower.folder().toAbsolutePath().normalize().getFileName().toString(), status, choices);
  }

  /** Words for a moment that the journal doesn't have. */
  static String extent(final FollowerStatus status) {
    return "there are events from "
        + Format.time(status.firstTime())
        + " to "
        + Format.time(status.lastTime())
        + ", up to sequence "
        + status.lastSequence();
  }
}
