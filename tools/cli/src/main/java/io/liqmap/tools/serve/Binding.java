package io.liqmap.tools.serve;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Where a server listens, and what it takes to be answered.
 *
 * @param given the address as the user named it
 * @param address that it listens at
 * @param port 0 for any that is free
 * @param token null where none is needed
 */
public record Binding(String given, InetAddress address, int port, Token token) {
  /** Port where none is named. */
  public static final int PORT = 8_380;

  private static final String LOOPBACK = "127.0.0.1";

  /** On this machine alone, without a token. */
  public static Binding loopback(final int port) {
    return new Binding(LOOPBACK, InetAddress.getLoopbackAddress(), port, null);
  }

  /**
   * Where the user wants it: without an address on loopback, and elsewhere with a token always.
   *
   * @param address name or number; null for loopback
   * @param port 0 for any that is free
   * @param tokenFile file with the token; null for a new one where one is needed
   * @throws IllegalArgumentException if the port is none
   * @throws IOException if there is no such address, or the file has no token
   */
  public static Binding of(final String address, final int port, final Path tokenFile)
      throws IOException {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "port " + port + ": give 1 to 65535, or 0 for any that is free");
    }
    final String given = address == null ? LOOPBACK : address;
    final InetAddress found;
    try {
      found = InetAddress.getByName(given);
    } catch (final UnknownHostException e) {
      throw new IOException(
          "--listen " + given + ": no such address; name one of this machine, or 0.0.0.0 for all",
          e);
    }
    if (tokenFile != null) {
      return new Binding(given, found, port, Token.read(tokenFile));
    }
    return new Binding(given, found, port, found.isLoopbackAddress() ? null : Token.make());
  }

  /**
   * Fails early where the port is taken.
   *
   * @throws IOException if it is, or the address isn't one of this machine
   */
  public void requireFree() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // As the server itself does: a port in TIME_WAIT is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (final BindException e) {
      throw taken(e);
    }
  }

  IOException taken(final BindException cause) {
    return new IOException(
        given
            + " port "
            + port
            + ": "
            + cause.getMessage()
            + "; choose another port, or 0 for any that is free",
        cause);
  }
}
