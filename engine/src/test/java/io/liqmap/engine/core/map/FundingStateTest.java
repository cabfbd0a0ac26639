package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FundingStateTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long START = 20_000 * 24 * HOUR;
  private static final double UNIT = 1e-9;

  private final FundingState funding = new FundingState();

  @Test
  void shouldPredictUntilThePaymentAndSettleThen() {
    funding.onRate(START, 100_000, START + 8 * HOUR);
    final long before = START + 8 * HOUR - 1;
    assertEquals(1e-4, funding.predictedRate(before), 1e-18);
    assertEquals(START, funding.predictedSaid(before));
    assertEquals(START + 8 * HOUR, funding.nextTime(before));
    assertTrue(Double.isNaN(funding.settledRate(before)));
    assertEquals(0, funding.settledTime(before));

    // No message has come since, but the stated time has passed.
    final long after = START + 8 * HOUR;
    assertTrue(funding.isDue(after));
    assertEquals(1e-4, funding.settledRate(after), 1e-18);
    assertEquals(START + 8 * HOUR, funding.settledTime(after));
    assertTrue(Double.isNaN(funding.predictedRate(after)));
    assertEquals(0, funding.nextTime(after));
  }

  @Test
  void shouldSettleWhenTheFeedNamesALaterPayment() {
    funding.onRate(START + 8 * HOUR - 2, 100_000, START + 8 * HOUR);
    // The venue's clock is a little ahead of the message's time.
    funding.onRate(START + 8 * HOUR - 1, -20_000, START + 16 * HOUR);
    final long now = START + 8 * HOUR - 1;
    assertEquals(1e-4, funding.settledRate(now), 1e-18);
    assertEquals(START + 8 * HOUR, funding.settledTime(now));
    assertEquals(-2e-5, funding.predictedRate(now), 1e-18);
    assertEquals(START + 16 * HOUR, funding.nextTime(now));
    assertEquals(8 * HOUR, funding.interval());
  }

  @Test
  void shouldTakeTheLastRateThatIsSaidOfAPaymentAsWhatWasPaid() {
    funding.onRate(START, 100_000, START + HOUR);
    funding.onRate(START + HOUR + 1, 120_000, START + HOUR);
    assertEquals(1.2e-4, funding.settledRate(START + HOUR + 1), 1e-18);
    assertEquals(START + HOUR, funding.settledTime(START + HOUR + 1));
    assertFalse(funding.isDue(START + HOUR + 1));
  }

  /** As an import of paid rates repeats them with each mark price. */
  @Test
  void shouldSettleAtOnceWhatIsSaidOfAPaymentOfThePast() {
    for (long time = START + 3 * MINUTE; time < START + 12 * HOUR; time += 10 * MINUTE) {
      final long paid = time < START + 8 * HOUR ? START : START + 8 * HOUR;
      funding.onRate(time, paid == START ? 100_000 : 50_000, paid);
      assertEquals(paid, funding.settledTime(time));
      assertEquals(paid == START ? 1e-4 : 5e-5, funding.settledRate(time), 1e-18);
      assertTrue(Double.isNaN(funding.predictedRate(time)));
      assertEquals(paid == START ? 0 : START + 16 * HOUR, funding.nextTime(time));
    }
    assertEquals(8 * HOUR, funding.interval());
  }

  @Test
  void shouldKeepAnAnnouncedTimeThroughRatesWithoutOne() {
    funding.onRate(START, 1, START + HOUR);
    funding.onRate(START + 1, 2, 0);
    assertEquals(START + HOUR, funding.nextTime(START + 1));
    assertEquals(2 * UNIT, funding.predictedRate(START + 1), 1e-18);
    funding.onRate(START + 2 * HOUR, 3, 0);
    assertEquals(2 * UNIT, funding.settledRate(START + 2 * HOUR), 1e-18);
    assertEquals(3 * UNIT, funding.predictedRate(START + 2 * HOUR), 1e-18);
    assertEquals(0, funding.nextTime(START + 2 * HOUR));
  }

  @Test
  void shouldNotCallAHoleInTheFeedAnInterval() {
    funding.onRate(START, 1, START + HOUR);
    funding.onRate(START + 5 * HOUR, 2, START + 6 * HOUR);
    assertEquals(0, funding.interval(), "five hours passed unseen");
    assertEquals(UNIT, funding.settledRate(START + 5 * HOUR), 1e-18);
    assertEquals(START + HOUR, funding.settledTime(START + 5 * HOUR));
    funding.onRate(START + 6 * HOUR, 3, START + 7 * HOUR);
    assertEquals(HOUR, funding.interval());
  }

  /** Every rate by its payment, against what was last said of each. */
  @Test
  void shouldAgreeWithAListOfAllThatWasSaid() {
    final SplittableRandom random = new SplittableRandom(5);
    final Map<Long, Long> lastOf = new TreeMap<>();
    long time = START;
    int settled = 0;
    for (int i = 0; i < 5_000; i++) {
      time += random.nextLong(40 * MINUTE);
      // A venue that is now and then late to name the next payment, or early.
      final long drift = random.nextInt(10) == 0 ? random.nextLong(-MINUTE, MINUTE) : 0;
      final long payment = ((time + drift) / (4 * HOUR) + 1) * 4 * HOUR;
      final long rate = random.nextLong(-1_000_000, 1_000_000);
      funding.onRate(time, rate, payment);
      lastOf.put(payment, rate);
      final long now = time + random.nextLong(10 * MINUTE);
      long paid = 0;
      for (final long of : lastOf.keySet()) {
        paid = of <= now || of < payment ? of : paid;
      }
      assertEquals(paid, funding.settledTime(now), "rate " + i);
      if (paid != 0) {
        settled++;
        assertEquals(lastOf.get(paid) * UNIT, funding.settledRate(now), 1e-18, "rate " + i);
      }
      if (payment > now) {
        assertEquals(rate * UNIT, funding.predictedRate(now), 1e-18);
        assertEquals(payment, funding.nextTime(now));
      } else {
        assertTrue(Double.isNaN(funding.predictedRate(now)));
      }
    }
    assertTrue(settled > 4_000);
    assertEquals(4 * HOUR, funding.interval());
  }
}
