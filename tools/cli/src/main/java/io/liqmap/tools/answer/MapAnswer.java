package io.liqmap.tools.answer;

import io.liqmap.engine.core.clusters.Cluster;
import io.liqmap.engine.core.clusters.Clusters;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.MeasuredMap;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.structure.Confluence;
import io.liqmap.engine.core.structure.StructureSnapshot;
import io.liqmap.engine.market.MapWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The map of one instrument, or of a group, at one time, with what it assumes, covers and lacks.
 *
 * @param instrument symbol, or name of the group
 * @param venue of the instrument; {@code group} for a group
 * @param time engine time
 * @param sequence feed sequence of the last event
 * @param units of quantities and notionals
 * @param markPrice NaN while unknown
 * @param openInterest NaN while unknown
 * @param stateHash hash of the engine's state
 * @param window label of the window
 * @param since start of the window; empty for all
 * @param assumptions what it assumes
 * @param coverage share of open interest that it shows
 * @param outOfReach share of open interest that no price within reach liquidates
 * @param unmapped share of open interest whose entries aren't known
 * @param dispersion how far the models disagree: mean disagreement with the consensus, 0 to 1
 * @param quality what its data lacks
 * @param path what its prices were made from; null for a group
 * @param liquidations what closed positions so far
 * @param calibration how the model's sweeps compare with reported liquidations; empty for a
 *     consensus
 * @param market what the feed says beside prices; null for a group
 * @param maxPain where most would be liquidated
 * @param buckets that aren't empty, longs and then shorts, in the order of prices
 * @param cumulative price and notional, outward from mark
 * @param clusters the largest first
 * @param structure price structure; null for a group
 * @param measured what the map of known positions is made of; empty for models
 * @param members of a group; empty for an instrument
 * @param leverages of the buckets' tiers
 * @param label symbol, or venue and symbol where the journal has several of the symbol
 */
