package io.liqmap.tools.history;

import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.journal.JournalException;
import io.liqmap.engine.market.MapListener;
import io.liqmap.engine.market.MapState;
import io.liqmap.engine.market.MapWriter;
import io.liqmap.engine.replay.Replay;
import io.liqmap.engine.replay.Until;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives a replay and collects on its way the columns and events of all instruments and groups. One
 * thread.
 */
final class Collector implements MapListener {
  private final History history;
  private final MapWriter writer;
  private final History.Part part;
  private final List<Sampler> samplers = new ArrayList<>();
  private int known;
  private long end;

  /**
   * Prepares it.
   *
   * @param begin columns end after this, ns; the replay is there
   */
  Collector(
      final History history, final MapWriter writer, final History.Part part, final long begin) {
    this.history = history;
    this.writer = writer;
    this.part = part;
    end = Intervals.endAtOrAfter(begin + 1, history.every());
    writer.listener(this);
    find();
  }

  /**
   * Continues, and samples on the way.
   *
   * @param until columns end at or before this, and the replay as well, ns
   * @param limit most events
   * @return whether there may be more at once: not at the journal's end or the bound
   */
  boolean advance(final Replay replay, final long until, final long limit) throws JournalException {
    final long bound = Math.min(end, until);
    final long applied = replay.advance(Until.time(bound), limit);
    if (!replay.isBoundReached()) {
      return applied == limit;
    }
    if (end <= until) {
      sample(end);
      history.onColumn(part, end);
      end = Intervals.endAtOrAfter(end + 1, history.every());
    }
    return bound < until;
  }

  /**
   * Adds a column of each map as of now.
   *
   * @param time end of the interval, ns
   */
  void sample(final long time) {
    for (final Sampler sampler : samplers) {
      final Column column = sampler.isSkipped(writer) ? null : sampler.sample(time, writer);
      if (column != null) {
        history.append(part, sampler.choice().instrument(), column);
      }
    }
  }

  /** Hands over the prices of an interval that isn't over. */
  void finish() {
    for (final Sampler sampler : samplers) {
      history.append(part, sampler.choice().instrument(), sampler.bar());
    }
  }

  @Override
  public void onApplied(final FeedEvent event, final MapState state) {
    if (writer.maps().count() != known) {
      find();
    }
    if (event.kind() == FeedEvent.TRADE) {
      for (final Sampler sampler : samplers) {
        sampler.onApplied(event, writer);
      }
    } else {
      history.events().onApplied(event, writer);
    }
  }

  @Override
  public void onMapEvent(final MapEvent event) {
    history.events().onMapEvent(event, writer);
  }

  /** Adds what the feed has now: instruments, and groups that have a member. */
  private void find() {
    known = writer.maps().count();
    for (final InstrumentMap map : writer.maps().all()) {
      add(map.instrument().name().toString());
    }
    for (final GroupMap group : writer.groups()) {
      if (group.counted() > 0) {
        add(group.settings().fullName());
      }
    }
  }

  private void add(final String name) {
    if (samplers.stream().noneMatch((one) -> one.choice().instrument().equals(name))) {
      samplers.add(new Sampler(MapChoice.first(name)));
    }
  }
}
