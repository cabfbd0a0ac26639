package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.calibration.OnlineScore;
import org.agrona.concurrent.UnsafeBuffer;

/** A side's score as a view shows it: computed once a day, since its interval takes logarithms. */
final class SideScore {
  /** Null where the map isn't scored. */
  private final OnlineScore score;

  private long revision = -1;
  private double ratio = Double.NaN;
  private double low = Double.NaN;
  private double high = Double.NaN;
  private double days;

  SideScore(final OnlineScore score) {
    this.score = score;
  }

  int status() {
    return score == null ? CalibrationStatus.NOT_SCORED : CalibrationStatus.code(score.status());
  }

  void put(final UnsafeBuffer buffer, final int at) {
    if (score != null && score.revision() != revision) {
      revision = score.revision();
      ratio = score.ratio();
      low = score.low();
      high = score.high();
      days = score.days();
    }
    buffer.putDouble(at + ViewLayout.RATIO, ratio);
    buffer.putDouble(at + ViewLayout.RATIO_LOW, low);
    buffer.putDouble(at + ViewLayout.RATIO_HIGH, high);
    buffer.putDouble(at + ViewLayout.DAYS, days);
  }
}
