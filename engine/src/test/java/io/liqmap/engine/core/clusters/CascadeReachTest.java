package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How far a shock carries. */
final class CascadeReachTest {
  private static final double WIDTH = StrictMath.log1p(5e-4);

  private final CascadeReach reach = new CascadeReach();

  @Test
  void shouldEndWhereTheShockEndsWithoutPositions() {
    follow(new double[0], .01, 1e-9);
    assertEquals(.01, reach.reach());
    assertEquals(0, reach.notional());
    assertEquals(0, reach.rounds());
  }

  @Test
  void shouldAddTheImpactOfWhatIsSweptUntilNoMoreIs() {
    // Buckets 0, 1 and 2 lie within a shock of 3 widths, 4 is reached by what they move, 9 isn't.
    final double[] notionals = {1, 0, 1, 0, 3, 0, 0, 0, 0, 7};
    final double[] cumulative = cumulate(notionals);
    follow(cumulative, 3 * WIDTH, WIDTH);
    assertEquals(5, reach.notional());
    assertEquals(2, reach.rounds());
    assertEquals(8 * WIDTH, reach.reach(), 1e-15);
    assertFalse(reach.isCutShort());
  }

  @Test
  void shouldTakeAnUnknownImpactForNone() {
    follow(new double[] {5}, .01, Double.NaN);
    assertEquals(.01, reach.reach());
    assertEquals(5, reach.notional());
  }

  @Test
  void shouldStopAfterTheMostRounds() {
    final double[] cumulative = new double[1_000];
    for (int i = 0; i < cumulative.length; i++) {
      cumulative[i] = i + 1;
    }
    // Each round reaches exactly one bucket farther.
    follow(cumulative, WIDTH, WIDTH);
    assertEquals(CascadeReach.MAX_ROUNDS, reach.rounds());
    assertEquals(CascadeReach.MAX_ROUNDS, reach.swept());
    assertTrue(reach.isCutShort());
  }

  @Test
  void shouldAgreeWithAScanOfAllBuckets() {
    final SplittableRandom random = new SplittableRandom(5);
    int several = 0;
    for (int round = 0; round < 20_000; round++) {
      final double[] notionals = new double[random.nextInt(1, 400)];
      for (int i = 0; i < notionals.length; i++) {
        notionals[i] = random.nextInt(3) == 0 ? random.nextDouble() * 1e6 : 0;
      }
      final double shock = random.nextDouble() * .03;
      final double impact = random.nextDouble() * 5e-9;
      double distance = shock;
      double swept = 0;
      int rounds = 0;
      for (double now = sweep(notionals, distance); now > swept; ) {
        swept = now;
        distance = shock + impact * swept;
        rounds++;
        now = sweep(notionals, distance);
      }
      follow(cumulate(notionals), shock, impact);
      assertEquals(swept, reach.notional(), "round " + round);
      assertEquals(distance, reach.reach(), "round " + round);
      assertEquals(rounds, reach.rounds(), "round " + round);
      several += rounds > 3 ? 1 : 0;
    }
    assertTrue(several > 1_000, several + " cascades of several rounds");
  }

  private void follow(final double[] cumulative, final double shock, final double impact) {
    reach.follow(
        distance -> {
          final int crossed = (int) Math.min(cumulative.length, distance / WIDTH + .5);
          return crossed == 0 ? 0 : cumulative[crossed - 1];
        },
        shock,
        impact);
  }

  private static double sweep(final double[] notionals, final double distance) {
    double sum = 0;
    for (int i = 0; i < notionals.length; i++) {
      if (distance / WIDTH >= i + .5) {
        sum += notionals[i];
      }
    }
    return sum;
  }

  private static double[] cumulate(final double[] notionals) {
    final double[] cumulative = notionals.clone();
    for (int i = 1; i < cumulative.length; i++) {
      cumulative[i] += cumulative[i - 1];
    }
    return cumulative;
  }
}
