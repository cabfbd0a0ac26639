package io.liqmap.engine.core.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.EntrySettings;
import io.liqmap.engine.core.model.ExitSettings;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SkewSettings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The mean of several models. */
final class ConsensusTest {
  private static final long START = TestSettings.START;
  private static final long PRICE = 6_000_000;
  private static final double TOLERANCE = 1e-9;

  private static final ModelSettings TEN = model("ten", 0, TestSettings.tier(10, 1, 1));
  private static final ModelSettings TWENTY = model("twenty", 0, TestSettings.tier(20, 1, 1));
  private static final ModelSettings BOTH =
      model("both", 0, TestSettings.tier(10, .5, 1), TestSettings.tier(20, .5, 1));

  private static ModelSettings model(
      final String name, final double minTradeNotional, final LeverageTier... profile) {
    return new ModelSettings(
        name,
        1,
        List.of(profile),
        Maintenance.NONE,
        new EntrySettings(0, 0, minTradeNotional),
        ExitSettings.PROPORTIONAL,
        SkewSettings.NONE);
  }

  /** Pictures of 1,000 lots by each model. */
  private static List<MapSnapshot> images(final ModelSettings... models) {
    final InstrumentMap map =
        FastInstrumentMap.of(TestSettings.of(10, TestSettings.undated(), models), false);
    map.onMark(START, PRICE, 0, 0);
    map.onOpenInterest(START, 0);
    map.onTrade(START, PRICE, 1_000, true);
    map.onOpenInterest(START, 1_000);
    return IntStream.range(0, models.length)
        .mapToObj((model) -> MapSnapshot.of(map, model, Window.ALL, map.time()))
        .toList();
  }

  private static int end(final MapSnapshot image, final Side side) {
    return image.firstBucket(side) + image.bucketCount(side);
  }

  @Test
  void shouldWeighWhatEachModelHasInABucket() {
    final List<MapSnapshot> images = images(TEN, TWENTY, BOTH);
    final MapSnapshot mean = MapSnapshot.consensus(images, new double[] {1, 3, 4});
    assertTrue(mean.isConsensus());
    assertFalse(images.get(0).isConsensus());
    for (final Side side : Side.values()) {
      double sum = 0;
      for (int bucket = mean.firstBucket(side); bucket < end(mean, side); bucket++) {
        final double expected =
            (images.get(0).quantity(side, bucket)
                    + 3 * images.get(1).quantity(side, bucket)
                    + 4 * images.get(2).quantity(side, bucket))
                / 8;
        assertEquals(expected, mean.quantity(side, bucket), TOLERANCE);
        sum += expected;
      }
      assertEquals(1_000, sum, TOLERANCE);
      assertEquals(1_000, mean.mapped(side), TOLERANCE);
    }
  }

  @Test
  void shouldKeepLeveragesApart() {
    final MapSnapshot mean =
        MapSnapshot.consensus(images(TEN, TWENTY, BOTH), new double[] {1, 3, 4});
    assertEquals(2, mean.leverages());
    for (int number = 0; number < 2; number++) {
      double sum = 0;
      for (int bucket = mean.firstBucket(Side.LONG); bucket < end(mean, Side.LONG); bucket++) {
        sum += mean.quantity(Side.LONG, number, bucket);
      }
      // An eighth and half of one half at 10x, three eighths and the same at 20x.
      assertEquals(number == 0 ? 375 : 625, sum, TOLERANCE);
      assertEquals(number == 0 ? 10 : 20, mean.leverage(number));
    }
  }

  @Test
  void shouldTellTheLeastAndTheMostOfTheModels() {
    final List<MapSnapshot> images = images(TEN, BOTH);
    final MapSnapshot mean = MapSnapshot.consensus(images, new double[] {1, 9});
    for (final Side side : Side.values()) {
      final MapSnapshot ten = images.get(0);
      for (int bucket = ten.firstBucket(side); bucket < end(ten, side); bucket++) {
        assertEquals(ten.quantity(side, bucket) / 2, mean.least(side, bucket), TOLERANCE);
        assertEquals(ten.quantity(side, bucket), mean.most(side, bucket), TOLERANCE);
      }
      double onlyInOne = 0;
      for (int bucket = mean.firstBucket(side); bucket < end(mean, side); bucket++) {
        if (ten.quantity(side, bucket) == 0) {
          assertEquals(0, mean.least(side, bucket));
          onlyInOne += mean.most(side, bucket);
        }
      }
      assertEquals(500, onlyInOne, TOLERANCE);
    }
  }

  @Test
  void shouldShowAModelThatIsAloneAsItIs() {
    final MapSnapshot alone = images(TEN).get(0);
    final MapSnapshot mean = MapSnapshot.consensus(List.of(alone), new double[] {7});
    for (final Side side : Side.values()) {
      assertEquals(alone.bucketCount(side), mean.bucketCount(side));
      for (int bucket = alone.firstBucket(side); bucket < end(alone, side); bucket++) {
        final double quantity = alone.quantity(side, bucket);
        assertEquals(quantity, mean.quantity(side, bucket), TOLERANCE);
        assertEquals(quantity, mean.least(side, bucket), TOLERANCE);
        assertEquals(quantity, mean.most(side, bucket), TOLERANCE);
      }
    }
  }

  @Test
  void shouldWeighTheUnmappedRestAndTheCoverage() {
    final ModelSettings blind = model("blind", 1e12, TestSettings.tier(10, 1, 1));
    final MapSnapshot mean = MapSnapshot.consensus(images(TEN, blind), new double[] {1, 3});
    for (final Side side : Side.values()) {
      assertEquals(250, mean.mapped(side), TOLERANCE);
      assertEquals(750, mean.unmapped(side), TOLERANCE);
      assertEquals(.25, mean.coverage(side), TOLERANCE);
    }
  }

  @Test
  void shouldFindNoDisagreementBetweenEqualModels() {
    final ModelSettings twin = model("twin", 0, TestSettings.tier(10, 1, 1));
    final List<MapSnapshot> images = images(TEN, twin);
    final MapSnapshot mean = MapSnapshot.consensus(images, new double[] {1, 1});
    for (final Side side : Side.values()) {
      assertEquals(0, images.get(0).disagreement(side, images.get(1)));
      assertEquals(0, images.get(0).disagreement(side, mean), TOLERANCE);
    }
  }

  @Test
  void shouldCallDisagreementThePartThatWouldHaveToMove() {
    final List<MapSnapshot> images = images(TEN, TWENTY, BOTH);
    for (final Side side : Side.values()) {
      assertEquals(1, images.get(0).disagreement(side, images.get(1)), TOLERANCE);
      assertEquals(.5, images.get(0).disagreement(side, images.get(2)), TOLERANCE);
      assertEquals(.5, images.get(2).disagreement(side, images.get(0)), TOLERANCE);
    }
  }

  @Test
  void shouldDisagreeAltogetherWhereJustOneIsEmpty() {
    final ModelSettings blind = model("blind", 1e12, TestSettings.tier(10, 1, 1));
    final ModelSettings deaf = model("deaf", 1e12, TestSettings.tier(20, 1, 1));
    final List<MapSnapshot> images = images(TEN, blind, deaf);
    assertEquals(1, images.get(0).disagreement(Side.LONG, images.get(1)));
    assertEquals(1, images.get(1).disagreement(Side.LONG, images.get(0)));
    assertEquals(0, images.get(1).disagreement(Side.LONG, images.get(2)));
  }
}
