package io.liqmap.engine.core.margin;

import java.util.Map;

/**
 * The bracket tables of all configured instruments, by venue and symbol. Immutable, for any thread.
 *
 * @param byName tables of the instruments that are configured
 * @param standard tables for every other instrument
 */
public record BracketCatalog(
    Map<InstrumentName, Dated<BracketTable>> byName, Dated<BracketTable> standard) {
  /** Copies the map. */
  public BracketCatalog {
    byName = Map.copyOf(byName);
  }

  /** Tables of an instrument, the standard ones where none are configured. */
  public Dated<BracketTable> of(final InstrumentName instrument) {
    return byName.getOrDefault(instrument, standard);
  }

  /**
   * The table that holds for an instrument at a time.
   *
   * @param nanos time of the answer, ns since 1970
   */
  public BracketsInForce inForce(final InstrumentName instrument, final long nanos) {
    final Dated<BracketTable> tables = of(instrument);
    final int index = tables.indexAt(nanos);
    return new BracketsInForce(
        tables.value(index),
        isConfigured(instrument),
        instrument.venue(),
        tables.date(index),
        tables.isSeen(index),
        nanos);
  }

  /** Whether an instrument has tables of its own. */
  public boolean isConfigured(final InstrumentName instrument) {
    return byName.containsKey(instrument);
  }
}
