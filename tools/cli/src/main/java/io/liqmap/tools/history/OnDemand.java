package io.liqmap.tools.history;

import io.liqmap.engine.core.lattice.Lattice;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;

/**
 * Columns of other models and windows, and finer ones of a part: made by a replay when they are
 * asked for, one after another on a thread of its own, and kept while there is room, {@link
 * #MOST_BYTES}. For any thread.
 */
final class OnDemand implements AutoCloseable {
  /** Bytes of packed columns; those that weren't asked for longest go first. */
  static final long MOST_BYTES = 64L << 20;

  private static final int MOST_TASKS = 16;
  private static final int MOST_CHUNKS = 1_024;
  private static final long COLUMNS = 4 * SampleBlock.MOST;

  /** A task that wasn't asked for so long gives way to others. */
  private static final long PATIENCE_NANOS = 15_000_000_000L;

  /** Some hundred columns that are made and dropped together. */
  private record Key(MapChoice choice, long every, long number) {
    long first() {
      return number * COLUMNS * every;
    }

    long last() {
      return first() + (COLUMNS - 1) * every;
    }
  }

  private static final class Chunk {
    private final SampleSeries series = new SampleSeries();
    private long madeUntil = Long.MIN_VALUE;
  }

  private static final class Task {
    private final MapChoice choice;
    private final long every;
    private final long from;
    private final long to;
    private long askedAt = System.nanoTime();

    Task(final MapChoice choice, final long every, final long from, final long to) {
      this.choice = choice;
      this.every = every;
      this.from = from;
      this.to = to;
    }

    boolean covers(final MapChoice other, final long otherEvery, final long end) {
      return choice.equals(other) && every == otherEvery && end >= from && end <= to;
    }
  }

  private final OpenJournal opened;
  private final Lattice lattice;
  private final Map<Key, Chunk> chunks = new LinkedHashMap<>(16, 0.75f, true);
  private final Deque<Task> tasks = new ArrayDeque<>();
  private Thread thread;
  private boolean isClosed;

  OnDemand(final OpenJournal opened, final Lattice lattice) {
    this.opened = opened;
    this.lattice = lattice;
  }

  /**
   * The columns as far as they are made; has the others made.
   *
   * @param first time of the journal's first event, ns
   * @param last time up to which all columns can be made, ns
   * @throws RejectedExecutionException if too many wait to be made
   */
  Heatmap heatmap(
      final HeatmapRequest request, final long first, final long last, final double priceUnit) {
    final long begin = Math.max(request.from(), first);
    final long until = Math.max(begin, Math.min(request.to(), last));
    final long every = Intervals.of(until - begin, request.columns() - 1);
    final long from = Intervals.endAtOrAfter(begin, every);
    final long to = Math.max(from, Intervals.endAtOrBefore(until, every));
    final HeatmapDrawing drawing = new HeatmapDrawing(request, lattice, priceUnit, every, from, to);
    final long all = (to - from) / every + 1;
    long made = 0;
    long missing = Long.MAX_VALUE;
    final long firstChunk = Math.floorDiv(from, COLUMNS * every);
    final long lastChunk = Math.floorDiv(to, COLUMNS * every);
    synchronized (this) {
      for (long number = firstChunk; number <= lastChunk; number++) {
        final Key key = new Key(request.choice(), every, number);
        final Chunk chunk = chunks.computeIfAbsent(key, (of) -> new Chunk());
        final long wantedFrom = Math.max(from, key.first());
        final long wantedTo = Math.min(to, key.last());
        made +=
            chunk.madeUntil < wantedFrom
                ? 0
                : (Math.min(chunk.madeUntil, wantedTo) - wantedFrom) / every + 1;
        if (chunk.madeUntil < wantedTo) {
          missing = Math.min(missing, Math.max(key.first(), chunk.madeUntil + every));
        }
        chunk.series.copy().forEach(from, to, drawing::add);
      }
      if (missing != Long.MAX_VALUE) {
        want(request.choice(), every, missing, to);
      }
      trim();
    }
    return drawing.draw((double) made / all);
  }

  private void want(final MapChoice choice, final long every, final long from, final long to) {
    for (final Task task : tasks) {
      if (task.covers(choice, every, to)) {
        task.askedAt = System.nanoTime();
        return;
      }
    }
    if (isClosed || tasks.size() >= MOST_TASKS) {
      throw new RejectedExecutionException(
          MOST_TASKS + " heatmaps are being made already; try again later");
    }
    tasks.add(new Task(choice, every, from, to));
    if (thread == null) {
      thread = new Thread(this::run, "liqmap-columns");
      thread.setDaemon(true);
      thread.start();
    }
    notifyAll();
  }

  private void trim() {
    long bytes = 0;
    for (final Chunk chunk : chunks.values()) {
      bytes += chunk.series.bytes();
    }
    final var eldest = chunks.values().iterator();
    while ((bytes > MOST_BYTES || chunks.size() > MOST_CHUNKS) && chunks.size() > 1) {
      bytes -= eldest.next().series.bytes();
      eldest.remove();
    }
  }

  private void run() {
    Task task = next();
    while (task != null) {
      make(task);
      synchronized (this) {
        tasks.remove(task);
      }
      task = next();
    }
  }

  private synchronized Task next() {
    while (!isClosed && tasks.isEmpty()) {
      try {
        wait();
      } catch (final InterruptedException e) {
        return null;
      }
    }
    return isClosed ? null : tasks.peek();
  }

  private void make(final Task task) {
    try (OpenJournal journal = opened.again()) {
      ColumnReplay.run(
          journal,
          List.of(task.choice),
          new ColumnRange(task.from, task.to, task.every),
          new ColumnHandler() {
            @Override
            public void onColumn(final int choice, final Column column) {
              add(task, column);
            }

            @Override
            public void onInterval(final long end) {
              made(task, end);
            }

            @Override
            public boolean isCancelled() {
              return isAbandoned(task);
            }
          });
    } catch (final IOException | RuntimeException e) {
      // The follower says what is wrong with the journal; here columns stay missing.
      made(task, task.to);
    }
  }

  private synchronized void add(final Task task, final Column column) {
    final Chunk chunk = chunks.get(key(task, column.time()));
    if (chunk != null && column.time() > chunk.madeUntil) {
      chunk.series.append(Sample.of(column), task.every);
    }
  }

  private synchronized void made(final Task task, final long end) {
    final Chunk chunk = chunks.get(key(task, end));
    if (chunk != null) {
      chunk.madeUntil = Math.max(chunk.madeUntil, end);
    }
  }

  private static Key key(final Task task, final long end) {
    return new Key(task.choice, task.every, Math.floorDiv(end, COLUMNS * task.every));
  }

  private synchronized boolean isAbandoned(final Task task) {
    return isClosed || (tasks.size() > 1 && System.nanoTime() - task.askedAt > PATIENCE_NANOS);
  }

  @Override
  public void close() {
    final Thread running;
    synchronized (this) {
      isClosed = true;
      notifyAll();
      running = thread;
    }
    if (running != null) {
      try {
        running.join(10_000);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
