package io.liqmap.tools.history;

/**
 * What is asked of a history: a part of time × price, and how fine.
 *
 * @param choice which map
 * @param from ns since 1970; {@code Long.MIN_VALUE} for the journal's first event
 * @param to ns since 1970; {@code Long.MAX_VALUE} for the journal's last event
 * @param low lowest price, quote asset; NaN for what the prices of that time need
 * @param high highest price, quote asset; NaN for what the prices of that time need
 * @param columns most columns, 1 to {@link #MOST_COLUMNS}
 * @param rows most rows, 1 to {@link #MOST_ROWS}
 * @param group buckets of a row; 0 for as many as the rows need
 */
public record HeatmapRequest(
    MapChoice choice,
    long from,
    long to,
    double low,
    double high,
    int columns,
    int rows,
    int group) {
  /** Most columns of an answer. */
  public static final int MOST_COLUMNS = 2_000;

  /** Most rows of an answer. */
  public static final int MOST_ROWS = 1_500;

  /** Most cells of an answer. */
  public static final int MOST_CELLS = 2_000_000;

  private static final int MOST_BUCKETS = 1 << 20;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, naming it
   */
  public HeatmapRequest {
    require(from <= to, "from has to be before to");
    require(!(low <= 0) && !(high <= 0) && !(low >= high), "low has to be above 0 and below high");
    require(columns >= 1 && columns <= MOST_COLUMNS, "columns has to be 1 to " + MOST_COLUMNS);
    require(rows >= 1 && rows <= MOST_ROWS, "rows has to be 1 to " + MOST_ROWS);
    require(
        (long) columns * rows <= MOST_CELLS,
        "columns times rows has to be " + MOST_CELLS + " at most");
    require(group >= 0 && group <= MOST_BUCKETS, "group has to be 0 to " + MOST_BUCKETS);
  }

  private static void require(final boolean holds, final String text) {
    if (!holds) {
      throw new IllegalArgumentException(text);
    }
  }
}
