package io.liqmap.gateway.connection;

/**
 * How a venue is reached.
 *
 * @param webSocket its address; empty for the venue's own
 * @param rest its address; empty for the venue's own
 * @param connections at most so many new ones
 * @param perNanos within this time
 * @param messagesPerSecond that a connection may send
 * @param pingNanos how often to ping a venue that wants it; 0 as often as it wants it
 */
public record VenueAccess(
    String webSocket,
    String rest,
    int connections,
    long perNanos,
    int messagesPerSecond,
    long pingNanos) {
  /** What a venue is granted that the settings don't name. */
  public static final VenueAccess STANDARD = new VenueAccess("", "", 30, 60_000_000_000L, 5);

  /** Pings as often as the venue wants it. */
  public VenueAccess(
      final String webSocket,
      final String rest,
      final int connections,
      final long perNanos,
      final int messagesPerSecond) {
    this(webSocket, rest, connections, perNanos, messagesPerSecond, 0);
  }
}
