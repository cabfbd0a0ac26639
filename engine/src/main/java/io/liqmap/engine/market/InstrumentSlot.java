package io.liqmap.engine.market;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.clusters.ClusterSettings;
import io.liqmap.engine.core.clusters.ClusterTracker;
import io.liqmap.engine.core.clusters.LiveClusters;
import io.liqmap.engine.core.clusters.MapEventHandler;
import io.liqmap.engine.core.clusters.Reactions;
import io.liqmap.engine.core.clusters.VariantTracker;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.MarketState;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.FaultCounts;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Applies an instrument's events to its map and clusters, in the map's units: contracts become
 * amounts of the base asset (of the quote asset where the contract is inverse), two-sided open
 * interest becomes one-sided.
 *
 * <p>Has no map while the budget of memory has no room for the instrument, and where another shard
 * owns it.
 */
final class InstrumentSlot implements InstrumentState {
  private final boolean isOnOtherShard;
  private final long definedAt;
  private final long definedSince;
  private InstrumentDefinition definition;
  private double tradeFactor;
  private double interestFactor;
  private boolean interestNeedsPrice;
  private boolean isPricedOnOtherShard;

  /** Holes in the instrument's own stream, and messages known to be missing in them. */
  private long interruptions;

  private long missing;
  private InstrumentMap map;
  private ClusterTracker tracker;

  /** Of further maps; null for none. */
  private VariantTracker[] variants;

  /** Groups that it is a member of, and which member it is; null for none. */
  private GroupSlot[] groups;

  private int[] members;
  private int[] groupNumbers;

  /** Starts with the event that first defines the instrument. */
  InstrumentSlot(final FeedEvent event, final boolean isOnOtherShard) {
    this.isOnOtherShard = isOnOtherShard;
    definedAt = event.sequence();
    definedSince = event.exchangeTime();
    definition = event.definition();
  }

  /** Copies what every shard knows of the instrument, without its map. */
  InstrumentSlot(final InstrumentSlot other, final boolean isOnOtherShard) {
    this.isOnOtherShard = isOnOtherShard;
    definedAt = other.definedAt;
    definedSince = other.definedSince;
    definition = other.definition;
    tradeFactor = other.tradeFactor;
    interestFactor = other.interestFactor;
    interestNeedsPrice = other.interestNeedsPrice;
    isPricedOnOtherShard = isOnOtherShard && other.isMapped() && other.map.markPrice() > 0;
    interruptions = other.interruptions;
    missing = other.missing;
  }

  /** Keeps a definition, before it is known whether there is room for the map. */
  void redefine(final InstrumentDefinition newDefinition) {
    definition = newDefinition;
  }

  void convertUnits() {
    final boolean isInverse = definition.contractKind() == ContractKind.INVERSE;
    final OpenInterestUnit unit = definition.openInterestUnit();
    final double contract =
        definition.contractMultiplier() * powerOfTen(definition.quantityExponent());
    tradeFactor = contract;
    interestFactor =
        (unit == OpenInterestUnit.CONTRACTS ? contract : 1)
            * (definition.openInterestSides() == OpenInterestSides.BOTH ? 0.5 : 1);
    interestNeedsPrice = unit == (isInverse ? OpenInterestUnit.BASE : OpenInterestUnit.QUOTE);
  }

  private static double powerOfTen(final int exponent) {
    return Double.parseDouble("1e" + exponent);
  }

  Instrument toInstrument() {
    return new Instrument(
        definition.id(),
        definition.symbol(),
        definition.venue(),
        definition.contractKind() == ContractKind.INVERSE ? Contract.INVERSE : Contract.LINEAR,
        definition.baseAsset(),
        definition.quoteAsset(),
        powerOfTen(definition.priceExponent()),
        powerOfTen(definition.quantityExponent()));
  }

