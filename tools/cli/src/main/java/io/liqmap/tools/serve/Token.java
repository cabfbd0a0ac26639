package io.liqmap.tools.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a browser or program has to know to be answered: a secret, and the session that a browser
 * gets for it. For any thread.
 */
public final class Token {
  private static final int BYTES = 16;
  private static final int MAX_FILE = 4_096;

  /** 128 bits take 22 characters. */
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{22,256}");

  private static final String PARAMETER = "token=";
  private static final String BEARER = "Bearer ";

  private final String text;
  private final byte[] secret;
  private final byte[] session;

  private Token(final String text) {
    this.text = text;
    secret = bytes(text);
    session = bytes(random());
  }

  /** A new one, 128 bits. */
  static Token make() {
    return new Token(random());
  }

  /**
   * The one in a file: its first line.
   *
   * @throws IOException if reading fails, others may read it, or it is too short
   */
  static Token read(final Path file) throws IOException {
    final PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      final Set<PosixFilePermission> allowed = view.readAttributes().permissions();
      if (allowed.contains(PosixFilePermission.OTHERS_READ)
          || allowed.contains(PosixFilePermission.GROUP_READ)) {
        throw new IOException(
            file + ": other users can read the token; make it yours alone: chmod 600 " + file);
      }
    }
    if (Files.size(file) > MAX_FILE) {
      throw new IOException(file + ": is larger than any token");
    }
    final String line =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElse("")
            .trim();
    if (!TEXT.matcher(line).matches()) {
      throw new IOException(
          file
              + ": the first line has to be a token of 22 to 256 letters, digits, - and _; make one:"
              + " head -c 16 /dev/urandom | base64 | tr -d '=' | tr '+/' '-_'");
    }
    return new Token(line);
  }

  private static String random() {
    final byte[] bits = new byte[BYTES];
    new SecureRandom().nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String text() {
    return text;
  }

  /** In a time that doesn't depend on where they differ. */
  private static boolean isSame(final byte[] expected, final String given) {
    return MessageDigest.isEqual(expected, bytes(given));
  }

  /** Whether a request has it: a program the token, a browser its session. */
  boolean isIn(final HttpExchange exchange) {
    final String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null
        && authorization.startsWith(BEARER)
        && isSame(secret, authorization.substring(BEARER.length()))) {
      return true;
    }
    final String name = cookie(exchange) + "=";
    for (final String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (final String part : header.split(";\\s*", -1)) {
        if (part.startsWith(name) && isSame(session, part.substring(name.length()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Browsers send a cookie to all ports of a host. */
  private static String cookie(final HttpExchange exchange) {
    return "liqmap-" + exchange.getLocalAddress().getPort();
  }

  /**
   * Exchanges the token of an address for a session.
   *
   * @return the address without the token; null if it has none, or a wrong one
   */
  String exchange(final HttpExchange exchange) {
    final String query = exchange.getRequestURI().getRawQuery();
    if (query == null || !"/".equals(exchange.getRequestURI().getRawPath())) {
      return null;
    }
    final List<String> rest = new ArrayList<>();
    boolean isRight = false;
    for (final String part : query.split("&", -1)) {
      if (part.startsWith(PARAMETER)) {
        isRight |= isSame(secret, part.substring(PARAMETER.length()));
      } else {
        rest.add(part);
      }
    }
    if (!isRight) {
      return null;
    }
    exchange
        .getResponseHeaders()
        .set(
            "Set-Cookie",
            cookie(exchange)
                + "="
                + new String(session, StandardCharsets.UTF_8)
                + "; Path=/; HttpOnly; SameSite=Strict");
    return rest.isEmpty() ? "/" : "/?" + String.join("&", rest);
  }
}
