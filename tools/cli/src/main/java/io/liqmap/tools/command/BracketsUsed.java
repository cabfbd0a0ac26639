package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.BracketsInForce;
import java.io.IOException;

/**
 * The bracket table that an answer rests on, and what its reader should know of it.
 *
 * @param table in force at the moment of the answer
 * @param venue that is asked about
 */
record BracketsUsed(BracketsInForce table, String venue) {
  /** The table in force on a map at a time. */
  static BracketsUsed of(final InstrumentMap map, final long at) {
    final String venue = map.instrument().venue();
    return new BracketsUsed(
        map.settings().brackets().inForce(map.instrument().symbol(), venue, at), venue);
  }

  /**
   * A feed has no room for "binance-coinm": such instruments are "binance-coin"'s or "binance"'s.
   */
  static boolean isSame(final String configured, final String venue) {
    return configured.equals(venue)
        || (configured.startsWith("binance") && venue.startsWith(configured));
  }

  private String foreign() {
    if (!table.isOwn()) {
      return "the brackets are the standard ones of the settings, of no venue for this instrument:"
          + " give it those of "
          + venue;
    }
    return isSame(table.venue(), venue)
        ? ""
        : "the brackets are " + table.venue() + "'s, not " + venue + "'s";
  }

  /** What is wrong with it; empty where nothing is. */
  String warning() {
    final String foreign = foreign();
    final String old = table.warning();
    return foreign + (foreign.isEmpty() || old.isEmpty() ? "" : "; ") + old;
  }

  /** Whose, and of when. */
  String description() {
    return table.description();
  }

  /** Writes it as a member of an object. */
  void write(final JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("bracketTable");
    json.writeStringField("venue", table.isOwn() ? table.venue() : null);
    json.writeStringField("date", table.date() == 0 ? null : Moment.print(table.date()));
    json.writeStringField("dateMeans", table.isSeen() ? "seen" : "from");
    json.writeNumberField("ageDays", table.ageDays());
    json.writeStringField("warning", warning().isEmpty() ? null : warning());
    json.writeEndObject();
  }
}
