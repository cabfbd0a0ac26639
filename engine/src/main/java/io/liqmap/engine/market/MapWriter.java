package io.liqmap.engine.market;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.MapEvent;
import io.liqmap.engine.core.clusters.MapEventHandler;
import io.liqmap.engine.core.clusters.QualityFlags;
import io.liqmap.engine.core.map.EntryBudget;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
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
import java.util.function.LongConsumer;
import org.agrona.ExpandableDirectByteBuffer;

/**
 * Applies events to the maps, one after another: the only thing that changes state, driven alike by
 * ring, replay, tests and benchmarks.
 *
 * <p>Normalises what feeds send at this edge: contracts to amounts of the base asset (of the quote
 * asset where the contract is inverse), two-sided open interest to one-sided. Reads no clock, no
 * random source, no environment. One thread; allocates only for a new instrument.
 *
 * <p>A writer may be one of several <em>shards</em> (engine settings, {@code pipeline.shards}):
 * each sees every event and keeps what the state has of the feed, but only the maps of its own
 * instruments.
 */
public final class MapWriter {
  private static final long STATE_FORMAT = 5;

  private final LiquidationMaps maps;
  private final EntryBudget budget;
  private final ClusterSettings clusterSettings;
  private final ClusterTracker[] levels;
  private final MapEventHandler telling = this::tell;
  private final InstrumentDefinition[] definitions;
  private final double[] tradeFactor;
  private final double[] interestFactor;
  private final boolean[] interestNeedsPrice;
  private final boolean[] isElsewhere;
  private final boolean[] isPricedElsewhere;
  private final boolean isFirst;
  private final FeedState feed;
  private final long[] definedAt;
  private final long[] definedSince;
  private final Longs longs = new Longs();
  private final FeedEncoder definitionEncoder = new FeedEncoder();
  private final FeedEvent definitionEvent = new FeedEvent();

  private long events;
  private long sequence;
  private long firstTime;
  private long time;
  private long gaps;
  private long missing;
  private long duplicates;
  private long reordered;
  private long rejected;
  private long unknown;
  private MapListener listener = MapListener.NONE;
  private boolean isTelling;
  private int outside;
  private long listenerFailures;

  /**
   * Makes a writer that has seen nothing.
   *
   * @param maxInstruments instruments have numbers below this, 1 or more
   */
  public MapWriter(
      final MapSettings settings, final ClusterSettings clusterSettings, final int maxInstruments) {
    this.clusterSettings = clusterSettings;
    maps = new LiquidationMaps(settings, maxInstruments);
    budget = new EntryBudget(settings, maps.lattice(), maxInstruments);
    levels = new ClusterTracker[maxInstruments];
    definitions = new InstrumentDefinition[maxInstruments];
    tradeFactor = new double[maxInstruments];
    interestFactor = new double[maxInstruments];
    interestNeedsPrice = new boolean[maxInstruments];
    isElsewhere = new boolean[maxInstruments];
    isPricedElsewhere = new boolean[maxInstruments];
    feed = new FeedState(maxInstruments, JumpLimits.STANDARD);
    definedAt = new long[maxInstruments];
    definedSince = new long[maxInstruments];
    isFirst = true;
  }

  /** A writer with the same past and no maps yet. */
  private MapWriter(final MapWriter other, final int shard, final int shards) {
    clusterSettings = other.clusterSettings;
    maps = new LiquidationMaps(other.maps);
    budget = new EntryBudget(other.budget);
    levels = new ClusterTracker[other.levels.length];
    definitions = other.definitions.clone();
    tradeFactor = other.tradeFactor.clone();
    interestFactor = other.interestFactor.clone();
    interestNeedsPrice = other.interestNeedsPrice.clone();
    isElsewhere = new boolean[levels.length];
    isPricedElsewhere = new boolean[levels.length];
    for (int id = 0; id < levels.length; id++) {
      isElsewhere[id] = id % shards != shard;
    }
    feed = new FeedState(levels.length, JumpLimits.STANDARD);
    feed.copyFrom(other.feed);
    definedAt = other.definedAt.clone();
    definedSince = other.definedSince.clone();
    isFirst = shard == 0;
    events = other.events;
    sequence = other.sequence;
    firstTime = other.firstTime;
    time = other.time;
    gaps = other.gaps;
    missing = other.missing;
    duplicates = other.duplicates;
    reordered = other.reordered;
    rejected = other.rejected;
    unknown = other.unknown;
    outside = other.outside;
  }

