package io.liqmap.tools.answer;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.Maintenance;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.ProfileTier;
import io.liqmap.engine.core.model.SkewSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a map assumes.
 *
 * @param model name of the model, consensus or measured
 * @param tiers of all models that answer, with their shares in the answer
 * @param resolutionBps width of a bucket
 * @param brackets configured or standard; none where positions are known
 * @param bracketTable whose, and of when; null without
 * @param margin isolated, or as the venue published it
 * @param formula by which the venue liquidates; null where it published the prices
 * @param formulaSource where the formula is from, with its date; null without
 * @param formulaIsVenues whether it is the venue's own
 * @param models that answer
 */
record Assumptions(
    String model,
    List<Tier> tiers,
    double resolutionBps,
    String brackets,
    BracketsUsed bracketTable,
    String margin,
    String formula,
    String formulaSource,
    boolean formulaIsVenues,
    List<Model> models) {

  /**
   * A tier; share and rate of the longs first.
   *
   * @param size which positions it is of; empty for a tier by distance
   * @param distanceFrom nearest |ln(liquidation price / entry price)|; empty for a tier by leverage
   * @param prior on which sides its share is still what settings gave it, for want of exposure;
   *     empty where nothing is learned
   */
  record Tier(
      double leverage,
      double share,
      double shareShort,
      double mmr,
      double mmrShort,
      Optional<String> size,
      Optional<Double> positionNotional,
      Optional<Double> distanceFrom,
      Optional<Double> distanceTo,
      Optional<BySide<Boolean>> prior) {

    private static Tier of(final InstrumentMap map, final int model, final int tier) {
      final ProfileTier line = map.settings().models().get(model).profile().get(tier);
      final Optional<LeverageTier> leveraged =
          line instanceof LeverageTier one ? Optional.of(one) : Optional.empty();
      final Optional<DistanceTier> distances =
          line instanceof DistanceTier one ? Optional.of(one) : Optional.empty();
      return new Tier(
          line.leverage(),
          map.share(model, Side.LONG, tier),
          map.share(model, Side.SHORT, tier),
          map.lines(model, Side.LONG).maintenanceRate(tier),
          map.lines(model, Side.SHORT).maintenanceRate(tier),
          leveraged.map((one) -> one.size().name()),
          leveraged.map((one) -> one.size().notional()),
          distances.map(DistanceTier::from),
          distances.map(DistanceTier::to),
          map.learned(model, Side.LONG) == null
              ? Optional.empty()
              : Optional.of(BySide.of((side) -> map.learned(model, side).isPrior(tier))));
    }

    private Tier times(final double factor) {
      return new Tier(
          leverage,
          share * factor,
          shareShort * factor,
          mmr,
          mmrShort,
          size,
          positionNotional,
          distanceFrom,
          distanceTo,
          prior);
    }
  }

  /**
   * A model that answers.
   *
   * @param share in the answer, 1 where it answers alone
   * @param learning on, frozen or off
   * @param tiers as the venue and the positions leave them, with their shares in the model
   */
  record Model(
      String name,
      double share,
      String learning,
      double turnover,
      double takerLean,
      double minTradeNotional,
      String maintenance,
      String formula,
      double exitAgeHalfLifeSeconds,
      double exitProfitBps,
      Skew skew,
      @Json.TextOnly List<Tier> tiers) {

    boolean isProportional() {
      return exitAgeHalfLifeSeconds == 0 && exitProfitBps == 0;
    }
  }

  record Skew(Weights funding, Weights takerFlow, Weights accounts) {}

  record Weights(double leverage, double lean) {
    private static Weights of(final SkewSettings.Weights weights) {
      return new Weights(weights.leverage(), weights.lean());
    }
  }

  /**
   * Of a map.
   *
   * @param shares each model's share in the answer
   * @param at time of the answer, ns
   */
  static Assumptions of(
      final InstrumentMap map, final MapSnapshot image, final double[] shares, final long at) {
    final List<Model> models =
        IntStream.range(0, shares.length)
            .filter((model) -> shares[model] > 0)
            .mapToObj((model) -> model(map, model, shares[model]))
            .toList();
    final BracketsUsed brackets = BracketsUsed.of(map, at);
    return new Assumptions(
        image.model(),
        models.stream()
            .flatMap((model) -> model.tiers.stream().map((tier) -> tier.times(model.share)))
            .toList(),
        image.settings().resolutionBps(),
        map.settings().brackets().isConfigured(map.instrument().name()) ? "configured" : "standard",
        brackets,
        "isolated",
        map.marginRule().formula(),
        map.marginRule().source(),
        MarginRule.isKnown(map.instrument().venue(), map.instrument().contract()),
        models);
  }

  /** Of a map of known positions, which assumes neither leverage nor margin. */
  static Assumptions ofKnownPositions(final MapSnapshot image) {
    return new Assumptions(
        image.model(),
        List.of(),
        image.settings().resolutionBps(),
        "none",
        null,
        "as published",
        null,
        null,
        true,
        List.of());
  }

  private static Model model(final InstrumentMap map, final int number, final double share) {
    final ModelSettings model = map.settings().models().get(number);
    final MarginRule rule =
        model.maintenance() == Maintenance.VENUE
            ? map.marginRule()
            : MarginRule.bankruptcy(map.instrument().contract());
    final List<Tier> tiers =
        IntStream.range(0, model.profile().size())
            .mapToObj((tier) -> Tier.of(map, number, tier))
            .toList();
    return new Model(
        model.name(),
        share,
        Format.lower(model.learning().mode()),
        model.entries().turnover(),
        model.entries().takerLean(),
        model.entries().minTradeNotional(),
        Format.lower(model.maintenance()),
        rule.formula(),
        model.exits().ageHalfLifeNanos() / 1e9,
        model.exits().profitBps(),
        new Skew(
            Weights.of(model.skew().funding()),
            Weights.of(model.skew().takerFlow()),
            Weights.of(model.skew().accounts())),
        tiers);
  }
}
