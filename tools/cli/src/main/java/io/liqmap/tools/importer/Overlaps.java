package io.liqmap.tools.importer;

/** Finds repeats among Binance files, since daily and monthly ones may overlap. */
final class Overlaps {
  static final String REPEATED = "time stamp repeated";
  static final String CONTRADICTING = "time stamp repeated with other values";

  private static final long SECOND = 1_000_000_000L;

  private final Draft mark = new Draft();
  private final Draft metrics = new Draft();
  private final Draft funding = new Draft();
  private long markedUntil = Long.MIN_VALUE;
  private long metricsAt = Long.MIN_VALUE;
  private long fundedAt = Long.MIN_VALUE;
  private long markInterval;

  /** Why the row of this event, the next in time order, is dropped; null if it isn't. */
  String objection(final Draft draft) {
    switch (draft.kind) {
      case MARK_PRICE -> {
        if (draft.startsRow) {
          if (draft.exchangeTime <= markedUntil) {
            return draft.exchangeTime == mark.exchangeTime && draft.rowHash == mark.rowHash
                ? REPEATED
                : CONTRADICTING;
          }
          markedUntil = draft.coversUntil;
          mark.copyFrom(draft);
        }
      }
      case OPEN_INTEREST, ACCOUNT_RATIO -> {
        if (draft.startsRow) {
          if (draft.exchangeTime <= metricsAt) {
            return isSameMetrics(draft) ? REPEATED : CONTRADICTING;
          }
          metricsAt = draft.exchangeTime;
          metrics.copyFrom(draft);
        }
      }
      case FUNDING -> {
        if (draft.exchangeTime <= fundedAt) {
          return draft.exchangeTime == fundedAt && draft.funding == funding.funding
              ? REPEATED
              : CONTRADICTING;
        }
        fundedAt = draft.exchangeTime;
        funding.copyFrom(draft);
      }
      case TRADE, LIQUIDATION, BEST_BID_OFFER, KNOWN_POSITION -> {}
    }
    return null;
  }

  private boolean isSameMetrics(final Draft draft) {
    return draft.kind == metrics.kind
        && draft.exchangeTime == metrics.exchangeTime
        && draft.rowHash == metrics.rowHash
        && (draft.kind == EventKind.OPEN_INTEREST
            ? draft.quantity == metrics.quantity
            : draft.ratio == metrics.ratio);
  }

  /** Whether marks of two intervals come together, which would alternate. */
  boolean mixesIntervals(final Draft draft) {
    if (draft.kind != EventKind.MARK_PRICE || !draft.startsRow) {
      return false;
    }
    // They end 1 ms or 1 µs before the next begins.
    final long interval = (draft.coversUntil - draft.exchangeTime + SECOND - 1) / SECOND * SECOND;
    if (markInterval == 0) {
      markInterval = interval;
    }
    return interval != markInterval;
  }
}
