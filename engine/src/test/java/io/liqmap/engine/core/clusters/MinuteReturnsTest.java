package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.map.TestSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volatility and impact from minutes. */
final class MinuteReturnsTest {
  private static final long MINUTE = ClusterMarket.MINUTE;
  private static final long SECOND = ClusterMarket.SECOND;
  private static final double TOLERANCE = 1e-9;

  /** Last price and takers' notional of each minute. */
  private final TreeMap<Long, Long> prices = new TreeMap<>();

  private final TreeMap<Long, Double> flows = new TreeMap<>();

  private static MinuteReturns fresh(final long halfLife) {
    final MinuteReturns returns = new MinuteReturns(halfLife);
    returns.startAt(0, 0);
    return returns;
  }

  @Test
  void shouldSayNothingBeforeTenMinutes() {
    final MinuteReturns returns = fresh(60 * MINUTE);
    for (int minute = 0; minute <= 11; minute++) {
      returns.advance(minute * MINUTE);
      // Eleven sampled prices make ten returns.
      assertEquals(minute < 11, Double.isNaN(returns.volatility()), "minute " + minute);
      assertEquals(minute < 11, Double.isNaN(returns.impact()), "minute " + minute);
      returns.onPrice(minute % 2 == 0 ? 10_000 : 10_010);
      returns.onFlow(5);
    }
  }

  @Test
  void shouldGiveTheDeviationOfAnHour() {
    final MinuteReturns returns = fresh(60 * MINUTE);
    for (int minute = 0; minute <= 100; minute++) {
      returns.advance(minute * MINUTE);
      returns.onPrice(minute % 2 == 0 ? 1_000_000 : 1_001_000);
    }
    assertEquals(StrictMath.log(1.001) * Math.sqrt(60), returns.volatility(), 1e-12);
  }

  @Test
  void shouldFindTheImpactOfAMarketThatHasOne() {
    final double impact = 3e-9;
    final MinuteReturns returns = fresh(60 * MINUTE);
    final SplittableRandom random = new SplittableRandom(3);
    double log = StrictMath.log(1e12);
    for (int minute = 0; minute <= 50; minute++) {
      returns.advance(minute * MINUTE);
      final double flow = (random.nextDouble() - .5) * 1e6;
      log += impact * flow;
      returns.onFlow(flow);
      returns.onPrice(Math.round(StrictMath.exp(log)));
    }
    assertEquals(impact, returns.impact(), impact * 1e-6);
  }

  @Test
  void shouldNotGiveAnImpactBelowZero() {
    final MinuteReturns returns = fresh(60 * MINUTE);
    for (int minute = 0; minute <= 50; minute++) {
      returns.advance(minute * MINUTE);
      returns.onFlow(minute % 2 == 0 ? 1e6 : -1e6);
      returns.onPrice(minute % 2 == 0 ? 1_000_000 : 1_001_000);
    }
    assertEquals(0, returns.impact());
  }

  @Test
  void shouldCountAReturnOverSeveralMinutesAsSoMany() {
    final MinuteReturns steady = fresh(10_000_000 * MINUTE);
    final MinuteReturns broken = fresh(10_000_000 * MINUTE);
    for (int minute = 0; minute <= 400; minute++) {
      steady.advance(minute * MINUTE);
      steady.onPrice(1_000_000 + (minute % 2) * 1_000);
      if (minute % 4 == 0) {
        broken.advance(minute * MINUTE);
        broken.onPrice(1_000_000 + (minute / 4 % 2) * 2_000);
      }
    }
    // Twice the move over four times the time is the same deviation.
    assertEquals(1, broken.volatility() / steady.volatility(), 1e-3);
  }

  @Test
  void shouldTakeATimeThatGoesBackForNow() {
    final MinuteReturns returns = fresh(60 * MINUTE);
    for (int minute = 0; minute <= 20; minute++) {
      returns.advance(minute * MINUTE);
      returns.onPrice(minute % 2 == 0 ? 1_000_000 : 1_001_000);
      returns.advance(minute * MINUTE - 1);
      returns.advance(0);
    }
    assertEquals(StrictMath.log(1.001) * Math.sqrt(60), returns.volatility(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 60, 1_440})
  void shouldAgreeWithARecomputation(final long halfLifeMinutes) {
    final SplittableRandom random = new SplittableRandom(halfLifeMinutes);
    final MinuteReturns returns = fresh(halfLifeMinutes * MINUTE);
    long time = TestSettings.START;
    double price = 6_000_000;
    int compared = 0;
    for (int i = 0; i < 20_000; i++) {
      time += random.nextLong(20 * SECOND);
      if (random.nextInt(500) == 0) {
        time += random.nextLong(30 * MINUTE);
      }
      returns.advance(time);
      if (time / MINUTE % 5 != 0) {
        price *= 1 + (random.nextDouble() - .5) * .002;
        returns.onPrice(Math.round(price));
        prices.put(time / MINUTE, Math.round(price));
      }
      if (random.nextInt(4) == 0 && time / MINUTE % 3 != 0) {
        final double flow = (random.nextDouble() - .5) * 1e6;
        returns.onFlow(flow);
        flows.merge(time / MINUTE, flow, Double::sum);
      }
      if (i % 97 == 0) {
        final double[] expected = recompute(time / MINUTE, halfLifeMinutes);
        assertClose(expected[0], returns.volatility(), "volatility, event " + i);
        assertClose(expected[1], returns.impact(), "impact, event " + i);
        compared += expected[1] > 0 ? 1 : 0;
      }
    }
    assertTrue(compared > 20, compared + " with an impact");
  }

  private static void assertClose(final double expected, final double actual, final String place) {
    if (Double.isNaN(expected)) {
      assertTrue(Double.isNaN(actual), place);
    } else {
      assertEquals(expected, actual, TOLERANCE * Math.max(expected, 1e-12), place);
    }
  }

  /** Volatility and impact from all minutes that are over. */
  private double[] recompute(final long now, final long halfLife) {
    final List<Long> sampled = new ArrayList<>(prices.headMap(now).keySet());
    double squares = 0;
    double weights = 0;
    double covariance = 0;
    double flowSquares = 0;
    int bars = 0;
    for (int i = 1; i < sampled.size(); i++) {
      final long before = sampled.get(i - 1);
      final long minute = sampled.get(i);
      final double move = Math.log((double) prices.get(minute) / prices.get(before));
      for (long each = before + 1; each <= minute; each++) {
        final double weight = weight(sampled, each, halfLife);
        squares += weight * move * move / (minute - before);
        weights += weight;
      }
      final var traded = flows.subMap(before, false, minute, true).values();
      if (!traded.isEmpty()) {
        final double flow = traded.stream().mapToDouble(Double::doubleValue).sum();
        final double weight = weight(sampled, minute, halfLife);
        covariance += weight * move * flow;
        flowSquares += weight * flow * flow;
        bars++;
      }
    }
    return new double[] {
      sampled.size() <= 10 ? Double.NaN : Math.sqrt(60 * squares / weights),
      bars < 10 ? Double.NaN : Math.max(0, covariance / flowSquares)
    };
  }

  private static double weight(final List<Long> sampled, final long minute, final long halfLife) {
    return Math.pow(.5, (double) (sampled.get(sampled.size() - 1) - minute) / halfLife);
  }
}
