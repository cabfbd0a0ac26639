package io.liqmap.benchmarks.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A WebSocket server on loopback that sends frames on one of its connections and counts those that
 * come back; what it sends leaves the caller's thread in one write. Any other request is answered
 * with 404. Not for use by strangers: it trusts its client.
 */
final class LoopbackVenue implements AutoCloseable {
  private static final String KEY = "sec-websocket-key: ";
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int ROOM = 1 << 18;
  private static final int TEXT = 0x81;
  private static final int FIN = 0x80;
  private static final int OPCODE = 0x0f;
  private static final int LENGTH = 0x7f;
  private static final int SHORT_LENGTH = 126;
  private static final int CLOSE = 8;
  private static final int MASK_BYTES = 4;
  private static final int MAX_HEADER = 4;
  private static final long WAIT_SECONDS = 20;

  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM);
  private final CompletableFuture<SocketChannel> connected = new CompletableFuture<>();
  private final String path;
  private final Runnable onReturn;
  private volatile long returned;

  /**
   * Starts a server on a free port.
   *
   * @param path part of the path of the connection that frames are sent on
   * @param onReturn runs when frames came back, on the connection's thread
   */
  LoopbackVenue(final String path, final Runnable onReturn) throws IOException {
    this.path = path;
    this.onReturn = onReturn;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start("accept", this::accept);
  }

  private static void start(final String name, final Runnable task) {
    final Thread thread = new Thread(task, "loopback-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  private void accept() {
    try {
      while (true) {
        final SocketChannel channel = server.accept();
        start("connection", () -> serve(channel));
      }
    } catch (final IOException e) {
      // Closed.
    }
  }

  private void serve(final SocketChannel channel) {
    try (channel) {
      channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
      final String request = readRequest(channel);
      final int key = request.toLowerCase(java.util.Locale.ROOT).indexOf(KEY);
      if (key < 0) {
        write(channel, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      final String value = request.substring(key + KEY.length()).lines().findFirst().orElseThrow();
      write(
          channel,
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + accepted(value.strip())
              + "\r\n\r\n");
      if (request.lines().findFirst().orElseThrow().contains(path)) {
        connected.complete(channel);
      }
      count(channel);
    } catch (final IOException e) {
      // The client is gone.
    }
  }

  private static String accepted(final String key) {
    try {
      final byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String readRequest(final SocketChannel channel) throws IOException {
    final ByteBuffer one = ByteBuffer.allocate(1);
    final StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      if (channel.read(one.clear()) < 0) {
        throw new IOException("the request was cut");
      }
      request.append((char) one.get(0));
    }
    return request.toString();
  }

  private static void write(final SocketChannel channel, final String text) throws IOException {
    final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Counts whole messages until the connection is closed. */
  private void count(final SocketChannel channel) throws IOException {
    final ByteBuffer in = ByteBuffer.allocateDirect(ROOM);
    while (channel.read(in) >= 0) {
      in.flip();
      final long before = returned;
      long whole = before;
      int length = frameLength(in);
      while (length > 0 && length <= in.remaining()) {
        final int head = in.get(in.position());
        if ((head & OPCODE) == CLOSE) {
          return;
        }
        whole += (head & FIN) == 0 ? 0 : 1;
        in.position(in.position() + length);
        length = frameLength(in);
      }
      in.compact();
      if (whole > before) {
        returned = whole;
        onReturn.run();
      }
    }
  }

  /** Bytes of the masked frame at the position; 0 if its header isn't whole yet. */
  private static int frameLength(final ByteBuffer in) {
    if (in.remaining() < MAX_HEADER) {
      return 0;
    }
    final int length = in.get(in.position() + 1) & LENGTH;
    return length < SHORT_LENGTH
        ? 2 + MASK_BYTES + length
        : 4 + MASK_BYTES + (in.getShort(in.position() + 2) & 0xffff);
  }

  /** Waits for the connection that frames are sent on. */
  void await() throws InterruptedException, IOException {
    try {
      connected.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (final ExecutionException | TimeoutException e) {
      throw new IOException("no client has connected", e);
    }
  }

  /** Whether there is room for another frame before the next {@link #flush}. */
  boolean hasRoom(final int length) {
    return out.remaining() >= length + MAX_HEADER;
  }

  /** Adds a text frame, up to 65,535 bytes. */
  void add(final byte[] frame, final int offset, final int length) {
    out.put((byte) TEXT);
    if (length < SHORT_LENGTH) {
      out.put((byte) length);
    } else {
      out.put((byte) SHORT_LENGTH).putShort((short) length);
    }
    out.put(frame, offset, length);
  }

  /** Sends what was added; waits while the client doesn't read. */
  void flush() throws IOException {
    out.flip();
    final SocketChannel channel = connected.join();
    while (out.hasRemaining()) {
      channel.write(out);
    }
    out.clear();
  }

  /** Messages that came back. */
  long returned() {
    return returned;
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (connected.isDone()) {
      connected.join().close();
    }
  }
}
