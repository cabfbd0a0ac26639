package io.liqmap.tools.importer;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * How Bybit's files count sizes: base coins of a linear contract, whose price × size is one of the
 * notionals, and contracts of 1 USD of an inverse one, whose size ÷ price is.
 */
final class BybitConvention {
  private static final double CLOSE = 0.01;

  private BybitConvention() {}

  /**
   * Rejects files of another kind of contract than the definition says. Where the notionals say
   * none, it passes.
   */
  static void require(
      final Row row,
      final int sizeAt,
      final int priceAt,
      final int homeAt,
      final int foreignAt,
      final InstrumentDefinition definition)
      throws ImportException {
    final ContractKind found = kind(row, sizeAt, priceAt, homeAt, foreignAt);
    if (found == null) {
      return;
    }
    final BigDecimal multiplier = BinanceConvention.multiplier(definition);
    if (found != definition.contractKind() || multiplier.compareTo(BigDecimal.ONE) != 0) {
      throw row.bad(
          sizeAt,
          "is a size in "
              + (found == ContractKind.INVERSE ? "contracts of 1 USD" : "base coins")
              + " by the notionals beside it, the definition of "
              + definition.symbol()
              + " says "
              + definition.contractKind()
              + " and a multiplier of "
              + multiplier.stripTrailingZeros().toPlainString(),
          "give "
              + definition.symbol()
              + " contract = "
              + found.toString().toLowerCase(Locale.ROOT)
              + " and contract-multiplier = 1 in a file of your own and name that with --config");
    }
  }

  /** The kind that the notionals say; null if they say none. */
  private static ContractKind kind(
      final Row row, final int sizeAt, final int priceAt, final int homeAt, final int foreignAt) {
    try {
      final double size = Double.parseDouble(row.text(sizeAt));
      final double price = Double.parseDouble(row.text(priceAt));
      final double home = Double.parseDouble(row.text(homeAt));
      final double foreign = Double.parseDouble(row.text(foreignAt));
      final boolean isLinear = isClose(home, size * price) || isClose(foreign, size * price);
      final boolean isInverse = isClose(home, size / price) || isClose(foreign, size / price);
      return isLinear == isInverse ? null : isLinear ? ContractKind.LINEAR : ContractKind.INVERSE;
    } catch (final NumberFormatException e) {
      return null;
    }
  }

  private static boolean isClose(final double value, final double expected) {
    return Math.abs(value - expected) <= CLOSE * expected;
  }
}
