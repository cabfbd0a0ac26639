package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Tracks the clusters of one instrument, reactions to their sweeps, volatility, impact and
 * calibration, and publishes events about them.
 *
 * <p>Uses the map's first model. Clusters are refreshed after each sweep, each change of terms and
 * each update that has moved open interest by a thousandth since the last refresh, otherwise
 * periodically if the map has changed. Time comes with events: the same events give the same state
 * and publish the same. On the map's thread; allocates only when the map has become wider than
 * ever.
 */
public final class ClusterTracker {
  private static final int MODEL = 0;

  /**
   * Change of the open interest, as a part of it, that makes a refresh due: feeds that give it
   * every second mostly move it by less.
   */
  private static final double MATERIAL = 1e-3;

  private final InstrumentMap map;
  private final long refreshNanos;
  private final double notionalUnit;
  private final boolean isInverse;
  private final LiquidationDensity density;
  private final LiveClusters clusters;
  private final Reactions reactions;
  private final long halfLifeNanos;
  private final CascadeWatch cascades;
  private final CalibrationWatch calibrations;
  private final MapEventPublisher publisher;
  private final LiveClusters.Clearing clearing = this::onCleared;

  /** Where prices are bars of more than a minute, else null: then there are {@link #returns}. */
  private BarReturns bars;

  private MinuteReturns returns;
  private long barNanos;
  private long barAnchor;

  private int quality;
  private int faults;

  /** Flags that don't follow from the state; not part of it. */
  private int outside;

  private long refreshedAt;

  /** As of the last refresh, NaN before the first. */
  private double openInterest = Double.NaN;

  /** Whether ledgers have changed since the last refresh other than by trades. */
  private boolean isExactDue;

  private double observedLong;
  private double observedShort;
  private long refreshes;

  /** Of the map, as of the last event. */
  private long changes;

  private long updates;
  private long prices;
  private long revision;
  private int markBucket;
  private double sweptLong;
  private double sweptShort;

  /** Starts to track a map from now on. */
  public ClusterTracker(final ClusterSettings settings, final InstrumentMap map) {
    this.map = map;
    refreshNanos = settings.refreshNanos();
    isInverse = map.instrument().isInverse();
    notionalUnit = map.instrument().notionalUnit();
    density = map.density(MODEL);
    clusters = new LiveClusters(settings, map.lattice().resolutionBps(), density.leverages());
    reactions = new Reactions(settings.horizonsNanos(), settings.deadBandBps());
    halfLifeNanos = settings.halfLifeNanos();
    returns = new MinuteReturns(halfLifeNanos);
    cascades = new CascadeWatch(settings, map.lattice().resolutionBps());
    calibrations = new CalibrationWatch(map);
    publisher = new MapEventPublisher(map.instrument(), map.lattice(), 0);
    quality = QualityFlags.of(map, map.time()) | calibrations.flags();
    observedLong = map.observedNotional(Side.LONG);
    observedShort = map.observedNotional(Side.SHORT);
    returns.startAt(map.time(), map.markPrice());
    sync();
    revision = -1;
  }

  /**
   * Sets the bars that prices are made from. Volatility and impact start again where they are
   * measured by other bars than before, and reactions over less than a bar are unknown.
   *
   * @param lengthNanos 0 for ticks
   * @param anchorNanos bars begin at this time and whole lengths from it
   */
  public void onBars(final long lengthNanos, final long anchorNanos) {
    final long measured = lengthNanos > MinuteReturns.MINUTE_NANOS ? lengthNanos : 0;
    final boolean isAsBefore =
        measured == measuredBars() && (measured == 0 || anchorNanos == barAnchor);
    barNanos = lengthNanos;
    reactions.onBars(lengthNanos);
    if (isAsBefore) {
      return;
    }
    barAnchor = anchorNanos;
    bars = measured == 0 ? null : new BarReturns(halfLifeNanos, measured, anchorNanos);
    returns = new MinuteReturns(halfLifeNanos);
    returns.startAt(map.time(), map.markPrice());
  }

