package io.liqmap.tools.importer;

import io.liqmap.engine.feed.FeedOrigin;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Events of one input in the order of receive time. */
interface EventSource extends Closeable {
  /** Fills the next event; false at the end. */
  boolean next(Draft draft) throws IOException;

  /**
   * Drops the row of the last event, with its remaining events.
   *
   * @param isLoss whether the feed lacks what the row said
   */
  void dropRow(String reason, boolean isLoss);

  /** Origin of the feed as far as this source knows; called after its first event was read. */
  default FeedOrigin origin() {
    return FeedOrigin.NOT_STATED;
  }

  /** What was read so far, one entry per file. */
  List<ImportReport.InputReport> reports();

  @FunctionalInterface
  interface Opener {
    EventSource open() throws IOException;
  }
}
