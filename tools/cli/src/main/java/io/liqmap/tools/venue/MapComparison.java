package io.liqmap.tools.venue;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.engine.core.model.MarginTerms;
import io.liqmap.engine.core.model.ModelSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a map compares with the true positions, beside controls that know less.
 *
 * <p>The controls: the map's own entries, each put at a random distance (log-uniform, 0.4 % to 60
 * %), many times over; and a map that is the same everywhere. A map that doesn't beat the first
 * knows nothing of leverage. Control quantity beyond mark is dropped, as sweeps would; what was
 * swept from the map is not in the control. Overlap by bucket penalises lumpy distributions, random
 * draws most: the smoothed one is fairer.
 *
 * @param rows one for each side and reach
 * @param draws how often distances were drawn
 */
public record MapComparison(List<Row> rows, int draws) {
  private static final double[] REACHES = {0.05, 0.10, 0.50};
  private static final double NEAREST = 0.004;
  private static final double FARTHEST = 0.6;

  /**
   * One side of the map up to a distance from mark.
   *
   * @param reach distance as a share of mark, 0.05, 0.1 or 0.5
   * @param trueQuantity true quantity that liquidates within reach, base asset
   * @param mapQuantity the map's, base asset
   * @param map how map and truth agree
   * @param random the same for random distances, mean of the draws
   * @param randomBest the best of the draws, by figure
   * @param uniform the same for the uniform map
   */
  public record Row(
      Side side,
      double reach,
      double trueQuantity,
      double mapQuantity,
      Agreement map,
      Agreement random,
      Agreement randomBest,
      Agreement uniform) {}

  /**
   * Compares a map with the true positions.
   *
   * @param snapshot of a map that applied the events of the truth
   * @param nanos time of the snapshot, which decides the brackets, ns since 1970
   * @param seed of the random distances
   * @param draws 1 or more, 20 for a meaningful mean
   */
  public static MapComparison of(
      final MapSnapshot snapshot,
      final TruePositions truth,
      final long nanos,
      final long seed,
      final int draws) {
    final Lattice lattice = new Lattice(snapshot.settings().resolutionBps());
    final Dated<BracketTable> dated =
        snapshot.settings().brackets().of(snapshot.instrument().symbol());
    final BracketTable brackets = dated.value(dated.indexAt(nanos));
    final Draws random = new Draws(seed);
    final List<Row> rows = new ArrayList<>();
    for (final Side side : Side.values()) {
      final int widest = buckets(side, REACHES[REACHES.length - 1], lattice);
      final double[] actual = outward(snapshot, truth, side, lattice, widest);
      final double[] estimate = new double[widest];
      for (int i = 0; i < widest; i++) {
        estimate[i] = snapshot.quantity(side, snapshot.markBucket() - side.sign() * i);
      }
      final double[][] controls = new double[draws][];
      for (int i = 0; i < draws; i++) {
        controls[i] = randomised(snapshot, side, lattice, brackets, random, widest);
      }
      for (final double reach : REACHES) {
        rows.add(row(side, reach, buckets(side, reach, lattice), actual, estimate, controls));
      }
    }
    return new MapComparison(List.copyOf(rows), draws);
  }

  public Row row(final Side side, final double reach) {
    return rows.stream()
        .filter((row) -> row.side() == side && row.reach() == reach)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no row reaches " + reach));
  }

  private static Row row(
      final Side side,
      final double reach,
      final int count,
      final double[] actual,
      final double[] estimate,
      final double[][] controls) {
    final double[] truth = Arrays.copyOf(actual, count);
    final double[] map = Arrays.copyOf(estimate, count);
    final double[] uniform = new double[count];
    Arrays.fill(uniform, 1);
    final List<Agreement> draws = new ArrayList<>();
    for (final double[] control : controls) {
      draws.add(Agreement.of(truth, Arrays.copyOf(control, count)));
    }
    return new Row(
        side,
        reach,
        Arrays.stream(truth).sum(),
        Arrays.stream(map).sum(),
        Agreement.of(truth, map),
        Agreement.mean(draws),
        Agreement.best(draws),
        Agreement.of(truth, uniform));
  }

  /** Buckets from mark outward to a reach. */
  private static int buckets(final Side side, final double reach, final Lattice lattice) {
    return 1 + (int) Math.abs(lattice.distance(1 - side.sign() * reach));
  }

  /** The truth by bucket, from mark outward. */
  private static double[] outward(
      final MapSnapshot snapshot,
      final TruePositions truth,
      final Side side,
      final Lattice lattice,
      final int count) {
    final int mark = snapshot.markBucket();
    final double unit = snapshot.instrument().priceUnit();
    if (side == Side.SHORT) {
      return truth.quantities(side, lattice, unit, mark, count);
    }
    final double[] rising = truth.quantities(side, lattice, unit, mark - count + 1, count);
    final double[] outward = new double[count];
    for (int i = 0; i < count; i++) {
      outward[i] = rising[count - 1 - i];
    }
    return outward;
  }

  /** The map's entries, which lie one tier's distance from its buckets, at random distances. */
  private static double[] randomised(
      final MapSnapshot snapshot,
      final Side side,
      final Lattice lattice,
      final BracketTable brackets,
      final Draws random,
      final int count) {
    final double[] outward = new double[count];
    final int first = snapshot.firstBucket(side);
    for (int leverage = 0; leverage < snapshot.leverages(); leverage++) {
      final double shift =
          lattice.distance(ratio(snapshot, side, snapshot.leverage(leverage), brackets));
      for (int bucket = first; bucket < first + snapshot.bucketCount(side); bucket++) {
        final double quantity = snapshot.quantity(side, leverage, bucket);
        if (quantity > 0) {
          final double away =
              NEAREST * StrictMath.exp(random.uniform() * StrictMath.log(FARTHEST / NEAREST));
          final double target = bucket - shift + lattice.distance(1 - side.sign() * away);
          final long index = side.sign() * (snapshot.markBucket() - Math.round(target));
          if (index >= 0 && index < count) {
            outward[(int) index] += quantity;
          }
        }
      }
    }
    return outward;
  }

  /** Liquidation price over entry price of a leverage's first line in the profile. */
  private static double ratio(
      final MapSnapshot snapshot,
      final Side side,
      final double leverage,
      final BracketTable brackets) {
    final ModelSettings model =
        snapshot.settings().models().get(snapshot.settings().model(snapshot.model()));
    final ProfileTier line =
        model.profile().stream()
            .filter((tier) -> tier.leverage() == leverage)
            .findFirst()
            .orElseThrow();
    if (line instanceof DistanceTier range) {
      return StrictMath.exp(-side.sign() * StrictMath.sqrt(range.from() * range.to()));
    }
    return new MarginTerms(MarginRule.BINANCE_USDM, brackets, 1)
        .liquidationRatio(side, (LeverageTier) line, model.maintenance());
  }
}
