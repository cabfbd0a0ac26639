package io.liqmap.tools.laboratory;

import io.liqmap.engine.core.model.LeverageTier;
import io.liqmap.engine.core.model.ModelSettings;
import io.liqmap.engine.core.model.SizeClass;
import java.util.List;

/** A control: the leverage ladder that was the default before profiles were measured. */
final class FineLow {
  private static final SizeClass LARGE = new SizeClass("large", 2e6);
  private static final SizeClass MEDIUM = new SizeClass("medium", 2e5);
  private static final SizeClass SMALL = new SizeClass("small", 2e4);

  private FineLow() {}

  static final String NAME = "fine-low";

  /**
   * The model.
   *
   * @param like what it has besides its profile
   */
  static ModelSettings model(final ModelSettings like) {
    return new ModelSettings(
        NAME,
        0,
        List.of(
            new LeverageTier(2, LARGE, 0.12),
            new LeverageTier(3, LARGE, 0.14),
            new LeverageTier(5, LARGE, 0.06),
            new LeverageTier(5, MEDIUM, 0.10),
            new LeverageTier(7, MEDIUM, 0.12),
            new LeverageTier(10, MEDIUM, 0.07),
            new LeverageTier(10, SMALL, 0.07),
            new LeverageTier(15, SMALL, 0.09),
            new LeverageTier(20, SMALL, 0.07),
            new LeverageTier(25, SMALL, 0.05),
            new LeverageTier(35, SMALL, 0.04),
            new LeverageTier(50, SMALL, 0.03),
            new LeverageTier(75, SMALL, 0.02),
            new LeverageTier(100, SMALL, 0.02)),
        like.maintenance(),
        like.entries(),
        like.exits(),
        like.skew());
  }
}
