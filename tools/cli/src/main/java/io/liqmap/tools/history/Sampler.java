package io.liqmap.tools.history;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupMember;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.market.MapWriter;

/**
 * Makes columns of one map: sees each event after it was applied, and samples between events. The
 * trades of a group are those of the member whose mark is the group's. One thread.
 */
public final class Sampler {
  private final MapChoice choice;
  private InstrumentMap map;
  private GroupMap group;
  private int known;
  private MapSnapshot last;
  private long lastEvents = -1;
  private final Bar bar = new Bar();

  /** A sampler that has seen nothing. */
  public Sampler(final MapChoice choice) {
    this.choice = choice;
  }

  MapChoice choice() {
    return choice;
  }

  /** Prices of the interval so far. */
  public Bar bar() {
    return bar;
  }

  /** Notes the price of a trade. */
  public void onApplied(final FeedEvent event, final MapWriter writer) {
    if (event.kind() != FeedEvent.TRADE || !isThere(writer)) {
      return;
    }
    final InstrumentMap traded = writer.maps().of(event.instrument());
    if (traded == (group == null ? map : reference(writer.time()))
        && traded.lastPrice() == event.price()) {
      bar.add(traded.lastPrice() * traded.instrument().priceUnit());
    }
  }

  private InstrumentMap reference(final long now) {
    final GroupMember member = group.reference(now);
    return member == null ? null : member.map();
  }

  private boolean isThere(final MapWriter writer) {
    if (map == null && group == null && writer.maps().count() != known) {
      known = writer.maps().count();
      map = choice.mapIn(writer);
      group = choice.groupIn(writer);
    }
    return map != null || group != null;
  }

  /** Ends an interval without a column where the group has one member yet: it is that member. */
  boolean isSkipped(final MapWriter writer) {
    if (isThere(writer) && group != null && !group.isActive()) {
      bar.clear();
      return true;
    }
    return false;
  }

  /**
   * Ends an interval.
   *
   * @param time its end, ns
   * @return null while there is no map
   */
  public Column sample(final long time, final MapWriter writer) {
    if (!isThere(writer)) {
      return null;
    }
    if (writer.events() != lastEvents) {
      last = group == null ? choice.snapshot(writer, map) : choice.snapshot(writer, group);
      lastEvents = writer.events();
    }
    final Column column =
        new Column(time, writer.sequence(), bar.open(), bar.high(), bar.low(), bar.close(), last);
    bar.clear();
    return column;
  }
}
