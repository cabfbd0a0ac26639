package io.liqmap.tools.history;

import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import java.io.IOException;

/** Collects what is before the boundary at which following began, on a thread of its own. */
final class Backfill implements AutoCloseable {
  private static final long EVENTS_AT_ONCE = 4_096;

  private final OpenJournal opened;
  private final History history;
  private final JournalStart start;
  private final Thread thread;
  private volatile boolean isClosed;
  private volatile String problem;

  /** Starts it. */
  Backfill(final OpenJournal opened, final History history, final JournalStart start) {
    this.opened = opened;
    this.history = history;
    this.start = start;
    thread = new Thread(this::run, "liqmap-history");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try (OpenJournal journal = opened.again()) {
      final MapWriter writer = journal.writer();
      final Replay replay = journal.replay(writer);
      final Collector collector =
          new Collector(history, writer, History.Part.PAST, start.firstTime() - 1);
      boolean isMore = true;
      while (isMore && !isClosed) {
        isMore = collector.advance(replay, start.boundary(), EVENTS_AT_ONCE);
      }
      if (!isMore) {
        collector.finish();
        history.finishPast();
      }
    } catch (final IOException e) {
      problem = e.getMessage();
    } catch (final RuntimeException | Error e) {
      problem = opened.folder() + ": reading the history failed: " + e;
    }
  }

  /** Why it ended early; null if it didn't. */
  String problem() {
    return problem;
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join(10_000);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
