package io.liqmap.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;

/**
 * Commands of a session that aren't acknowledged, in its order. One thread.
 *
 * <pre>
 *   acknowledged ◀── │ under way │ to be sent │ open: being filled │ ◀── frames
 * </pre>
 */
final class PieceQueue {
  private static final int WINDOW = 64;

  private final long session;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private final Deque<Piece> spare = new ArrayDeque<>();
  private Piece open = new Piece();
  private int underWay;

  /** Frames up to here were sent before. */
  private long everSent;

  PieceQueue(final long session) {
    this.session = session;
    open.begin(0);
  }

  /** Whether no frame may be added until more are acknowledged. */
  boolean isFull() {
    return pieces.size() >= WINDOW;
  }

  /** Whether all commands are acknowledged; frames may wait for one. */
  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** Whether no frame waits for a command to be full. */
  boolean isFlushed() {
    return open.isEmpty();
  }

  boolean isUnderWay() {
    return underWay > 0;
  }

  /** Passes over frames that were applied before. */
  void continueAt(final long frames) {
    open.begin(frames);
  }

  /** Adds a frame; a piece that is long enough becomes a command. */
  void add(
      final DirectBuffer block,
      final int offset,
      final int length,
      final long shift,
      final boolean isLast) {
    open.add(block, offset, length, shift);
    if (isLast || open.isFull()) {
      flush();
    }
  }

  /** Makes a command of the frames that wait. */
  void flush() {
    if (open.isEmpty()) {
      return;
    }
    open.finish(session);
    pieces.add(open);
    final long next = open.next();
    open = spare.isEmpty() ? new Piece() : spare.poll();
    open.begin(next);
  }

  /** Removes what was applied. */
  void acknowledge(final long applied) {
    while (!pieces.isEmpty() && pieces.peek().next() <= applied) {
      spare.add(pieces.poll());
      underWay = Math.max(0, underWay - 1);
    }
  }

  /** All has to be sent again. */
  void rewind() {
    underWay = 0;
  }

  /** Sends what isn't under way, as long as it can be; counts what is sent again. */
  int send(final ShardConnection connection, final ShardReport report) {
    int offered = 0;
    int at = 0;
    for (final Piece piece : pieces) {
      if (at == underWay) {
        if (!connection.offer(piece.buffer(), piece.length())) {
          break;
        }
        underWay++;
        offered++;
        report.resent += piece.next() <= everSent ? 1 : 0;
        everSent = Math.max(everSent, piece.next());
      }
      at++;
    }
    return offered;
  }
}
