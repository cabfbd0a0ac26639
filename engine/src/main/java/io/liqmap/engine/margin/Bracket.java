package io.liqmap.engine.margin;

/**
 * One maintenance bracket of a venue's table.
 *
 * @param floor notional from which it holds, quote asset
 * @param cap notional up to which it holds, quote asset
 * @param maintenanceRate share of the notional that has to stay as margin, above 0 and below 1
 * @param maintenanceAmount what is taken off the maintenance margin, so that it grows without a
 *     jump, quote asset
 * @param maxLeverage highest leverage that the venue grants here
 */
public record Bracket(
    double floor,
    double cap,
    double maintenanceRate,
    double maintenanceAmount,
    double maxLeverage) {}
