package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Side;

/** A density that adds up others, with every projection from the start. */
public interface SummedDensity extends Density {
  /** One side, to be read in one piece. */
  SideNotionals on(Side side);

  @Override
  default int first(final Side side) {
    return on(side).first();
  }

  @Override
  default int last(final Side side) {
    return on(side).last();
  }

  @Override
  default double notional(final Side side, final int bucket) {
    return on(side).notional(bucket);
  }

  @Override
  default boolean isChanged(final Side side, final int low, final int high) {
    return true;
  }
}
