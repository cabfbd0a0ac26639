package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedOrigin;
import java.io.Closeable;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * A source and the event that it stands at.
 *
 * <p>Opened once to see when it begins, then closed until the merge gets there, so that a year of
 * daily files doesn't hold a year of files open.
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
  private FeedOrigin origin = FeedOrigin.NOT_STATED;

  /** Makes a cursor; of equal events the one of lower order comes first. */
  Cursor(final EventSource.Opener sourceOpener, final int mergeOrder) {
    opener = sourceOpener;
    order = mergeOrder;
  }

  /** Looks at the first event; false if there is none. */
  boolean peek() throws IOException {
    try (EventSource first = opener.open()) {
      final boolean any = first.next(draft);
      reports = first.reports();
      origin = first.origin();
      return any;
    }
  }

  Draft draft() {
    return draft;
  }

  /** What the source said of its origin when its first event was looked at. */
  FeedOrigin origin() {
    return origin;
  }

  /** Opens the source at the event that was looked at. */
  void open() throws IOException {
    if (source == null) {
      source = opener.open();
      source.next(draft);
    }
  }

  boolean advance() throws IOException {
    if (source.next(draft)) {
      return true;
    }
    close();
    return false;
  }

  void dropRow(final String reason) {
    source.dropRow(reason);
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
