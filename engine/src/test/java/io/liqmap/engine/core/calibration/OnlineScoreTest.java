package io.liqmap.engine.core.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OnlineScoreTest {
  private static final long DAY = 86_400_000_000_000L;
  private static final long HOUR = DAY / 24;

  /** Days of hours, each with a random amount, and the map's multiple of it, spread by a factor. */
  private static OnlineScore score(
      final SplittableRandom random, final int days, final double multiple, final double spread) {
    final OnlineScore score = new OnlineScore();
    for (int hour = 0; hour < 24 * days; hour++) {
      final double realised = -StrictMath.log(1 - random.nextDouble());
      final double factor = StrictMath.exp(spread * (2 * random.nextDouble() - 1));
      score.add(hour * HOUR, realised * multiple * factor, realised);
    }
    return score;
  }

  @ParameterizedTest
  @CsvSource({
    "1, CALIBRATED", "1.5, CALIBRATED", "0.6, CALIBRATED",
    "10, UNCALIBRATED", "2.5, UNCALIBRATED", "0.1, UNCALIBRATED",
  })
  void shouldJudgeTheLevel(final double multiple, final CalibrationStatus expected) {
    final OnlineScore score = score(new SplittableRandom(7), 60, multiple, .3);

    assertEquals(expected, score.status());
    assertEquals(multiple, score.ratio(), .1 * multiple);
    assertTrue(score.low() < score.ratio() && score.ratio() < score.high());
  }

  @Test
  void shouldLeaveOpenWhatTheIntervalLeavesOpen() {
    final OnlineScore score = score(new SplittableRandom(1), 30, 2, .3);

    assertEquals(
        CalibrationStatus.UNDECIDED, score.status(), () -> score.low() + " to " + score.high());
  }

  @Test
  void shouldSayNothingBeforeAWeekOfDays() {
    assertEquals(
        CalibrationStatus.UNPROVEN,
        score(new SplittableRandom(1), 7, 1, .1).status(),
        "six are whole");
    assertEquals(CalibrationStatus.UNPROVEN, score(new SplittableRandom(1), 60, 0, .1).status());
    final OnlineScore silent = new OnlineScore();
    for (int hour = 0; hour < 24 * 60; hour++) {
      silent.add(hour * HOUR, 1, 0);
    }
    assertEquals(CalibrationStatus.UNPROVEN, silent.status(), "a feed without reports");
    assertTrue(Double.isNaN(silent.ratio()));
  }

  /** 95 of 100 intervals should hold the truth; with some room for chance and short samples. */
  @Test
  void shouldHaveIntervalsThatHoldTheTruth() {
    int holds = 0;
    for (int seed = 0; seed < 400; seed++) {
      final OnlineScore score = score(new SplittableRandom(seed), 40, 1, 2);
      // The mean of exp of a uniform number in ±2.
      final double truth = StrictMath.sinh(2) / 2;
      holds += score.low() <= truth && truth <= score.high() ? 1 : 0;
    }
    assertTrue(holds >= 356 && holds <= 396, holds + " of 400");
  }

  @Test
  void shouldTurnUncalibratedWhenTheMarketChangesAndSayWhen() {
    final OnlineScore score = score(new SplittableRandom(3), 30, 1, .1);
    assertEquals(CalibrationStatus.CALIBRATED, score.status());
    int news = 0;
    for (int hour = 24 * 30; hour < 24 * 120; hour++) {
      final CalibrationStatus before = score.status();
      final boolean isNews = score.add(hour * HOUR, 8, 1);
      assertEquals(isNews, score.status() != before);
      assertFalse(isNews && hour % 24 != 0, "only at the end of a day");
      news += isNews ? 1 : 0;
    }
    assertEquals(CalibrationStatus.UNCALIBRATED, score.status());
    assertTrue(news >= 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldContinueFromARestoredState(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final OnlineScore score = new OnlineScore();
    OnlineScore restored = new OnlineScore();
    for (int hour = 0; hour < 24 * 40; hour++) {
      final double expected = random.nextInt(5) == 0 ? 0 : random.nextDouble();
      final double realised = random.nextInt(5) == 0 ? 0 : random.nextDouble();
      assertEquals(
          score.add(hour * HOUR, expected, realised),
          restored.add(hour * HOUR, expected, realised));
      assertEquals(score.status(), restored.status());
      assertEquals(score.low(), restored.low());
      if (random.nextInt(20) == 0) {
        final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
        restored.encode(out);
        restored = new OnlineScore();
        restored.decode(new StateReader(out.buffer(), 0, out.position()));
      }
    }
  }
}
