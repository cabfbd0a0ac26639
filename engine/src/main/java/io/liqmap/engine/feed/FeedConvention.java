package io.liqmap.engine.feed;

/**
 * How a source's data were read where they could be read otherwise. A convention's bit is its
 * ordinal, as the schema's set {@code Conventions} has it: new ones go to the end.
 */
public enum FeedConvention {
  /** Times of open interest were moved to when it was known. */
  OPEN_INTEREST_LABELS_SHIFTED("open interest labels shifted to when it was known"),
  /** Open interest came in the quote asset and was converted. */
  OPEN_INTEREST_FROM_MONEY("open interest converted from money"),
  /** Open interest came in contracts and was converted. */
  OPEN_INTEREST_FROM_CONTRACTS("open interest converted from contracts"),
  /** Times were read by a clock at a fixed offset from UTC. */
  CLOCK_OFFSET("clock at a fixed offset from UTC"),
  /** Times were read by a time zone with summer-time rules. */
  ZONE_RULES("clock of a time zone with summer time"),
  /** Rows were out of order and were sorted. */
  ROWS_SORTED("rows sorted by time");

  private final String text;

  FeedConvention(final String description) {
    text = description;
  }

  int bit() {
    return 1 << ordinal();
  }

  /** What was done, in a few words. */
  @Override
  public String toString() {
    return text;
  }
}
