package io.liqmap.tools.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.liqmap.engine.core.calibration.CalibrationStatus;
import io.liqmap.engine.core.calibration.OnlineScore;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalibrationAnswerTest {
  private static final long DAY = 86_400_000_000_000L;
  private static final int ENOUGH = OnlineScore.LEAST_DAYS + 3;

  @Test
  void shouldSayHowManyDaysAreMissingBeforeAnythingIsProven() {
    final OnlineScore score = score(3, 100, 80);
    final CalibrationAnswer answer = CalibrationAnswer.of(score);
    assertEquals("unproven", answer.status());
    assertEquals(score.days(), answer.days());
    assertEquals(
        "unproven (" + (long) score.days() + " of " + OnlineScore.LEAST_DAYS + " days)",
        answer.text());
  }

  @Test
  void shouldGiveTheRatioItsIntervalAndItsStatus() {
    for (final double realised : new double[] {90, 300, 20}) {
      final OnlineScore score = score(ENOUGH, 100, realised);
      final CalibrationAnswer answer = CalibrationAnswer.of(score);
      assertEquals(Format.lower(score.status()), answer.status());
      assertEquals(Optional.of(score.ratio()), answer.expectedOverRealised());
      assertEquals(Optional.of(score.low()), answer.low());
      assertEquals(Optional.of(score.high()), answer.high());
      assertEquals(
          String.format(
              Locale.ROOT,
              "%.2f [%.2f, %.2f] %s",
              score.ratio(),
              score.low(),
              score.high(),
              answer.status()),
          answer.text());
    }
  }

  @Test
  void shouldCallItUnprovenWhereNothingWasReportedOrSwept() {
    final CalibrationAnswer unreported = CalibrationAnswer.of(score(ENOUGH, 100, 0));
    assertEquals("unproven (nothing reported)", unreported.text());
    assertEquals(Optional.empty(), unreported.expectedOverRealised());
    final CalibrationAnswer unswept = CalibrationAnswer.of(score(ENOUGH, 0, 100));
    assertEquals("unproven (nothing swept)", unswept.text());
    assertEquals(Optional.of(0.), unswept.expectedOverRealised());
    assertEquals(Optional.empty(), unswept.low());
  }

  @Test
  void shouldLeaveOutOfJsonWhatIsNotKnown() {
    final String json = Json.text(CalibrationAnswer.of(new OnlineScore()));
    assertFalse(json.contains("expectedOverRealised") || json.contains("low"), json);
    assertEquals("unscored", CalibrationAnswer.of(null).status());
    assertEquals("unscored", CalibrationAnswer.of(null).text());
  }

  @Test
  void shouldPutBothSidesOnALine() {
    final CalibrationAnswer longs = CalibrationAnswer.of(score(ENOUGH, 100, 90));
    assertEquals(Format.lower(CalibrationStatus.CALIBRATED), longs.status());
    final CalibrationAnswer shorts = CalibrationAnswer.of(score(2, 100, 90));
    assertEquals(
        "long " + longs.text() + ", short " + shorts.text(),
        CalibrationAnswer.line(new BySide<>(longs, shorts)));
  }

  /** Of whole days that differ by a tenth. */
  private static OnlineScore score(final int days, final double expected, final double realised) {
    final OnlineScore score = new OnlineScore();
    for (int day = 1; day <= days + 1; day++) {
      score.add(day * DAY, expected * (1 + day % 2 * .1), realised);
    }
    return score;
  }
}
