package io.liqmap.backfill;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.pipeline.Replica;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.tools.history.Bar;
import io.liqmap.tools.history.Column;
import io.liqmap.tools.history.ColumnRange;
import io.liqmap.tools.history.MapChoice;
import io.liqmap.tools.history.Sampler;
import io.liqmap.tools.score.WindowCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The market of one instrument, day after day: knows nothing of where it runs. Columns of all days
 * together are those of a replay of all days at once. One thread.
 */
final class DayMarket implements AutoCloseable {
  private final EngineSettings settings;
  private final String name;
  private final long every;
  private final Sampler sampler;
  private final Replica replica;
  private final MapWriter map;
  private WindowCollector windows;
  private Columns columns;
  private long nextEnd;
  private String file;
  private long shift;
  private long columnCount;

  /** Receives a day's columns. */
  @FunctionalInterface
  interface Columns {
    void add(Column column) throws IOException;
  }

  /**
   * Continues after a day.
   *
   * @param name full name of the instrument
   * @param every length of columns, ns
   * @throws IllegalStateException if the state is no such state
   */
  DayMarket(
      final EngineSettings settings, final String name, final long every, final KeyState before)
      throws IOException {
    this.settings = settings;
    this.name = name;
    this.every = every;
    file = before.file();
    shift = before.shift();
    sampler = new Sampler(MapChoice.first(name));
    final double[] prices = before.prices();
    sampler.bar().add(prices[0], prices[1], prices[2], prices[3]);
    final StateReader snapshot =
        before.isBeforeFirst()
            ? null
            : new StateReader(new UnsafeBuffer(before.snapshot()), 0, before.snapshot().length);
    replica = Replica.start(settings, snapshot, Outputs.to(new Listener()));
    map = (MapWriter) replica.state();
    replica.beforeEach(this::beforeEvent);
    nextEnd = before.isBeforeFirst() ? Long.MIN_VALUE : ColumnRange.endAfter(map.time() - 1, every);
  }

  /** Samples all intervals that have ended before an event. */
  private void beforeEvent(final FeedEvent event) {
    final long time = event.exchangeTime();
    if (nextEnd == Long.MIN_VALUE) {
      nextEnd = ColumnRange.endAfter(time - 1, every);
    }
    try {
      while (nextEnd < time) {
        final Column column = sampler.sample(nextEnd, map);
        if (column != null) {
          columns.add(column);
          columnCount++;
        }
        nextEnd += every;
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Applies a day.
   *
   * @param to receives the columns that end before its last event
   * @throws FlawedDayException if its messages aren't those that were found there, or the map
   *     failed
   * @throws IOException if reading the feed, or writing a column, fails
   */
  void apply(final FileDay day, final Columns to) throws IOException {
    columns = to;
    columnCount = 0;
    windows = new WindowCollector(map.maps(), settings.map());
    long messages = 0;
    int checksum = 0;
    boolean isFirst = true;
    try {
      for (final FilePart part : day.parts()) {
        try (PartReader reader = new PartReader(day.name(), part)) {
          reader.read(this::shift, replica);
          messages += reader.messages();
          checksum = isFirst ? reader.checksum() : 31 * checksum + reader.checksum();
          isFirst = false;
        }
      }
    } catch (final EngineException e) {
      throw failed(e);
    }
    if (messages != day.messages() || checksum != day.checksum()) {
      throw new FlawedDayException(
          day.parts().get(0).file() + ": was changed while it was read; start again");
    }
    if (map.listenerFailures() > 0) {
      throw new IllegalStateException(
          name + ": " + map.listenerFailures() + " events weren't sampled");
    }
  }

  /** A full disk or heap isn't the day's fault. */
  private static IOException failed(final EngineException e) {
    if (e.getCause() instanceof UncheckedIOException writing) {
      return writing.getCause();
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return new FlawedDayException(e.getMessage());
  }

  /** What is to be added to sequences of a file so that they follow those before. */
  private long shift(final String of, final long firstSequence) {
    if (!of.equals(file)) {
      final long last = replica.lastSequence();
      if (last > 0) {
        replica.admitLaterStart();
      }
      shift = firstSequence > last ? 0 : last + 1 - firstSequence;
      file = of;
    }
    return shift;
  }

  /**
   * Hash that the state of an engine has whose feed ends here. Where that has an event more, the
   * market can't continue: {@link #state} is to be taken before.
   */
  long endHash() throws IOException {
    try {
      replica.flush();
    } catch (final EngineException e) {
      throw failed(e);
    }
    return map.stateHash();
  }

  /** All that the next day needs. */
  KeyState state(final long day) {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final StateWriter out = new StateWriter(buffer);
    replica.snapshot(out);
    final byte[] snapshot = new byte[out.position()];
    out.buffer().getBytes(0, snapshot);
    final Bar bar = sampler.bar();
    return new KeyState(
        day,
        0,
        file,
        shift,
        new double[] {bar.open(), bar.high(), bar.low(), bar.close()},
        snapshot,
        FileDay.NONE,
        "");
  }

  MapState map() {
    return map;
  }

  WindowCollector windows() {
    return windows;
  }

  /** Columns of the last day. */
  long columns() {
    return columnCount;
  }

  @Override
  public void close() {
    replica.close();
  }

  private final class Listener implements MapListener {
    @Override
    public void onApplied(final FeedEvent event, final MapState state) {
      sampler.onApplied(event, map);
      windows.onApplied(event, state);
    }
  }
}
