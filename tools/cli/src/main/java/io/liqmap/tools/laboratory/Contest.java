package io.liqmap.tools.laboratory;

import io.liqmap.engine.core.map.Instrument;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.LiquidationMaps;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.feed.FeedEvent;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.tools.venue.TruePositions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Maps of several models over the same events, compared with the truth: the settings' own, the old
 * default, and controls with random profiles. The maps are the engine's, without clusters and
 * journal, which don't influence them. One thread.
 */
public final class Contest {
  /** Name of the control whose profiles are random, with as much on the map as the first model. */
  public static final String SAME_MASS = "random, same mass";

  /** Name of the control that, also, has swept as much as was liquidated. */
  public static final String FITTED = "random, level fitted";

  /** An engine runs so many models. */
  private static final int MOST_MODELS = 16;

  private final List<InstrumentMap> maps = new ArrayList<>();
  private final List<Contender> contenders = new ArrayList<>();
  private final double[] liquidatedBefore = new double[2];

  /**
   * Makes empty maps.
   *
   * @param forcedPerReported liquidations per reported one that the maps assume
   * @param draws of random profiles
   * @param seed of them
   */
  public Contest(
      final EngineSettings settings,
      final InstrumentDefinition definition,
      final double forcedPerReported,
      final int draws,
      final long seed) {
    final ModelSettings first = settings.map().models().get(0);
    final List<ModelSettings> named = new ArrayList<>(settings.map().models());
    if (settings.map().model(FineLow.NAME) < 0) {
      named.add(FineLow.model(first));
    }
    final List<ModelSettings> models = new ArrayList<>(named);
    models.addAll(RandomModels.draw(first, draws, seed));
    for (int from = 0; from < models.size(); from += MOST_MODELS) {
      final List<ModelSettings> some =
          models.subList(from, Math.min(models.size(), from + MOST_MODELS));
      final InstrumentMap map = map(settings.map(), some, definition, forcedPerReported);
      maps.add(map);
      for (int model = 0; model < some.size(); model++) {
        if (from + model < named.size()) {
          contenders.add(new Contender(some.get(model).name(), map, model, Contender.Fit.NONE));
        } else {
          contenders.add(new Contender(SAME_MASS, map, model, Contender.Fit.MASS));
          contenders.add(new Contender(FITTED, map, model, Contender.Fit.LEVEL));
        }
      }
    }
  }

  private static InstrumentMap map(
      final MapSettings settings,
      final List<ModelSettings> models,
      final InstrumentDefinition definition,
      final double forcedPerReported) {
    final LiquidationMaps maps =
        new LiquidationMaps(
            assuming(settings, models, definition.venue(), forcedPerReported), definition.id() + 1);
    maps.define(
        new Instrument(
            definition.id(),
            definition.symbol(),
            definition.venue(),
            Contract.LINEAR,
            definition.baseAsset(),
            definition.quoteAsset(),
            Double.parseDouble("1e" + definition.priceExponent()),
            Double.parseDouble("1e" + definition.quantityExponent())));
    return maps.of(definition.id());
  }

  /** Settings with other models, and with the venue's liquidations for one that it reports. */
  public static MapSettings assuming(
      final MapSettings settings,
      final List<ModelSettings> models,
      final String venue,
      final double forcedPerReported) {
    return new MapSettings(
        settings.resolutionBps(),
        settings.markStaleNanos(),
        settings.openInterestStaleNanos(),
        models,
        settings.structure(),
        settings.brackets(),
        Map.of(venue, forcedPerReported),
        settings.memoryBytes(),
        settings.positions(),
        List.of());
  }

  /** Applies an event of the venue to all maps. */
  public void onEvent(final FeedEvent event) {
    final long at = event.exchangeTime();
    for (final InstrumentMap map : maps) {
      switch (event.kind()) {
        case FeedEvent.TRADE ->
            map.onTrade(
                at, event.price(), (double) event.quantity(), event.takerSide() == FeedEvent.BUY);
        case FeedEvent.MARK_PRICE ->
            map.onMark(at, event.markPrice(), event.indexPrice(), event.fundingRate());
        case FeedEvent.OPEN_INTEREST -> map.onOpenInterest(at, (double) event.openInterest());
        case FeedEvent.LIQUIDATION ->
            map.onLiquidation(
                at,
                event.positionSide() == FeedEvent.LONG ? Side.LONG : Side.SHORT,
                event.price(),
                (double) event.quantity());
        default -> {}
      }
    }
  }

  /** Starts to set what the maps expect to be liquidated against what is. */
  public void startExpecting(final TruePositions truth) {
    for (final Side side : Side.values()) {
      liquidatedBefore[side.ordinal()] = truth.liquidated(side);
    }
    contenders.forEach(Contender::startExpecting);
  }

  /** Compares the maps as they are now. */
  public void compare(final TruePositions truth) {
    final MapSnapshot first = contenders.get(0).snapshot();
    final List<TrueSide> sides =
        List.of(TrueSide.of(truth, first, Side.LONG), TrueSide.of(truth, first, Side.SHORT));
    for (final Contender contender : contenders) {
      contender.compare(sides, truth, first);
    }
  }

  /** What each map has reached; controls have a score for each draw. */
  public List<Score> scores(final TruePositions truth) {
    final double[] liquidated = new double[2];
    for (final Side side : Side.values()) {
      liquidated[side.ordinal()] = truth.liquidated(side) - liquidatedBefore[side.ordinal()];
    }
    return contenders.stream().map((contender) -> contender.score(liquidated)).toList();
  }
}
