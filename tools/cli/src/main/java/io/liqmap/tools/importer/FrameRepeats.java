package io.liqmap.tools.importer;

import java.util.HashSet;
import java.util.Set;

/**
 * Finds repeats among recorded frames: a stream may be recorded twice, and files may overlap. The
 * venue's own numbers decide, whatever the times of receipt.
 */
final class FrameRepeats {
  static final String TRADE = "repeated (by trade id)";
  static final String PART = "aggTrade of which single trades are there already";
  static final String BOOK = "repeated or older top of the book (by update id)";
  static final String TIME = "repeated or older (by event time)";
  static final String LIQUIDATION = "repeated liquidation (by time, side, quantity and price)";
  private static final long NONE = Long.MIN_VALUE;
  private static final IdSet NOTHING = new IdSet();

  private final IdSet trades = new IdSet();
  private final IdSet excluded = new IdSet();
  private final IdSet aggregates = new IdSet();
  private final Set<Forced> liquidations = new HashSet<>();
  private long lastUpdate = NONE;
  private long lastBook = NONE;
  private long lastMark = NONE;
  private long lastOpenInterest = NONE;

  private record Forced(long time, int side, long quantity, long price) {}

  /** Why the next event by time of receipt is dropped; null if it isn't. */
  String objection(final Draft draft) {
    return switch (draft.kind) {
      case TRADE -> trade(draft);
      case BEST_BID_OFFER -> book(draft);
      case MARK_PRICE -> {
        final boolean isNewer = draft.exchangeTime > lastMark;
        lastMark = Math.max(lastMark, draft.exchangeTime);
        yield isNewer ? null : TIME;
      }
      case OPEN_INTEREST -> {
        final boolean isNewer = draft.exchangeTime > lastOpenInterest;
        lastOpenInterest = Math.max(lastOpenInterest, draft.exchangeTime);
        yield isNewer ? null : TIME;
      }
      case LIQUIDATION ->
          liquidations.add(new Forced(draft.exchangeTime, draft.side, draft.quantity, draft.price))
              ? null
              : LIQUIDATION;
      case FUNDING, ACCOUNT_RATIO, KNOWN_POSITION -> null;
    };
  }

  private String trade(final Draft draft) {
    if (draft.firstId >= 0) {
      if (trades.holds(draft.firstId, draft.lastId)) {
        return TRADE;
      }
      if (trades.holdsAnyOf(draft.firstId, draft.lastId)) {
        return PART;
      }
      trades.add(draft.firstId, draft.lastId);
      return null;
    }
    if (draft.tradeId >= 0) {
      if (!trades.isEmpty()) {
        return PART;
      }
      if (aggregates.holds(draft.tradeId, draft.tradeId)) {
        return TRADE;
      }
      aggregates.add(draft.tradeId, draft.tradeId);
    }
    return null;
  }

  /** An update id that falls while time rises is a venue that counts from the start again. */
  private String book(final Draft draft) {
    if (draft.firstId < 0) {
      return null;
    }
    if (draft.firstId == lastUpdate
        || (draft.firstId < lastUpdate && draft.exchangeTime <= lastBook)) {
      return BOOK;
    }
    lastUpdate = draft.firstId;
    lastBook = draft.exchangeTime;
    return null;
  }

  /** A known trade that is dropped for its kind. */
  void exclude(final long tradeId) {
    excluded.add(tradeId, tradeId);
  }

  long missingTrades() {
    return trades.missing(excluded) + aggregates.missing(NOTHING);
  }
}
