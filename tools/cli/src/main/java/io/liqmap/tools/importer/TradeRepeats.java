package io.liqmap.tools.importer;

import java.util.HashSet;
import java.util.Set;

/**
 * Finds repeated trades and liquidations of one moment: a file may hold a stretch twice, and the
 * files of two days may share a moment at midnight.
 *
 * <p>The venue's ids are text here, and it isn't known that no two trades share one, so that only a
 * row is a repeat which says the same in all that is imported.
 */
final class TradeRepeats {
  static final String REPEATED = "repeated (the same id, time, side, price and quantity)";

  static final String ROW = "row repeated";

  private final Set<Said> now = new HashSet<>();
  private long time = Long.MIN_VALUE;

  private record Said(
      EventKind kind, String id, long exchangeTime, int side, long price, long quantity) {}

  /** Why the next event by time of receipt is dropped; null if it isn't. */
  String objection(final Draft draft) {
    if (draft.idText == null
        || (draft.kind != EventKind.TRADE && draft.kind != EventKind.LIQUIDATION)) {
      return null;
    }
    if (draft.receiveTime != time) {
      time = draft.receiveTime;
      now.clear();
    }
    return now.add(
            new Said(
                draft.kind,
                draft.idText,
                draft.exchangeTime,
                draft.side,
                draft.price,
                draft.quantity))
        ? null
        : REPEATED;
  }
}
