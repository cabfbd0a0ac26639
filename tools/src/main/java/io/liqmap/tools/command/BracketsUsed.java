package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.map.InstrumentMap;
import io.liqmap.engine.margin.BracketCatalog;
import io.liqmap.engine.margin.BracketTable;
import io.liqmap.engine.margin.Dated;
import java.io.IOException;

/**
 * Whose bracket table an answer rests on, and how old that is.
 *
 * @param venue whose it is; null for the standard brackets, which are no venue's
 * @param date from which it holds, ns since 1970
 * @param ageDays days from the date to the moment of the answer; below 0 where it is later
 * @param foreign that it isn't the venue's own; empty where it is
 * @param old that its date is far from the moment; empty where it isn't
 */
record BracketsUsed(String venue, long date, long ageDays, String foreign, String old) {
  private static final long DAY = 86_400_000_000_000L;

  /** Venues change their tables several times a year. */
  private static final long MOST_DAYS = 365;

  /** The table in force on a map at a time. */
  static BracketsUsed of(final InstrumentMap map, final long at) {
    final BracketCatalog catalog = map.settings().brackets();
    final String symbol = map.instrument().symbol();
    return of(
        catalog.of(symbol),
        catalog.isConfigured(symbol) ? map.instrument().venue() : null,
        map.instrument().venue(),
        at);
  }

  /**
   * The table of some that is in force at a time.
   *
   * @param owner venue that they are of, null for none
   * @param venue that is asked about
   */
  static BracketsUsed of(
      final Dated<BracketTable> tables, final String owner, final String venue, final long at) {
    final int index = tables.indexAt(at);
    final long date = tables.from(index);
    final long days = Math.floorDiv(at - date, DAY);
    String foreign = "";
    if (owner == null) {
      foreign =
          "the brackets are the standard ones of the settings, of no venue for this instrument:"
              + " give it those of "
              + venue;
    } else if (!isSame(owner, venue)) {
      foreign = "the brackets are " + owner + "'s, not " + venue + "'s";
    }
    final String old =
        Math.abs(days) <= MOST_DAYS
            ? ""
            : "the brackets are dated "
                + day(date)
                + ", "
                + Math.abs(days)
                + " days "
                + (days < 0 ? "after" : "before")
                + " this moment: the venue's may have been others";
    return new BracketsUsed(owner, date, days, foreign, old);
  }

  /**
   * A feed has no room for "binance-coinm": such instruments are "binance-coin"'s or "binance"'s.
   */
  static boolean isSame(final String configured, final String venue) {
    return configured.equals(venue)
        || (configured.startsWith("binance") && venue.startsWith(configured));
  }

  /** What is wrong with it; empty where nothing is. */
  String warning() {
    return foreign + (foreign.isEmpty() || old.isEmpty() ? "" : "; ") + old;
  }

  /** Whose, and of when. */
  String description() {
    return (venue == null ? "standard brackets" : venue + "'s brackets") + " of " + day(date);
  }

  private static String day(final long nanos) {
    return nanos == 0 ? "an unknown date" : Moment.print(nanos).substring(0, 10);
  }

  /** Writes it as a member of an object. */
  void write(final JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("bracketTable");
    json.writeStringField("venue", venue);
    json.writeStringField("date", Moment.print(date));
    json.writeNumberField("ageDays", ageDays);
    json.writeStringField("warning", warning().isEmpty() ? null : warning());
    json.writeEndObject();
  }
}
