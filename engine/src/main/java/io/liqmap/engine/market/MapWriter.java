package io.liqmap.engine.market;

import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.GroupTracker;
import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.clusters.MapEventHandler;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.clusters.VariantTracker;
import io.liqmap.engine.core.map.EntryBudget;
import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.FaultTally;
import io.liqmap.engine.core.state.StateHash;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateReport;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.engine.feed.FeedEncoder;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.FeedState;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.feed.JumpLimits;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * Applies events to the maps, one after another: the only code that changes state, driven alike by
 * ring, replay, tests and benchmarks.
 *
 * <p>Reads no clock, no random source, no environment. One thread; allocates only for a new
 * instrument.
 *
 * <p>A writer may be one of several <em>shards</em> (engine settings, {@code pipeline.shards}):
 * each sees every event and keeps the state of the feed, but only the maps of its own instruments.
 */
public final class MapWriter implements MapState {
  private static final long STATE_FORMAT = 6;

  private final LiquidationMaps maps;
  private final EntryBudget budget;
  private final ClusterSettings clusterSettings;
  private final MapVariant[] tracked;
  private final InstrumentSlot[] slots;
  private final GroupSlot[] groups;
  private final ShardRule shardRule;
  private final FeedState feed;
  private final int shard;
  private final int shards;
  private final FaultTally faults = new FaultTally();
  private final MapEventHandler publisher = this::publish;
  private final FeedEncoder definitionEncoder = new FeedEncoder();
  private final FeedEvent definitionEvent = new FeedEvent();

  private long events;
  private long sequence;
  private long firstTime;
  private long time;
  private MapListener listener = MapListener.NONE;
  private boolean isPublishing;
  private int outside;
  private long listenerFailures;

  /**
   * Makes a writer without events.
   *
   * @param maxInstruments instruments have numbers below this, 1 or more
   * @throws IllegalArgumentException if there is no map of a name that is to be tracked
   */
  public MapWriter(
      final MapSettings settings, final ClusterSettings clusterSettings, final int maxInstruments) {
    this.clusterSettings = clusterSettings;
    tracked =
        clusterSettings.tracked().stream()
            .map((name) -> MapVariant.of(name, settings))
            .toArray(MapVariant[]::new);
    maps = new LiquidationMaps(settings, maxInstruments);
    budget = new EntryBudget(settings, maps.lattice(), maxInstruments);
    slots = new InstrumentSlot[maxInstruments];
    groups = groups(settings);
    shardRule = new ShardRule(settings.groups());
    feed = new FeedState(maxInstruments, JumpLimits.STANDARD);
    shard = 0;
    shards = 1;
  }

  /** Makes a writer with the same past, without maps. */
  private MapWriter(final MapWriter other, final int shard, final int shards) {
    clusterSettings = other.clusterSettings;
    tracked = other.tracked;
    maps = new LiquidationMaps(other.maps);
    budget = new EntryBudget(other.budget);
    slots = new InstrumentSlot[other.slots.length];
    groups = groups(maps.settings());
    shardRule = other.shardRule;
    this.shard = shard;
    this.shards = shards;
    for (int id = 0; id < slots.length; id++) {
      slots[id] =
          other.slots[id] == null
              ? null
              : new InstrumentSlot(
                  other.slots[id], isOnOtherShard(id, other.slots[id].definition()));
    }
    feed = new FeedState(slots.length, JumpLimits.STANDARD);
    feed.copyFrom(other.feed);
    faults.add(other.faults);
    events = other.events;
    sequence = other.sequence;
    firstTime = other.firstTime;
    time = other.time;
    outside = other.outside;
  }

  /** Groups are numbered behind the instruments. */
  private GroupSlot[] groups(final MapSettings settings) {
    final GroupSlot[] all = new GroupSlot[settings.groups().size()];
    final double[] leverages = settings.models().get(0).leverages();
    for (int i = 0; i < all.length; i++) {
      final GroupMap map = new GroupMap(slots.length + i, settings.groups().get(i), maps.lattice());
      all[i] = new GroupSlot(map, clusterSettings, leverages);
    }
    return all;
  }

  private boolean isOnOtherShard(final int id, final InstrumentDefinition definition) {
    return shardRule.of(id, definition, shards) != shard;
  }

