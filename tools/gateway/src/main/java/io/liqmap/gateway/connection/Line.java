package io.liqmap.gateway.connection;

import io.liqmap.gateway.feed.FrameQueue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One WebSocket: puts frames together and queues them, one after another; a full queue makes it
 * wait. What happens to it goes to the gateway's thread.
 */
final class Line implements WebSocket.Listener {
  private static final long CLOSING_SECONDS = 5;

  /** What happens to a line, on the gateway's thread. */
  interface Owner {
    /** It is open. */
    void opened();

    /** It is over. */
    void over(Failure failure);
  }

  private final FrameQueue queue;
  private final int origin;
  private final Clocks clocks;
  private final Executor gateway;
  private final Owner owner;
  private final TextAssembly text;
  private final int maxFrame;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private CompletableFuture<WebSocket> sends;
  private volatile long lastArrival;

  Line(
      final FrameQueue queue,
      final int origin,
      final Clocks clocks,
      final Executor gateway,
      final Owner owner,
      final int maxFrame) {
    this.queue = queue;
    this.origin = origin;
    this.clocks = clocks;
    this.gateway = gateway;
    this.owner = owner;
    this.maxFrame = maxFrame;
    text = new TextAssembly(maxFrame);
    lastArrival = clocks.nanoTime().getAsLong();
  }

  /** Opens it. The gateway's thread, like all below but the listener's methods. */
  void open(final HttpClient client, final URI uri, final long timeoutNanos) {
    sends =
        client
            .newWebSocketBuilder()
            .connectTimeout(Duration.ofNanos(timeoutNanos))
            .buildAsync(uri, this)
            .whenComplete(
                (socket, failed) -> {
                  if (failed != null) {
                    end(Failure.of(failed));
                  } else if (isOver.get()) {
                    socket.abort();
                  }
                });
  }

  /** Sends a text after those before it. */
  void send(final String message) {
    sends =
        sends
            .thenCompose((socket) -> socket.sendText(message, true))
            .whenComplete(
                (socket, failed) -> {
                  if (failed != null) {
                    end(Failure.of(failed));
                  }
                });
  }

  /** When something arrived last, by the clock that never goes back. */
  long lastArrival() {
    return lastArrival;
  }

  /** Drops it; the owner hears no more of it. */
  void abort() {
    isOver.set(true);
    abort(sends);
    sends.cancel(true);
  }

  /** Closes it in order; what never closes is dropped. The owner hears no more of it. */
  void close() {
    if (isOver.compareAndSet(false, true)) {
      final CompletableFuture<WebSocket> open = sends;
      final CompletableFuture<WebSocket> unused =
          open.thenCompose((socket) -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
      CompletableFuture.delayedExecutor(CLOSING_SECONDS, TimeUnit.SECONDS)
          .execute(() -> abort(open));
    }
  }

  private static void abort(final CompletableFuture<WebSocket> open) {
    final CompletableFuture<Void> unused = open.thenAccept(WebSocket::abort);
  }

  private void end(final Failure failure) {
    if (isOver.compareAndSet(false, true)) {
      gateway.execute(() -> owner.over(failure));
    }
  }

  private void refuse(final WebSocket socket, final Failure failure) {
    end(failure);
    socket.abort();
  }

  @Override
  public void onOpen(final WebSocket socket) {
    lastArrival = clocks.nanoTime().getAsLong();
    gateway.execute(owner::opened);
    socket.request(1);
  }

  @Override
  public CompletionStage<?> onText(
      final WebSocket socket, final CharSequence data, final boolean last) {
    lastArrival = clocks.nanoTime().getAsLong();
    if (isOver.get()) {
      return null;
    }
    if (!text.add(data)) {
      refuse(socket, Failure.oversized("sent a frame of more than " + maxFrame + " bytes"));
      return null;
    }
    if (last) {
      queue.frame(
          origin, clocks.epochNanos().getAsLong(), text.bytes(), text.length(), isOver::get);
      text.clear();
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(
      final WebSocket socket, final ByteBuffer data, final boolean last) {
    refuse(socket, Failure.oversized("sent a binary frame"));
    return null;
  }

  @Override
  public CompletionStage<?> onPing(final WebSocket socket, final ByteBuffer message) {
    lastArrival = clocks.nanoTime().getAsLong();
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(final WebSocket socket, final ByteBuffer message) {
    lastArrival = clocks.nanoTime().getAsLong();
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(final WebSocket socket, final int code, final String reason) {
    end(Failure.lost("the venue closed it: " + code + (reason.isEmpty() ? "" : " " + reason)));
    return null;
  }

  @Override
  public void onError(final WebSocket socket, final Throwable error) {
    end(Failure.of(error));
  }
}
