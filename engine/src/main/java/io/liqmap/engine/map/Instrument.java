package io.liqmap.engine.map;

/**
 * What the map needs to know of an instrument. Immutable.
 *
 * @param id number of the instrument
 * @param symbol the venue's name of it
 * @param baseAsset unit of quantities at the edge
 * @param quoteAsset unit of notionals at the edge
 * @param priceUnit value of one price mantissa, quote asset per base asset
 * @param quantityUnit value of one quantity mantissa, base asset
 */
public record Instrument(
    int id,
    String symbol,
    String baseAsset,
    String quoteAsset,
    double priceUnit,
    double quantityUnit) {}