  /** Writers that go on from this one's state and share its instruments; this one is done with. */
  public List<MapWriter> split(final int shards) {
    if (shards == 1) {
      return List.of(this);
    }
    final MapWriter[] parts = new MapWriter[shards];
    Arrays.setAll(parts, (shard) -> shard(shard, shards));
    return List.of(parts);
  }

  private MapWriter shard(final int shard, final int shards) {
    final MapWriter part = new MapWriter(this, shard, shards);
    for (int id = 0; id < levels.length; id++) {
      if (levels[id] != null && part.isElsewhere[id]) {
        part.isPricedElsewhere[id] = maps.of(id).markPrice() > 0;
      } else if (levels[id] != null) {
        part.adopt(this, id);
      }
    }
    return part;
  }

  /** All shards as one writer, to be read for as long as none of them runs. */
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
      for (int id = 0; id < whole.levels.length; id++) {
        if (shard.levels[id] != null) {
          whole.adopt(shard, id);
        }
      }
      whole.listenerFailures += shard.listenerFailures;
    }
    return whole;
  }

  private void adopt(final MapWriter owner, final int id) {
    maps.adopt(owner.maps.of(id));
    levels[id] = owner.levels[id];
  }

  /** Tells somebody of each event that is applied, from now on. */
  public void tellTo(final MapListener newListener) {
    listener = newListener;
  }

  /**
   * Applies an event.
   *
   * @throws IllegalStateException if a listener does it, which is hearing of another event
   */
  public void onEvent(final FeedEvent event) {
    if (isTelling) {
      throw new IllegalStateException("a listener can't apply events");
    }
    if (event.kind() != FeedEvent.NONE) {
      apply(event);
    }
    if (isOursToTell(event)) {
      tell(event);
    }
  }

  /** What is of no instrument is told once, by the first shard. */
  private boolean isOursToTell(final FeedEvent event) {
    final int id = event.kind() == FeedEvent.NONE ? -1 : event.instrument();
    return id < 0 ? isFirst : levels[id] != null;
  }

  private void tell(final FeedEvent event) {
    isTelling = true;
    try {
      listener.onApplied(event, this);
    } catch (final RuntimeException e) {
      listenerFailures++;
    } finally {
      isTelling = false;
    }
  }

  private void tell(final MapEvent event) {
    isTelling = true;
    try {
      listener.onMapEvent(event);
    } catch (final RuntimeException e) {
      listenerFailures++;
    } finally {
      isTelling = false;
    }
  }

  /** Takes note of whether events are journaled, which isn't part of the state. */
  public void onJournaling(final boolean isJournaling) {
    outside = isJournaling ? 0 : QualityFlags.NOT_JOURNALED;
    for (final ClusterTracker book : levels) {
      if (book != null) {
        book.onOutside(outside, sequence, telling);
      }
    }
  }

  private void apply(final FeedEvent event) {
    final int id = event.instrument();
    if (!isWithinBudget(id, event)) {
      rejected++;
    } else if (id < 0 || !isElsewhere[id]) {
      change(id, event.exchangeTime(), event);
    } else {
      passBy(id, event);
    }
    follow(event);
    if (id >= 0 && levels[id] != null) {
      final ClusterTracker book = levels[id];
      book.onFaults(missing, rejected);
      book.after(sequence, telling);
    }
  }

  /** Every shard comes to the same: the budget follows from events alone. */
  private boolean isWithinBudget(final int id, final FeedEvent event) {
    switch (event.kind()) {
      case FeedEvent.INSTRUMENT -> {
        // Known all the same: what follows of it is rejected, behind a restart too.
        note(event);
        return budget.define(id);
      }
      case FeedEvent.TRADE -> {
        return budget.trade(id, event.price());
      }
      default -> {
        return id < 0 || budget.isDefined(id);
      }
    }
  }

  /** Takes note of what the state has of an event beyond its instrument's map. */
  private void passBy(final int id, final FeedEvent event) {
    switch (event.kind()) {
      case FeedEvent.TRADE, FeedEvent.MARK_PRICE -> isPricedElsewhere[id] = true;
      case FeedEvent.OPEN_INTEREST ->
          rejected += interestNeedsPrice[id] && !isPricedElsewhere[id] ? 1 : 0;
      case FeedEvent.INSTRUMENT -> define(event.definition());
      default -> {}
    }
  }

  private void follow(final FeedEvent event) {
    final long at = event.exchangeTime();
    feed.onEvent(event);
    firstTime = events == 0 ? at : firstTime;
    events++;
    sequence = event.sequence();
    time = Math.max(time, at);
  }

  private void change(final int id, final long at, final FeedEvent event) {
    switch (event.kind()) {
      case FeedEvent.TRADE -> trade(id, at, event);
      case FeedEvent.MARK_PRICE -> mark(maps.of(id), at, event);
      case FeedEvent.OPEN_INTEREST -> openInterest(maps.of(id), at, event);
      case FeedEvent.LIQUIDATION ->
          maps.of(id)
              .onLiquidation(
                  at,
                  event.positionSide() == FeedEvent.LONG ? Side.LONG : Side.SHORT,
                  event.price(),
                  event.quantity() * tradeFactor[id]);
      case FeedEvent.ACCOUNT_RATIO -> maps.of(id).onAccountRatio(at, event.longShortRatio());
      case FeedEvent.GAP -> gap(event);
      case FeedEvent.IMPLAUSIBLE -> rejected++;
      case FeedEvent.INSTRUMENT -> define(event.definition());
      default -> {}
    }
  }

  private void trade(final int id, final long at, final FeedEvent event) {
    final double quantity = event.quantity() * tradeFactor[id];
    final boolean takerBuys = event.takerSide() == FeedEvent.BUY;
    maps.of(id).onTrade(at, event.price(), quantity, takerBuys);
    levels[id].onTrade(at, event.price(), quantity, takerBuys);
  }

  private static void mark(final InstrumentMap map, final long at, final FeedEvent event) {
    final boolean hasFunding = event.fundingRate() != FeedEvent.ABSENT;
    map.onMark(
        at,
        event.markPrice(),
        event.indexPrice() == FeedEvent.ABSENT ? 0 : event.indexPrice(),
        // A mark that says nothing of funding leaves the rate as it is.
        hasFunding ? event.fundingRate() : map.fundingRate());
    if (hasFunding) {
      map.onFunding(at, event.fundingRate(), event.nextFundingTime());
    }
  }

  private void openInterest(final InstrumentMap map, final long at, final FeedEvent event) {
    final int id = event.instrument();
    final double quantity = event.openInterest() * interestFactor[id];
    if (!interestNeedsPrice[id]) {
      map.onOpenInterest(at, quantity);
    } else if (map.markPrice() > 0) {
      final double price = map.markPrice() * map.instrument().priceUnit();
      map.onOpenInterest(at, map.instrument().isInverse() ? quantity * price : quantity / price);
    } else {
      rejected++;
    }
  }

  private void gap(final FeedEvent event) {
    gaps += event.missing() > 0 ? 1 : 0;
    missing += event.missing();
    duplicates += event.duplicates();
    reordered += event.reordered();
    rejected += event.rejected();
    unknown += event.unknown();
  }

  /** Keeps a definition, and when the instrument was first defined. */
  private void note(final FeedEvent event) {
    final InstrumentDefinition definition = event.definition();
    if (definitions[definition.id()] == null) {
      definedAt[definition.id()] = event.sequence();
      definedSince[definition.id()] = event.exchangeTime();
    }
    definitions[definition.id()] = definition;
  }

  private void define(final InstrumentDefinition definition) {
    final boolean isInverse = definition.contractKind() == ContractKind.INVERSE;
    final int id = definition.id();
    final double quantityUnit = powerOfTen(definition.quantityExponent());
    final double contract = definition.contractMultiplier() * quantityUnit;
    tradeFactor[id] = contract;
    interestFactor[id] =
        (definition.openInterestUnit() == OpenInterestUnit.CONTRACTS ? contract : 1)
            * (definition.openInterestSides() == OpenInterestSides.BOTH ? 0.5 : 1);
    interestNeedsPrice[id] =
        definition.openInterestUnit()
            == (isInverse ? OpenInterestUnit.BASE : OpenInterestUnit.QUOTE);
    if (isElsewhere[id] || !budget.isDefined(id)) {
      return;
    }
    maps.define(
        new Instrument(
            id,
            definition.symbol(),
            definition.venue(),
            isInverse ? Contract.INVERSE : Contract.LINEAR,
            definition.baseAsset(),
            definition.quoteAsset(),
            powerOfTen(definition.priceExponent()),
            quantityUnit));
    if (levels[id] == null) {
      levels[id] = new ClusterTracker(clusterSettings, maps.of(id));
      levels[id].onOutside(outside, sequence, MapEventHandler.NONE);
    }
    final FeedOrigin origin = definition.origin();
    levels[id].onBars(origin.priceBarNanos(), origin.priceBarAnchorNanos());
  }

  private static double powerOfTen(final int exponent) {
    return Double.parseDouble("1e" + exponent);
  }

  /** What of the feed's past decides what becomes of its next message. */
  public FeedState feed() {
    return feed;
  }

  /** Sequence at which an instrument was defined, 0 before. */
  public long definedAt(final int instrument) {
    return definedAt[instrument];
  }

  /** Exchange time at which an instrument was defined, ns, 0 before. */
  public long definedSince(final int instrument) {
    return definedSince[instrument];
  }

  /** The maps. */
  public LiquidationMaps maps() {
    return maps;
  }

  /** What an instrument's feed was made from; nothing stated before it was defined. */
  public FeedOrigin origin(final int instrument) {
    return definitions[instrument] == null
        ? FeedOrigin.NOT_STATED
        : definitions[instrument].origin();
  }

  /** Clusters, reactions, volatility and impact of an instrument; null before it was defined. */
  public ClusterTracker levels(final int instrument) {
    return levels[instrument];
  }

  /** What decides the levels. */
  public ClusterSettings clusterSettings() {
    return clusterSettings;
  }

  /** Exceptions that listeners threw. */
  public long listenerFailures() {
    return listenerFailures;
  }

  /** Events applied. */
  public long events() {
    return events;
  }

  /** Feed sequence of the last event, 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** Exchange time of the first event, ns, 0 before it. */
  public long firstTime() {
    return firstTime;
  }

  /** Latest exchange time of all events, ns. */
  public long time() {
    return time;
  }

  /** Holes in the sequence. */
  public long gaps() {
    return gaps;
  }

  /** Sequences that never came. */
  public long missing() {
    return missing;
  }

  /** Messages dropped because their sequence had been seen. */
  public long duplicates() {
    return duplicates;
  }

  /** Messages dropped because they came after a later one. */
  public long reordered() {
    return reordered;
  }

  /**
   * Messages dropped because a value, unit or length can't be, because open interest needs a price
   * and there is none yet, or because they lead beyond the budget of memory.
   */
  public long rejected() {
    return rejected;
  }

  /** Messages skipped because their template or instrument isn't known. */
  public long unknown() {
    return unknown;
  }

  /** What was done so far, with the hash of the state. */
  public StateReport report() {
    return new StateReport(
        events,
        sequence,
        time,
        stateHash(),
        swept(Side.LONG),
        swept(Side.SHORT),
        observed(Side.LONG),
        observed(Side.SHORT),
        gaps,
        rejected);
  }

  private double swept(final Side side) {
    double sum = 0;
    for (int id = 0; id < maps.capacity(); id++) {
      sum += maps.of(id) == null ? 0 : maps.of(id).sweptNotional(0, side);
    }
    return sum;
  }

  private double observed(final Side side) {
    double sum = 0;
    for (int id = 0; id < maps.capacity(); id++) {
      sum += maps.of(id) == null ? 0 : maps.of(id).observedNotional(side);
    }
    return sum;
  }

  /**
   * Hash of the state: the same after the same events, on any JVM. Encodes the whole state; not for
   * the hot path.
   */
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
    for (final ClusterTracker book : levels) {
      if (book != null) {
        book.encode(out);
      }
    }
  }

  /** Writes what this shard has of the state, piece by piece. */
  public void encode(final StatePart part) {
    final StateWriter out = part.begin();
    encodeHead(out);
    part.endHead();
    for (int id = 0; id < levels.length; id++) {
      if (levels[id] != null) {
        maps.encode(id, out);
        part.endMap(id);
      }
    }
    for (int id = 0; id < levels.length; id++) {
      if (levels[id] != null) {
        levels[id].encode(out);
        part.endLevels(id);
      }
    }
  }

  private void encodeHead(final StateWriter out) {
    out.putLong(STATE_FORMAT);
    out.putLong(events);
    out.putLong(sequence);
    out.putLong(firstTime);
    out.putLong(time);
    out.putLong(gaps);
    out.putLong(missing);
    out.putLong(duplicates);
    out.putLong(reordered);
    out.putLong(rejected);
    out.putLong(unknown);
    longs.to = out;
    feed.encode(longs);
    encodeDefinitions(out);
    for (int id = 0; id < definitions.length; id++) {
      if (definitions[id] != null) {
        budget.encode(id, out);
      }
    }
  }

  private void encodeDefinitions(final StateWriter out) {
    final int lengthAt = out.position();
    out.putLong(0);
    for (final InstrumentDefinition definition : definitions) {
      if (definition != null) {
        final int id = definition.id();
        definitionEvent.instrument(definedAt[id], definedSince[id], definedSince[id], definition);
        out.skip(definitionEncoder.encode(definitionEvent, out.buffer(), out.position()));
      }
    }
    out.patchLong(lengthAt, out.position() - lengthAt - Long.BYTES);
  }

  /**
   * Takes over a state; nothing has been applied before.
   *
   * @param adapter learns the instruments, and where the feed goes on
   * @throws IllegalStateException if the bytes are no such state
   */
  public void decode(final StateReader in, final FeedAdapter adapter) {
    if (in.getLong() != STATE_FORMAT) {
      throw new IllegalStateException("the state is of a format that this version doesn't know");
    }
    events = in.getLong();
    sequence = in.getLong();
    firstTime = in.getLong();
    time = in.getLong();
    gaps = in.getLong();
    missing = in.getLong();
    duplicates = in.getLong();
    reordered = in.getLong();
    rejected = in.getLong();
    unknown = in.getLong();
    feed.decode(in::getLong);
    final int length = in.getInt(0, in.remaining());
    final FeedAdapter reader = new FeedAdapter(definitions.length);
    final FeedEvent event = new FeedEvent();
    reader.wrap(in.buffer(), in.position(), length);
    reader.resumeAfter(0, time);
    while (reader.next(event)) {
      if (event.kind() != FeedEvent.INSTRUMENT) {
        throw new IllegalStateException("the state has something else among its definitions");
      }
      note(event);
      reader.resumeAfter(0, time);
    }
    in.skip(length);
    for (int id = 0; id < definitions.length; id++) {
      if (definitions[id] != null) {
        budget.decode(id, in);
        define(definitions[id]);
      }
    }
    maps.decode(in);
    for (final ClusterTracker book : levels) {
      if (book != null) {
        book.decode(in);
      }
    }
    if (in.remaining() > 0) {
      throw new IllegalStateException(
          "the state goes on for " + in.remaining() + " bytes behind its end");
    }
    lead(adapter);
  }

  /** Gives an adapter the instruments and the state of the feed. */
  public void lead(final FeedAdapter adapter) {
    for (final InstrumentDefinition definition : definitions) {
      if (definition != null) {
        adapter.define(definition);
      }
    }
    adapter.resume(feed);
  }

  /** Writes a state's longs; made once, so that a snapshot allocates nothing. */
  private static final class Longs implements LongConsumer {
    private StateWriter to;

    @Override
    public void accept(final long value) {
      to.putLong(value);
    }
  }
}