  /** Starts the map, if it hasn't started, and sets the bars of its prices. */
  void start(
      final InstrumentMap newMap,
      final ClusterSettings settings,
      final MapVariant[] tracked,
      final int outside,
      final long sequence) {
    if (!isMapped()) {
      map = newMap;
      tracker = new ClusterTracker(settings, map);
      tracker.onOutside(outside, sequence, MapEventHandler.NONE);
      variants = tracked.length == 0 ? null : new VariantTracker[tracked.length];
      for (int i = 0; i < tracked.length; i++) {
        variants[i] = new VariantTracker(settings, map, tracker, tracked[i], i + 1);
      }
    }
    final FeedOrigin origin = definition.origin();
    tracker.onBars(origin.priceBarNanos(), origin.priceBarAnchorNanos());
  }

  void adoptMapOf(final InstrumentSlot owner) {
    map = owner.map;
    tracker = owner.tracker;
    variants = owner.variants;
    groups = owner.groups;
    members = owner.members;
    groupNumbers = owner.groupNumbers;
  }

  /** Numbers of the groups that it is a member of; null for none. */
  int[] groups() {
    return groupNumbers;
  }

  /**
   * Has its events followed by groups.
   *
   * @param all groups of the settings
   * @param memberOf which member it is of each, −1 for none
   */
  void join(final GroupSlot[] all, final int[] memberOf) {
    final int[] own =
        IntStream.range(0, all.length).filter((group) -> memberOf[group] >= 0).toArray();
    groupNumbers = own.length == 0 ? null : own;
    groups =
        own.length == 0
            ? null
            : Arrays.stream(own).mapToObj((group) -> all[group]).toArray(GroupSlot[]::new);
    members = Arrays.stream(own).map((group) -> memberOf[group]).toArray();
  }

  boolean isOnOtherShard() {
    return isOnOtherShard;
  }

  boolean isMapped() {
    return tracker != null;
  }

  ClusterTracker tracker() {
    return tracker;
  }

  /** Null where the clusters of that map aren't tracked. */
  VariantTracker tracker(final MapVariant variant) {
    for (int i = 0; variants != null && i < variants.length; i++) {
      if (variants[i].variant().equals(variant)) {
        return variants[i];
      }
    }
    return null;
  }

  /** Writes what is tracked. */
  void encodeTrackers(final StateWriter out) {
    tracker.encode(out);
    for (int i = 0; variants != null && i < variants.length; i++) {
      variants[i].encode(out);
    }
  }

  void decodeTrackers(final StateReader in) {
    tracker.decode(in);
    for (int i = 0; variants != null && i < variants.length; i++) {
      variants[i].decode(in);
    }
  }

  /** Applies an event within the budget; false if it was rejected. */
  boolean apply(final FeedEvent event, final FaultCounts faults) {
    if (event.kind() == FeedEvent.INTERRUPTION) {
      interruptions++;
      missing += event.missing();
      return true;
    }
    if (isOnOtherShard) {
      return skip(event);
    }
    final long at = event.exchangeTime();
    switch (event.kind()) {
      case FeedEvent.TRADE -> trade(at, event);
      case FeedEvent.MARK_PRICE -> mark(at, event);
      case FeedEvent.OPEN_INTEREST -> {
        map.onGaps(faults.gaps() + interruptions);
        return openInterest(at, event);
      }
      case FeedEvent.LIQUIDATION -> liquidation(at, event);
      case FeedEvent.ACCOUNT_RATIO -> map.onAccountRatio(at, event.longShortRatio());
      case FeedEvent.KNOWN_POSITION -> knownPosition(at, event);
      default -> {}
    }
    return true;
  }

  /** Comes to the same answer as the shard that owns the map. */
  private boolean skip(final FeedEvent event) {
    switch (event.kind()) {
      case FeedEvent.TRADE, FeedEvent.MARK_PRICE -> isPricedOnOtherShard = true;
      case FeedEvent.OPEN_INTEREST -> {
        return !interestNeedsPrice || isPricedOnOtherShard;
      }
      default -> {}
    }
    return true;
  }

  private void trade(final long at, final FeedEvent event) {
    final double quantity = event.quantity() * tradeFactor;
    final boolean takerBuys = event.takerSide() == FeedEvent.BUY;
    map.onTrade(at, event.price(), quantity, takerBuys);
    tracker.onTrade(at, event.price(), quantity, takerBuys);
  }