  private void sync() {
    changes = map.changes();
    updates = map.updates();
    prices = map.prices();
    markBucket = map.markBucket();
    sweptLong = map.sweptNotional(MODEL, Side.LONG);
    sweptShort = map.sweptNotional(MODEL, Side.SHORT);
  }

  /**
   * Counts what takers did, after the map has counted the trade.
   *
   * @param time ns since 1970
   * @param price mantissa
   * @param quantity mantissas, as for the map
   */
  public void onTrade(
      final long time, final long price, final double quantity, final boolean takerBuys) {
    advance(time);
    final double notional = (isInverse ? quantity : quantity * price) * notionalUnit;
    final double flow = takerBuys ? notional : -notional;
    if (bars == null) {
      returns.onFlow(flow);
    } else {
      bars.onFlow(flow);
    }
  }

  private void advance(final long time) {
    if (bars == null) {
      returns.advance(time);
    } else {
      bars.advance(time);
    }
  }

  private void onPrice(final long price) {
    if (bars == null) {
      returns.onPrice(price);
    } else {
      bars.onPrice(price);
    }
  }

  /**
   * Counts faults of the feed; before {@link #after}.
   *
   * @param gaps holes in the feed and in the instrument's own stream, so far
   * @param rejected messages rejected for an invalid value, so far
   */
  public void onFaults(final long gaps, final long rejected) {
    faults = (gaps > 0 ? QualityFlags.GAP : 0) | (rejected > 0 ? QualityFlags.REJECTED : 0);
  }

  /**
   * Follows the map after each event of the instrument that was applied to it, and publishes
   * events.
   *
   * @param inputSequence of the event
   * @param out receives them, before this returns
   */
  public void after(final long inputSequence, final MapEventHandler out) {
    final long time = map.time();
    publisher.begin(time, inputSequence, out);
    advance(time);
    calibrations.after(publisher);
    final int newQuality = QualityFlags.of(map, time) | faults | calibrations.flags();
    if (newQuality != quality) {
      final int before = quality;
      quality = newQuality;
      publisher.quality(before | outside, newQuality | outside);
    }
    if (map.prices() != prices) {
      prices = map.prices();
      onPrice(map.markPrice());
      reactions.onPrice(time, map.markPrice());
    }
    boolean isDue = time - refreshedAt >= refreshNanos && map.revision() != revision;
    if (map.updates() != updates) {
      updates = map.updates();
      isExactDue = true;
      isDue |= hasMoved(map.openInterest());
    }
    if (map.changes() != changes) {
      sweep();
      isExactDue = true;
      isDue = true;
    }
    if (isDue) {
      refresh(time);
    }
    markBucket = map.markBucket();
  }

  private boolean hasMoved(final double newOpenInterest) {
    return !(Math.abs(newOpenInterest - openInterest) <= MATERIAL * openInterest);
  }

  /**
   * Sets flags that don't follow from the feed, and publishes the change.
   *
   * @param flags {@link QualityFlags#NOT_JOURNALED}, or 0
   * @param inputSequence of the last event
   */
  public void onOutside(final int flags, final long inputSequence, final MapEventHandler out) {
    if (flags != outside) {
      final int before = quality | outside;
      outside = flags;
      publisher.begin(map.time(), inputSequence, out);
      publisher.quality(before, quality | outside);
    }
  }

