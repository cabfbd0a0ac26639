package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What price does after a sweep. */
final class ReactionsTest {
  private static final long SHORTER = 10;
  private static final long LONGER = 100;

  private final Reactions reactions = new Reactions(List.of(SHORTER, LONGER), 5);

  @Test
  void shouldCountGoingOnDownwardsAfterASweepOfLongs() {
    reactions.onCleared(1_000, 100_000, Side.LONG);
    reactions.onPrice(1_010, 99_900);
    assertEquals(1, reactions.continuations(Side.LONG, 0));
    assertEquals(10, reactions.meanBps(Side.LONG, 0), 1e-9);
    reactions.onPrice(1_100, 100_200);
    assertEquals(1, reactions.reversals(Side.LONG, 1));
    assertEquals(-20, reactions.meanBps(Side.LONG, 1), 1e-9);
    assertEquals(1, reactions.count(Side.LONG, 0));
    assertEquals(1, reactions.count(Side.LONG, 1));
    assertEquals(0, reactions.count(Side.SHORT, 0) + reactions.count(Side.SHORT, 1));
    assertEquals(0, reactions.pending());
  }

  @Test
  void shouldCountGoingOnUpwardsAfterASweepOfShorts() {
    reactions.onCleared(1_000, 100_000, Side.SHORT);
    reactions.onPrice(1_010, 100_100);
    reactions.onPrice(1_100, 99_900);
    assertEquals(1, reactions.continuations(Side.SHORT, 0));
    assertEquals(1, reactions.reversals(Side.SHORT, 1));
    assertEquals(10, reactions.meanBps(Side.SHORT, 0), 1e-9);
  }

  @Test
  void shouldNotKnowWhatFollowsWithinLessThanABar() {
    reactions.onCleared(1_000, 100_000, Side.LONG);
    reactions.onPrice(1_010, 99_900);
    reactions.onBars(SHORTER + 1);
    assertFalse(reactions.isKnown(0));
    assertTrue(reactions.isKnown(1));
    assertEquals(0, reactions.count(Side.LONG, 0));
    reactions.onCleared(2_000, 100_000, Side.LONG);
    reactions.onPrice(2_010, 99_900);
    reactions.onPrice(2_100, 99_900);
    assertEquals(0, reactions.count(Side.LONG, 0));
    assertTrue(Double.isNaN(reactions.meanBps(Side.LONG, 0)));
    assertEquals(2, reactions.count(Side.LONG, 1));
    reactions.onBars(SHORTER);
    reactions.onCleared(3_000, 100_000, Side.LONG);
    reactions.onPrice(3_010, 99_900);
    assertEquals(1, reactions.count(Side.LONG, 0));
  }

  @Test
  void shouldCallMovesWithinTheDeadBandFlat() {
    for (final long price : new long[] {99_951, 100_000, 100_049}) {
      reactions.onCleared(1_000, 100_000, Side.LONG);
      reactions.onPrice(1_010, price);
    }
    assertEquals(3, reactions.flat(Side.LONG, 0));
    assertEquals(3, reactions.count(Side.LONG, 0));
    assertEquals(0, reactions.meanBps(Side.LONG, 0), 1e-9);
  }

  @Test
  void shouldTakeTheFirstPriceAtOrAfterTheHorizon() {
    reactions.onCleared(1_000, 100_000, Side.LONG);
    reactions.onPrice(1_009, 90_000);
    assertEquals(0, reactions.count(Side.LONG, 0));
    reactions.onPrice(1_050, 99_000);
    reactions.onPrice(1_051, 80_000);
    assertEquals(100, reactions.meanBps(Side.LONG, 0), 1e-9);
    reactions.onPrice(5_000, 101_000);
    assertEquals(-100, reactions.meanBps(Side.LONG, 1), 1e-9);
  }

  @Test
  void shouldMeasureEachFromItsOwnSweep() {
    reactions.onCleared(1_000, 100_000, Side.LONG);
    reactions.onCleared(1_005, 200_000, Side.SHORT);
    reactions.onPrice(1_012, 100_000);
    assertEquals(1, reactions.count(Side.LONG, 0));
    assertEquals(0, reactions.count(Side.SHORT, 0));
    reactions.onPrice(1_015, 100_000);
    assertEquals(-5_000, reactions.meanBps(Side.SHORT, 0), 1e-9);
    assertEquals(2, reactions.pending());
  }

  @Test
  void shouldDropAndCountTheOldestWhenTooManyWait() {
    for (int i = 0; i < Reactions.MAX_PENDING + 3; i++) {
      reactions.onCleared(1_000 + i, 100_000 + 1_000 * i, Side.LONG);
    }
    assertEquals(3, reactions.dropped());
    assertEquals(Reactions.MAX_PENDING, reactions.pending());
    // Due now: those cleared until 1 003, of which three are gone.
    reactions.onPrice(1_013, 103_000);
    assertEquals(1, reactions.count(Side.LONG, 0));
    assertEquals(0, reactions.meanBps(Side.LONG, 0), 1e-9);
    reactions.onPrice(10_000, 103_000);
    assertEquals(Reactions.MAX_PENDING, reactions.count(Side.LONG, 0));
    assertEquals(Reactions.MAX_PENDING, reactions.count(Side.LONG, 1));
    assertEquals(0, reactions.pending());
  }

  @Test
  void shouldDropWhatHasReachedItsFirstHorizonOnly() {
    reactions.onCleared(1_000, 100_000, Side.LONG);
    reactions.onPrice(1_010, 100_000);
    for (int i = 0; i < Reactions.MAX_PENDING; i++) {
      reactions.onCleared(1_020, 100_000, Side.LONG);
    }
    assertEquals(1, reactions.dropped());
    reactions.onPrice(2_000, 100_000);
    assertEquals(Reactions.MAX_PENDING + 1, reactions.count(Side.LONG, 0));
    assertEquals(Reactions.MAX_PENDING, reactions.count(Side.LONG, 1));
  }

  @Test
  void shouldHaveNoMeanOfNothing() {
    assertTrue(Double.isNaN(reactions.meanBps(Side.LONG, 0)));
    assertEquals(2, reactions.horizons());
    assertEquals(LONGER, reactions.horizonNanos(1));
  }
}
