package io.liqmap.engine.feed;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.margin.InstrumentName;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Defines an instrument; a feed sends it before anything else about the instrument. Immutable.
 *
 * @param id number of the instrument in its feed, from 0
 * @param symbol the venue's name of it, 1 to 32 ASCII characters
 * @param venue the venue, at most 12 ASCII characters without a colon
 * @param baseAsset what is traded, at most 12 ASCII characters
 * @param quoteAsset what it is priced in, at most 12 ASCII characters
 * @param priceExponent power of ten of price mantissas, −12 to 6
 * @param quantityExponent power of ten of quantity mantissas, −12 to 6
 * @param contractKind linear or inverse
 * @param openInterestUnit unit of the open interest that the feed sends
 * @param openInterestSides whether that open interest counts a contract once or for both its sides
 * @param tickSize smallest step of a trade's price, in price mantissas, 1 or more
 * @param lotSize smallest step of a trade's quantity, in quantity mantissas, 1 or more
 * @param contractMultiplier amount of one contract, in quantity mantissas, 1 or more
 * @param origin what the feed was made from, {@link FeedOrigin#NOT_STATED} if it doesn't say
 */
public record InstrumentDefinition(
    int id,
    String symbol,
    String venue,
    String baseAsset,
    String quoteAsset,
    int priceExponent,
    int quantityExponent,
    ContractKind contractKind,
    OpenInterestUnit openInterestUnit,
    OpenInterestSides openInterestSides,
    long tickSize,
    long lotSize,
    long contractMultiplier,
    FeedOrigin origin) {

  static final int MIN_EXPONENT = -12;
  static final int MAX_EXPONENT = 6;
  private static final int MAX_SYMBOL = 32;
  private static final int MAX_ASSET = 12;

  /**
   * Checks the ranges that the components document.
   *
   * @throws IllegalArgumentException if a value is out of its range, naming it
   */
  public InstrumentDefinition {
    require(id >= 0, "id", id);
    require(isText(symbol, 1, MAX_SYMBOL), "symbol", symbol);
    require(isText(venue, 0, MAX_ASSET) && venue.indexOf(':') < 0, "venue", venue);
    require(isText(baseAsset, 0, MAX_ASSET), "baseAsset", baseAsset);
    require(isText(quoteAsset, 0, MAX_ASSET), "quoteAsset", quoteAsset);
    require(isExponent(priceExponent), "priceExponent", priceExponent);
    require(isExponent(quantityExponent), "quantityExponent", quantityExponent);
    require(contractKind != ContractKind.NULL_VAL, "contractKind", contractKind);
    require(openInterestUnit != OpenInterestUnit.NULL_VAL, "openInterestUnit", openInterestUnit);
    require(
        openInterestSides != OpenInterestSides.NULL_VAL, "openInterestSides", openInterestSides);
    require(tickSize >= 1, "tickSize", tickSize);
    require(lotSize >= 1, "lotSize", lotSize);
    require(contractMultiplier >= 1, "contractMultiplier", contractMultiplier);
    Objects.requireNonNull(origin, "origin");
  }

  /** Returns venue and symbol, which no other instrument has both of. */
  public InstrumentName name() {
    return new InstrumentName(venue, symbol);
  }

  /** Returns the same instrument with another origin. */
  public InstrumentDefinition withOrigin(final FeedOrigin newOrigin) {
    return new InstrumentDefinition(
        id,
        symbol,
        venue,
        baseAsset,
        quoteAsset,
        priceExponent,
        quantityExponent,
        contractKind,
        openInterestUnit,
        openInterestSides,
        tickSize,
        lotSize,
        contractMultiplier,
        newOrigin);
  }

  /** Whether another definition is equal but for its origin. */
  boolean isSameInstrument(final InstrumentDefinition other) {
    return equals(other.withOrigin(origin));
  }

  /**
   * Trade mantissas that make one mantissa of open interest, whichever sides that counts; 0 where
   * price decides.
   */
  double tradesPerInterest() {
    final boolean isInverse = contractKind == ContractKind.INVERSE;
    if (openInterestUnit == OpenInterestUnit.CONTRACTS) {
      return 1;
    }
    return isInverse == (openInterestUnit == OpenInterestUnit.QUOTE)
        ? StrictMath.pow(10, -quantityExponent) / contractMultiplier
        : 0;
  }

  private static boolean isExponent(final int exponent) {
    return exponent >= MIN_EXPONENT && exponent <= MAX_EXPONENT;
  }

  private static boolean isText(final String text, final int minLength, final int maxLength) {
    return text.length() >= minLength
        && text.length() <= maxLength
        && StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        && text.chars().allMatch((c) -> c > ' ' && c < 127);
  }

  private static void require(final boolean holds, final String name, final Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is out of range: " + value);
    }
  }
}
