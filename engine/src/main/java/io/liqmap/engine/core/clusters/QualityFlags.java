package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.InstrumentMap;

/** What the map lacks, as bits of one number. */
public final class QualityFlags {
  /** There is no open interest yet, or it is too old. */
  public static final int OPEN_INTEREST_STALE = 1;

  /** There is no mark price, or it is too old; the last price replaces it. */
  public static final int MARK_MISSING = 2;

  /** Sequences are missing in the feed, or the instrument's own stream had a hole. */
  public static final int GAP = 4;

  /** Messages were rejected for an invalid value. */
  public static final int REJECTED = 8;

  /** Events aren't journaled, or no longer: for {@link ClusterTracker#onOutside}. */
  public static final int NOT_JOURNALED = 16;

  /**
   * Nothing bears out the amounts of one side or both: too few days with sweeps and reports, or the
   * map isn't scored.
   */
  public static final int UNPROVEN = 32;

  /** Amounts of one side or both have been wrong by more than a factor of two. */
  public static final int UNCALIBRATED = 64;

  /** Of a group: a member has had no event for too long, and counts as of its last one. */
  public static final int MEMBER_SILENT = 128;

  /** All flags. */
  static final int ALL = 255;

  /** What is kept as state; the others follow from the map's scores. */
  static final int STATE = OPEN_INTEREST_STALE | MARK_MISSING | GAP | REJECTED;

  private QualityFlags() {}

  static int of(final InstrumentMap map, final long time) {
    return (map.isOpenInterestStale(time) ? OPEN_INTEREST_STALE : 0)
        | (map.isMarkMissing(time) ? MARK_MISSING : 0);
  }
}
