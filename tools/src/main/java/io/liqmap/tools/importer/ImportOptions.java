package io.liqmap.tools.importer;

import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What a user may set. Immutable.
 *
 * @param utcOffset the clock that Coinalyze files are written in; empty: UTC. Only for Coinalyze
 * @param openInterestUnit unit of open interest and liquidations in Coinalyze files; empty: found by
 *     comparison with the bars. Only for Coinalyze
 * @param maxExpandedBytes no archive may expand to more, 1 or more; beside it, none may expand to
 *     more than 200 times its size and 64 MiB
 */
public record ImportOptions(
    Optional<ZoneOffset> utcOffset, Optional<AmountUnit> openInterestUnit, long maxExpandedBytes) {
  private static final long DEFAULT_MAX_EXPANDED = 16L << 30;

  /**
   * Checks the ranges that the components document.
   *
   * @throws IllegalArgumentException if a value is out of its range, naming it
   */
  public ImportOptions {
    if (maxExpandedBytes < 1) {
      throw new IllegalArgumentException("maxExpandedBytes is out of range: " + maxExpandedBytes);
    }
  }

  /** No offset given, archives of up to 16 GiB. */
  public static ImportOptions defaults() {
    return new ImportOptions(Optional.empty(), Optional.empty(), DEFAULT_MAX_EXPANDED);
  }

  /** The same with this clock. */
  public ImportOptions withUtcOffset(final ZoneOffset offset) {
    return new ImportOptions(Optional.of(offset), openInterestUnit, maxExpandedBytes);
  }

  /** The same with open interest and liquidations in this unit. */
  public ImportOptions withOpenInterestUnit(final AmountUnit unit) {
    return new ImportOptions(utcOffset, Optional.of(unit), maxExpandedBytes);
  }

  /** The same with this limit, in bytes. */
  public ImportOptions withMaxExpandedBytes(final long bytes) {
    return new ImportOptions(utcOffset, openInterestUnit, bytes);
  }
}
