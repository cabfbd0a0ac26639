package io.liqmap.tools.score;

import java.util.List;

/**
 * A model or a control.
 *
 * @param name of the model, or of the control
 * @param kind {@code model} or {@code control}
 * @param profiles how many random profiles it sums up, 0 for a single one
 * @param sides long, short and both
 */
public record ScoreRow(String name, String kind, long profiles, List<SideScore> sides) {
  public static final String MODEL = "model";
  static final String CONTROL = "control";

  /** Figures of a side, or of both. */
  public SideScore of(final Scope scope) {
    return sides.get(scope.ordinal());
  }
}
