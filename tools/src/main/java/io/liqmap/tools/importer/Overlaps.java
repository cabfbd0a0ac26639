package io.liqmap.tools.importer;

/** Knows what Binance files have said already, since daily and monthly ones may overlap. */
final class Overlaps {
  private long lastTradeId;
  private long markedUntil = Long.MIN_VALUE;
  private long markInterval;
  private long lastMetrics = Long.MIN_VALUE;
  private long lastFunding = Long.MIN_VALUE;
  private boolean started;
  private long missingTrades;

  /** Why the row of this event, the next in time order, isn't wanted; null if it is. */
  String objection(final Draft draft) {
    switch (draft.kind) {
      case TRADE -> {
        if (started && draft.tradeId <= lastTradeId) {
          return "trade id repeated or going back";
        }
        missingTrades += started ? draft.tradeId - lastTradeId - 1 : 0;
        started = true;
        lastTradeId = draft.tradeId;
      }
      case MARK_PRICE -> {
        if (draft.startsRow) {
          if (draft.exchangeTime <= markedUntil) {
            return Tally.NOT_NEWER;
          }
          markedUntil = draft.coversUntil;
        }
      }
      case OPEN_INTEREST -> {
        if (draft.exchangeTime <= lastMetrics) {
          return Tally.NOT_NEWER;
        }
        lastMetrics = draft.exchangeTime;
      }
      case ACCOUNT_RATIO -> {
        if (draft.startsRow) {
          if (draft.exchangeTime <= lastMetrics) {
            return Tally.NOT_NEWER;
          }
          lastMetrics = draft.exchangeTime;
        }
      }
      case FUNDING -> {
        if (draft.exchangeTime <= lastFunding) {
          return Tally.NOT_NEWER;
        }
        lastFunding = draft.exchangeTime;
      }
      case LIQUIDATION, BEST_BID_OFFER -> {}
    }
    return null;
  }

  /** Numbers of trades, between the first and the last, that never came. */
  long missingTrades() {
    return missingTrades;
  }

  /** Whether marks of two intervals come together, which would take turns. */
  boolean mixesIntervals(final Draft draft) {
    if (draft.kind != EventKind.MARK_PRICE || !draft.startsRow) {
      return false;
    }
    final long interval = draft.coversUntil - draft.exchangeTime;
    if (markInterval == 0) {
      markInterval = interval;
    }
    return interval != markInterval;
  }
}
