package io.liqmap.engine.core.margin;

import java.util.Map;

/**
 * The bracket tables of all configured instruments, by symbol. Immutable, for any thread.
 *
 * @param bySymbol tables of the instruments that are configured
 * @param standard tables for every other instrument
 */
public record BracketCatalog(
    Map<String, Dated<BracketTable>> bySymbol, Dated<BracketTable> standard) {
  /** Copies the map. */
  public BracketCatalog {
    bySymbol = Map.copyOf(bySymbol);
  }

  /** Tables of an instrument, the standard ones where none are configured. */
  public Dated<BracketTable> of(final String symbol) {
    return bySymbol.getOrDefault(symbol, standard);
  }

  /**
   * The table that holds for an instrument at a time.
   *
   * @param venue the instrument's
   * @param nanos time of the answer, ns since 1970
   */
  public BracketsInForce inForce(final String symbol, final String venue, final long nanos) {
    final Dated<BracketTable> tables = of(symbol);
    final int index = tables.indexAt(nanos);
    return new BracketsInForce(
        tables.value(index),
        isConfigured(symbol),
        venue,
        tables.date(index),
        tables.isSeen(index),
        nanos);
  }

  /** Whether an instrument has tables of its own. */
  public boolean isConfigured(final String symbol) {
    return bySymbol.containsKey(symbol);
  }
}
