package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.LiquidationDensity;
import io.liqmap.engine.core.map.RandomMarket;
import io.liqmap.engine.core.map.SideDensity;
import io.liqmap.engine.core.map.TestSettings;
import io.liqmap.engine.core.margin.Side;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is judged after changes is what the judgement of all buckets gives. */
final class DenseBucketsTest {
  private static final double BORN_AT = 1.5;
  private static final double KEPT_AT = 1.2;

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1e-4, 5",
    "2, 7, 1e-4, 10",
    "3, 50, 3e-4, 5",
    "4, 100, 1e-3, 2",
    "5, 40, 1e-5, 2"
  })
  void shouldJudgeChangesAsItJudgesAllBuckets(
      final long seed, final int reach, final double volatility, final double resolutionBps) {
    final ClusterMarket market =
        new ClusterMarket(
            ClusterMarket.SETTINGS,
            TestSettings.of(resolutionBps, TestSettings.LADDER, .2, .5, TestSettings.undated()),
            false);
    final RandomMarket random = new RandomMarket(seed, volatility, 60, 10);
    final SplittableRandom steps = new SplittableRandom(seed);
    final LiquidationDensity density = market.map.density(0);
    final DenseBuckets[] followed = {buckets(reach), buckets(reach)};
    long number = -1;
    int changes = 0;
    int judged = 0;
    for (int i = 0; i < 20_000; i++) {
      random.next().applyTo(market.map);
      if (steps.nextInt(i % 2_000 < 200 ? 60 : 4) != 0) {
        continue;
      }
      density.project();
      density.requireChanges(number);
      for (final Side side : Side.values()) {
        final SideDensity now = density.on(side);
        final DenseBuckets buckets = followed[side.ordinal()];
        changes += now.changes().isAll() ? 0 : 1;
        buckets.judge(now);
        final DenseBuckets whole = buckets(reach);
        whole.judge(now.notionals(), now.first() - now.origin(), now.last() - now.origin());
        assertArrayEquals(whole.born(), buckets.born(), "event " + i);
        assertArrayEquals(whole.kept(), buckets.kept(), "event " + i);
        judged++;
      }
      number = density.forgetChanges();
    }
    assertTrue(changes > judged / 3, changes + " of " + judged + " after changes");
  }

  private static DenseBuckets buckets(final int reach) {
    return new DenseBuckets(new LocalBaseline(reach), BORN_AT, KEPT_AT);
  }
}
