package io.liqmap.engine.shared.view;

/** Answer about a stop; reusable. One thread. */
public final class StopAdvice {
  double price;
  double around;
  double quietestPrice;
  double quietestAround;
  double lossBps;
  double ownPrice;
  double ownAround;
  double ownLossBps;
  double meanAround;
  int avoid;

  /** Makes an empty answer. */
  public StopAdvice() {
    avoid = -1;
  }

  /**
   * Price in the range with the least liquidations around it, on the losing side of mark and beyond
   * the noise; NaN where the range has none.
   */
  public double price() {
    return price;
  }

  /** Notional of both sides around it, quote asset. */
  public double around() {
    return around;
  }

  /**
   * Price with the least liquidations around it, within the noise or not; NaN on the wrong side.
   */
  public double quietestPrice() {
    return quietestPrice;
  }

  /** Notional of both sides around that. */
  public double quietestAround() {
    return quietestAround;
  }

  /**
   * What a stop there loses of the entry, basis points; below 0 where it takes a profit; NaN
   * without one.
   */
  public double lossBps() {
    return lossBps;
  }

  /** The stop that it is compared with. */
  public double ownPrice() {
    return ownPrice;
  }

  /** Notional of both sides around that. */
  public double ownAround() {
    return ownAround;
  }

  /** What that one loses, basis points. */
  public double ownLossBps() {
    return ownLossBps;
  }

  /** Notional that would lie around any price of the range if it were spread evenly. */
  public double meanAround() {
    return meanAround;
  }

  /** Number of the cluster whose peak is nearest to the advised price; −1 if there is none. */
  public int avoid() {
    return avoid;
  }
}
