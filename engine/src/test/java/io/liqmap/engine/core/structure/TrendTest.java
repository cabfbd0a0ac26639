package io.liqmap.engine.core.structure;

import static io.liqmap.engine.core.structure.StructureFixture.DAY;
import static io.liqmap.engine.core.structure.StructureFixture.HOUR;
import static io.liqmap.engine.core.structure.StructureFixture.MINUTE;
import static io.liqmap.engine.core.structure.StructureFixture.START;
import static io.liqmap.engine.core.structure.StructureFixture.structure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class TrendTest {
  private static final double KEPT = StrictMath.exp(-1.0 / 60);

  private final Structure structure = structure();

  @Test
  void shouldHaveNoMeanBeforeTheFirstFullMinute() {
    structure.onPrice(START, 1_000);
    structure.onPrice(START + MINUTE - 1, 2_000);
    assertTrue(Double.isNaN(hour().ema()));
    assertEquals(0, hour().sign());
    structure.onTime(START + MINUTE);
    assertEquals(2_000, hour().ema());
    assertEquals(0, hour().slopePerHour());
  }

  @Test
  void shouldSampleTheLastPriceBeforeTheMinute() {
    structure.onPrice(START, 1_000);
    structure.onPrice(START + MINUTE, 5_000);
    assertEquals(1_000, hour().ema());
    structure.onPrice(START + MINUTE + 1, 9_000);
    structure.onPrice(START + 2 * MINUTE - 1, 2_000);
    structure.onPrice(START + 2 * MINUTE, 7_000);
    assertEquals(KEPT * 1_000 + (1 - KEPT) * 2_000, hour().ema(), 1e-9);
  }

  @Test
  void shouldCatchUpWithMissedMinutesAsIfTheyHadComeOneByOne() {
    final Structure slow = structure();
    for (final Structure each : new Structure[] {structure, slow}) {
      each.onPrice(START, 1_000);
      each.onPrice(START + MINUTE, 1_300);
      each.onPrice(START + 2 * MINUTE, 1_200);
    }
    for (int minute = 3; minute <= 4_000; minute++) {
      slow.onTime(START + minute * MINUTE);
      if (minute == 10 || minute == 1_000 || minute == 4_000) {
        structure.onTime(START + minute * MINUTE);
        for (int i = 0; i < 3; i++) {
          final TrendReading expected = slow.snapshot().trends().get(i);
          final TrendReading caughtUp = structure.snapshot().trends().get(i);
          assertEquals(1, caughtUp.ema() / expected.ema(), 1e-12);
          assertEquals(expected.slopePerHour(), caughtUp.slopePerHour(), 1e-14);
        }
      }
    }
  }

  @Test
  void shouldReachThePriceOverAGapOfDays() {
    structure.onPrice(START, 1_000);
    structure.onPrice(START + MINUTE, 2_000);
    structure.onTime(START + 3_000 * DAY);
    for (final TrendReading reading : structure.snapshot().trends()) {
      assertEquals(2_000, reading.ema(), 1e-9);
      assertEquals(0, reading.slopePerHour(), 1e-12);
      assertEquals(0, reading.sign());
      assertTrue(reading.isSettled());
    }
  }

  @Test
  void shouldMeasureTheSlopeOfASteadyTrend() {
    final long perMinute = 10_000;
    for (int minute = 0; minute < 60 * 1_440; minute++) {
      structure.onPrice(START + minute * MINUTE, 1_000_000_000 + minute * perMinute);
    }
    for (final TrendReading reading : structure.snapshot().trends()) {
      assertEquals(1, reading.slopePerHour() * reading.ema() / (60 * perMinute), 1e-9);
    }
  }

  @Test
  void shouldGiveTheSignBeyondTheDeadBandOnly() {
    assertEquals(0, signAfterSteadily(0.0009));
    assertEquals(1, signAfterSteadily(0.0011));
    assertEquals(0, signAfterSteadily(-0.0009));
    assertEquals(-1, signAfterSteadily(-0.0011));
  }

  /** Sign over an hour, with 10 bp of dead band. */
  private static int signAfterSteadily(final double perHour) {
    final Structure structure = structure();
    double price = 1e9;
    for (int minute = 0; minute < 1_440; minute++) {
      structure.onPrice(START + minute * MINUTE, Math.round(price));
      price *= 1 + perHour / 60;
    }
    return structure.snapshot().trends().get(0).sign();
  }

  @Test
  void shouldBeSettledOnceTheSamplesSpanTheWindow() {
    structure.onPrice(START, 1_000);
    structure.onTime(START + MINUTE + HOUR - 1);
    assertFalse(hour().isSettled());
    structure.onTime(START + MINUTE + HOUR);
    assertTrue(hour().isSettled());
    assertFalse(structure.snapshot().trends().get(1).isSettled());
  }

  @Test
  void shouldNotSampleForATimeThatGoesBack() {
    structure.onPrice(START, 1_000);
    structure.onTime(START + MINUTE);
    final double before = hour().ema();
    structure.onPrice(START - DAY, 3_000);
    structure.onTime(Long.MIN_VALUE);
    assertEquals(before, hour().ema());
    assertEquals(START + MINUTE, structure.time());
    structure.onTime(START + 2 * MINUTE);
    assertEquals(KEPT * 1_000 + (1 - KEPT) * 3_000, hour().ema(), 1e-9);
  }

  @Test
  void shouldNotMoveToATimeBeyondTheLatest() {
    structure.onPrice(START, 1_000);
    structure.onTime(Long.MAX_VALUE);
    assertEquals(START, structure.time());
    structure.onTime(Structure.MAX_TIME);
    assertEquals(Structure.MAX_TIME, structure.time());
    structure.onTime(Structure.MAX_TIME + 1);
    assertEquals(Structure.MAX_TIME, structure.time());
    assertEquals(1_000, hour().ema());
  }

  private TrendReading hour() {
    return structure.snapshot().trends().get(0);
  }
}
