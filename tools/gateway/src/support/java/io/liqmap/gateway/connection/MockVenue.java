package io.liqmap.gateway.connection;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/**
 * A venue's server on loopback that does what a script says, down to the bytes: WebSockets and
 * plain requests on one port.
 */
public final class MockVenue implements AutoCloseable {
  private static final String KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int FINAL = 0x80;

  /** What happens on one connection. */
  public interface Script {
    /** Plays until it returns; the connection is dropped then. */
    void play(Session session) throws IOException;
  }

  private final ServerSocket server;
  private final List<Script> sockets = new CopyOnWriteArrayList<>();
  private final List<Script> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger socketsSeen = new AtomicInteger();
  private final AtomicInteger requestsSeen = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Starts a server. */
  public MockVenue() throws IOException {
    this(ServerSocketFactory.getDefault());
  }

  /** Starts one whose sockets are of a kind. */
  public MockVenue(final ServerSocketFactory kind) throws IOException {
    server = kind.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  /** What WebSockets do: the first plays the first script, and so on; more play the last. */
  public MockVenue onSocket(final Script... scripts) {
    sockets.addAll(List.of(scripts));
    return this;
  }

  /** What requests get, in the same way. */
  public MockVenue onRequest(final Script... scripts) {
    requests.addAll(List.of(scripts));
    return this;
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  /** WebSockets that were asked for. */
  public int sockets() {
    return socketsSeen.get();
  }

  /** Requests that came. */
  public int requests() {
    return requestsSeen.get();
  }

  /** Whether no connection is open. */
  public boolean isIdle() {
    return open.isEmpty();
  }

  static void start(final String name, final Runnable task) {
    final Thread thread = new Thread(task, "mock-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        final Socket socket = server.accept();
        open.add(socket);
        start("connection", () -> serve(socket));
      }
    } catch (final IOException e) {
      // Closed.
    }
  }

  private void serve(final Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      final Session session = new Session(socket);
      session.readHead();
      final boolean isSocket = session.head("sec-websocket-key") != null;
      final List<Script> scripts = isSocket ? sockets : requests;
      final int number = (isSocket ? socketsSeen : requestsSeen).getAndIncrement();
      scripts.get(Math.min(number, scripts.size() - 1)).play(session);
      session.flush();
    } catch (final IOException e) {
      // The client went away.
    } finally {
      open.remove(socket);
    }
  }

  /** Waits until the server is closed. */
  public void hang() {
    try {
      closed.await();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (final Socket socket : open) {
      socket.close();
    }
  }

  /** One connection. */
  public static final class Session {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private String head = "";

    Session(final Socket socket) throws IOException {
      this.socket = socket;
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    private void readHead() throws IOException {
      final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        bytes.write(in.readUnsignedByte());
      }
      head = bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private String head(final String name) {
      return head.lines()
          .filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map((line) -> line.substring(name.length() + 1).trim())
          .findFirst()
          .orElse(null);
    }

    /** Path that was asked for. */
    public String path() {
      return head.split(" ", 3)[1];
    }

    /** Body of a request that posts one. */
    public String body() throws IOException {
      final String length = head("content-length");
      return length == null
          ? ""
          : new String(read(in, Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    /** Accepts the upgrade. */
    public void accept() throws IOException {
      try {
        final MessageDigest sha = MessageDigest.getInstance("SHA-1");
        final byte[] key = (head("sec-websocket-key") + KEY).getBytes(StandardCharsets.ISO_8859_1);
        raw(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(sha.digest(key))
                + "\r\n\r\n");
        flush();
      } catch (final GeneralSecurityException e) {
        throw new IOException(e);
      }
    }

    /** Answers a request. */
    public void reply(final int status, final String headers, final String body)
        throws IOException {
      final int length = body.getBytes(StandardCharsets.UTF_8).length;
      raw(
          "HTTP/1.1 "
              + status
              + " Status\r\nContent-Length: "
              + length
              + "\r\nConnection: close\r\n"
              + headers
              + "\r\n"
              + body);
      flush();
    }

    /** Sends text as it is. */
    public void raw(final String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes as they are. */
    public void raw(final byte[] bytes) throws IOException {
      out.write(bytes);
    }

    /** Sends a text frame, without a flush. */
    public void put(final byte[] text, final int offset, final int length) throws IOException {
      frameHead(FINAL | TEXT, length);
      out.write(text, offset, length);
    }

    /** Sends a text frame. */
    public void send(final String text) throws IOException {
      final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      put(bytes, 0, bytes.length);
      flush();
    }

    /** Sends a frame in fragments of so many bytes. */
    public void sendInPieces(final String text, final int pieceLength) throws IOException {
      final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < bytes.length; from += pieceLength) {
        final int length = Math.min(pieceLength, bytes.length - from);
        final int opcode = from == 0 ? TEXT : 0;
        frameHead(from + length == bytes.length ? FINAL | opcode : opcode, length);
        out.write(bytes, from, length);
        flush();
      }
    }

    /** Begins a frame of a length. */
    public void frameHead(final int first, final long length) throws IOException {
      out.write(first);
      if (length < 126) {
        out.write((int) length);
      } else if (length < 1 << 16) {
        out.write(126);
        out.write((int) (length >> 8));
        out.write((int) length);
      } else {
        out.write(127);
        for (int shift = 56; shift >= 0; shift -= 8) {
          out.write((int) (length >> shift));
        }
      }
    }

    /** Sends a protocol ping. */
    public void ping() throws IOException {
      frameHead(FINAL | PING, 2);
      raw("hi");
      flush();
    }

    /** Closes with a code, in order. */
    public void close(final int code) throws IOException {
      frameHead(FINAL | CLOSE, 2);
      out.write(code >> 8);
      out.write(code);
      flush();
    }

    /** Sends what is buffered. */
    public void flush() throws IOException {
      out.flush();
    }

    /** Drops the line without a word. */
    public void vanish() throws IOException {
      flush();
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** The next text that the client sends; null when it closes. Skips pongs. */
    public String receive() throws IOException {
      while (true) {
        final int first = in.read();
        if (first < 0) {
          return null;
        }
        int length = in.readUnsignedByte() & 0x7f;
        length = length == 126 ? in.readUnsignedShort() : length;
        final byte[] mask = in.readNBytes(4);
        final byte[] bytes = read(in, length);
        for (int i = 0; i < length; i++) {
          bytes[i] ^= mask[i & 3];
        }
        final int opcode = first & 0xf;
        if (opcode == TEXT) {
          return new String(bytes, StandardCharsets.UTF_8);
        }
        if (opcode == CLOSE) {
          return null;
        }
      }
    }

    private static byte[] read(final InputStream in, final int length) throws IOException {
      return in.readNBytes(length);
    }

    /** Reads until the client is gone. */
    public void drain() throws IOException {
      while (receive() != null) {
        // What it sends says nothing.
      }
    }
  }
}
