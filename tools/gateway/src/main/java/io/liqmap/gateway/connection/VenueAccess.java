package io.liqmap.gateway.connection;

/**
 * How a venue is reached.
 *
 * @param webSocket its address; empty for the venue's own
 * @param rest its address; empty for the venue's own
 * @param connections at most so many new ones
 * @param perNanos within this time
 * @param messagesPerSecond that a connection may send
 */
public record VenueAccess(
    String webSocket, String rest, int connections, long perNanos, int messagesPerSecond) {
  /** What a venue is granted that the settings don't name. */
  public static final VenueAccess STANDARD = new VenueAccess("", "", 30, 60_000_000_000L, 5);
}