  /** Makes writers that continue from this state and share its instruments; discard this one. */
  public List<MapWriter> split(final int parts) {
    if (parts == 1) {
      return List.of(this);
    }
    final MapWriter[] all = new MapWriter[parts];
    for (int part = 0; part < parts; part++) {
      all[part] = new MapWriter(this, part, parts);
      all[part].adoptMapsOf(this);
    }
    return List.of(all);
  }

  /** Joins all shards, to be read while none of them runs. */
  public static MapWriter whole(final List<MapWriter> shards) {
    if (shards.size() == 1) {
      return shards.get(0);
    }
    MapWriter last = shards.get(0);
    for (final MapWriter shard : shards) {
      last = shard.events < last.events ? shard : last;
    }
    final MapWriter whole = new MapWriter(last, 0, 1);
    for (final MapWriter shard : shards) {
      whole.adoptMapsOf(shard);
      whole.listenerFailures += shard.listenerFailures;
    }
    return whole;
  }

  private void adoptMapsOf(final MapWriter owner) {
    for (int id = 0; id < slots.length; id++) {
      if (owner.isMapped(id) && !slots[id].isOnOtherShard()) {
        maps.adopt(owner.maps.of(id));
        slots[id].adoptMapOf(owner.slots[id]);
      }
    }
    for (int i = 0; i < groups.length; i++) {
      if (owner.groups[i].map().counted() > 0 && isHere(owner.groups[i].map())) {
        groups[i] = owner.groups[i];
      }
    }
  }

  /** All members of a group are on one shard. */
  private boolean isHere(final GroupMap group) {
    for (int i = 0; i < group.members(); i++) {
      if (group.member(i).map() != null) {
        return isMapped(group.member(i).map().instrument().id());
      }
    }
    return false;
  }

  private boolean isMapped(final int id) {
    return slots[id] != null && slots[id].isMapped();
  }

  public void listener(final MapListener newListener) {
    listener = newListener;
  }

  /**
   * Applies an event.
   *
   * @throws IllegalStateException if called by a listener
   */
  public void onEvent(final FeedEvent event) {
    if (isPublishing) {
      throw new IllegalStateException("a listener can't apply events");
    }
    if (event.kind() != FeedEvent.NONE) {
      apply(event);
    }
    if (isOnThisShard(event)) {
      publish(event);
    }
  }

  /** Events of no instrument belong to the first shard. */
  private boolean isOnThisShard(final FeedEvent event) {
    final int id = event.kind() == FeedEvent.NONE ? -1 : event.instrument();
    return id < 0 ? shard == 0 : isMapped(id);
  }

  private void publish(final FeedEvent event) {
    isPublishing = true;
    try {
      listener.onApplied(event, this);
    } catch (final RuntimeException e) {
      listenerFailures++;
    } finally {
      isPublishing = false;
    }
  }

  private void publish(final MapEvent event) {
    isPublishing = true;
    try {
      listener.onMapEvent(event);
    } catch (final RuntimeException e) {
      listenerFailures++;
    } finally {
      isPublishing = false;
    }
  }

  /** Records whether events are journaled, which isn't part of the state. */
  public void onJournaling(final boolean isJournaling) {
    outside = isJournaling ? 0 : QualityFlags.NOT_JOURNALED;
    for (int id = 0; id < slots.length; id++) {
      if (isMapped(id)) {
        slots[id].tracker().onOutside(outside, sequence, publisher);
      }
    }
    for (final GroupSlot group : groups) {
      if (group.tracker() != null) {
        group.tracker().onOutside(outside, time, sequence, publisher);
      }
    }
  }

  private void apply(final FeedEvent event) {
    final int id = event.instrument();
    if (id < 0) {
      event.addFaultsTo(faults);
    } else if (!isWithinBudget(id, event) || !applyTo(slots[id], event)) {
      faults.addRejected(1);
    }
    feed.onEvent(event);
    firstTime = events == 0 ? event.exchangeTime() : firstTime;
    events++;
    sequence = event.sequence();
    time = Math.max(time, event.exchangeTime());
    if (id >= 0 && isMapped(id)) {
      slots[id].track(time, sequence, faults, publisher);
      slots[id].trackGroups(time, sequence, publisher);
    }
  }

  /** Every shard comes to the same: the budget follows from events alone. */
  private boolean isWithinBudget(final int id, final FeedEvent event) {
    switch (event.kind()) {
      case FeedEvent.INSTRUMENT -> {
        // Known even without room: what follows of it is rejected, after a restart too.
        keep(event);
        return budget.define(id);
      }
      case FeedEvent.TRADE -> {
        return budget.trade(id, event.price());
      }
      default -> {
        return budget.isDefined(id);
      }
    }
  }

