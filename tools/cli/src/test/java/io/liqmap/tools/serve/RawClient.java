package io.liqmap.tools.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sends what it is given, byte for byte, as no HTTP client would, and reads what comes. */
public final class RawClient {
  private final String host;
  private final int port;

  /** A client of the server at a URL. */
  public RawClient(final String url) {
    host = URI.create(url).getHost();
    port = URI.create(url).getPort();
  }

  /** An answer: status line and headers, and the body without its framing. */
  public static final class Answered {
    private final List<String> head;
    private final byte[] body;

    public Answered(final List<String> head, final byte[] body) {
      this.head = head;
      this.body = body;
    }

    public List<String> head() {
      return head;
    }

    public byte[] body() {
      return body;
    }

    /** Status code. */
    public int status() {
      return Integer.parseInt(head.get(0).split(" ", -1)[1]);
    }

    /** A header's value, null if it is absent. */
    public String header(final String name) {
      final String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return head.stream()
          .filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map((line) -> line.substring(prefix.length()).trim())
          .findFirst()
          .orElse(null);
    }

    /** The body in words. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** {@code 127.0.0.1:port}. */
  public String authority() {
    return host + ":" + port;
  }

  /** Of the server. */
  public int port() {
    return port;
  }

  /** Opens a connection. */
  public Socket connect() throws IOException {
    return new Socket(InetAddress.getByName(host), port);
  }

  /** Gets a target as it is written. */
  public Answered get(final String target, final String... headers) throws IOException {
    return send("GET", target, authority(), headers);
  }

  /** Sends a request by another method or to another host. */
  public Answered send(
      final String method, final String target, final String hostHeader, final String... headers)
      throws IOException {
    try (Socket socket = connect()) {
      write(socket, method, target, hostHeader, headers);
      return read(socket);
    }
  }

  /** Sends a request and reads nothing; the connection ends with the answer. */
  public void write(
      final Socket socket,
      final String method,
      final String target,
      final String hostHeader,
      final String... headers)
      throws IOException {
    final StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (hostHeader != null) {
      text.append("Host: ").append(hostHeader).append("\r\n");
    }
    for (final String header : headers) {
      text.append(header).append("\r\n");
    }
    text.append("Connection: close\r\n\r\n");
    socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static Answered read(final Socket socket) throws IOException {
    final InputStream in = new BufferedInputStream(socket.getInputStream());
    return new Answered(head(in), in.readAllBytes());
  }

  /** Status line and headers of an answer whose body continues. */
  public static List<String> head(final InputStream in) throws IOException {
    final List<String> head = new ArrayList<>();
    String line = line(in);
    while (!line.isEmpty()) {
      head.add(line);
      line = line(in);
    }
    return head;
  }

  /** A line, empty at the end. */
  public static String line(final InputStream in) throws IOException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (next != '\r') {
        bytes.write(next);
      }
      next = in.read();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
