package io.liqmap.tools.watch;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.history.Column;
import io.liqmap.tools.history.ColumnHandler;
import io.liqmap.tools.history.ColumnRange;
import io.liqmap.tools.history.ColumnReplay;
import io.liqmap.tools.history.JournalFollower;
import io.liqmap.tools.history.MapChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The last columns of a journal's history, made by replaying its end on a thread of its own as soon
 * as they are asked for. What is made stays as it is; new columns are made after it.
 */
final class JournalColumns implements AutoCloseable {
  private final JournalFollower follower;
  private final String model;
  private final String window;
  private final long every;
  private final Thread thread = new Thread(this::run, "liqmap-columns");
  private List<HeatColumn> made = List.of();
  private String name;
  private long from;
  private long to;
  private long reached;
  private String problem;

  JournalColumns(
      final JournalFollower follower, final String model, final String window, final long every) {
    this.follower = follower;
    this.model = model;
    this.window = window;
    this.every = every;
    thread.setDaemon(true);
  }

  /**
   * Those that are made of the last ones up to a time.
   *
   * @param newName full name of the instrument or group
   * @param time ns since 1970
   */
  synchronized List<HeatColumn> of(final String newName, final long time, final int most) {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    // An event after its end has to be there.
    final long newTo = (time - 1) / every * every;
    final long newFrom = newTo - (most - 1) * every;
    if (!newName.equals(name) || newFrom < from) {
      name = newName;
      made = List.of();
      from = newFrom;
      reached = newFrom - every;
    }
    to = newTo;
    notifyAll();
    final int first = Math.max(0, made.size() - most);
    return new ArrayList<>(made.subList(first, made.size()));
  }

  /** What went wrong, for a person; null if nothing has. */
  synchronized String problem() {
    return problem;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        final Part part = next();
        try {
          final MapChoice choice =
              MapChoice.of(follower.settings().map(), part.name, model, window);
          ColumnReplay.run(
              follower.folder(), List.of(choice), new ColumnRange(part.from, part.to, every), part);
          done(part);
        } catch (final IOException | RuntimeException e) {
          fail(e);
        }
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Part next() throws InterruptedException {
    while (name == null || to <= reached || problem != null) {
      wait();
    }
    return new Part(name, reached + every, to);
  }

  private synchronized void fail(final Exception e) {
    problem = "no history: " + e.getMessage();
  }

  private synchronized void done(final Part part) {
    if (part.isOf(name)) {
      // The feed may not have had the instrument then.
      reached = Math.max(reached, part.to);
    }
  }

  /** Whether columns that were asked for are being made. */
  synchronized boolean isMaking() {
    return name != null && reached < to && problem == null;
  }

  private synchronized void add(final Part part, final Column column) {
    if (part.isOf(name) && column.time() > reached) {
      final List<HeatColumn> more = new ArrayList<>(made);
      more.add(
          new HeatColumn(
              column.time(), column.mark(), bars(column, Side.LONG), bars(column, Side.SHORT)));
      made = more;
      reached = column.time();
    }
  }

  private synchronized boolean isOld(final Part part) {
    return !part.isOf(name) || thread.isInterrupted();
  }

  private static Bars bars(final Column column, final Side side) {
    final int first = column.firstBucket(side);
    final int count = column.bucketCount(side);
    final double[] lows = new double[count];
    final double[] highs = new double[count];
    final double[] notionals = new double[count];
    for (int i = 0; i < count; i++) {
      lows[i] = column.snapshot().priceLow(first + i);
      highs[i] = column.snapshot().priceHigh(first + i);
      notionals[i] = column.notional(side, first + i);
    }
    return Bars.of(side, column.mark(), lows, highs, notionals);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** Columns that are being made. */
  private final class Part implements ColumnHandler {
    private final String name;
    private final long from;
    private final long to;

    Part(final String name, final long from, final long to) {
      this.name = name;
      this.from = from;
      this.to = to;
    }

    boolean isOf(final String other) {
      return name.equals(other);
    }

    @Override
    public void onColumn(final int choice, final Column column) {
      add(this, column);
    }

    @Override
    public boolean isCancelled() {
      return isOld(this);
    }
  }
}
