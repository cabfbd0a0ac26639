package io.liqmap.engine.core.map;

import java.util.List;

/**
 * A group of instruments that answers like one. Immutable.
 *
 * @param name 1 to 32 ASCII characters without blanks and colons
 * @param members full names, {@code venue:symbol}, 1 to {@link #MAX_MEMBERS}, each once; they
 *     needn't be in the feed
 * @param silentNanos a member without an event for so long is silent, ns, 1 ms or more; longer for
 *     one whose prices are bars
 */
public record GroupSettings(String name, List<String> members, long silentNanos) {
  /** Venue of a group's full name, {@code group:BTC}. */
  public static final String VENUE = "group";

  /** Most members of a group. */
  public static final int MAX_MEMBERS = 16;

  /** Most groups. */
  public static final int MAX_GROUPS = 64;

  /** A minute without an event is long on any liquid perpetual. */
  public static final long DEFAULT_SILENT = 60_000_000_000L;

  private static final int MAX_NAME = 32;
  private static final long MIN_SILENT = 1_000_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public GroupSettings {
    members = List.copyOf(members);
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || !name.chars().allMatch((c) -> c > ' ' && c < 127 && c != ':')) {
      throw new IllegalArgumentException(
          "the name of a group has 1 to "
              + MAX_NAME
              + " ASCII characters without blanks and colons, not \""
              + name
              + '"');
    }
    if (members.isEmpty() || members.size() > MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "a group has 1 to " + MAX_MEMBERS + " members, not " + members.size());
    }
    if (members.stream().distinct().count() != members.size()) {
      throw new IllegalArgumentException("a group has each member once, not " + members);
    }
    for (final String member : members) {
      if (member.indexOf(':') < 1 || member.endsWith(":") || member.startsWith(VENUE + ":")) {
        throw new IllegalArgumentException(
            "a member is an instrument, venue:symbol, such as binance-usdm:BTCUSDT, not \""
                + member
                + '"');
      }
    }
    if (silentNanos < MIN_SILENT) {
      throw new IllegalArgumentException("a time to silence has to be 1 ms or more");
    }
  }

  /** Its name where instruments have theirs, {@code group:BTC}. */
  public String fullName() {
    return VENUE + ":" + name;
  }
}
