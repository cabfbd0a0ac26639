package io.liqmap.engine.core.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.state.StateReader;
import io.liqmap.engine.core.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volatility and impact from bars. */
final class BarReturnsTest {
  private static final long MINUTE = ClusterMarket.MINUTE;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** A Thursday, and so no multiple of much. */
  private static final long START = 1_722_470_400_000_000_000L;

  private static final double TOLERANCE = 1e-9;

  /** One bar as the test remembers it. */
  private record Bar(
      long number, long open, long high, long low, long close, double flow, boolean isTraded) {}

  private static BarReturns hourly() {
    return new BarReturns(6 * HOUR, HOUR, 0);
  }

  /** Goes from open over low and high to close. */
  private static void bar(
      final BarReturns returns,
      final long start,
      final long open,
      final long high,
      final long low,
      final long close) {
    final long[] path = {open, low, high, close};
    for (int i = 0; i < path.length; i++) {
      returns.advance(start + i * HOUR / 4);
      returns.onPrice(path[i]);
    }
  }

  @Test
  void shouldSayNothingBeforeTenBarsAreOver() {
    final BarReturns returns = hourly();
    for (int hour = 0; hour < 12; hour++) {
      returns.advance(START + hour * HOUR);
      assertEquals(hour < 10, Double.isNaN(returns.volatility()), "hour " + hour);
      assertEquals(hour < 10, Double.isNaN(returns.impact()), "hour " + hour);
      bar(returns, START + hour * HOUR, 1_000, 1_010, 990, 1_000);
      returns.onFlow(5);
    }
  }

  @Test
  void shouldGiveParkinsonsDeviationWhereAllBarsAreAlike() {
    final BarReturns returns = hourly();
    for (int hour = 0; hour <= 30; hour++) {
      bar(returns, START + hour * HOUR, 1_000_000, 1_020_000, 990_000, 1_005_000);
    }
    final double range = Math.log(1_020_000.0 / 990_000);
    assertEquals(range / Math.sqrt(4 * Math.log(2)), returns.volatility(), 1e-12);
  }

  @Test
  void shouldNotCountTheBarThatIsNotOver() {
    final BarReturns returns = hourly();
    for (int hour = 0; hour < 12; hour++) {
      bar(returns, START + hour * HOUR, 1_000, 1_010, 990, 1_000);
    }
    final double before = returns.volatility();
    returns.advance(START + 12 * HOUR - 1);
    returns.onPrice(5_000);
    assertEquals(before, returns.volatility());
    returns.advance(START + 12 * HOUR);
    assertTrue(returns.volatility() > 10 * before);
  }

  @Test
  void shouldNotCountABarThatWasNotFollowedFromItsStart() {
    final BarReturns whole = hourly();
    final BarReturns late = hourly();
    late.advance(START - HOUR + 1);
    late.onPrice(77_777);
    for (int hour = 0; hour <= 20; hour++) {
      bar(whole, START + hour * HOUR, 1_000, 1_010, 990 - hour, 1_000);
      bar(late, START + hour * HOUR, 1_000, 1_010, 990 - hour, 1_000);
    }
    assertEquals(whole.volatility(), late.volatility());
  }

  @Test
  void shouldFollowBarsOfAnotherClock() {
    final long half = HOUR / 2;
    final BarReturns shifted = new BarReturns(6 * HOUR, HOUR, half);
    final BarReturns utc = hourly();
    for (int hour = 0; hour <= 20; hour++) {
      bar(shifted, START + half + hour * HOUR, 1_000, 1_010, 990 - hour, 1_000);
      bar(utc, START + hour * HOUR, 1_000, 1_010, 990 - hour, 1_000);
    }
    assertEquals(utc.volatility(), shifted.volatility());
  }

