package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.GroupMap;
import io.liqmap.engine.core.map.GroupMember;
import io.liqmap.engine.core.map.GroupSettings;
import io.liqmap.engine.core.map.GroupSnapshot;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.MapVariant;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.market.MapWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The map of a group: the sum of its members' maps. What belongs to one venue alone, structure and
 * market, is empty, and assumptions are those of the member whose mark is the group's.
 */
public final class GroupMapAnswer {
  private final MapWriter writer;
  private final GroupMap group;
  private final int model;
  private final Window window;
  private final double[] weights;
  private final List<GroupSnapshot> snapshots = new ArrayList<>();

  private GroupMapAnswer(
      final MapWriter writer, final GroupMap group, final int model, final Window window) {
    this.writer = writer;
    this.group = group;
    this.model = model;
    this.window = window;
    final List<ModelSettings> models = writer.maps().settings().models();
    weights = MapVariant.consensusShares(models);
    for (int i = 0; i < models.size(); i++) {
      snapshots.add(GroupSnapshot.of(group, i, window, writer.time()));
    }
  }

  /**
   * Answers for a model.
   *
   * @param model its number, or −1 for the consensus of all
   * @param journaled whether the events are in a journal
   * @throws IllegalArgumentException if the feed has no member of the group
   */
  public static MapAnswer of(
      final MapWriter writer,
      final GroupMap group,
      final int model,
      final Window window,
      final boolean journaled) {
    return new GroupMapAnswer(writer, group, model, window).answer(journaled);
  }

  private MapAnswer answer(final boolean journaled) {
    final List<MapSnapshot> images = snapshots.stream().map(GroupSnapshot::sum).toList();
    final MapSnapshot consensus = ShownMap.consensus(images, weights);
    final MapSnapshot image = model < 0 ? consensus : images.get(model);
    final double[] shares = model < 0 ? weights : MapAnswer.only(model, weights.length);
    final long now = writer.time();
    final GroupMember reference = group.reference(now);
    final List<MapAnswer.Bucket> buckets =
        MapAnswer.buckets(image).stream().map((bucket) -> byMember(bucket, shares)).toList();
    return new MapAnswer(
        group.settings().name(),
        GroupSettings.VENUE,
        Format.time(now),
        writer.sequence(),
        new MapAnswer.Units(group.instrument().baseAsset(), group.instrument().quoteAsset()),
        image.markPrice() > 0 ? image.markPrice() : Double.NaN,
        image.openInterest(),
        Format.hash(writer.stateHash()),
        image.window().label(),
        image.window() == Window.ALL ? Optional.empty() : Optional.of(Format.time(image.since())),
        Assumptions.of(mapOf(reference), image, shares, now),
        BySide.of(image::coverage),
        BySide.of(image::outOfReach),
        BySide.of((side) -> MapAnswer.unmapped(image, side)),
        BySide.of((side) -> MapAnswer.dispersion(images, weights, consensus, side)),
        Quality.of(writer, group, journaled),
        null,
        liquidations(shares),
        Optional.empty(),
        null,
        MaxPainAnswer.of(image),
        buckets,
        BySide.of((side) -> MapAnswer.cumulative(buckets, side)),
        MapAnswer.clusters(
            ShownMap.clusters(writer, group, image, model, window),
            image,
            (low, high) -> List.of()),
        null,
        Optional.empty(),
        Optional.of(MemberAnswer.of(group, model, window, notionals(shares), now)),
        MapAnswer.leverages(image),
        group.settings().name());
  }

  /** Before any price the first that the feed has. */
  private InstrumentMap mapOf(final GroupMember reference) {
    return reference == null ? counted().get(0) : reference.map();
  }

  private List<InstrumentMap> counted() {
    final List<InstrumentMap> maps = new ArrayList<>();
    for (int i = 0; i < group.members(); i++) {
      if (group.member(i).isCounted()) {
        maps.add(group.member(i).map());
      }
    }
    return maps;
  }

  private MapAnswer.Bucket byMember(final MapAnswer.Bucket bucket, final double[] shares) {
    final Side side = bucket.side().equals(Format.lower(Side.LONG)) ? Side.LONG : Side.SHORT;
    final Map<String, Double> members = new LinkedHashMap<>();
    for (int member = 0; member < group.members(); member++) {
      double notional = 0;
      for (int i = 0; i < shares.length; i++) {
        notional +=
            shares[i] == 0
                ? 0
                : shares[i] * snapshots.get(i).notional(member, side, bucket.bucket());
      }
      if (notional > 0) {
        members.put(group.member(member).name(), notional);
      }
    }
    return bucket.with(members);
  }

  private List<BySide<Double>> notionals(final double[] shares) {
    final List<BySide<Double>> notionals = new ArrayList<>();
    for (int i = 0; i < group.members(); i++) {
      final int member = i;
      notionals.add(
          BySide.of(
              (side) -> {
                double sum = 0;
                for (int of = 0; of < shares.length; of++) {
                  sum += shares[of] == 0 ? 0 : shares[of] * snapshots.get(of).total(member, side);
                }
                return sum;
              }));
    }
    return notionals;
  }

  /** Sums; corrections for what a venue doesn't report are each venue's own. */
  private MapAnswer.Liquidations liquidations(final double[] shares) {
    return new MapAnswer.Liquidations(
        sum((map) -> MapAnswer.swept(map, shares, Side.LONG)),
        sum((map) -> MapAnswer.swept(map, shares, Side.SHORT)),
        sum((map) -> map.observedNotional(Side.LONG)),
        sum((map) -> map.observedNotional(Side.SHORT)),
        sum((map) -> MapAnswer.background(map, shares, Side.LONG)),
        sum((map) -> MapAnswer.background(map, shares, Side.SHORT)),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Optional.empty(),
        Optional.empty(),
        Double.NaN,
        Double.NaN);
  }

  private double sum(final ToDoubleFunction<InstrumentMap> reading) {
    return counted().stream().mapToDouble(reading).sum();
  }
}