  private void keep(final FeedEvent event) {
    final int id = event.instrument();
    if (slots[id] == null) {
      slots[id] = new InstrumentSlot(event, isOnOtherShard(id, event.definition()));
    }
    slots[id].redefine(event.definition());
  }

  private boolean applyTo(final InstrumentSlot slot, final FeedEvent event) {
    if (event.kind() != FeedEvent.INSTRUMENT) {
      return slot.apply(event, faults);
    }
    define(event.instrument());
    return true;
  }

  private void define(final int id) {
    slots[id].convertUnits();
    if (!slots[id].isOnOtherShard() && budget.isDefined(id)) {
      maps.define(slots[id].toInstrument());
      slots[id].start(maps.of(id), clusterSettings, tracked, outside, sequence);
      join(id);
    }
  }

  private void join(final int id) {
    final int[] members = new int[groups.length];
    for (int i = 0; i < groups.length; i++) {
      members[i] = groups[i].join(maps.of(id), slots[id].tracker(), outside, time, sequence);
    }
    slots[id].join(groups, members);
  }

  /** Returns the state of the feed that decides whether its next message is accepted. */
  public FeedState feed() {
    return feed;
  }

  public LiquidationMaps maps() {
    return maps;
  }

  /** Returns the groups of the settings, whether or not the feed has members of them. */
  public List<GroupMap> groups() {
    return Arrays.stream(groups).map(GroupSlot::map).toList();
  }

  /** Returns how many groups the settings have. */
  public int groupCount() {
    return groups.length;
  }

  /** Returns the groups that an instrument is a member of; null for none. */
  public int[] groupsOf(final int instrument) {
    return isMapped(instrument) ? slots[instrument].groups() : null;
  }

  /**
   * Returns the clusters of a group, in the order of the settings; null while the feed has fewer
   * than two of its members, and where it is on another shard.
   */
  public GroupTracker groupTracker(final int group) {
    return groups[group].tracker();
  }

  /** Returns the origin of an instrument's feed; not stated before its definition. */
  public FeedOrigin origin(final int instrument) {
    return slots[instrument] == null
        ? FeedOrigin.NOT_STATED
        : slots[instrument].definition().origin();
  }

  /** Returns clusters, reactions, volatility and impact of an instrument; null without a map. */
  public ClusterTracker tracker(final int instrument) {
    return isMapped(instrument) ? slots[instrument].tracker() : null;
  }

  /** Returns the clusters of another map of an instrument; null where they aren't tracked. */
  public VariantTracker tracker(final int instrument, final MapVariant variant) {
    return isMapped(instrument) ? slots[instrument].tracker(variant) : null;
  }

  public ClusterSettings clusterSettings() {
    return clusterSettings;
  }

  @Override
  public int capacity() {
    return slots.length;
  }

  @Override
  public InstrumentState instrument(final int id) {
    return isMapped(id) ? slots[id] : null;
  }

  @Override
  public long listenerFailures() {
    return listenerFailures;
  }

