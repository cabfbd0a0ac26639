package io.liqmap.engine.shared.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.clusters.CascadeReach;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.RandomMarket;
import io.liqmap.engine.core.margin.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer against its meaning, computed from the image of the map. */
@Tag("slow")
final class QuestionsTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final int WIDE = 8_192;

  private final ViewMemory memory = ViewMemory.inProcess(ViewMarket.settings(WIDE, 64, 5));
  private final ViewMarket market = ViewMarket.ladder(memory, false);
  private final ViewReader reader = new ViewReader(memory, 0);
  private final Questions questions = new Questions(reader);
  private final RandomMarket events = new RandomMarket(11, 1e-3, 40);
  private final SplittableRandom random = new SplittableRandom(9);
  private MapSnapshot image;

  /** Runs until both sides have positions to ask about. */
  private void move() {
    do {
      for (int i = 0; i < 500; i++) {
        market.apply(events.next());
      }
      image = MapSnapshot.of(market.map);
    } while (questionsAbout(Side.LONG) == 0
        || questionsAbout(Side.SHORT) == 0
        || market.book.clusters().count() < 2);
    market.publish();
    assertTrue(reader.refresh());
  }

  private double questionsAbout(final Side side) {
    return naive(side, 1e-3, 1e12);
  }

  private double edge(final int bucket) {
    return StrictMath.exp(bucket * StrictMath.log1p(1e-3)) * .5;
  }

  /** Each bucket of the image by the part of its logarithmic width that lies between the prices. */
  private double naive(final Side side, final double low, final double high) {
    double sum = 0;
    for (int i = 0; i < image.bucketCount(side); i++) {
      final int bucket = image.firstBucket(side) + i;
      final double from = Math.max(low, edge(bucket));
      final double to = Math.min(high, edge(bucket + 1));
      if (to > from) {
        sum +=
            image.notional(side, bucket)
                * (StrictMath.log(to / from) / StrictMath.log(edge(bucket + 1) / edge(bucket)));
      }
    }
    return sum;
  }

  private double tolerance() {
    return 1e-8 * Math.max(1, naive(Side.LONG, 1e-3, 1e12) + naive(Side.SHORT, 1e-3, 1e12));
  }

  private double somePrice() {
    return reader.markPrice() * StrictMath.exp(random.nextGaussian() * .1);
  }

  @Test
  void shouldSumOpenPositionsBetweenTwoPrices() {
    for (int round = 0; round < 6; round++) {
      move();
      for (int i = 0; i < 100; i++) {
        final double a = somePrice();
        final double b = somePrice();
        for (final Side side : Side.values()) {
          final double expected = naive(side, Math.min(a, b), Math.max(a, b));
          assertEquals(
              expected, questions.between(side, Math.min(a, b), Math.max(a, b)), tolerance());
        }
      }
    }
  }

  @Test
  void shouldAddUpFromMarkToAPrice() {
    for (int round = 0; round < 6; round++) {
      move();
      final double mark = reader.markPrice();
      final double[] prices = new double[50];
      for (int i = 0; i < prices.length; i++) {
        prices[i] = somePrice();
      }
      final double[] notionals = new double[prices.length];
      questions.cumulative(prices, notionals);
      for (int i = 0; i < prices.length; i++) {
        final double expected =
            prices[i] < mark
                ? naive(Side.LONG, prices[i], mark)
                : naive(Side.SHORT, mark, prices[i]);
        assertEquals(expected, questions.cumulative(prices[i]), tolerance());
        assertEquals(questions.cumulative(prices[i]), notionals[i]);
      }
      assertEquals(0, questions.cumulative(mark));
    }
  }

  @Test
  void shouldFindThePriceAtWhichANotionalIsReached() {
    for (int round = 0; round < 6; round++) {
      move();
      for (final Side side : Side.values()) {
        final double mark = reader.markPrice();
        final double all = side == Side.LONG ? naive(side, 1e-3, mark) : naive(side, mark, 1e12);
        for (int i = 1; i < 50; i++) {
          final double notional = all * i / 50;
          final double price = questions.priceAt(side, notional);
          assertTrue(side == Side.LONG ? price <= mark : price >= mark);
          assertEquals(notional, questions.cumulative(price), tolerance());
        }
        assertTrue(Double.isNaN(questions.priceAt(side, all * 1.001 + 1)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 100, 500, 2_000, 9_999})
  void shouldWeighLongsAgainstShortsNearMark(final double bps) {
    move();
    final double mark = reader.markPrice();
    final double longs = naive(Side.LONG, mark * (1 - bps / 1e4), mark);
    final double shorts = naive(Side.SHORT, mark, mark * (1 + bps / 1e4));
    final double expected = (longs - shorts) / (longs + shorts);
    assertEquals(expected, questions.imbalance(bps), 1e-6);
  }

  private double nearEdge(final int cluster) {
    return reader.clusterSide(cluster) == Side.LONG
        ? edge(reader.clusterHighBucket(cluster) + 1)
        : edge(reader.clusterLowBucket(cluster));
  }

  private double distanceBps(final int cluster) {
    final double away =
        reader.clusterSide(cluster).sign() * (reader.markPrice() - nearEdge(cluster));
    return Math.max(0, away / reader.markPrice() * 1e4);
  }

  @Test
  void shouldMeasureHowFarClustersAre() {
    boolean isInside = false;
    for (int round = 0; round < 12; round++) {
      move();
      final double sigma = reader.volatility() * Math.sqrt(4);
      for (int i = 0; i < reader.clusters(); i++) {
        assertEquals(nearEdge(i), questions.nearEdge(i), 1e-9 * nearEdge(i));
        assertEquals(distanceBps(i), questions.distanceBps(i), 1e-6);
        final int peak = reader.clusterPeakBucket(i);
        assertEquals(Math.sqrt(edge(peak) * edge(peak + 1)), questions.peak(i), 1e-9 * edge(peak));
        final double sigmas =
            distanceBps(i) == 0
                ? 0
                : Math.abs(StrictMath.log(nearEdge(i) / reader.markPrice())) / sigma;
        assertEquals(sigmas, questions.distanceSigmas(i, 4 * HOUR), 1e-6);
        isInside |= distanceBps(i) == 0;
      }
    }
    assertTrue(isInside, "mark was in no cluster");
  }

  @Test
  void shouldFindTheNearestClusterThatIsLargeEnough() {
    for (int round = 0; round < 12; round++) {
      move();
      for (final Side side : Side.values()) {
        for (int of = 0; of < reader.clusters(); of++) {
          final double least = reader.clusterNotional(of);
          int expected = -1;
          for (int i = 0; i < reader.clusters(); i++) {
            if (reader.clusterSide(i) == side
                && reader.clusterNotional(i) >= least
                && (expected < 0 || questions.distanceBps(i) < questions.distanceBps(expected))) {
              expected = i;
            }
          }
          assertEquals(expected, questions.nearest(side, least));
        }
        assertEquals(-1, questions.nearest(side, 1e30));
      }
    }
  }

  @Test
  void shouldFindTheLargestClustersNearMark() {
    int most = 0;
    for (int round = 0; round < 12; round++) {
      move();
      for (final double within : new double[] {0, 100, 500, 1e9}) {
        final List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < reader.clusters(); i++) {
          if (distanceBps(i) <= within) {
            expected.add(i);
          }
        }
        expected.sort(Comparator.comparingDouble((Integer i) -> -reader.clusterNotional(i)));
        for (final int room : new int[] {0, 1, 2, 64}) {
          final int[] found = new int[room];
          final int count = questions.largest(within, found);
          assertEquals(Math.min(room, expected.size()), count);
          for (int i = 0; i < count; i++) {
            assertEquals(reader.clusterNotional(expected.get(i)), reader.clusterNotional(found[i]));
          }
          most = Math.max(most, count);
        }
      }
    }
    assertTrue(most > 2, most + " clusters");
  }

  @ParameterizedTest
  @CsvSource({
    "0, .5",
    ".5, .308537538726",
    "1, .158655253931",
    "1.959963984540, .025",
    "3, .001349898032",
    "5, 2.86651571879e-7",
    "40, 0"
  })
  void shouldKnowTheNormalDistribution(final double x, final double expected) {
    assertEquals(expected, Normal.upperTail(x), 7.5e-8);
  }

  /** A header of our own making: what volatility and impact are is up to the test. */
  private void publish(final double volatility, final double impact) {
    market.publish();
    final UnsafeBuffer bytes = memory.buffer();
    final long number = bytes.getLong(memory.layout().region(0) + ViewLayout.LATEST);
    final int slot = memory.layout().header(0, number);
    bytes.putDouble(slot + ViewLayout.VOLATILITY, volatility);
    bytes.putDouble(slot + ViewLayout.IMPACT, impact);
    assertTrue(reader.refresh());
  }

  @Test
  void shouldSayHowProbableATouchIs() {
    move();
    publish(.01, 0);
    final double mark = reader.markPrice();
    assertEquals(1, questions.touchProbability(mark, HOUR));
    // 2 (1 − Φ(1)), both ways; over four hours the same distance is half as many deviations.
    assertEquals(.317310507863, questions.touchProbability(mark * Math.exp(.01), HOUR), 2e-7);
    assertEquals(.317310507863, questions.touchProbability(mark * Math.exp(-.01), HOUR), 2e-7);
    assertEquals(.617075077452, questions.touchProbability(mark * Math.exp(.01), 4 * HOUR), 2e-7);
    for (int i = 0; i < 100_000; i++) {
      final double probability =
          questions.touchProbability(mark * (1 + random.nextDouble() * 1e-4), HOUR);
      assertTrue(probability >= 0 && probability <= 1, "" + probability);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {.5, 1, 2})
  void shouldAgreeWithWalksThatReallyTouch(final double sigmas) {
    move();
    publish(.01, 0);
    final int steps = 1_000;
    final int walks = 20_000;
    final double level = sigmas * Math.sqrt(steps);
    int touched = 0;
    for (int walk = 0; walk < walks; walk++) {
      int place = 0;
      for (int step = 0; step < steps && place < level; step++) {
        place += random.nextBoolean() ? 1 : -1;
      }
      touched += place >= level ? 1 : 0;
    }
    final double probability =
        questions.touchProbability(reader.markPrice() * Math.exp(.01 * sigmas), HOUR);
    // Walks of whole steps, and not many: 3 standard errors are .011, a step is .03 deviations.
    assertEquals(touched / (double) walks, probability, .035);
  }

  @Test
  void shouldNotPretendToKnowWithoutVolatility() {
    move();
    publish(Double.NaN, Double.NaN);
    assertTrue(Double.isNaN(questions.touchProbability(reader.markPrice() * 1.01, HOUR)));
    for (int i = 0; i < reader.clusters(); i++) {
      final double sigmas = questions.distanceSigmas(i, HOUR);
      assertTrue(questions.distanceBps(i) == 0 ? sigmas == 0 : Double.isNaN(sigmas));
    }
    final Cascade cascade = new Cascade();
    questions.cascade(-200, cascade);
    assertTrue(Double.isNaN(cascade.impact()));
    assertEquals(cascade.shockPrice(), cascade.reachPrice(), 1e-6, "taken for 0");
    assertEquals(
        naive(Side.LONG, cascade.shockPrice(), reader.markPrice()),
        cascade.notional(),
        tolerance());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1_000, -300, -100, -10, 10, 100, 300, 1_000})
  void shouldFollowACascadeToItsFixedPoint(final double shockBps) {
    boolean hasCarried = false;
    for (int round = 0; round < 4; round++) {
      move();
      final double all = naive(Side.LONG, 1e-3, 1e12) + naive(Side.SHORT, 1e-3, 1e12);
      final double impact = .05 / all;
      publish(.01, impact);
      final double mark = reader.markPrice();
      final Side side = shockBps < 0 ? Side.LONG : Side.SHORT;
      final double start = Math.abs(Math.log1p(shockBps / 1e4));
      double move = start;
      double swept = 0;
      for (int i = 0; i < CascadeReach.MAX_ROUNDS + 1; i++) {
        final double reach = mark * Math.exp(-side.sign() * move);
        swept = side == Side.LONG ? naive(side, reach, mark) : naive(side, mark, reach);
        move = start + impact * swept;
      }
      final Cascade cascade = new Cascade();
      questions.cascade(shockBps, cascade);
      assertEquals(side, cascade.side());
      assertEquals(mark * (1 + shockBps / 1e4), cascade.shockPrice(), 1e-6);
      assertEquals(impact, cascade.impact());
      assertEquals(swept, cascade.notional(), tolerance() * 10);
      assertEquals(mark * Math.exp(-side.sign() * move), cascade.reachPrice(), mark * 1e-7);
      assertFalse(cascade.isCutShort());
      assertTrue(swept > 0 ? cascade.rounds() > 0 : cascade.rounds() == 0);
      hasCarried |= cascade.rounds() > 1;
    }
    assertTrue(hasCarried || Math.abs(shockBps) < 50, "no shock carried");
  }

  @Test
  void shouldSayWhenACascadeHasNoEndInSight() {
    move();
    // Each notional moves price by just as much as brings the next one: rounds of tiny steps.
    final Cascade cascade = new Cascade();
    boolean isCutShort = false;
    for (double impact = 1e-12; impact < 1 && !isCutShort; impact *= 1.05) {
      publish(.01, impact);
      questions.cascade(-100, cascade);
      isCutShort = cascade.isCutShort();
      assertTrue(cascade.rounds() <= CascadeReach.MAX_ROUNDS);
      assertTrue(cascade.reachPrice() <= cascade.shockPrice());
    }
    assertTrue(isCutShort);
    assertEquals(CascadeReach.MAX_ROUNDS, cascade.rounds());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldAdviseTheQuietestStopOfARange(final boolean isShort) {
    final Side side = isShort ? Side.SHORT : Side.LONG;
    final StopAdvice advice = new StopAdvice();
    for (int round = 0; round < 4; round++) {
      move();
      final double entry = reader.markPrice();
      final double low = isShort ? entry * 1.005 : entry * .94;
      final double high = isShort ? entry * 1.06 : entry * .995;
      final double own = (low + high) / 2;
      final double bps = 15;
      questions.stop(side, entry, low, high, own, bps, advice);
      double least = Double.POSITIVE_INFINITY;
      for (int bucket = 0; bucket < 40_000; bucket++) {
        if (edge(bucket + 1) > low && edge(bucket) <= high) {
          final double centre = Math.sqrt(edge(bucket) * edge(bucket + 1));
          least = Math.min(least, around(Math.max(low, Math.min(high, centre)), bps));
        }
      }
      assertEquals(least, advice.around(), tolerance());
      assertEquals(least, around(advice.price(), bps), tolerance());
      assertTrue(advice.price() >= low && advice.price() <= high);
      assertEquals(side.sign() * (entry - advice.price()) / entry * 1e4, advice.lossBps(), 1e-6);
      assertEquals(own, advice.ownPrice());
      assertEquals(around(own, bps), advice.ownAround(), tolerance());
      assertEquals(side.sign() * (entry - own) / entry * 1e4, advice.ownLossBps(), 1e-6);
      final double inRange = naive(Side.LONG, low, high) + naive(Side.SHORT, low, high);
      assertEquals(
          inRange * Math.log((1 + bps / 1e4) / (1 - bps / 1e4)) / Math.log(high / low),
          advice.meanAround(),
          tolerance());
      int nearest = 0;
      for (int i = 1; i < reader.clusters(); i++) {
        if (away(i, advice.price()) < away(nearest, advice.price())) {
          nearest = i;
        }
      }
      assertEquals(away(nearest, advice.price()), away(advice.avoid(), advice.price()), 1e-9);
    }
  }

  private double away(final int cluster, final double price) {
    return Math.abs(Math.log(questions.peak(cluster) / price));
  }

  private double around(final double price, final double bps) {
    final double low = price * (1 - bps / 1e4);
    final double high = price * (1 + bps / 1e4);
    return naive(Side.LONG, low, high) + naive(Side.SHORT, low, high);
  }

  @Test
  void shouldTakeTheSmallerLossWhereAllIsQuiet() {
    move();
    final StopAdvice advice = new StopAdvice();
    // Far below mark there is no long, far above it no short.
    questions.stop(Side.LONG, 3e-3, 1e-3, 2e-3, Double.NaN, 10, advice);
    assertEquals(0, advice.around());
    assertEquals(2e-3, advice.price(), 2e-6, "the highest of all");
    assertEquals(2e-3, advice.ownPrice());
    questions.stop(Side.SHORT, .5e9, 1e9, 2e9, Double.NaN, 10, advice);
    assertEquals(1e9, advice.price(), 1e6, "the lowest of all");
    assertEquals(1e9, advice.ownPrice());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldAdviseNoStopOnTheSideOnWhichItWouldTriggerAtOnce(final boolean isShort) {
    move();
    final Side side = isShort ? Side.SHORT : Side.LONG;
    final double mark = reader.markPrice();
    final StopAdvice advice = new StopAdvice();
    final double wrong = isShort ? .9 : 1.1;
    questions.stop(side, mark, mark, mark * wrong, Double.NaN, 15, advice);
    assertTrue(Double.isNaN(advice.price()), "advised " + advice.price());
    assertTrue(Double.isNaN(advice.around()) && Double.isNaN(advice.lossBps()));
    questions.stop(side, mark, mark * .9, mark * 1.1, Double.NaN, 15, advice);
    assertTrue(side.sign() * (mark - advice.price()) > 0, "advised " + advice.price());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldAdviseNoStopWithinTheNoise(final boolean isShort) {
    final Side side = isShort ? Side.SHORT : Side.LONG;
    final StopAdvice all = new StopAdvice();
    final StopAdvice far = new StopAdvice();
    final double noise = .02;
    int moved = 0;
    for (int round = 0; round < 20; round++) {
      move();
      final double mark = reader.markPrice();
      final double near = isShort ? mark * 1.0001 : mark * .9999;
      final double end = isShort ? mark * 1.06 : mark * .94;
      questions.stop(side, mark, near, end, Double.NaN, 15, all);
      questions.stop(side, mark, near, end, Double.NaN, 15, noise, far);
      assertEquals(all.price(), far.quietestPrice());
      assertEquals(all.around(), far.quietestAround());
      final double edge = mark * Math.exp(-side.sign() * noise);
      double least = Double.POSITIVE_INFINITY;
      for (int bucket = 0; bucket < 40_000; bucket++) {
        final double centre = Math.sqrt(edge(bucket) * edge(bucket + 1));
        if (side.sign() * (edge - centre) >= 0 && side.sign() * (centre - end) >= 0) {
          least = Math.min(least, around(centre, 15));
        }
      }
      assertTrue(Math.abs(Math.log(far.price() / mark)) >= noise, "advised " + far.price());
      assertTrue(far.around() <= least + tolerance());
      assertEquals(around(far.price(), 15), far.around(), tolerance());
      moved += far.price() == all.price() ? 0 : 1;
    }
    assertTrue(moved > 0, "the rule never mattered");
    final double mark = reader.markPrice();
    final double end = isShort ? mark * 1.01 : mark * .99;
    questions.stop(side, mark, mark, end, Double.NaN, 15, noise, far);
    assertTrue(Double.isNaN(far.price()), "all of the range is noise");
    assertFalse(Double.isNaN(far.quietestPrice()));
  }

  /** The heaviest band of five buckets, each side's and of both, added up from the image. */
  @Test
  void shouldShowTheDensestBucketAroundAPrice() {
    for (int round = 0; round < 20; round++) {
      move();
      final double longs = heaviest(true, false);
      final double shorts = heaviest(false, true);
      final double both = heaviest(true, true);
      assertEquals(longs, reader.maxPainNotional(Side.LONG), tolerance());
      assertEquals(shorts, reader.maxPainNotional(Side.SHORT), tolerance());
      assertEquals(both, reader.maxPainNotional(), tolerance());
      assertTrue(both >= Math.max(longs, shorts) - tolerance());
      assertMean(reader.maxPain(Side.LONG), longs, true, false);
      assertMean(reader.maxPain(Side.SHORT), shorts, false, true);
      assertMean(reader.maxPain(), both, true, true);
    }
  }

  private double band(final int bucket, final boolean hasLongs, final boolean hasShorts) {
    double sum = 0;
    for (int i = bucket - 2; i <= bucket + 2; i++) {
      sum += hasLongs ? naiveBucket(Side.LONG, i) : 0;
      sum += hasShorts ? naiveBucket(Side.SHORT, i) : 0;
    }
    return sum;
  }

  private double naiveBucket(final Side side, final int bucket) {
    final int first = image.firstBucket(side);
    return bucket < first || bucket >= first + image.bucketCount(side)
        ? 0
        : image.notional(side, bucket);
  }

  private double heaviest(final boolean hasLongs, final boolean hasShorts) {
    double most = 0;
    for (int bucket = 0; bucket < 30_000; bucket++) {
      final boolean isBeyond =
          (hasLongs && bucket <= image.markBucket()) || (hasShorts && bucket >= image.markBucket());
      most = isBeyond ? Math.max(most, band(bucket, hasLongs, hasShorts)) : most;
    }
    return most;
  }

  /** That a price is the weighted mean of a band that holds the most. */
  private void assertMean(
      final double price, final double most, final boolean hasLongs, final boolean hasShorts) {
    boolean isFound = false;
    final int near = (int) (Math.log(price / .5) / Math.log1p(1e-3));
    for (int bucket = near - 3; bucket <= near + 3; bucket++) {
      if (band(bucket, hasLongs, hasShorts) >= most - tolerance()) {
        double mean = 0;
        for (int i = bucket - 2; i <= bucket + 2; i++) {
          final double held =
              (hasLongs ? naiveBucket(Side.LONG, i) : 0)
                  + (hasShorts ? naiveBucket(Side.SHORT, i) : 0);
          mean += held / most * (i + .5);
        }
        isFound |= Math.abs(mean - Math.log(price / .5) / Math.log1p(1e-3)) < 1e-4;
      }
    }
    assertTrue(isFound, "no band that holds " + most + " around " + price);
  }

  @Test
  void shouldTakeARangeThatIsOnePrice() {
    move();
    final StopAdvice advice = new StopAdvice();
    final double price = reader.markPrice() * .98;
    questions.stop(Side.LONG, reader.markPrice(), price, price, Double.NaN, 20, advice);
    assertEquals(price, advice.price());
    assertEquals(around(price, 20), advice.around(), tolerance());
    assertEquals(advice.around(), advice.meanAround(), tolerance());
  }

  @Test
  void shouldTakeTheEndsOfARangeInEitherOrder() {
    move();
    final double mark = reader.markPrice();
    final StopAdvice expected = new StopAdvice();
    final StopAdvice advice = new StopAdvice();
    for (final Side side : Side.values()) {
      assertEquals(
          questions.between(side, mark * .9, mark * 1.1),
          questions.between(side, mark * 1.1, mark * .9));
      questions.stop(side, mark, mark * .97, mark * .99, Double.NaN, 10, expected);
      questions.stop(side, mark, mark * .99, mark * .97, Double.NaN, 10, advice);
      assertEquals(expected.price(), advice.price());
      assertEquals(expected.around(), advice.around());
      assertEquals(expected.ownPrice(), advice.ownPrice());
      assertEquals(expected.meanAround(), advice.meanAround());
    }
  }

  @Test
  void shouldCountNothingBeyondTheView() {
    final ViewMemory narrow = ViewMemory.inProcess(ViewMarket.settings(16, 64, 5));
    final ViewMarket own = ViewMarket.plain(narrow);
    own.mark(ViewMarket.FIRST_PRICE);
    own.trade(ViewMarket.FIRST_PRICE, 1_000, true);
    own.publish();
    final ViewReader near = new ViewReader(narrow, 0);
    assertTrue(near.refresh());
    final Questions asked = new Questions(near);
    final double mark = near.markPrice();
    assertTrue(near.beyond(Side.LONG) > 0 && near.beyond(Side.SHORT) > 0);
    assertEquals(0, asked.between(Side.LONG, mark / 2, mark));
    assertEquals(0, asked.cumulative(mark * 2));
    assertTrue(Double.isNaN(asked.priceAt(Side.LONG, 1)));
    assertTrue(Double.isNaN(asked.imbalance(500)));
  }

  @Test
  void shouldAnswerBeforeThereIsAMarkPrice() {
    market.publish();
    assertTrue(reader.refresh());
    assertEquals(0, reader.markPrice());
    assertEquals(0, questions.between(Side.LONG, 1, 2));
    assertEquals(0, questions.cumulative(3e6));
    assertTrue(Double.isNaN(questions.priceAt(Side.SHORT, 1)));
    assertTrue(Double.isNaN(questions.imbalance(100)));
    assertTrue(Double.isNaN(questions.touchProbability(3e6, HOUR)));
    assertEquals(-1, questions.nearest(Side.LONG, 0));
    assertEquals(0, questions.largest(1e9, new int[4]));
    final Cascade cascade = new Cascade();
    questions.cascade(-100, cascade);
    assertEquals(0, cascade.rounds());
    assertEquals(0, cascade.notional());
    assertTrue(Double.isNaN(cascade.reachPrice()), "no price to end at");
    assertTrue(Double.isNaN(cascade.shockPrice()));
    final StopAdvice advice = new StopAdvice();
    questions.stop(Side.LONG, 3e6, 2.9e6, 2.95e6, Double.NaN, 10, advice);
    assertTrue(Double.isNaN(advice.price()) && Double.isNaN(advice.around()));
    assertTrue(Double.isNaN(reader.maxPain()) && reader.maxPainNotional() == 0);
    assertEquals(-1, advice.avoid());
  }
}