  @Test
  void shouldFindTheImpactOfAMarketThatHasOneAndNoneBelowZero() {
    final double impact = 3e-9;
    final BarReturns returns = hourly();
    final BarReturns contrary = hourly();
    final SplittableRandom random = new SplittableRandom(3);
    for (int hour = 0; hour <= 50; hour++) {
      final double flow = (random.nextDouble() - .5) * 1e6;
      final long close = Math.round(1e12 * StrictMath.exp(impact * flow));
      for (final BarReturns each : List.of(returns, contrary)) {
        each.advance(START + hour * HOUR);
        each.onFlow(each == returns ? flow : -flow);
        each.onPrice(1_000_000_000_000L);
        each.advance(START + hour * HOUR + HOUR - 1);
        each.onPrice(close);
      }
    }
    assertEquals(impact, returns.impact(), impact * 1e-6);
    assertEquals(0, contrary.impact());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 6, 100})
  void shouldAgreeWithARecomputation(final long halfLifeHours) {
    final SplittableRandom random = new SplittableRandom(halfLifeHours);
    final long length = (2 + random.nextInt(300)) * MINUTE;
    final long anchor = random.nextLong(length);
    BarReturns returns = new BarReturns(halfLifeHours * HOUR, length, anchor);
    final List<Bar> bars = new ArrayList<>();
    final long first = Math.floorDiv(START - anchor, length) + 1;
    double price = 6_000_000;
    for (int i = 0; i < 400; i++) {
      final long number = first + i;
      final long start = anchor + number * length;
      assertEstimates(bars, number, length, halfLifeHours, returns, start, i);
      if (random.nextInt(9) == 0 && i > 0) {
        continue;
      }
      long open = 0;
      long high = 0;
      long low = Long.MAX_VALUE;
      long close = 0;
      double flow = 0;
      final boolean isTraded = random.nextInt(5) > 0;
      final int points = 1 + random.nextInt(30);
      for (int point = 0; point < points; point++) {
        returns.advance(start + length / points * point);
        if (isTraded) {
          final double one = (random.nextDouble() - .5) * 1e6;
          returns.onFlow(one);
          flow += one;
        }
        price *= 1 + (random.nextDouble() - .5) * .002;
        close = Math.round(price);
        open = open == 0 ? close : open;
        high = Math.max(high, close);
        low = Math.min(low, close);
        returns.onPrice(close);
        if (random.nextInt(50) == 0) {
          returns = copied(returns, halfLifeHours, length, anchor, start + length / points * point);
        }
      }
      bars.add(new Bar(number, open, high, low, close, flow, isTraded));
    }
  }

  private static BarReturns copied(
      final BarReturns returns,
      final long halfLifeHours,
      final long length,
      final long anchor,
      final long time) {
    final StateWriter out = new StateWriter(new ExpandableArrayBuffer());
    returns.encode(out);
    final BarReturns copy = new BarReturns(halfLifeHours * HOUR, length, anchor);
    copy.decode(new StateReader(out.buffer(), 0, out.position()), time);
    return copy;
  }

  /** Every bar by its age, from the definitions. */
  private static void assertEstimates(
      final List<Bar> bars,
      final long now,
      final long length,
      final long halfLifeHours,
      final BarReturns returns,
      final long time,
      final int place) {
    returns.advance(time);
    double squares = 0;
    double weights = 0;
    double covariance = 0;
    double flowSquares = 0;
    int traded = 0;
    for (int i = 0; i < bars.size(); i++) {
      final Bar bar = bars.get(i);
      final double weight = weight(bars, bar.number, length, halfLifeHours);
      squares += weight * Math.pow(Math.log((double) bar.high / bar.low), 2) / (4 * Math.log(2));
      weights += weight;
      if (i > 0) {
        final Bar before = bars.get(i - 1);
        final double gap = Math.log((double) bar.open / before.close);
        final long missing = bar.number - before.number - 1;
        for (long number = before.number + 1; number < bar.number; number++) {
          final double each = weight(bars, number, length, halfLifeHours);
          squares += each * gap * gap / missing;
          weights += each;
        }
      }
      if (bar.isTraded) {
        covariance += weight * Math.log((double) bar.close / bar.open) * bar.flow;
        flowSquares += weight * bar.flow * bar.flow;
        traded++;
      }
    }
    final String what = "bar " + place + " at " + now;
    if (bars.size() < 10) {
      assertTrue(Double.isNaN(returns.volatility()), what);
    } else {
      final double expected = Math.sqrt(squares / weights * HOUR / length);
      assertEquals(expected, returns.volatility(), TOLERANCE * expected, what);
    }
    if (traded < 10) {
      assertTrue(Double.isNaN(returns.impact()), what);
    } else {
      final double expected = Math.max(0, covariance / flowSquares);
      assertEquals(expected, returns.impact(), 1e-6 * Math.max(expected, 1e-12), what);
    }
  }

  private static double weight(
      final List<Bar> bars, final long number, final long length, final long halfLifeHours) {
    final double age = (double) (bars.get(bars.size() - 1).number - number) * length / HOUR;
    return Math.pow(.5, age / halfLifeHours);
  }

  /** Ticks of a walk of known volatility; the same ticks by minutes and by bars. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldRecoverTheVolatilityOfARandomWalk(final long seed) {
    final double hourly = .012;
    final long step = 2_000_000_000L;
    final double perStep = hourly * Math.sqrt((double) step / HOUR);
    final SplittableRandom random = new SplittableRandom(seed);
    final MinuteReturns minutes = new MinuteReturns(10 * DAY);
    minutes.startAt(0, 0);
    final BarReturns bars = new BarReturns(10 * DAY, HOUR, 0);
    double log = Math.log(1e12);
    for (long time = START; time < START + 30 * DAY; time += step) {
      log += perStep * gaussian(random);
      final long price = Math.round(Math.exp(log));
      minutes.advance(time);
      minutes.onPrice(price);
      bars.advance(time);
      bars.onPrice(price);
    }
    assertEquals(hourly, minutes.volatility(), .03 * hourly);
    // Some 400 bars count; a range of ticks misses what lies between them, so it is a bit low.
    assertEquals(hourly, bars.volatility(), .07 * hourly);
  }

  private static double gaussian(final SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