  private void sweep() {
    changes = map.changes();
    final int now = map.markBucket();
    if (now == markBucket) {
      return;
    }
    final boolean isDown = now < markBucket;
    final Side side = isDown ? Side.LONG : Side.SHORT;
    final double swept = map.sweptNotional(MODEL, side);
    final double expected = swept - (isDown ? sweptLong : sweptShort);
    if (expected > 0) {
      final int low = isDown ? now + 1 : markBucket;
      final int high = isDown ? markBucket : now - 1;
      final double observed = map.observedNotional(side);
      publisher.swept(
          side, low, high, expected, observed - (isDown ? observedLong : observedShort));
      if (isDown) {
        sweptLong = swept;
        observedLong = observed;
      } else {
        sweptShort = swept;
        observedShort = observed;
      }
      clusters.onSwept(side, low, high, now, publisher, clearing);
    }
  }

  private void onCleared(final Side side) {
    reactions.onCleared(map.time(), map.markPrice(), side);
  }

  private void refresh(final long time) {
    density.project();
    clusters.refresh(density, time, isExactDue, publisher);
    cascades.refresh(density, map.markBucket(), map.markPrice(), impact(), publisher);
    isExactDue = false;
    openInterest = map.openInterest();
    refreshedAt = time;
    revision = map.revision();
    refreshes++;
  }

  public LiveClusters clusters() {
    return clusters;
  }

  /** Standard deviation of the log price over one hour, NaN before it is known. */
  public double volatility() {
    return bars == null ? returns.volatility() : bars.volatility();
  }

  /** Length of the bars that prices are made from, ns; 0 for ticks. */
  public long barNanos() {
    return barNanos;
  }

  /**
   * Length of the bars that volatility and impact are measured by, ns; 0 where they come from
   * minutes, as for ticks and shorter bars.
   */
  public long measuredBars() {
    return bars == null ? 0 : barNanos;
  }

  /** Move of the log price by takers' notional of 1 quote asset, NaN before it is known. */
  public double impact() {
    return bars == null ? returns.impact() : bars.impact();
  }

  /** What price did after mark had cleared clusters. */
  public Reactions reactions() {
    return reactions;
  }

  /** {@link QualityFlags} at the last event, those from outside included. */
  public int quality() {
    return quality | outside;
  }

  /** Density, not older than the last refresh; empty before the first one since a restart. */
  public LiquidationDensity density() {
    return density;
  }

  /** Refreshes so far; not comparable across restarts. */
  public long refreshes() {
    return refreshes;
  }

  public void encode(final StateWriter out) {
    out.putLong(quality & QualityFlags.STATE);
    out.putLong(faults);
    out.putLong(refreshedAt);
    out.putLong(map.revision() != revision ? 1 : 0);
    out.putLong(isExactDue ? 1 : 0);
    out.putDouble(openInterest);
    out.putDouble(observedLong);
    out.putDouble(observedShort);
    if (bars == null) {
      returns.encode(out);
    } else {
      bars.encode(out);
    }
    cascades.encode(out);
    reactions.encode(out);
    clusters.encode(out);
  }

  /**
   * Reads a state that was written under the same settings and bars; the map has read its own
   * before.
   *
   * @throws IllegalStateException if it ends too early or has a value out of range; the tracker is
   *     of no use then
   */
  public void decode(final StateReader in) {
    final long time = map.time();
    quality = in.getInt(0, QualityFlags.STATE);
    faults = in.getInt(0, QualityFlags.STATE) & (QualityFlags.GAP | QualityFlags.REJECTED);
    refreshedAt = in.getLong(0, time);
    final boolean isChanged = in.getInt(0, 1) == 1;
    isExactDue = in.getInt(0, 1) == 1;
    openInterest = in.getDouble();
    observedLong = in.getDouble(0, map.observedNotional(Side.LONG));
    observedShort = in.getDouble(0, map.observedNotional(Side.SHORT));
    if (bars == null) {
      returns.decode(in, time, map.markPrice());
    } else {
      bars.decode(in, time);
    }
    cascades.decode(in);
    reactions.decode(in, time);
    clusters.decode(in, time);
    sync();
    calibrations.sync();
    quality |= calibrations.flags();
    revision = isChanged ? -1 : map.revision();
  }
}
