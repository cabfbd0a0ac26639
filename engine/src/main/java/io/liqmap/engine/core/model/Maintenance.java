package io.liqmap.engine.core.model;

/** Which margin a model thinks is left when a position is liquidated. */
public enum Maintenance {
  /** What the venue's formula and brackets ask for. */
  VENUE,
  /**
   * None: liquidation at the bankruptcy price, entry · (1 ∓ 1/leverage), as ladders have it that
   * know no maintenance margin.
   */
  NONE
}
