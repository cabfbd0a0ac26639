package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.margin.Side;

/** A copy of an event as it was published. */
record PublishedEvent(
    MapEvent.Kind kind,
    long time,
    long inputSequence,
    int instrument,
    Side side,
    long cluster,
    int lowBucket,
    int highBucket,
    double priceLow,
    double priceHigh,
    double peakPrice,
    double expectedNotional,
    double observedNotional,
    double notional,
    double previousNotional,
    double reachPrice,
    int rounds,
    int qualityBefore,
    int qualityAfter,
    CalibrationStatus statusBefore,
    CalibrationStatus statusAfter,
    double expectedOverRealised,
    double expectedOverRealisedLow,
    double expectedOverRealisedHigh) {
  static PublishedEvent of(final MapEvent event) {
    return new PublishedEvent(
        event.kind(),
        event.time(),
        event.inputSequence(),
        event.instrument(),
        event.side(),
        event.cluster(),
        event.lowBucket(),
        event.highBucket(),
        event.priceLow(),
        event.priceHigh(),
        event.peakPrice(),
        event.expectedNotional(),
        event.observedNotional(),
        event.notional(),
        event.previousNotional(),
        event.reachPrice(),
        event.rounds(),
        event.qualityBefore(),
        event.qualityAfter(),
        event.statusBefore(),
        event.statusAfter(),
        event.expectedOverRealised(),
        event.expectedOverRealisedLow(),
        event.expectedOverRealisedHigh());
  }
}
