package io.liqmap.cluster;

import io.aeron.exceptions.AeronException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Errors of a member's parts: says each once, and ends the member where it doesn't recover, so that
 * a start from its folder does. Any thread.
 */
final class NodeErrors {
  /** So many errors in a row without progress, as after a part was starved of processor time. */
  static final int MOST_IN_A_ROW = 20;

  private final Consumer<String> log;
  private final Consumer<Throwable> fail;
  private final LongSupplier position;
  private String last = "";
  private long positionBefore = -1;
  private int inARow;

  /**
   * Starts without errors.
   *
   * @param fail ends the member
   * @param position of the log up to which the state has come
   */
  NodeErrors(
      final Consumer<String> log, final Consumer<Throwable> fail, final LongSupplier position) {
    this.log = log;
    this.fail = fail;
    this.position = position;
  }

  ErrorHandler of(final String part) {
    return (error) -> onError(part, error);
  }

  private synchronized void onError(final String part, final Throwable error) {
    if (error instanceof AgentTerminationException) {
      fail.accept(error.getCause() == null ? error : error.getCause());
      return;
    }
    if (error instanceof AeronException known && known.category() == AeronException.Category.WARN) {
      return;
    }
    final String text = part + ": " + error;
    // Numbers of requests differ each time.
    final String kind = text.replaceAll("-?\\d+", "");
    if (!kind.equals(last)) {
      log.accept(text);
      last = kind;
    }
    final long now = position.getAsLong();
    inARow = now == positionBefore ? inARow + 1 : 1;
    positionBefore = now;
    if (inARow >= MOST_IN_A_ROW) {
      fail.accept(
          new IllegalStateException(
              inARow
                  + " errors in a row without progress, the last: "
                  + text
                  + "; start it again"));
    }
  }
}
