package io.liqmap.engine.core.clusters;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.calibration.OnlineScore;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.margin.Side;

/**
 * Publishes changes of the first model's calibration. Its statuses follow from the map: nothing of
 * it is part of the state.
 */
final class CalibrationWatch {
  private static final int MODEL = 0;

  private final InstrumentMap map;

  /** Of all models, as of the last event. */
  private long verdicts;

  private CalibrationStatus longStatus;
  private CalibrationStatus shortStatus;
  private int flags;

  CalibrationWatch(final InstrumentMap map) {
    this.map = map;
    sync();
  }

  /** Takes over the map's statuses without publishing. */
  void sync() {
    verdicts = map.verdicts();
    longStatus = status(Side.LONG);
    shortStatus = status(Side.SHORT);
    flags = flag(longStatus) | flag(shortStatus);
  }

  private CalibrationStatus status(final Side side) {
    final OnlineScore score = map.score(MODEL, side);
    return score == null ? null : score.status();
  }

  private static int flag(final CalibrationStatus status) {
    if (status == null || status == CalibrationStatus.UNPROVEN) {
      return QualityFlags.UNPROVEN;
    }
    return status == CalibrationStatus.UNCALIBRATED ? QualityFlags.UNCALIBRATED : 0;
  }

  /** Publishes what an event has changed. */
  void after(final MapEventPublisher publisher) {
    if (map.verdicts() == verdicts) {
      return;
    }
    final CalibrationStatus longBefore = longStatus;
    final CalibrationStatus shortBefore = shortStatus;
    sync();
    if (longStatus != longBefore) {
      publisher.calibration(Side.LONG, longBefore, map.score(MODEL, Side.LONG));
    }
    if (shortStatus != shortBefore) {
      publisher.calibration(Side.SHORT, shortBefore, map.score(MODEL, Side.SHORT));
    }
  }

  /** {@link QualityFlags} of both sides. */
  int flags() {
    return flags;
  }
}
