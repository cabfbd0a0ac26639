package io.liqmap.tools.importer;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How Binance's archives count: USD-M in base coins, COIN-M in contracts of 100 USD of BTC and of
 * 10 USD of anything else; open interest counts one side in both.
 */
final class BinanceConvention {
  private static final Pattern COIN_MARGINED = Pattern.compile("([A-Z0-9]+)USD_(PERP|\\d{6})");

  private BinanceConvention() {}

  static boolean isCoinMargined(final String symbol) {
    return COIN_MARGINED.matcher(symbol).matches();
  }

  /** US dollars of one contract of COIN-M. */
  private static int dollars(final String symbol) {
    return symbol.startsWith("BTCUSD_") ? 100 : 10;
  }

  static BigDecimal multiplier(final InstrumentDefinition definition) {
    return BigDecimal.valueOf(definition.contractMultiplier())
        .scaleByPowerOfTen(definition.quantityExponent());
  }

  /** Rejects definitions that would scale the map wrongly. */
  static void require(final InstrumentDefinition definition, final List<InputFile> files)
      throws ImportException {
    final boolean coinMargined = isCoinMargined(definition.symbol());
    for (final InputFile file : files) {
      if (file.kind() == InputKind.METRICS) {
        requireOpenInterest(definition, coinMargined, file);
      }
      if (file.kind() == InputKind.METRICS || file.kind() == InputKind.AGG_TRADES) {
        requireQuantity(definition, coinMargined, file);
      }
    }
  }

  private static void requireOpenInterest(
      final InstrumentDefinition definition, final boolean coinMargined, final InputFile file)
      throws ImportException {
    final OpenInterestUnit unit = definition.openInterestUnit();
    final boolean isUnit =
        coinMargined
            ? unit == OpenInterestUnit.CONTRACTS || unit == OpenInterestUnit.QUOTE
            : unit == OpenInterestUnit.BASE;
    if (!isUnit || definition.openInterestSides() != OpenInterestSides.ONE) {
      throw ImportException.in(
          file.path(),
          "its open interest is in "
              + (coinMargined
                  ? "contracts of " + dollars(definition.symbol()) + " USD"
                  : "base coins")
              + " and counts one side, the definition of "
              + definition.symbol()
              + " says "
              + unit
              + " and "
              + definition.openInterestSides(),
          advice(definition, coinMargined));
    }
  }

  private static void requireQuantity(
      final InstrumentDefinition definition, final boolean coinMargined, final InputFile file)
      throws ImportException {
    final BigDecimal multiplier = multiplier(definition);
    final BigDecimal expected =
        coinMargined ? BigDecimal.valueOf(dollars(definition.symbol())) : BigDecimal.ONE;
    final ContractKind kind = coinMargined ? ContractKind.INVERSE : ContractKind.LINEAR;
    if (definition.contractKind() != kind || multiplier.compareTo(expected) != 0) {
      throw ImportException.in(
          file.path(),
          "its quantities are "
              + (coinMargined ? "contracts of " + expected + " USD" : "base coins")
              + ", the definition of "
              + definition.symbol()
              + " says "
              + definition.contractKind()
              + " and a multiplier of "
              + multiplier.stripTrailingZeros().toPlainString(),
          advice(definition, coinMargined));
    }
  }

  private static String advice(final InstrumentDefinition definition, final boolean coinMargined) {
    return "give "
        + definition.symbol()
        + (coinMargined
            ? " contract = inverse, contract-multiplier = "
                + dollars(definition.symbol())
                + ", open-interest { unit = contracts, sides = one }"
            : " contract = linear, contract-multiplier = 1, open-interest { unit = base, sides = one }")
        + " in a file of your own and name that with --config";
  }
}
