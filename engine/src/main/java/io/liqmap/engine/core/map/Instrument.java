package io.liqmap.engine.core.map;

import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.InstrumentName;

/**
 * What the map needs to know of an instrument. Immutable.
 *
 * @param id number of the instrument
 * @param symbol the venue's name of it
 * @param venue the venue
 * @param contract kind of contract; quantities of an inverse one are amounts of the quote asset,
 *     because that is what such a contract is
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
    Contract contract,
    String baseAsset,
    String quoteAsset,
    double priceUnit,
    double quantityUnit) {
  /** Venue and symbol. */
  public InstrumentName name() {
    return new InstrumentName(venue, symbol);
  }

  /** Whether margin and profit are in the base asset. */
  public boolean isInverse() {
    return contract == Contract.INVERSE;
  }

  /**
   * Value of a price mantissa times a quantity mantissa, or of the quantity alone of an inverse
   * contract, quote asset.
   */
  public double notionalUnit() {
    return quantityUnit * (isInverse() ? 1 : priceUnit);
  }
}
