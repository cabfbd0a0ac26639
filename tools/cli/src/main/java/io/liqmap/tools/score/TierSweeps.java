package io.liqmap.tools.score;

import io.liqmap.engine.core.calibration.LearnedProfile;
import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSettings;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.core.model.DistanceTier;
import io.liqmap.engine.core.model.ModelSettings;
import java.util.Arrays;
import java.util.List;

/**
 * What mark swept from each distance tier of a map for a share of one: of the first model whose
 * learning is on or frozen.
 */
final class TierSweeps {
  private static final double NANOS_PER_HOUR = 3.6e12;

  /** −1 for none. */
  private final int model;

  private final List<DistanceTier> tiers;

  TierSweeps(final MapSettings settings) {
    int first = 0;
    final List<ModelSettings> models = settings.models();
    while (first < models.size() && !models.get(first).learning().isScored()) {
      first++;
    }
    model = first < models.size() ? first : -1;
    tiers =
        model < 0
            ? List.of()
            : models.get(model).profile().stream().map(DistanceTier.class::cast).toList();
  }

  /** Number of the model, −1 where there is none, and then no tiers. */
  int model() {
    return model;
  }

  List<DistanceTier> tiers() {
    return tiers;
  }

  /** All that was swept so far, quote asset. */
  double swept(final InstrumentMap map, final Side side, final int tier) {
    return map.sweptOfTier(model, side, tier);
  }

  /** What the model knows of a side now, before a window. */
  Belief belief(final InstrumentMap map, final Side side) {
    return model < 0 ? Belief.NONE : Belief.of(map.learned(model, side));
  }

  /**
   * Shares and background as of a time.
   *
   * @param mass share of open interest within all tiers
   * @param perHour part of open interest liquidated in an hour that no tier explains
   * @param perMove the same for an excursion of 1
   */
  record Belief(double mass, double perHour, double perMove) {
    static final Belief NONE = new Belief(0, 0, 0);

    static Belief of(final LearnedProfile learned) {
      return new Belief(
          Arrays.stream(learned.shares()).sum(),
          learned.backgroundPerHour(),
          learned.backgroundPerMove());
    }

    /** Part of open interest liquidated in a window that no tier explains. */
    double background(final long nanos, final double excursion) {
      return perHour * nanos / NANOS_PER_HOUR + perMove * excursion;
    }
  }
}
