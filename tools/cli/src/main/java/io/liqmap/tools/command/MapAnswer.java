package io.liqmap.tools.command;

import io.liqmap.engine.core.clusters.Cluster;
import io.liqmap.engine.core.clusters.Clusters;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.structure.StructureSnapshot;
import io.liqmap.engine.market.MapWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The map of one instrument as of one moment, with all that an honest answer carries.
 *
 * @param image the map
 * @param models models that the map was made by, with their shares in it
 * @param clusters its clusters, the largest first
 * @param structure price structure
 * @param path what its prices were made from
 * @param flows what closed positions so far
 * @param dispersionLong how far the models disagree about the longs: the mean of each one's
 *     disagreement with the consensus, 0 to 1
 * @param dispersionShort likewise
 * @param time engine time, ns
 * @param sequence feed sequence of the last event
 * @param stateHash hash of the engine's state
 * @param openInterestStale whether open interest is too old
 * @param markMissing whether the last price stands in for mark
 * @param gaps holes in the feed's sequence so far
 * @param rejected messages rejected so far
 * @param missing messages that never came so far
 * @param bracketsConfigured whether the instrument has maintenance brackets of its own
 * @param brackets whose brackets they are, and of when
 * @param market what the feed says beside prices
 * @param maxPain where most would be liquidated
 * @param journaled whether the events are in a journal
 */
