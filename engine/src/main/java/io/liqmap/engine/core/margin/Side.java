package io.liqmap.engine.core.margin;

/** Side of a position. */
public enum Side {
  /** Gains when price rises; liquidated below its entry. */
  LONG(1),
  /** Gains when price falls; liquidated above its entry. */
  SHORT(-1);

  private final int sign;

  Side(final int sign) {
    this.sign = sign;
  }

  /** +1 for long, −1 for short. */
  public int sign() {
    return sign;
  }
}
