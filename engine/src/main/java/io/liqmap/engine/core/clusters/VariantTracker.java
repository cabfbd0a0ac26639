package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.map.BlendedDensity;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;

/**
 * Tracks the clusters of another map of an instrument than its first model's whole one, and
 * publishes events about it.
 *
 * <p>Clusters are refreshed when those of the first model were, at most once a second of the feed's
 * time. A window has no sweeps and no cascades: what of a sweep was opened within it isn't known.
 * Time comes with events: the same events give the same state and publish the same. On the map's
 * thread; allocates only when the map has become wider than ever.
 */
public final class VariantTracker implements SummedClusters.Totals {
  private final InstrumentMap map;
  private final ClusterTracker tracker;
  private final MapVariant variant;
  private final boolean isWhole;
  private final BlendedDensity density;
  private final MapEventPublisher publisher;
  private final SummedClusters clusters;

  /** As of the last event; not part of the state. */
  private long seenRefreshes;

  /**
   * Starts to track a map from now on.
   *
   * @param tracker of the instrument, which follows each event first
   * @param number of the map in events, from 1
   */
  public VariantTracker(
      final ClusterSettings settings,
      final InstrumentMap map,
      final ClusterTracker tracker,
      final MapVariant variant,
      final int number) {
    this.map = map;
    this.tracker = tracker;
    this.variant = variant;
    isWhole = variant.window() == Window.ALL;
    density = new BlendedDensity(map, variant);
    publisher = new MapEventPublisher(map.instrument(), map.lattice(), number);
    clusters = new SummedClusters(settings, map.lattice(), density, this, publisher, isWhole);
    clusters.restart();
    clusters.move(map.markBucket());
    seenRefreshes = tracker.refreshes();
  }

  /**
   * Follows the map after each event of the instrument, and publishes events.
   *
   * @param now latest time of all events, where windows end, ns
   * @param inputSequence of the event
   * @param out receives them, before this returns
   */
  public void after(final long now, final long inputSequence, final MapEventHandler out) {
    if (tracker.refreshes() != seenRefreshes) {
      seenRefreshes = tracker.refreshes();
      clusters.require();
    }
    final long time = map.time();
    final boolean isDue = clusters.isDueAt(time);
    if (!isDue && map.markBucket() == clusters.markBucket()) {
      return;
    }
    publisher.begin(time, inputSequence, out);
    clusters.move(map.markBucket());
    if (isDue) {
      density.project(now);
      clusters.refresh(time, map.markPrice(), isWhole ? tracker.impact() : Double.NaN);
    }
  }

  @Override
  public double swept(final Side side) {
    return density.sweptNotional(side);
  }

  @Override
  public double observed(final Side side) {
    return map.observedNotional(side);
  }

  /** Which map it tracks. */
  public MapVariant variant() {
    return variant;
  }

  public LiveClusters clusters() {
    return clusters.clusters();
  }

  /** The map, as of its last projection. */
  public BlendedDensity density() {
    return density;
  }

  public void encode(final StateWriter out) {
    clusters.encode(out);
  }

  /**
   * Reads a state that was written under the same settings; map and tracker of the instrument have
   * read theirs before.
   *
   * @throws IllegalStateException if it ends too early or has a value out of range; the tracker is
   *     of no use then
   */
  public void decode(final StateReader in) {
    clusters.decode(in, map.time());
    seenRefreshes = tracker.refreshes();
  }
}
