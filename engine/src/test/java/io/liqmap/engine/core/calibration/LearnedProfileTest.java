package io.liqmap.engine.core.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.model.LearningMode;
import io.liqmap.engine.core.model.LearningSettings;
import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LearnedProfileTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final LearningSettings SETTINGS =
      new LearningSettings(LearningMode.ON, .3, 60 * 24 * HOUR);

  /** Sweeps some random stretch of tiers, each of which then loses what it truly holds. */
  private static double[] swept(final SplittableRandom random, final int tiers) {
    final double[] swept = new double[tiers];
    final int from = random.nextInt(tiers);
    final int to = from + random.nextInt(tiers - from);
    for (int tier = from; tier <= to; tier++) {
      swept[tier] = .05 * random.nextDouble();
    }
    return swept;
  }

  private static double liquidated(final double[] truth, final double[] swept) {
    double sum = 0;
    for (int tier = 0; tier < truth.length; tier++) {
      sum += truth[tier] * swept[tier];
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldFindTheSharesThatLiquidationsCameFrom(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final double[] truth = {.01, .03, .002, .08, .02};
    final LearnedProfile learned =
        new LearnedProfile(SETTINGS, new double[] {.05, .01, .05, .01, .1});

    for (int window = 0; window < 5_000; window++) {
      final double[] swept = swept(random, truth.length);
      learned.learn(swept, liquidated(truth, swept), 0, HOUR);
    }

    double before = 0;
    double after = 0;
    for (int tier = 0; tier < truth.length; tier++) {
      before += Math.abs(truth[tier] - learned.given(tier));
      after += Math.abs(truth[tier] - learned.share(tier));
      assertFalse(learned.isPrior(tier));
    }
    assertTrue(after < before / 5, after + " of " + before);
  }

  @Test
  void shouldKeepWhatItWasGivenWherePriceNeverCame() {
    final LearnedProfile learned = new LearnedProfile(SETTINGS, new double[] {.1, .2});

    for (int window = 0; window < 500; window++) {
      learned.learn(new double[] {.05, 0}, .001, .01, HOUR);
    }

    assertTrue(learned.share(0) < .05, "liquidations were few");
    assertEquals(.2, learned.share(1), 1e-12);
    assertFalse(learned.isPrior(0));
    assertTrue(learned.isPrior(1));
    assertEquals(.2, learned.given(1));
  }

  @Test
  void shouldStartFromMeasuredPositionsAsFarAsTheyWeigh() {
    final LearnedProfile learned = new LearnedProfile(SETTINGS, new double[] {.1, .2});

    learned.measure(new double[] {.1, .6}, .25);

    assertEquals(.3, learned.prior(1), 1e-12);
    assertEquals(.3, learned.share(1), 1e-12);
    assertEquals(.1, learned.share(0), 1e-12);
    assertEquals(.2, learned.given(1), "settings are as they were");
  }

  @Test
  void shouldNotBelieveInSharesOfMoreThanThereIs() {
    final LearnedProfile learned = new LearnedProfile(SETTINGS, new double[] {.4, .4});

    for (int window = 0; window < 500; window++) {
      learned.learn(new double[] {.1, .1}, .5, .01, HOUR);
    }

    assertEquals(LearningSettings.MOST_MAPPED, learned.share(0) + learned.share(1), 1e-12);
  }

  @Test
  void shouldPutLiquidationsWithoutSweepsDownToTheBackground() {
    final LearnedProfile learned = new LearnedProfile(SETTINGS, new double[] {.1});

    for (int window = 0; window < 2_000; window++) {
      learned.learn(new double[] {0}, 2e-4, 0, HOUR);
    }

    assertEquals(.1, learned.share(0), 1e-12);
    assertEquals(2e-4, learned.backgroundPerHour(), 1e-5);
    assertEquals(
        learned.backgroundPerHour() + .01 * learned.backgroundPerMove(),
        learned.learn(new double[] {0}, 0, .01, HOUR),
        1e-15,
        "expected before it is learned");
  }

  @Test
  void shouldForgetByHalfInAHalfLife() {
    final LearnedProfile learned =
        new LearnedProfile(new LearningSettings(LearningMode.ON, .3, 24 * HOUR), new double[] {.1});
    learned.learn(new double[] {1}, 0, 0, HOUR);
    final double before = learned.exposure(0);

    for (int minute = 0; minute < 24 * 60; minute++) {
      learned.learn(new double[] {0}, 0, 0, HOUR / 60);
    }

    assertEquals(before / 2, learned.exposure(0), 1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FROZEN", "OFF"})
  void shouldLearnNothingUnlessItIsOn(final LearningMode mode) {
    final LearnedProfile learned =
        new LearnedProfile(new LearningSettings(mode, .3, HOUR), new double[] {.1, .2});

    assertEquals(0, learned.learn(new double[] {.5, .5}, .5, .5, HOUR));

    assertFalse(learned.hasLearned());
    assertArrayEquals(new double[] {.1, .2}, learned.shares());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldLearnToTheSameBitsFromARestoredState(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final double[] given = {.01, 0, .1, .3};
    LearnedProfile restored = new LearnedProfile(SETTINGS, given);
    final LearnedProfile learned = new LearnedProfile(SETTINGS, given);
    for (int window = 0; window < 300; window++) {
      final double[] swept = swept(random, given.length);
      final double liquidated = random.nextInt(3) == 0 ? 0 : .01 * random.nextDouble();
      final double move = .02 * random.nextDouble();
      final long nanos = 60_000_000_000L * random.nextInt(1, 60);
      assertEquals(
          learned.learn(swept, liquidated, move, nanos),
          restored.learn(swept, liquidated, move, nanos));
      assertTrue(Arrays.equals(learned.shares(), restored.shares()), "window " + window);
      if (random.nextInt(10) == 0) {
        final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
        restored.encode(out);
        restored = new LearnedProfile(SETTINGS, given);
        restored.decode(new StateReader(out.buffer(), 0, out.position()));
      }
    }
  }
}
