package io.liqmap.tools.venue;

/**
 * What a simulated venue publishes, and how large it is. Immutable.
 *
 * @param startPrice first price, quote asset, above 0
 * @param openInterest that traders hold after some days, about, quote asset, above 0
 * @param ordersPerSecond orders that open positions, on a quiet day, per simulated second, above 0;
 *     trades are some four times as many. Fewer orders are larger ones
 * @param mark time between two mark prices, ns
 * @param openInterestInterval time between two updates of open interest, ns
 * @param quotes time between two tops of the book, ns; 0 for none
 * @param prints which liquidations are reported
 */
public record VenueSettings(
    double startPrice,
    double openInterest,
    double ordersPerSecond,
    long mark,
    long openInterestInterval,
    long quotes,
    Prints prints) {}
