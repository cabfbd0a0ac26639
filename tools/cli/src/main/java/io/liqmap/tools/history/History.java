package io.liqmap.tools.history;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.journal.SnapshotIndex;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept of a journal's past: a column for each interval, of every instrument and group by
 * the first model, and what happened. For any thread.
 *
 * <p>At most 4,000 columns each: as the journal grows, the interval becomes longer, and columns
 * between are left out. A column of 3,000 buckets takes some 4 KB, so an instrument takes at most
 * some 16 MB; where all together exceed {@link #MOST_BYTES}, the interval becomes longer, too.
 */
public final class History {
  /** Bytes of all packed columns above which the interval becomes longer. */
  static final long MOST_BYTES = 256L << 20;

  /** Who collects. */
  enum Part {
    /** What is before the boundary at which following began. */
    PAST,
    /** What is after it. */
    RECENT,
    /** A few columns of what is before it, without trades, until all are made. */
    SKETCH
  }

  private static final class Track {
    private final SampleSeries past = new SampleSeries();
    private final SampleSeries recent = new SampleSeries();
    private SampleSeries sketch = new SampleSeries();
    private double priceUnit;

    SampleSeries of(final Part part) {
      return switch (part) {
        case PAST -> past;
        case RECENT -> recent;
        case SKETCH -> sketch;
      };
    }
  }

  /** By name, in its order: which thread adds to which first differs from time to time. */
  private final Map<String, Track> tracks = new TreeMap<>();

  private final EventLog events = new EventLog();
  private Lattice lattice;
  private long every = Intervals.finest();
  private long firstTime;
  private long begin;
  private long pastEnd;
  private long recentEnd;
  private long savedEnd;
  private boolean isPastDone;

  /** Interval of the sketch's columns; 0 while there is none. */
  private long sketchedEvery;

  History() {}

  /**
   * Begins the history of a journal.
   *
   * @param first time of the journal's first event, ns
   * @param interval of columns, ns
   * @param boundary what ends after is collected as recent, ns
   * @param saved what is known already, up to the boundary at most; null for nothing
   */
  synchronized void begin(
      final Lattice newLattice,
      final long first,
      final long interval,
      final long boundary,
      final SavedHistory saved) {
    tracks.clear();
    events.clear();
    lattice = newLattice;
    firstTime = first;
    every = interval;
    begin = boundary;
    pastEnd = first;
    recentEnd = boundary;
    savedEnd = Long.MIN_VALUE;
    isPastDone = false;
    sketchedEvery = 0;
    if (saved != null) {
      load(saved);
    }
  }

  private void load(final SavedHistory saved) {
    pastEnd = saved.end();
    savedEnd = saved.end();
    for (final SavedHistory.Track from : saved.tracks()) {
      final Track track = tracks.computeIfAbsent(from.name(), (of) -> new Track());
      track.priceUnit = from.priceUnit();
      from.blocks().forEach(track.past::append);
      if (saved.every() != every) {
        track.past.coarsen(every);
      }
    }
    saved.events().forEach(events::load);
  }

  /**
   * What can be saved up to a snapshot of the journal.
   *
   * @return null where there is nothing new, or the snapshot is ahead of what is collected
   */
  synchronized SavedHistory toSave(
      final SavedHistory.Origin origin, final SnapshotIndex.Entry snapshot) {
    final long end = Intervals.endAtOrBefore(snapshot.time(), every);
    if (!isPastDone || end > Math.max(pastEnd, recentEnd) || end <= savedEnd) {
      return null;
    }
    final SavedHistory saved =
        new SavedHistory(origin, firstTime, every, end, snapshot.sequence(), snapshot.stateHash());
    long sequence = -1;
    try {
      for (final Map.Entry<String, Track> entry : tracks.entrySet()) {
        final Track track = entry.getValue();
        for (final SampleSeries series : List.of(track.past, track.recent)) {
          for (final SampleBlock block : series.copy().until(end)) {
            saved.add(entry.getKey(), track.priceUnit, block);
            sequence = block.lastTime() == end ? block.lastSequence() : sequence;
          }
        }
      }
    } catch (final IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    if (sequence < 0) {
      return null;
    }
    events.save(sequence, saved);
    return saved;
  }

  /** It was saved up to an end, ns. */
  synchronized void onSaved(final long end) {
    savedEnd = end;
  }

  /** Price unit of an instrument or a group; 0 while nothing is known of it. */
  synchronized double priceUnit(final String name) {
    final Track track = tracks.get(name);
    return track == null ? 0 : track.priceUnit;
  }

  /** Up to when all columns are made that can be, ns. */
  synchronized long end() {
    return Math.max(pastEnd, recentEnd);
  }

  /** Time of the journal's first event, ns. */
  synchronized long firstTime() {
    return firstTime;
  }

  synchronized void append(final Part part, final String name, final Column column) {
    final Track track = tracks.computeIfAbsent(name, (of) -> new Track());
    track.priceUnit = column.snapshot().instrument().priceUnit();
    track.of(part).append(Sample.of(column), every);
  }

  synchronized void append(final Part part, final String name, final Bar bar) {
    tracks.computeIfAbsent(name, (of) -> new Track()).of(part).append(bar);
  }

  /** All columns of an interval were appended. */
  synchronized void onColumn(final Part part, final long end) {
    if (part == Part.PAST) {
      pastEnd = end;
    } else {
      recentEnd = end;
    }
    if ((Math.max(recentEnd, pastEnd) - firstTime) / every > Intervals.MOST_COLUMNS
        || bytes() > MOST_BYTES) {
      every = Intervals.longer(every);
      for (final Track track : tracks.values()) {
        track.past.coarsen(every);
        track.recent.coarsen(every);
      }
    }
  }

  private long bytes() {
    long bytes = 0;
    for (final Track track : tracks.values()) {
      bytes += track.past.bytes() + track.recent.bytes();
    }
    return bytes;
  }

  /** All columns of the sketch are made. */
  synchronized void onSketched(final long interval) {
    sketchedEvery = interval;
  }

  /** All before the boundary is collected. */
  synchronized void finishPast() {
    sketchedEvery = 0;
    pastEnd = Math.max(pastEnd, begin);
    isPastDone = true;
    for (final Track track : tracks.values()) {
      track.recent.continueFrom(track.past);
      track.sketch = new SampleSeries();
    }
  }

  /** Length of a column, ns. */
  public synchronized long every() {
    return every;
  }

  /** How much of it is made, 0 to 1. */
  public synchronized double done() {
    if (isPastDone) {
      return 1;
    }
    final double all = (double) recentEnd - firstTime;
    return all <= 0 ? 1 : Math.min(1, ((double) recentEnd - begin + pastEnd - firstTime) / all);
  }

  /** Whether a request has room for shorter intervals than are kept. */
  synchronized boolean isCoarserThan(final HeatmapRequest request) {
    final long from = Math.max(request.from(), firstTime);
    final long to = Math.max(from, Math.min(request.to(), end()));
    return Intervals.of(to - from, request.columns() - 1) < every;
  }

  EventLog events() {
    return events;
  }

  /**
   * The columns of the first model's whole map, as far as they are made.
   *
   * @return null where nothing of the instrument is collected
   */
  Heatmap heatmap(final HeatmapRequest request) {
    final HeatmapDrawing drawing;
    final SampleSeries.Copy past;
    final SampleSeries.Copy sketch;
    final SampleSeries.Copy recent;
    final long until;
    final long from;
    final long to;
    final long interval;
    final double done;
    synchronized (this) {
      final Track track = tracks.get(request.choice().instrument());
      if (track == null || track.priceUnit == 0) {
        return null;
      }
      final long first = Math.max(request.from(), firstTime);
      final long last = Math.max(first, Math.min(request.to(), end()));
      final boolean isSketched =
          sketchedEvery > 0
              && Math.floorMod(sketchedEvery, every) == 0
              && first <= begin
              && last > pastEnd;
      final long shortest = isSketched ? sketchedEvery : every;
      interval =
          shortest
              * Math.max(
                  1, ((last - first) / shortest + request.columns() - 1) / request.columns());
      from = Intervals.endAtOrAfter(first, interval);
      to = Math.max(from, Intervals.endAtOrBefore(last, interval));
      drawing = new HeatmapDrawing(request, lattice, track.priceUnit, interval, from, to);
      past = track.past.copy();
      sketch = isSketched ? track.sketch.copy() : SampleSeries.EMPTY;
      recent = track.recent.copy();
      until = pastEnd;
      done = done();
    }
    past.forEach(from - interval + 1, to, drawing::add);
    sketch.forEach(Math.max(from, until + 1), to, drawing::add);
    recent.forEach(from - interval + 1, to, drawing::add);
    return drawing.draw(done);
  }
}