  private void mark(final long at, final FeedEvent event) {
    final boolean hasFunding = event.fundingRate() != FeedEvent.ABSENT;
    map.onMark(
        at,
        event.markPrice(),
        event.indexPrice() == FeedEvent.ABSENT ? 0 : event.indexPrice(),
        // A mark without funding leaves the rate as it is.
        hasFunding ? event.fundingRate() : map.fundingRate());
    if (hasFunding) {
      map.onFunding(at, event.fundingRate(), event.nextFundingTime());
    }
  }

  private boolean openInterest(final long at, final FeedEvent event) {
    final double quantity = event.openInterest() * interestFactor;
    if (!interestNeedsPrice) {
      map.onOpenInterest(at, quantity);
      return true;
    }
    if (map.markPrice() <= 0) {
      return false;
    }
    final double price = map.markPrice() * map.instrument().priceUnit();
    map.onOpenInterest(at, map.instrument().isInverse() ? quantity * price : quantity / price);
    return true;
  }

  private void liquidation(final long at, final FeedEvent event) {
    map.onLiquidation(
        at,
        event.positionSide() == FeedEvent.LONG ? Side.LONG : Side.SHORT,
        event.price(),
        event.quantity() * tradeFactor);
  }

  private void knownPosition(final long at, final FeedEvent event) {
    map.onKnownPosition(
        at,
        event.account(),
        event.positionSide() == FeedEvent.LONG ? Side.LONG : Side.SHORT,
        event.quantity() * tradeFactor,
        event.entryPrice(),
        event.liquidationPrice() == FeedEvent.ABSENT ? 0 : event.liquidationPrice(),
        event.openedTime(),
        event.leverage());
  }

  /**
   * Updates the clusters after an event and publishes their changes.
   *
   * @param now latest time of all events
   */
  void track(
      final long now, final long sequence, final FaultCounts faults, final MapEventHandler out) {
    tracker.onFaults(faults.gaps() + interruptions, faults.rejected());
    tracker.after(sequence, out);
    if (variants != null) {
      for (final VariantTracker variant : variants) {
        variant.after(now, sequence, out);
      }
    }
  }

  /**
   * Has its groups follow an event, after {@link #track}.
   *
   * @param now latest time of all events
   */
  void trackGroups(final long now, final long sequence, final MapEventHandler out) {
    if (groups != null) {
      for (int i = 0; i < groups.length; i++) {
        groups[i].after(members[i], now, sequence, out);
      }
    }
  }

  long interruptions() {
    return interruptions;
  }

  long missing() {
    return missing;
  }

  /** Writes the holes in the instrument's own stream. */
  void encodeFaults(final StateWriter out) {
    out.putLong(interruptions);
    out.putLong(missing);
  }

  void decodeFaults(final StateReader in) {
    interruptions = in.getLong(0, Long.MAX_VALUE);
    missing = in.getLong(0, Long.MAX_VALUE);
  }

  @Override
  public InstrumentDefinition definition() {
    return definition;
  }

  @Override
  public long definedAt() {
    return definedAt;
  }

  @Override
  public long definedSince() {
    return definedSince;
  }

  @Override
  public Instrument instrument() {
    return map.instrument();
  }

  @Override
  public long markPrice() {
    return map.markPrice();
  }

  @Override
  public long indexPrice() {
    return map.indexPrice();
  }

  @Override
  public long lastPrice() {
    return map.lastPrice();
  }

  @Override
  public long fundingRate() {
    return map.fundingRate();
  }

  @Override
  public double openInterest() {
    return map.openInterest();
  }

  @Override
  public double sweptNotional(final int model, final Side side) {
    return map.sweptNotional(model, side);
  }

  @Override
  public double observedNotional(final Side side) {
    return map.observedNotional(side);
  }

  @Override
  public int quality() {
    return tracker.quality();
  }

  @Override
  public double volatility() {
    return tracker.volatility();
  }

  @Override
  public double impact() {
    return tracker.impact();
  }

  @Override
  public LiveClusters clusters() {
    return tracker.clusters();
  }

  @Override
  public Reactions reactions() {
    return tracker.reactions();
  }

  @Override
  public MarketState market() {
    return map.market();
  }

  @Override
  public MapSnapshot snapshot(final int model, final Window window, final long now) {
    return MapSnapshot.of(map, model, window, now);
  }
}
