package io.liqmap.tools.laboratory;

import io.liqmap.engine.core.map.InstrumentMap;
import io.liqmap.engine.core.map.MapSnapshot;
import io.liqmap.engine.core.map.Window;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.venue.TruePositions;
import java.util.List;

/** One model's map under comparison, with what it has reached. */
final class Contender {
  private final String name;
  private final InstrumentMap map;
  private final int model;
  private final Fit fit;
  private final MapError error = new MapError();
  private final double[] factors = {1, 1};
  private final double[] sweptBefore = new double[2];

  /** By what a map's quantities are multiplied, on each side, before they are compared. */
  enum Fit {
    /** By one. */
    NONE,

    /** To have as much on the map as the first model. */
    MASS,

    /** To have swept as much as was liquidated up to now. */
    LEVEL
  }

  Contender(final String name, final InstrumentMap map, final int model, final Fit fit) {
    this.name = name;
    this.map = map;
    this.model = model;
    this.fit = fit;
  }

  String name() {
    return name;
  }

  MapSnapshot snapshot() {
    return MapSnapshot.of(map, model, Window.ALL, map.time());
  }

  /** Starts to count what it expects to be liquidated. */
  void startExpecting() {
    for (final Side side : Side.values()) {
      sweptBefore[side.ordinal()] = map.sweptQuantity(model, side);
    }
  }

  /**
   * Compares the map as it is now.
   *
   * @param first snapshot of the first model
   */
  void compare(final List<TrueSide> sides, final TruePositions truth, final MapSnapshot first) {
    final MapSnapshot snapshot = snapshot();
    for (final TrueSide actual : sides) {
      final Side side = actual.side();
      final double factor =
          switch (fit) {
            case NONE -> 1;
            case MASS -> ratio(first.mapped(side), snapshot.mapped(side));
            case LEVEL -> ratio(truth.liquidated(side), map.sweptQuantity(model, side));
          };
      factors[side.ordinal()] = factor;
      error.add(actual, actual.quantities(snapshot), factor);
    }
  }

  private static double ratio(final double over, final double under) {
    return under > 0 ? over / under : 0;
  }

  /**
   * What it has reached.
   *
   * @param liquidated quantities since it started to expect, by side
   */
  Score score(final double[] liquidated) {
    final double[] expected = new double[2];
    for (final Side side : Side.values()) {
      final int i = side.ordinal();
      final double swept = map.sweptQuantity(model, side) - sweptBefore[i];
      expected[i] = factors[i] * swept / liquidated[i];
    }
    return new Score(
        name,
        error.within(Reach.NEAR),
        error.within(Reach.FAR),
        error.shape(),
        expected[Side.LONG.ordinal()],
        expected[Side.SHORT.ordinal()]);
  }
}
