package io.liqmap.tools.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Rejects requests that no page of this server makes: of other sites, by names that aren't its own
 * (DNS rebinding), with other methods, too long.
 */
final class Gate {
  private static final int MAX_QUERY = 2_048;
  private static final int HTTP_PORT = 80;

  /** Addresses: to none of them can another site's name lead a browser. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]{2,45}]");

  private final Set<String> names = new HashSet<>();
  private final boolean isAnyAddress;
  private final int port;

  /**
   * Prepares it.
   *
   * @param given the address as the user named it
   * @param bound that the server listens at
   */
  Gate(final String given, final InetAddress bound, final int port) {
    this.port = port;
    isAnyAddress = bound.isAnyLocalAddress();
    if (bound.isLoopbackAddress() || isAnyAddress) {
      names.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
    }
    names.add(name(given.toLowerCase(Locale.ROOT)));
    names.add(name(bound.getHostAddress()));
  }

  /** As in a URL; a zone is of this machine alone. */
  static String name(final String host) {
    final String plain = host.contains("%") ? host.substring(0, host.indexOf('%')) : host;
    return plain.contains(":") && !plain.startsWith("[") ? "[" + plain + "]" : plain;
  }

  /**
   * Lets a request through.
   *
   * @throws Problem if it isn't one of ours
   */
  void check(final HttpExchange exchange) throws Problem {
    final Headers headers = exchange.getRequestHeaders();
    final List<String> hosts = headers.get("Host");
    if (hosts == null || hosts.size() != 1 || !isOurs(hosts.get(0))) {
      throw new Problem(
          Problem.FORBIDDEN,
          "this server isn't known by the name of the request; open the address that liqmap printed");
    }
    checkOrigin(headers, hosts.get(0), exchange.getRequestURI());
    final String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new Problem(
          Problem.METHOD_NOT_ALLOWED, "only GET and HEAD: nothing can be changed from here");
    }
    final String query = exchange.getRequestURI().getRawQuery();
    if (query != null && query.length() > MAX_QUERY) {
      throw new Problem(Problem.TOO_LONG, "the query is longer than " + MAX_QUERY + " characters");
    }
  }

  private boolean isOurs(final String host) {
    final String lower = host.toLowerCase(Locale.ROOT);
    final int colon = lower.lastIndexOf(':');
    final boolean hasPort = colon > lower.lastIndexOf(']');
    if (hasPort ? !lower.substring(colon + 1).equals(Integer.toString(port)) : port != HTTP_PORT) {
      return false;
    }
    final String name = hasPort ? lower.substring(0, colon) : lower;
    return names.contains(name) || (isAnyAddress && ADDRESS.matcher(name).matches());
  }

  /** Browsers say where a request comes from; other programs say nothing. */
  private static void checkOrigin(final Headers headers, final String host, final URI asked)
      throws Problem {
    final List<String> origins = headers.get("Origin");
    final String site = headers.getFirst("Sec-Fetch-Site");
    final boolean isOwnOrigin =
        origins == null
            || (origins.size() == 1 && origins.get(0).equalsIgnoreCase("http://" + host));
    final boolean isOwnSite =
        site == null
            || site.equals("same-origin")
            || site.equals("none")
            || isLinkToPage(headers, asked);
    if (!isOwnOrigin || !isOwnSite) {
      throw new Problem(
          Problem.FORBIDDEN, "the request comes from another site; only the page itself may ask");
    }
  }

  /** A link on another site may open the page: as a whole, so that the site sees nothing of it. */
  private static boolean isLinkToPage(final Headers headers, final URI asked) {
    return "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
        && "document".equals(headers.getFirst("Sec-Fetch-Dest"))
        && "/".equals(asked.getRawPath());
  }
}
