package io.liqmap.gateway.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** A venue's address, which all its requests go to. Immutable. */
final class Endpoint {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI address;

  private Endpoint(final URI address) {
    this.address = address;
  }

  /**
   * An address without a path.
   *
   * @param secure its scheme
   * @param plain the scheme that is allowed to this machine alone
   * @throws IllegalArgumentException if it is another one
   */
  static Endpoint of(final String text, final String secure, final String plain) {
    final URI uri;
    try {
      uri = new URI(text);
    } catch (final URISyntaxException e) {
      throw new IllegalArgumentException(text + " is no address: " + e.getReason(), e);
    }
    final String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    final boolean isLocal = uri.getHost() != null && LOOPBACK.contains(uri.getHost());
    if (uri.getHost() == null
        || uri.getUserInfo() != null
        || !uri.getPath().isEmpty()
        || uri.getQuery() != null
        || !(scheme.equals(secure) || (scheme.equals(plain) && isLocal))) {
      throw new IllegalArgumentException(
          text
              + " has to be "
              + secure
              + "://HOST[:PORT], or on this machine "
              + plain
              + "://127.0.0.1:PORT");
    }
    return new Endpoint(uri);
  }

  /**
   * A path at the address.
   *
   * @throws IllegalArgumentException if it would lead to another host
   */
  URI at(final String path) {
    final URI uri = URI.create(address + path);
    if (!path.startsWith("/") || !address.getAuthority().equals(uri.getAuthority())) {
      throw new IllegalArgumentException(path + " is no path at " + address);
    }
    return uri;
  }

  /** The host. */
  String host() {
    return address.getHost();
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
