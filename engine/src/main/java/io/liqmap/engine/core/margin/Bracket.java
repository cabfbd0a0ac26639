package io.liqmap.engine.core.margin;

/**
 * One maintenance bracket of a venue's table. Amounts are in the margin asset: quote for linear
 * contracts, base for inverse ones.
 *
 * @param floor notional from which it holds, margin asset
 * @param cap notional up to which it holds, margin asset
 * @param maintenanceRate share of the notional that has to stay as margin, above 0 and below 1
 * @param maintenanceAmount what is taken off the maintenance margin, so that it grows without a
 *     jump, margin asset
 * @param maxLeverage highest leverage that the venue grants here
 */
public record Bracket(
    double floor,
    double cap,
    double maintenanceRate,
    double maintenanceAmount,
    double maxLeverage) {}
