package io.liqmap.tools.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One client's live stream: keeps the newest of each kind until the client's thread has sent what
 * came before, so a slow client skips states and delays no other.
 */
final class EventStream {
  private static final byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.UTF_8);
  private static final long COMMENT_NANOS = 4_000_000_000L;

  private byte[] state;
  private byte[] map;
  private boolean isPinged;
  private boolean isEnded;

  /** Replaces what wasn't sent yet; null for nothing new. */
  synchronized void offer(final byte[] newState, final byte[] newMap) {
    state = newState == null ? state : newState;
    map = newMap == null ? map : newMap;
    notifyAll();
  }

  /** Writes something, which fails where the client is gone. */
  synchronized void ping() {
    isPinged = true;
    notifyAll();
  }

  synchronized void end() {
    isEnded = true;
    notifyAll();
  }

  /** Sends until the stream ends or the client is gone, on the client's thread. */
  void send(final OutputStream out, final WriteLimit limit) throws IOException {
    try {
      byte[] next = next();
      while (next != null) {
        final byte[] sent = next;
        limit.run(
            () -> {
              out.write(sent);
              out.flush();
            });
        next = next();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something to send; null at the end. */
  private synchronized byte[] next() throws InterruptedException {
    TimedWait.await(this, COMMENT_NANOS, () -> state != null || map != null || isPinged || isEnded);
    if (isEnded) {
      return null;
    }
    final byte[] next = state == null ? (map == null ? COMMENT : map) : joined(state, map);
    state = null;
    map = null;
    isPinged = false;
    return next;
  }

  private static byte[] joined(final byte[] first, final byte[] second) {
    if (second == null) {
      return first;
    }
    final byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** An event as a stream has it. */
  static byte[] event(final String name, final String line) {
    return ("event: " + name + "\ndata: " + line + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