  @Override
  public long events() {
    return events;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public long firstTime() {
    return firstTime;
  }

  @Override
  public long time() {
    return time;
  }

  @Override
  public FaultCounts faults() {
    return faults;
  }

  @Override
  public long gaps(final int instrument) {
    return faults.gaps() + (slots[instrument] == null ? 0 : slots[instrument].interruptions());
  }

  @Override
  public long missing(final int instrument) {
    return faults.missing() + (slots[instrument] == null ? 0 : slots[instrument].missing());
  }

  @Override
  public StateReport report() {
    return new StateReport(
        events,
        sequence,
        time,
        stateHash(),
        sum((map) -> map.sweptNotional(0, Side.LONG)),
        sum((map) -> map.sweptNotional(0, Side.SHORT)),
        sum((map) -> map.observedNotional(Side.LONG)),
        sum((map) -> map.observedNotional(Side.SHORT)),
        faults.gaps(),
        faults.rejected());
  }

  private double sum(final ToDoubleFunction<InstrumentMap> reading) {
    double sum = 0;
    for (int id = 0; id < maps.capacity(); id++) {
      sum += maps.of(id) == null ? 0 : reading.applyAsDouble(maps.of(id));
    }
    return sum;
  }

  @Override
  public long stateHash() {
    final StateWriter out = new StateWriter(new ExpandableDirectByteBuffer(1 << 16));
    encode(out);
    return StateHash.of(out.buffer(), 0, out.position());
  }

  /** Writes the whole state, from the start of the writer's buffer. */
  public void encode(final StateWriter out) {
    out.reset();
    encodeHead(out);
    maps.encode(out);
    for (int id = 0; id < slots.length; id++) {
      if (isMapped(id)) {
        slots[id].encodeTrackers(out);
      }
    }
    for (final GroupSlot group : groups) {
      if (group.tracker() != null) {
        group.tracker().encode(out);
      }
    }
  }

  /** Brings this shard's part of the state up to date, piece by piece. */
  public void copyTo(final StatePart part) {
    final StateWriter out = part.begin();
    encodeHead(out);
    part.endHead();
    for (int id = 0; id < slots.length; id++) {
      if (isMapped(id)) {
        maps.encode(id, part.beginMap(id));
      }
    }
    for (int id = 0; id < slots.length; id++) {
      if (isMapped(id)) {
        slots[id].encodeTrackers(out);
        part.endTracker(id);
      }
    }
    for (int i = 0; i < groups.length; i++) {
      if (groups[i].tracker() != null) {
        groups[i].tracker().encode(out);
        part.endTracker(slots.length + i);
      }
    }
  }

  private void encodeHead(final StateWriter out) {
    out.putLong(STATE_FORMAT);
    out.putLong(events);
    out.putLong(sequence);
    out.putLong(firstTime);
    out.putLong(time);
    faults.encode(out);
    feed.encode(out);
    encodeDefinitions(out);
    for (int id = 0; id < slots.length; id++) {
      if (slots[id] != null) {
        budget.encode(id, out);
        slots[id].encodeFaults(out);
      }
    }
  }

  private void encodeDefinitions(final StateWriter out) {
    final int lengthAt = out.position();
    out.putLong(0);
    for (final InstrumentSlot slot : slots) {
      if (slot != null) {
        definitionEvent.instrument(
            slot.definedAt(), slot.definedSince(), slot.definedSince(), slot.definition());
        out.skip(definitionEncoder.encode(definitionEvent, out.buffer(), out.position()));
      }
    }
    out.patchLong(lengthAt, out.position() - lengthAt - Long.BYTES);
  }

  /**
   * Reads a state, before any event is applied.
   *
   * @param adapter gets the instruments and the state of the feed
   * @throws IllegalStateException if the bytes are no such state
   */
  public void decode(final StateReader in, final FeedAdapter adapter) {
    final long format = in.getLong();
    if (format != STATE_FORMAT) {
      throw new IllegalStateException(
          "the state is of format "
              + format
              + ", and this version reads format "
              + STATE_FORMAT
              + ": run the feed into a new journal");
    }
    events = in.getLong();
    sequence = in.getLong();
    firstTime = in.getLong();
    time = in.getLong();
    faults.decode(in);
    feed.decode(in);
    decodeDefinitions(in);
    for (int id = 0; id < slots.length; id++) {
      if (slots[id] != null) {
        budget.decode(id, in);
        slots[id].decodeFaults(in);
        define(id);
      }
    }
    maps.decode(in);
    for (int id = 0; id < slots.length; id++) {
      if (isMapped(id)) {
        slots[id].decodeTrackers(in);
      }
    }
    for (final GroupSlot group : groups) {
      if (group.tracker() != null) {
        group.tracker().decode(in, time);
      }
    }
    if (in.remaining() > 0) {
      throw new IllegalStateException(
          "the state has " + in.remaining() + " bytes more than its content");
    }
    prime(adapter);
  }

  private void decodeDefinitions(final StateReader in) {
    final int length = in.getInt(0, in.remaining());
    final FeedAdapter reader = new FeedAdapter(slots.length);
    final FeedEvent event = new FeedEvent();
    reader.wrap(in.buffer(), in.position(), length);
    reader.resumeAfter(0, time);
    while (reader.next(event)) {
      if (event.kind() != FeedEvent.INSTRUMENT) {
        throw new IllegalStateException("the state has something else among its definitions");
      }
      keep(event);
      reader.resumeAfter(0, time);
    }
    in.skip(length);
  }

  /** Gives an adapter the instruments and the state of the feed. */
  public void prime(final FeedAdapter adapter) {
    for (final InstrumentSlot slot : slots) {
      if (slot != null) {
        adapter.define(slot.definition());
      }
    }
    adapter.resume(feed);
  }
}
