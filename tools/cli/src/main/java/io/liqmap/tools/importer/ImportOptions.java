package io.liqmap.tools.importer;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What a user may set. Immutable.
 *
 * @param timeZone the clock that Coinalyze files are written in, an offset or a zone with rules;
 *     empty: UTC. Only for Coinalyze
 * @param openInterestUnit unit of open interest and liquidations in Coinalyze files; empty: found
 *     by comparison with the bars. Only for Coinalyze
 * @param maxExpandedBytes no archive may expand to more, 1 or more; beside it, none may expand to
 *     more than 200 times its size and 64 MiB
 * @param maxLostShare share of a file's rows that may be lost, 0 to 1: a file that loses more fails
 *     the import, but for up to ten rows that are no more than half of the file. Rows that say
 *     nothing, repeat others or aren't wanted aren't lost
 * @param sortMemoryBytes memory for sorting the rows of a file that isn't in order, 4 KiB to 1 GiB;
 *     what is larger goes to a temporary file in the target's folder
 */
public record ImportOptions(
    Optional<ZoneId> timeZone,
    Optional<AmountUnit> openInterestUnit,
    long maxExpandedBytes,
    double maxLostShare,
    int sortMemoryBytes) {
  /** A file of which more than one row in twenty is unusable is damaged or misunderstood. */
  public static final double DEFAULT_MAX_LOST = 0.05;

  private static final long DEFAULT_MAX_EXPANDED = 16L << 30;
  private static final int DEFAULT_SORT_MEMORY = 64 << 20;
  private static final int LEAST_SORT_MEMORY = 4 << 10;
  private static final int MOST_SORT_MEMORY = 1 << 30;

  /**
   * Checks the ranges that the components document.
   *
   * @throws IllegalArgumentException if a value is out of its range, naming it
   */
  public ImportOptions {
    if (maxExpandedBytes < 1) {
      throw new IllegalArgumentException("maxExpandedBytes is out of range: " + maxExpandedBytes);
    }
    if (!(maxLostShare >= 0 && maxLostShare <= 1)) {
      throw new IllegalArgumentException("maxLostShare is out of range: " + maxLostShare);
    }
    if (sortMemoryBytes < LEAST_SORT_MEMORY || sortMemoryBytes > MOST_SORT_MEMORY) {
      throw new IllegalArgumentException("sortMemoryBytes is out of range: " + sortMemoryBytes);
    }
  }

  /** No zone given, archives of up to 16 GiB, 5 % of rows lost at most, 64 MiB for sorting. */
  public static ImportOptions defaults() {
    return new ImportOptions(
        Optional.empty(),
        Optional.empty(),
        DEFAULT_MAX_EXPANDED,
        DEFAULT_MAX_LOST,
        DEFAULT_SORT_MEMORY);
  }

  /** The same with this clock. */
  public ImportOptions withTimeZone(final ZoneId zone) {
    return new ImportOptions(
        Optional.of(zone), openInterestUnit, maxExpandedBytes, maxLostShare, sortMemoryBytes);
  }

  /** The same with open interest and liquidations in this unit. */
  public ImportOptions withOpenInterestUnit(final AmountUnit unit) {
    return new ImportOptions(
        timeZone, Optional.of(unit), maxExpandedBytes, maxLostShare, sortMemoryBytes);
  }

  /** The same with this limit, in bytes. */
  public ImportOptions withMaxExpandedBytes(final long bytes) {
    return new ImportOptions(timeZone, openInterestUnit, bytes, maxLostShare, sortMemoryBytes);
  }

  /** The same with this share. */
  public ImportOptions withMaxLostShare(final double share) {
    return new ImportOptions(timeZone, openInterestUnit, maxExpandedBytes, share, sortMemoryBytes);
  }

  /** The same with this memory, in bytes. */
  public ImportOptions withSortMemoryBytes(final int bytes) {
    return new ImportOptions(timeZone, openInterestUnit, maxExpandedBytes, maxLostShare, bytes);
  }
}
