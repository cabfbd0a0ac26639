package io.liqmap.tools.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
  private static final int BLOCKS = 60;
  private static final int DRAWS = 1_000;

  private static double[][] values(final long seed) {
    final Market market = new Market(seed);
    final double[][] values = new double[BLOCKS][];
    for (int block = 0; block < BLOCKS; block++) {
      values[block] = new double[] {5 + market.gaussian(), 1};
    }
    return values;
  }

  private static Estimate mean(final double[][] values, final long seed) {
    return Bootstrap.estimate(
        Bootstrap.total(values),
        new Bootstrap(BLOCKS, DRAWS, seed).drawn(values),
        (sum) -> sum[0] / sum[1]);
  }

  /** Sums over draws are those of a loop over the blocks that each draw has. */
  @Test
  void shouldSumTheBlocksOfEachDraw() {
    final double[][] values = values(1);
    final double[][] single = new double[BLOCKS][BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      single[block][block] = 1;
    }
    final Bootstrap bootstrap = new Bootstrap(BLOCKS, DRAWS, 3);
    final double[][] times = bootstrap.drawn(single);
    final double[][] drawn = bootstrap.drawn(values);
    for (int draw = 0; draw < DRAWS; draw++) {
      assertEquals(BLOCKS, Arrays.stream(times[draw]).sum());
      double sum = 0;
      for (int block = 0; block < BLOCKS; block++) {
        sum += times[draw][block] * values[block][0];
      }
      assertEquals(sum, drawn[draw][0], 1e-9);
    }
  }

  @Test
  void shouldGiveTheRangeOfAMeanAsTheCentralLimitTheoremDoes() {
    final double[][] values = values(2);
    final double mean = Arrays.stream(values).mapToDouble((of) -> of[0]).average().orElseThrow();
    final double variance =
        Arrays.stream(values)
            .mapToDouble((of) -> (of[0] - mean) * (of[0] - mean))
            .average()
            .orElseThrow();
    final double half = 1.96 * Math.sqrt(variance / BLOCKS);
    final Estimate estimate = mean(values, 4);
    assertEquals(mean, estimate.value(), 1e-9);
    assertEquals(mean - half, estimate.low(), half / 5);
    assertEquals(mean + half, estimate.high(), half / 5);
  }

  /** A range of 95 % misses the true mean in one of twenty samples. */
  @Test
  void shouldCoverTheTrueMeanAsOftenAsItSays() {
    int covered = 0;
    final int samples = 200;
    for (int seed = 0; seed < samples; seed++) {
      final Estimate estimate = mean(values(100 + seed), seed);
      covered += estimate.low() <= 5 && 5 <= estimate.high() ? 1 : 0;
    }
    assertTrue(covered > 0.89 * samples && covered < 0.99 * samples, covered + " of " + samples);
  }

  @Test
  void shouldDrawTheSameForTheSameSeed() {
    final double[][] values = values(5);
    assertArrayEquals(
        new Bootstrap(BLOCKS, DRAWS, 9).drawn(values),
        new Bootstrap(BLOCKS, DRAWS, 9).drawn(values));
    assertFalse(mean(values, 9).equals(mean(values, 10)));
  }
}
