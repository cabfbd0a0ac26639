package io.liqmap.tools.score;

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

  List<DistanceTier> tiers() {
    return tiers;
  }

  /** All that was swept so far, quote asset. */
  double swept(final InstrumentMap map, final Side side, final int tier) {
    return map.sweptOfTier(model, side, tier);
  }

  /** Share of open interest within all tiers now. */
  double mass(final InstrumentMap map, final Side side) {
    return model < 0 ? 0 : Arrays.stream(map.learned(model, side).shares()).sum();
  }
}
