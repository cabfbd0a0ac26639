package io.liqmap.engine.core.model;

/** Whether a profile learns its shares. */
public enum LearningMode {
  /** Shares are as given, and sweeps aren't set against liquidations on its account. */
  OFF,
  /** Shares are as given; sweeps are set against liquidations. */
  FROZEN,
  /** Shares follow the liquidations. */
  ON
}
