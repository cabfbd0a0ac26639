package io.liqmap.tools.importer;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.Locale;

/** How Tardis's open interest counts, by exchange: as the venue publishes it. */
final class TardisConvention {
  private TardisConvention() {}

  /**
   * Rejects open interest of an exchange that counts it otherwise than the definition says; unknown
   * exchanges count as the definition says.
   *
   * @param column position of the exchange, −1 if there is none
   */
  static void require(final Row row, final int column, final InstrumentDefinition definition)
      throws ImportException {
    if (column < 0) {
      return;
    }
    switch (row.text(column)) {
      case "binance-futures" ->
          require(
              row,
              column,
              definition,
              definition.openInterestUnit() == OpenInterestUnit.BASE,
              OpenInterestUnit.BASE,
              OpenInterestSides.ONE);
      case "binance-delivery" ->
          require(
              row,
              column,
              definition,
              definition.openInterestUnit() == OpenInterestUnit.CONTRACTS,
              OpenInterestUnit.CONTRACTS,
              OpenInterestSides.ONE);
      case "bybit" -> {
        final boolean isInverse = definition.contractKind() == ContractKind.INVERSE;
        require(
            row,
            column,
            definition,
            isInverse == (definition.openInterestUnit() != OpenInterestUnit.BASE),
            isInverse ? OpenInterestUnit.CONTRACTS : OpenInterestUnit.BASE,
            OpenInterestSides.BOTH);
      }
      default -> {}
    }
  }

  private static void require(
      final Row row,
      final int column,
      final InstrumentDefinition definition,
      final boolean isUnit,
      final OpenInterestUnit unit,
      final OpenInterestSides sides)
      throws ImportException {
    if (isUnit && definition.openInterestSides() == sides) {
      return;
    }
    throw row.bad(
        column,
        "publishes open interest as "
            + unit
            + " and counts "
            + sides
            + ", the definition of "
            + definition.symbol()
            + " says "
            + definition.openInterestUnit()
            + " and "
            + definition.openInterestSides(),
        "if "
            + definition.symbol()
            + " is that venue's, give it venue and open-interest { unit = "
            + unit.toString().toLowerCase(Locale.ROOT)
            + ", sides = "
            + sides.toString().toLowerCase(Locale.ROOT)
            + " } in a file of your own and name that with --config; else give files of the instrument's venue");
  }
}