public record MapAnswer(
    String instrument,
    String venue,
    String time,
    long sequence,
    Units units,
    double markPrice,
    double openInterest,
    String stateHash,
    String window,
    Optional<String> since,
    Assumptions assumptions,
    BySide<Double> coverage,
    BySide<Double> outOfReach,
    BySide<Double> unmapped,
    BySide<Double> dispersion,
    Quality quality,
    @Json.Inlined PricePath path,
    Liquidations liquidations,
    Optional<BySide<CalibrationAnswer>> calibration,
    MarketAnswer market,
    MaxPainAnswer maxPain,
    List<Bucket> buckets,
    BySide<List<List<Double>>> cumulative,
    List<ClusterOnMap> clusters,
    StructureAnswer structure,
    Optional<MeasuredAnswer> measured,
    Optional<List<MemberAnswer>> members,
    @Json.TextOnly List<String> leverages,
    @Json.TextOnly String label) {

  /** By how much a correction for what a venue doesn't report may be wrong, either way. */
  private static final double UNCERTAINTY = 2;

  private static final double ROUNDING = 1e-12;

  /** Assets that quantities and notionals are in. */
  public record Units(String quantity, String notional) {}

  /**
   * A bucket that isn't empty.
   *
   * @param tiers quantity by leverage
   * @param spread of the models; empty where one answers
   * @param members notional by member of a group; empty for an instrument
   */
  public record Bucket(
      String side,
      double priceLow,
      double priceHigh,
      double quantity,
      double notional,
      Map<String, Double> tiers,
      Optional<Spread> spread,
      Optional<Map<String, Double>> members,
      @Json.TextOnly double centre,
      @Json.TextOnly int bucket) {
    Bucket with(final Map<String, Double> byMember) {
      return new Bucket(
          side,
          priceLow,
          priceHigh,
          quantity,
          notional,
          tiers,
          spread,
          Optional.of(byMember),
          centre,
          bucket);
    }
  }

  public record Spread(double least, double most) {}

  /**
   * A dense range of buckets.
   *
   * @param id of a tracked cluster; null where only this map has it
   * @param confluence what of the price structure lies in it
   */
  public record ClusterOnMap(
      Long id,
      String side,
      double priceLow,
      double priceHigh,
      double peakPrice,
      double notional,
      double distanceBps,
      List<Level> confluence) {}

  public record Level(String kind, double price, Optional<Integer> scaleBps) {}

  /**
   * What closed positions so far, quote asset.
   *
   * @param backgroundNotionalLong expected of no level, beside the sweeps
   * @param backgroundNotionalShort expected of no level, beside the sweeps
   * @param forcedPerReported positions closed by force for one that the venue reports
   * @param forcedPerReportedLow what it may be at least: half, where the venue doesn't report all
   * @param forcedPerReportedHigh what it may be at most: twice as much
   * @param fallsPerReported by how much open interest fell for each reported liquidation, in the
   *     feed's own windows; empty with fewer than a hundred
   * @param fallsPerReportedError half the width of its 95 % interval
   * @param forcedShareOfFallsLong share of the falls of open interest that they explain, 0 to 1
   * @param forcedShareOfFallsShort share of the falls of open interest that they explain, 0 to 1
   */
  record Liquidations(
      double sweptNotionalLong,
      double sweptNotionalShort,
      double observedNotionalLong,
      double observedNotionalShort,
      double backgroundNotionalLong,
      double backgroundNotionalShort,
      double forcedPerReported,
      double forcedPerReportedLow,
      double forcedPerReportedHigh,
      Optional<Double> fallsPerReported,
      Optional<Double> fallsPerReportedError,
      double forcedShareOfFallsLong,
      double forcedShareOfFallsShort) {}

  /**
   * Answers for a model.
   *
   * @param model its number, or −1 for the consensus of all
   * @param journaled whether the events are in a journal
   */
  public static MapAnswer of(
      final MapWriter writer,
      final InstrumentMap map,
      final int model,
      final Window window,
      final boolean journaled) {
    final List<ModelSettings> models = map.settings().models();
    final List<MapSnapshot> images = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      images.add(MapSnapshot.of(map, i, window, writer.time()));
    }
    final double[] weights = MapVariant.consensusShares(models);
    final MapSnapshot consensus = ShownMap.consensus(images, weights);
    final MapSnapshot image = model < 0 ? consensus : images.get(model);
    final double[] shares = model < 0 ? weights : only(model, weights.length);
    return of(
        writer,
        map,
        image,
        ShownMap.clusters(writer, map, image, model, window),
        journaled,
        Assumptions.of(map, image, shares, writer.time()),
        BySide.of((side) -> dispersion(images, weights, consensus, side)),
        liquidations(
            map,
            BySide.of((side) -> swept(map, shares, side)),
            BySide.of((side) -> background(map, shares, side))),
        model < 0
            ? Optional.empty()
            : Optional.of(BySide.of((side) -> CalibrationAnswer.of(map.score(model, side)))),
        Optional.empty());
  }

  /**
   * Answers by the positions that the venue published.
   *
   * @param journaled whether the events are in a journal
   */
  public static MapAnswer ofKnownPositions(
      final MapWriter writer, final InstrumentMap map, final boolean journaled) {
    final MeasuredMap measured = MeasuredMap.of(map, writer.time());
    return of(
        writer,
        map,
        measured.map(),
        Clusters.of(measured.map(), writer.clusterSettings()),
        journaled,
        Assumptions.ofKnownPositions(measured.map()),
        new BySide<>(Double.NaN, Double.NaN),
        liquidations(
            map, BySide.of((side) -> measured.side(side).sweptNotional()), new BySide<>(0.0, 0.0)),
        Optional.empty(),
        Optional.of(MeasuredAnswer.of(measured, map.settings().positions(), writer.time())));
  }

  private static MapAnswer of(
      final MapWriter writer,
      final InstrumentMap map,
      final MapSnapshot image,
      final List<Cluster> clusters,
      final boolean journaled,
      final Assumptions assumptions,
      final BySide<Double> dispersion,
      final Liquidations liquidations,
      final Optional<BySide<CalibrationAnswer>> calibration,
      final Optional<MeasuredAnswer> measured) {
    final StructureSnapshot structure = map.structure().snapshot();
    final PricePath path = PricePath.of(writer, map.instrument().id());
    final List<Bucket> buckets = buckets(image);
    return new MapAnswer(
        map.instrument().symbol(),
        map.instrument().venue(),
        Format.time(writer.time()),
        writer.sequence(),
        new Units(map.instrument().baseAsset(), map.instrument().quoteAsset()),
        image.markPrice() > 0 ? image.markPrice() : Double.NaN,
        image.openInterest(),
        Format.hash(writer.stateHash()),
        image.window().label(),
        image.window() == Window.ALL ? Optional.empty() : Optional.of(Format.time(image.since())),
        assumptions,
        BySide.of(image::coverage),
        BySide.of(image::outOfReach),
        BySide.of((side) -> unmapped(image, side)),
        dispersion,
        Quality.of(writer, map, journaled),
        path,
        liquidations,
        calibration,
        MarketAnswer.of(map, writer.time()),
        MaxPainAnswer.of(image),
        buckets,
        BySide.of((side) -> cumulative(buckets, side)),
        clusters(clusters, image, structure::within),
        StructureAnswer.of(structure, image, path),
        measured,
        Optional.empty(),
        leverages(image),
        map.instrument().name().among(writer.maps().names()));
  }

  static double[] only(final int model, final int models) {
    final double[] alone = new double[models];
    alone[model] = 1;
    return alone;
  }

  static double dispersion(
      final List<MapSnapshot> images,
      final double[] weights,
      final MapSnapshot consensus,
      final Side side) {
    double sum = 0;
    for (int i = 0; i < images.size(); i++) {
      sum += weights[i] == 0 ? 0 : weights[i] * images.get(i).disagreement(side, consensus);
    }
    return sum;
  }

  private static Liquidations liquidations(
      final InstrumentMap map, final BySide<Double> swept, final BySide<Double> background) {
    final double fallen = map.fallen();
    return new Liquidations(
        swept.longs(),
        swept.shorts(),
        map.observedNotional(Side.LONG),
        map.observedNotional(Side.SHORT),
        background.longs(),
        background.shorts(),
        map.forcedPerReported(),
        Math.max(1, map.forcedPerReported() / UNCERTAINTY),
        map.forcedPerReported() > 1 ? map.forcedPerReported() * UNCERTAINTY : 1,
        Format.known(map.fallsPerReported().slope()),
        Format.known(map.fallsPerReported().error()),
        fallen > 0 ? map.forced(Side.LONG) / fallen : 0,
        fallen > 0 ? map.forced(Side.SHORT) / fallen : 0);
  }

  /** Of a window it is what was opened before it. */
  static double unmapped(final MapSnapshot image, final Side side) {
    final double rest = 1 - image.coverage(side) - image.outOfReach(side);
    return image.openInterest() > 0 && rest > ROUNDING ? rest : 0;
  }

  static double background(final InstrumentMap map, final double[] shares, final Side side) {
    double sum = 0;
    for (int model = 0; model < shares.length; model++) {
      sum += shares[model] == 0 ? 0 : shares[model] * map.background(model, side);
    }
    return sum;
  }

  static double swept(final InstrumentMap map, final double[] shares, final Side side) {
    double sum = 0;
    for (int model = 0; model < shares.length; model++) {
      sum += shares[model] == 0 ? 0 : shares[model] * map.sweptNotional(model, side);
    }
    return sum;
  }

  /**
   * Longs lie below mark and shorts above, so side after side is in the order of prices, but for
   * the bucket of mark itself.
   */
  static List<Bucket> buckets(final MapSnapshot image) {
    final List<Bucket> buckets = new ArrayList<>();
    for (final Side side : Side.values()) {
      final int end = image.firstBucket(side) + image.bucketCount(side);
      for (int bucket = image.firstBucket(side); bucket < end; bucket++) {
        if (image.quantity(side, bucket) > 0) {
          buckets.add(bucket(image, side, bucket));
        }
      }
    }
    return buckets;
  }

  private static Bucket bucket(final MapSnapshot image, final Side side, final int bucket) {
    final Map<String, Double> tiers = new LinkedHashMap<>();
    for (int leverage = 0; leverage < image.leverages(); leverage++) {
      final double quantity = image.quantity(side, leverage, bucket);
      if (quantity > 0) {
        tiers.put(Format.plain(image.leverage(leverage)), quantity);
      }
    }
    return new Bucket(
        Format.lower(side),
        image.priceLow(bucket),
        image.priceHigh(bucket),
        image.quantity(side, bucket),
        image.notional(side, bucket),
        tiers,
        image.isConsensus()
            ? Optional.of(new Spread(image.least(side, bucket), image.most(side, bucket)))
            : Optional.empty(),
        Optional.empty(),
        image.centre(bucket),
        bucket);
  }

  static List<List<Double>> cumulative(final List<Bucket> buckets, final Side side) {
    final List<List<Double>> points = new ArrayList<>();
    double sum = 0;
    for (final Bucket bucket : outward(buckets, side)) {
      sum += bucket.notional;
      points.add(List.of(side == Side.LONG ? bucket.priceLow : bucket.priceHigh, sum));
    }
    return points;
  }

  static List<ClusterOnMap> clusters(
      final List<Cluster> clusters,
      final MapSnapshot image,
      final BiFunction<Integer, Integer, List<Confluence>> structure) {
    return clusters.stream().map((cluster) -> cluster(cluster, image, structure)).toList();
  }

  private static ClusterOnMap cluster(
      final Cluster cluster,
      final MapSnapshot image,
      final BiFunction<Integer, Integer, List<Confluence>> structure) {
    return new ClusterOnMap(
        cluster.isTracked() ? (Long) cluster.id() : null,
        Format.lower(cluster.side()),
        image.priceLow(cluster.lowBucket()),
        image.priceHigh(cluster.highBucket()),
        image.centre(cluster.peakBucket()),
        cluster.notional(),
        cluster.distanceBps(),
        structure.apply(cluster.lowBucket(), cluster.highBucket()).stream()
            .map(
                (level) ->
                    new Level(
                        Format.lower(level.kind()),
                        price(level, image),
                        Optional.of(level.scaleBps()).filter((scale) -> scale > 0)))
            .toList());
  }

  /** The price that the structure gives for the same level. */
  private static double price(final Confluence level, final MapSnapshot image) {
    return switch (level.kind()) {
      case SWING_HIGH, SWING_LOW -> level.price() * image.instrument().priceUnit();
      case VALUE_AREA_LOW -> image.priceLow(level.bucket());
      case VALUE_AREA_HIGH -> image.priceHigh(level.bucket());
      case POINT_OF_CONTROL, HIGH_VOLUME_NODE -> image.centre(level.bucket());
    };
  }

  static List<String> leverages(final MapSnapshot image) {
    final List<String> leverages = new ArrayList<>();
    for (int leverage = 0; leverage < image.leverages(); leverage++) {
      leverages.add(Format.plain(image.leverage(leverage)));
    }
    return leverages;
  }

  /** Name of the model that answers, consensus or measured. */
  public String model() {
    return assumptions.model();
  }

  boolean isConsensus() {
    return assumptions.model().equals(MapSnapshot.CONSENSUS);
  }

  /** Buckets of a side, from mark outward. */
  List<Bucket> outward(final Side side) {
    return outward(buckets, side);
  }

  private static List<Bucket> outward(final List<Bucket> buckets, final Side side) {
    final String name = Format.lower(side);
    final List<Bucket> outward = new ArrayList<>(buckets);
    outward.removeIf((bucket) -> !bucket.side.equals(name));
    if (side == Side.LONG) {
      Collections.reverse(outward);
    }
    return outward;
  }
}
