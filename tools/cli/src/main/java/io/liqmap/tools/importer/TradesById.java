package io.liqmap.tools.importer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The trades of several files, each id once, in the order of ids whatever their times say.
 *
 * <p>Daily and monthly files overlap. Repeats are dropped; a repeat is lost only where it says
 * something else than the trade that was used.
 */
final class TradesById implements EventSource {
  private static final String REPEATED = "trade id repeated";
  private static final String CONTRADICTING = "trade id repeated with other values";

  /** A file's trades, and the lowest id that may come next. */
  private static final class Part {
    private final Cursor cursor;
    private final int order;
    private long id;
    private boolean isOpen;

    Part(final Cursor of, final int mergeOrder) {
      cursor = of;
      order = mergeOrder;
      id = of.firstId();
    }
  }

  private final PriorityQueue<Part> queue =
      new PriorityQueue<>(
          Comparator.<Part>comparingLong((p) -> p.id).thenComparingInt((p) -> p.order));
  private final List<Part> parts = new ArrayList<>();
  private final Draft used = new Draft();
  private Part current;
  private boolean started;
  private long latest = Long.MIN_VALUE;

  /** Merges cursors that were peeked at and aren't open. */
  TradesById(final List<Cursor> cursors) {
    for (final Cursor cursor : cursors) {
      parts.add(new Part(cursor, parts.size()));
    }
    queue.addAll(parts);
  }

  @Override
  public boolean next(final Draft draft) throws IOException {
    while (advance()) {
      final Draft trade = current.cursor.draft();
      if (!started || trade.tradeId > used.tradeId) {
        started = true;
        latest = Math.max(latest, trade.receiveTime);
        used.copyTrade(trade, trade.receiveTime);
        draft.copyTrade(trade, latest);
        return true;
      }
      final boolean isSame =
          trade.tradeId == used.tradeId
              && trade.exchangeTime == used.exchangeTime
              && trade.price == used.price
              && trade.quantity == used.quantity
              && trade.side == used.side;
      current.cursor.dropRow(isSame ? REPEATED : CONTRADICTING, !isSame);
    }
    return false;
  }

  private boolean advance() throws IOException {
    if (current != null) {
      if (current.cursor.advance()) {
        current.id = current.cursor.draft().tradeId;
      } else {
        current = null;
      }
    }
    while (true) {
      if (current != null && (queue.isEmpty() || isBeforeOthers())) {
        if (current.isOpen) {
          return true;
        }
        open();
        continue;
      }
      if (current != null) {
        queue.add(current);
      }
      current = queue.poll();
      if (current == null) {
        return false;
      }
    }
  }

  private boolean isBeforeOthers() {
    return queue.comparator().compare(current, queue.peek()) < 0;
  }

  /** Its first trade is known only now: rows may be dropped. */
  private void open() throws IOException {
    current.isOpen = true;
    if (current.cursor.open()) {
      current.id = current.cursor.draft().tradeId;
    } else {
      current = null;
    }
  }

  @Override
  public void dropRow(final String reason, final boolean isLoss) {
    current.cursor.dropRow(reason, isLoss);
  }

  @Override
  public List<ImportReport.InputReport> reports() {
    final List<ImportReport.InputReport> reports = new ArrayList<>();
    parts.forEach((p) -> reports.addAll(p.cursor.reports()));
    return reports;
  }

  @Override
  public void close() throws IOException {
    for (final Part part : parts) {
      part.cursor.close();
    }
  }
}
