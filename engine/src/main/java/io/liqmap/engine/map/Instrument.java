package io.liqmap.engine.map;

/**
 * What the map needs to know of an instrument. Immutable.
 *
 * @param id number of the instrument
 * @param symbol the venue's name of it
 * @param venue the venue
 * @param isInverse whether margin and profit are in the base asset; then quantities of the map are
 *     amounts of the quote asset, because that is what a contract is
 * @param baseAsset unit of quantities at the edge
 * @param quoteAsset unit of notionals at the edge
 * @param priceUnit value of one price mantissa, quote asset per base asset
 * @param quantityUnit value of one quantity mantissa, base asset; quote asset for an inverse
 *     contract
 */
public record Instrument(
    int id,
    String symbol,
    String venue,
    boolean isInverse,
    String baseAsset,
    String quoteAsset,
    double priceUnit,
    double quantityUnit) {}
