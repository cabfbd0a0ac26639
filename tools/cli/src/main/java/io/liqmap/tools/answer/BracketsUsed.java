package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.BracketsInForce;

/**
 * The bracket table of an answer.
 *
 * @param venue whose it is, null for the standard table
 * @param date when it was seen, or from when it holds; null where unknown
 * @param dateMeans seen or from
 * @param ageDays its age at the time of the answer
 * @param warning why it may be the wrong one, null for no reason
 * @param description whose and of when, in words
 */
record BracketsUsed(
    String venue,
    String date,
    String dateMeans,
    long ageDays,
    String warning,
    @Json.TextOnly String description) {

  static BracketsUsed of(final InstrumentMap map, final long at) {
    final String venue = map.instrument().venue();
    return of(map.settings().brackets().inForce(map.instrument().name(), at), venue);
  }

  static BracketsUsed of(final BracketsInForce table, final String venue) {
    final String foreign = foreign(table, venue);
    final String old = Advice.withCommands(table.warning());
    final String warning = foreign + (foreign.isEmpty() || old.isEmpty() ? "" : "; ") + old;
    return new BracketsUsed(
        table.isOwn() ? table.venue() : null,
        Format.timeOrNull(table.date()),
        table.isSeen() ? "seen" : "from",
        table.ageDays(),
        warning.isEmpty() ? null : warning,
        table.description());
  }

  private static String foreign(final BracketsInForce table, final String venue) {
    if (!table.isOwn()) {
      return "the brackets are the standard ones of the settings, of no venue for this instrument:"
          + " give it those of "
          + venue;
    }
    return isSame(table.venue(), venue)
        ? ""
        : "the brackets are " + table.venue() + "'s, not " + venue + "'s";
  }

  /**
   * A feed has no room for "binance-coinm": such instruments are "binance-coin"'s or "binance"'s.
   */
  static boolean isSame(final String configured, final String venue) {
    return configured.equals(venue)
        || (configured.startsWith("binance") && venue.startsWith(configured));
  }
}
