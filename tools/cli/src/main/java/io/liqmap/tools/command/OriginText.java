package io.liqmap.tools.command;

import io.liqmap.engine.feed.FeedConvention;
import io.liqmap.engine.feed.FeedOrigin;
import java.util.ArrayList;
import java.util.List;

/** What a feed was made from, in words. */
final class OriginText {
  private static final long[] UNIT_NANOS = {
    86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L
  };
  private static final String[] UNITS = {"d", "h", "min", "s", "ms", "µs"};

  private OriginText() {}

  /** All of it in one line; empty where nothing is stated. */
  static String of(final FeedOrigin origin) {
    final List<String> parts = new ArrayList<>();
    if (!origin.source().isEmpty()) {
      parts.add("source " + origin.source());
    }
    addPart(parts, "trades", origin.tradeBarNanos(), "single");
    addPart(parts, "marks", origin.markBarNanos(), "ticks");
    for (final FeedConvention convention : origin.namedConventions()) {
      parts.add(convention.toString());
    }
    return String.join(", ", parts);
  }

  private static void addPart(
      final List<String> parts, final String what, final long barNanos, final String ticks) {
    if (barNanos != FeedOrigin.UNSTATED) {
      parts.add(barNanos == 0 ? what + " " + ticks : what + " from bars of " + duration(barNanos));
    }
  }

  /** A duration in the largest unit that divides it, such as "1 h". */
  static String duration(final long nanos) {
    for (int i = 0; i < UNITS.length; i++) {
      if (nanos % UNIT_NANOS[i] == 0) {
        return nanos / UNIT_NANOS[i] + " " + UNITS[i];
      }
    }
    return nanos + " ns";
  }
}
