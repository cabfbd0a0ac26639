package io.liqmap.engine.core.model;

/**
 * How much what the crowd does tilts a model: by funding rate, by taker flow, by the ratio of
 * accounts that are long. Each signal is −1 (all short) to 1 (all long).
 *
 * @param funding weights of the funding rate
 * @param takerFlow weights of the taker flow
 * @param accounts weights of the accounts' long/short ratio
 */
public record SkewSettings(Weights funding, Weights takerFlow, Weights accounts) {
  /** Nothing tilts. */
  public static final SkewSettings NONE =
      new SkewSettings(new Weights(0, 0), new Weights(0, 0), new Weights(0, 0));

  /**
   * Weights of one signal.
   *
   * @param leverage exponent by which the crowded side's shares rise with leverage, −2 to 2
   * @param lean what is added to the crowded side's lean on its takers, −1 to 1
   */
  public record Weights(double leverage, double lean) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left, naming it
     */
    public Weights {
      if (!(Math.abs(leverage) <= 2)) {
        throw new IllegalArgumentException(
            "a skew's leverage weight has to be -2 to 2, was " + leverage);
      }
      if (!(Math.abs(lean) <= 1)) {
        throw new IllegalArgumentException("a skew's lean weight has to be -1 to 1, was " + lean);
      }
    }
  }
}
