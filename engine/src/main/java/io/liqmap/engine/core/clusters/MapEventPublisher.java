package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.margin.Side;

/** Fills the one event and hands it to the handler. One thread. */
final class MapEventPublisher {
  private final Lattice lattice;
  private final double priceUnit;
  private final MapEvent event = new MapEvent();
  private MapEventHandler out = MapEventHandler.NONE;

  /**
   * Publishes about an instrument, or a group, whose number is behind those of instruments.
   *
   * @param map which of its maps, 0 for the first model's whole one
   */
  MapEventPublisher(final Instrument instrument, final Lattice lattice, final int map) {
    this.lattice = lattice;
    priceUnit = instrument.priceUnit();
    event.instrument = instrument.id();
    event.map = map;
  }

  /** Sets the event of the feed that causes the next map events, and their handler. */
  void begin(final long time, final long inputSequence, final MapEventHandler handler) {
    event.time = time;
    event.inputSequence = inputSequence;
    out = handler;
  }

  void quality(final int before, final int after) {
    event.reset(MapEvent.Kind.QUALITY, null);
    event.qualityBefore = before;
    event.qualityAfter = after;
    out.on(event);
  }

  void calibration(final Side side, final CalibrationStatus before, final OnlineScore score) {
    event.reset(MapEvent.Kind.CALIBRATION, side);
    event.statusBefore = before;
    event.statusAfter = score.status();
    event.expectedOverRealised = score.ratio();
    event.expectedOverRealisedLow = score.low();
    event.expectedOverRealisedHigh = score.high();
    out.on(event);
  }

  void swept(
      final Side side,
      final int low,
      final int high,
      final double expected,
      final double observed) {
    event.reset(MapEvent.Kind.SWEPT, side);
    buckets(low, high);
    event.expectedNotional = expected;
    event.observedNotional = observed;
    out.on(event);
  }

  void cluster(
      final MapEvent.Kind kind,
      final LiveCluster cluster,
      final double notional,
      final double previous) {
    event.reset(kind, cluster.side());
    buckets(cluster.lowBucket(), cluster.highBucket());
    event.cluster = cluster.id();
    event.peakPrice = price(lattice.centre(cluster.peakBucket()));
    event.notional = notional;
    event.previousNotional = previous;
    out.on(event);
  }

  void cascade(
      final Side side,
      final int low,
      final int high,
      final long markPrice,
      final CascadeReach reach) {
    event.reset(MapEvent.Kind.CASCADE_WARNING, side);
    buckets(low, high);
    event.expectedNotional = reach.swept();
    event.rounds = reach.rounds();
    event.reachPrice = price(markPrice * StrictMath.exp(-side.sign() * reach.reach()));
    out.on(event);
  }

  private void buckets(final int low, final int high) {
    event.lowBucket = low;
    event.highBucket = high;
    event.priceLow = price(lattice.edge(low));
    event.priceHigh = price(lattice.edge(high + 1));
  }

  private double price(final double mantissa) {
    return mantissa * priceUnit;
  }
}
