package io.liqmap.tools.score;

import java.util.List;

/**
 * A model or a control.
 *
 * @param name of the model, or of the control
 * @param kind {@code model}, {@code model with background} (what it expects beside its map) or
 *     {@code control}
 * @param profiles how many random profiles it sums up, 0 for a single one
 * @param sides long, short and both
 */
public record ScoreRow(String name, String kind, long profiles, List<SideScore> sides) {
  static final String MODEL = "model";
  public static final String WITH_BACKGROUND = "model with background";
  static final String CONTROL = "control";

  /** Name of a model's row with its background. */
  public static String withBackground(final String model) {
    return model + " + background";
  }

  /** Figures of a side, or of both. */
  public SideScore of(final Scope scope) {
    return sides.get(scope.ordinal());
  }
}
