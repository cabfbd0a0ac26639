package io.liqmap.engine.core.margin;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The bracket table that holds for an instrument at a time, and how far its date is from that time:
 * venues change their tables, and few keep the old ones. Immutable, for any thread.
 *
 * @param table brackets, quote asset for linear contracts, base asset for inverse ones
 * @param isOwn whether they are the instrument's own, and not the standard ones
 * @param venue the instrument's venue
 * @param date of the table, ns since 1970; 0 if none is known
 * @param isSeen the date is that of a copy, instead of the time from which the table holds
 * @param at time of the answer, ns since 1970
 */
public record BracketsInForce(
    BracketTable table, boolean isOwn, String venue, long date, boolean isSeen, long at) {
  /** A table whose date is further from the answer's time than this is called outdated. */
  public static final Duration AGE_LIMIT = Duration.ofDays(365);

  private static final long NANOS = 1_000_000_000L;
  private static final double DAYS_A_YEAR = 365.25;

  /** Whole days from the table's date to the answer's time; negative if the table is later. */
  public long ageDays() {
    return Duration.ofNanos(at - date).toDays();
  }

  /** Whether the table's date is further from the answer's time than {@link #AGE_LIMIT}. */
  public boolean isOutdated() {
    return Math.abs(at - date) > AGE_LIMIT.toNanos();
  }

  /** Whose table it is, and its date. */
  public String description() {
    return (isOwn ? venue + "'s table " : "standard brackets, no venue's, ")
        + (date == 0 ? "without a date" : (isSeen ? "as seen on " : "in force from ") + day(date));
  }

  /** What is to be said of its age; empty if it is near enough. */
  public String warning() {
    if (!isOutdated()) {
      return "";
    }
    final String advice = "; import the table of that time if you have it";
    if (date == 0) {
      return "the brackets have no date: they may not be those of " + day(at) + advice;
    }
    final double years = Math.abs(at - date) / (double) Duration.ofDays(1).toNanos() / DAYS_A_YEAR;
    return String.format(
        Locale.ROOT,
        "the brackets are of %s, %.1f years %s %s, and the venue may have had others then%s",
        day(date),
        years,
        at > date ? "before" : "after",
        day(at),
        advice);
  }

  private static LocalDate day(final long nanos) {
    return LocalDate.ofInstant(Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS)), ZoneOffset.UTC);
  }
}
