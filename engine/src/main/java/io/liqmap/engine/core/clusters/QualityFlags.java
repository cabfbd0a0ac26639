package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.InstrumentMap;

/** What the map's data lacks, as bits of one number. */
public final class QualityFlags {
  /** There is no open interest yet, or it is too old. */
  public static final int OPEN_INTEREST_STALE = 1;

  /** There is no mark price, or it is too old; the last price replaces it. */
  public static final int MARK_MISSING = 2;

  /** Sequences are missing in the feed. */
  public static final int GAP = 4;

  /** Messages were rejected for an invalid value. */
  public static final int REJECTED = 8;

  /** Events aren't journaled, or no longer: for {@link ClusterTracker#onOutside}. */
  public static final int NOT_JOURNALED = 16;

  static final int ALL = OPEN_INTEREST_STALE | MARK_MISSING | GAP | REJECTED;

  private QualityFlags() {}

  static int of(final InstrumentMap map, final long time) {
    return (map.isOpenInterestStale(time) ? OPEN_INTEREST_STALE : 0)
        | (map.isMarkMissing(time) ? MARK_MISSING : 0);
  }
}
