package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedOrigin;
import java.io.Closeable;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * A source and its current event.
 *
 * <p>Opened once to read its first event, then closed until the merge reaches it, so that a year of
 * daily files doesn't keep a year of files open. A file to be sorted isn't opened for that: its
 * lowest key is known.
 */
final class Cursor implements Closeable {
  static final Comparator<Cursor> MERGE_ORDER =
      Comparator.<Cursor>comparingLong((c) -> c.draft.receiveTime)
          .thenComparing((c) -> c.draft.kind)
          .thenComparingInt((c) -> c.order);

  private final EventSource.Opener opener;
  private final int order;
  private final Draft draft = new Draft();
  private EventSource source;
  private List<ImportReport.InputReport> reports = List.of();
  private long firstId;
  private FeedOrigin origin = FeedOrigin.NOT_STATED;

  /** Of equal events the one of lower order is first. */
  Cursor(final EventSource.Opener sourceOpener, final int mergeOrder) {
    opener = sourceOpener;
    order = mergeOrder;
  }

  /** Reads the first event and closes; false if there is none. */
  boolean peek() throws IOException {
    try (EventSource first = opener.open()) {
      final boolean any = first.next(draft);
      reports = first.reports();
      firstId = draft.tradeId;
      origin = first.origin();
      return any;
    }
  }

  /** Instead of a peek: no event is before this time or trade id. */
  void expectFrom(final long lowest) {
    draft.kind = EventKind.FUNDING;
    draft.receiveTime = lowest;
    firstId = lowest;
  }

  long firstId() {
    return firstId;
  }

  Draft draft() {
    return draft;
  }

  boolean isOpen() {
    return source != null;
  }

  FeedOrigin origin() {
    return origin;
  }

  /** Opens the source and goes to its first event; false if there is none. */
  boolean open() throws IOException {
    source = opener.open();
    return advance();
  }

  boolean advance() throws IOException {
    if (source.next(draft)) {
      return true;
    }
    close();
    return false;
  }

  void dropRow(final String reason, final boolean isLoss) {
    source.dropRow(reason, isLoss);
  }

  List<ImportReport.InputReport> reports() {
    return reports;
  }

  @Override
  public void close() throws IOException {
    if (source != null) {
      reports = source.reports();
      source.close();
      source = null;
    }
  }
}
