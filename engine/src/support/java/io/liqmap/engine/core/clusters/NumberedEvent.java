package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.margin.Side;

/** An event of which all follows from a number, so that a mix of two events shows. */
public final class NumberedEvent {
  private static final MapEvent.Kind[] KINDS = MapEvent.Kind.values();
  private static final int FLAGS = 128;
  private static final CalibrationStatus[] STATUSES = CalibrationStatus.values();

  private final MapEvent event = new MapEvent();

  /** Fills the one event; neighbours differ in every field. */
  public MapEvent of(final long number) {
    final MapEvent.Kind kind = KINDS[(int) (number % KINDS.length)];
    final boolean isQuality = kind == MapEvent.Kind.QUALITY;
    event.reset(kind, isQuality ? null : number % 2 == 0 ? Side.LONG : Side.SHORT);
    event.time = 1_700_000_000_000_000_000L + number;
    event.inputSequence = 3 * number + 1;
    event.instrument = (int) (number & 0xFFFF) + 1;
    event.map = (int) (number % 16);
    event.cluster = 5 * number + 2;
    event.lowBucket = -(int) (number & 0xFFFFFF) - 1;
    event.highBucket = (int) (number & 0xFFFFFF) + 2;
    event.priceLow = number + .125;
    event.priceHigh = number + .25;
    event.peakPrice = number + .375;
    event.expectedNotional = number + .5;
    event.observedNotional = number + .625;
    event.notional = number + .75;
    event.previousNotional = number + .875;
    event.reachPrice = -number - .125;
    event.rounds = (int) (number & 0xFFFFFF) + 3;
    event.qualityBefore = (int) (number % FLAGS);
    event.qualityAfter = (int) ((number + 1) % FLAGS);
    event.statusBefore = STATUSES[(int) (number % STATUSES.length)];
    event.statusAfter = STATUSES[(int) ((number + 1) % STATUSES.length)];
    event.expectedOverRealised = number + .0625;
    event.expectedOverRealisedLow = number + .1875;
    event.expectedOverRealisedHigh = number + .3125;
    return event;
  }
}