record MapAnswer(
    MapSnapshot image,
    List<Part> models,
    List<Cluster> clusters,
    StructureSnapshot structure,
    PricePath path,
    Flows flows,
    double dispersionLong,
    double dispersionShort,
    long time,
    long sequence,
    long stateHash,
    boolean openInterestStale,
    boolean markMissing,
    long gaps,
    long rejected,
    long missing,
    boolean bracketsConfigured,
    BracketsUsed brackets,
    MarketAnswer market,
    MaxPainAnswer maxPain,
    boolean journaled) {

  /**
   * A model's part in an answer.
   *
   * @param settings what it assumes
   * @param share its share, 1 where it answers alone
   * @param tiers its profile as the venue and the crowd leave it
   * @param formula by which it liquidates
   */
  record Part(ModelSettings settings, double share, List<Tier> tiers, String formula) {}

  /**
   * A tier of a model, now.
   *
   * @param line what was configured
   * @param longShare share of the longs that hold it, 0 where the venue doesn't grant it
   * @param shortShare likewise
   * @param longRate maintenance rate of the bracket in which its longs are liquidated
   * @param shortRate likewise
   */
  record Tier(
      LeverageTier line, double longShare, double shortShare, double longRate, double shortRate) {}

  /**
   * What closed positions so far.
   *
   * @param formula by which the venue liquidates
   * @param source of the formula, with its date
   * @param venueKnown whether it is the venue's own
   * @param perReported positions closed by force for one that the venue reports
   * @param sweptLong estimates that mark has swept, quote asset
   * @param sweptShort likewise
   * @param observedLong liquidations that the venue reported, quote asset
   * @param observedShort likewise
   * @param forcedLong share of the falls of open interest that they explain, 0 to 1
   * @param forcedShort likewise
   */
  record Flows(
      String formula,
      String source,
      boolean venueKnown,
      double perReported,
      double sweptLong,
      double sweptShort,
      double observedLong,
      double observedShort,
      double forcedLong,
      double forcedShort) {
    static Flows of(final InstrumentMap map, final double[] weights) {
      final double fallen = map.fallen();
      return new Flows(
          map.marginRule().formula(),
          map.marginRule().source(),
          MarginRule.isKnown(map.instrument().venue(), map.instrument().contract()),
          map.forcedPerReported(),
          swept(map, weights, Side.LONG),
          swept(map, weights, Side.SHORT),
          map.observedNotional(Side.LONG),
          map.observedNotional(Side.SHORT),
          fallen > 0 ? map.forced(Side.LONG) / fallen : 0,
          fallen > 0 ? map.forced(Side.SHORT) / fallen : 0);
    }

    private static double swept(final InstrumentMap map, final double[] weights, final Side side) {
      double sum = 0;
      for (int model = 0; model < weights.length; model++) {
        sum += weights[model] == 0 ? 0 : weights[model] * map.sweptNotional(model, side);
      }
      return sum;
    }
  }

  /**
   * Answers for a model.
   *
   * @param model its number, or −1 for the consensus of all
   */
  static MapAnswer of(
      final MapWriter writer,
      final InstrumentMap map,
      final int model,
      final Window window,
      final boolean journaled) {
    final List<ModelSettings> all = map.settings().models();
    final List<MapSnapshot> images = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      images.add(MapSnapshot.of(map, i, window, writer.time()));
    }
    final double[] weights = weights(all);
    final MapSnapshot consensus = consensus(images, weights);
    final MapSnapshot image = model < 0 ? consensus : images.get(model);
    final List<Part> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (model == i || (model < 0 && weights[i] > 0)) {
        parts.add(part(map, i, model < 0 ? weights[i] : 1));
      }
    }
    return new MapAnswer(
        image,
        parts,
        model == 0 && window == Window.ALL
            ? Clusters.of(image, writer.levels(map.instrument().id()).clusters())
            : Clusters.of(image, writer.clusterSettings()),
        map.structure().image(),
        PricePath.of(writer, map.instrument().id()),
        Flows.of(map, answering(weights, model)),
        dispersion(images, weights, consensus, Side.LONG),
        dispersion(images, weights, consensus, Side.SHORT),
        writer.time(),
        writer.sequence(),
        writer.stateHash(),
        map.isOpenInterestStale(writer.time()),
        map.isMarkMissing(writer.time()),
        writer.gaps(),
        writer.rejected(),
        writer.missing(),
        map.settings().brackets().isConfigured(map.instrument().symbol()),
        BracketsUsed.of(map, writer.time()),
        new MarketAnswer(map.market()),
        MaxPainAnswer.of(image),
        journaled);
  }

  /** Mean of the models that weigh anything: the others don't widen its spread. */
  private static MapSnapshot consensus(final List<MapSnapshot> images, final double[] weights) {
    final List<MapSnapshot> weighty = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      if (weights[i] > 0) {
        weighty.add(images.get(i));
      }
    }
    return MapSnapshot.consensus(
        weighty, Arrays.stream(weights).filter((weight) -> weight > 0).toArray());
  }

  /** Shares in the consensus; equal ones where all models weigh nothing. */
  private static double[] weights(final List<ModelSettings> models) {
    final double sum = models.stream().mapToDouble(ModelSettings::weight).sum();
    return models.stream()
        .mapToDouble((model) -> sum > 0 ? model.weight() / sum : 1.0 / models.size())
        .toArray();
  }

  private static double[] answering(final double[] weights, final int model) {
    if (model < 0) {
      return weights;
    }
    final double[] alone = new double[weights.length];
    alone[model] = 1;
    return alone;
  }

  private static Part part(final InstrumentMap map, final int model, final double share) {
    final ModelSettings settings = map.settings().models().get(model);
    final List<Tier> tiers = new ArrayList<>();
    for (int tier = 0; tier < settings.profile().size(); tier++) {
      tiers.add(
          new Tier(
              settings.profile().get(tier),
              map.share(model, Side.LONG, tier),
              map.share(model, Side.SHORT, tier),
              map.lines(model, Side.LONG).maintenanceRate(tier),
              map.lines(model, Side.SHORT).maintenanceRate(tier)));
    }
    final MarginRule rule =
        settings.maintenance() == Maintenance.VENUE
            ? map.marginRule()
            : MarginRule.bankruptcy(map.instrument().contract());
    return new Part(settings, share, tiers, rule.formula());
  }

  private static double dispersion(
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

  double dispersion(final Side side) {
    return side == Side.LONG ? dispersionLong : dispersionShort;
  }

  /** Buckets of a side that hold anything, from mark outward. */
  List<Integer> outward(final Side side) {
    final List<Integer> buckets = new ArrayList<>();
    final int first = image.firstBucket(side);
    final int count = image.bucketCount(side);
    for (int i = 0; i < count; i++) {
      final int bucket = side == Side.LONG ? first + count - 1 - i : first + i;
      if (image.quantity(side, bucket) > 0) {
        buckets.add(bucket);
      }
    }
    return buckets;
  }

  /** The cluster of a side that is nearest to mark, null if there is none. */
  Cluster nearest(final Side side) {
    Cluster nearest = null;
    for (final Cluster cluster : clusters) {
      if (cluster.side() == side
          && (nearest == null || cluster.distanceBps() < nearest.distanceBps())) {
        nearest = cluster;
      }
    }
    return nearest;
  }
}
