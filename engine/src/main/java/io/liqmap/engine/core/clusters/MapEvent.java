package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.margin.Side;

/**
 * A sweep, a change of a cluster, a cascade warning, or a change of quality or calibration of one
 * instrument.
 *
 * <p>One object is reused for all events: read it before the handler returns. Prices and notionals
 * are in the quote asset; a field that doesn't belong to a kind of event is 0 or null.
 */
public final class MapEvent {
  /** What happened. */
  public enum Kind {
    /** A move of mark has swept positions. */
    SWEPT,
    /** There is a new cluster. */
    BORN,
    /** A cluster has grown by more than the set fraction since the last event about it. */
    GROWN,
    /** It has shrunk by more than that; a notional of 0 is its end. */
    SHRUNK,
    /** Mark has crossed all of a cluster, which is its end. */
    CLEARED,
    /** A shock to the price would reach much farther, by what it sweeps. */
    CASCADE_WARNING,
    /** The {@link QualityFlags} have changed. */
    QUALITY,
    /** The calibration status of a side has changed. */
    CALIBRATION
  }

  Kind kind = Kind.QUALITY;
  long time;
  long inputSequence;
  int instrument;
  int map;
  Side side;
  long cluster;
  int lowBucket;
  int highBucket;
  double priceLow;
  double priceHigh;
  double peakPrice;
  double expectedNotional;
  double observedNotional;
  double notional;
  double previousNotional;
  double reachPrice;
  int rounds;
  int qualityBefore;
  int qualityAfter;
  CalibrationStatus statusBefore;
  CalibrationStatus statusAfter;
  double expectedOverRealised;
  double expectedOverRealisedLow;
  double expectedOverRealisedHigh;

  MapEvent() {}

  /** What happened. */
  public Kind kind() {
    return kind;
  }

  /** Time of the instrument's last event, ns since 1970. */
  public long time() {
    return time;
  }

  /** Sequence of the feed's event that caused it. */
  public long inputSequence() {
    return inputSequence;
  }

  public int instrument() {
    return instrument;
  }

  /**
   * Which map of the instrument: 0 for its first model's whole one, n for the n-th of {@link
   * ClusterSettings#tracked}.
   */
  public int map() {
    return map;
  }

  /** Side of the positions; null for a change of quality. */
  public Side side() {
    return side;
  }

  /** Number of the cluster, from 1; 0 where it isn't about one. */
  public long cluster() {
    return cluster;
  }

  /** Lowest bucket: of the cluster, or of what mark crossed or would. */
  public int lowBucket() {
    return lowBucket;
  }

  /** Highest bucket: of the cluster, or of what mark crossed or would. */
  public int highBucket() {
    return highBucket;
  }

  /** Lower edge of the lowest bucket. */
  public double priceLow() {
    return priceLow;
  }

  /** Upper edge of the highest bucket. */
  public double priceHigh() {
    return priceHigh;
  }

  /** Centre of the cluster's largest bucket. */
  public double peakPrice() {
    return peakPrice;
  }

  /** What was swept, or would be by the cascade. */
  public double expectedNotional() {
    return expectedNotional;
  }

  /** Liquidations that the venue reported on that side since the last sweep of that side. */
  public double observedNotional() {
    return observedNotional;
  }

  /** What the cluster holds now. */
  public double notional() {
    return notional;
  }

  /** What it held at the last event about it. */
  public double previousNotional() {
    return previousNotional;
  }

  /** Price at which the cascade ends. */
  public double reachPrice() {
    return reachPrice;
  }

  /** Rounds in which the cascade swept something. */
  public int rounds() {
    return rounds;
  }

  /** {@link QualityFlags} as they were. */
  public int qualityBefore() {
    return qualityBefore;
  }

  /** {@link QualityFlags} as they are. */
  public int qualityAfter() {
    return qualityAfter;
  }

  /** Calibration of the side as it was. */
  public CalibrationStatus statusBefore() {
    return statusBefore;
  }

  /** Calibration of the side as it is. */
  public CalibrationStatus statusAfter() {
    return statusAfter;
  }

  /** Swept of the side over liquidated, of whole days so far; NaN where there is none. */
  public double expectedOverRealised() {
    return expectedOverRealised;
  }

  /** Lower end of its 95 % interval; NaN where there is none. */
  public double expectedOverRealisedLow() {
    return expectedOverRealisedLow;
  }

  /** Upper end of its 95 % interval; NaN where there is none. */
  public double expectedOverRealisedHigh() {
    return expectedOverRealisedHigh;
  }

  void reset(final Kind newKind, final Side newSide) {
    kind = newKind;
    side = newSide;
    cluster = 0;
    lowBucket = 0;
    highBucket = 0;
    priceLow = 0;
    priceHigh = 0;
    peakPrice = 0;
    expectedNotional = 0;
    observedNotional = 0;
    notional = 0;
    previousNotional = 0;
    reachPrice = 0;
    rounds = 0;
    qualityBefore = 0;
    qualityAfter = 0;
    statusBefore = null;
    statusAfter = null;
    expectedOverRealised = 0;
    expectedOverRealisedLow = 0;
    expectedOverRealisedHigh = 0;
  }
}
