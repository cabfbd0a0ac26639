package io.liqmap.engine.core.margin;

/**
 * What a venue's rule says of one position.
 *
 * @param rule the rule that was applied
 * @param position the position
 * @param outcome whether there is a price at which it is liquidated
 * @param price that price, quote asset per base asset; NaN where there is none
 * @param bankruptcyPrice price at which its margin is used up; NaN where there is none
 * @param bracketNumber number of the bracket that counts, from 1; 0 where no table was asked
 * @param bracket that bracket
 * @param maintenanceAmount what the rule takes off the maintenance margin, margin asset
 */
public record Liquidation(
    MarginRule rule,
    Position position,
    Outcome outcome,
    double price,
    double bankruptcyPrice,
    int bracketNumber,
    Bracket bracket,
    double maintenanceAmount) {
  /** Whether a position is liquidated. */
  public enum Outcome {
    /** At a price beyond its entry. */
    AT_PRICE,
    /** At its entry already: the margin isn't above the maintenance margin. */
    AT_ONCE,
    /** At no price above 0: the margin is never used up. */
    NEVER
  }
}
