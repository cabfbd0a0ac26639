package io.liqmap.tools.command;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.margin.BracketTable;
import io.liqmap.engine.margin.Contract;
import io.liqmap.engine.margin.Dated;
import io.liqmap.tools.config.LiqmapConfig;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The bracket table that a calculation takes, and what its reader should know of it.
 *
 * @param table brackets, margin asset
 * @param origin whose they are, and from when
 * @param note why they may be the wrong ones; empty where nothing is to be said
 */
record BracketChoice(BracketTable table, String origin, String note) {
  private static final int SHOWN = 12;

  /**
   * Brackets that the settings have for a symbol.
   *
   * @param symbol null for the standard brackets
   * @param at moment at which they hold; null for the latest
   * @throws IllegalArgumentException if the settings have none that fit, saying what to do
   */
  static BracketChoice of(
      final LiqmapConfig config,
      final String symbol,
      final String venue,
      final Contract contract,
      final Moment at) {
    if (symbol == null) {
      return standard(config, contract, "", at);
    }
    final InstrumentDefinition instrument = instrument(config.instruments(), symbol);
    final Contract kind =
        instrument.contractKind() == ContractKind.INVERSE ? Contract.INVERSE : Contract.LINEAR;
    if (kind != contract) {
      throw new IllegalArgumentException(
          "--symbol " + symbol + " is " + lower(kind) + ", --contract " + lower(contract));
    }
    if (!config.engine().map().brackets().isConfigured(symbol)) {
      return standard(config, contract, symbol + " has no brackets of its own; ", at);
    }
    final Dated<BracketTable> dated = config.engine().map().brackets().of(symbol);
    return dated(
        dated,
        symbol + " on " + instrument.venue(),
        isSame(instrument.venue(), venue)
            ? ""
            : "these brackets are " + instrument.venue() + "'s, not " + venue + "'s",
        at);
  }

  private static BracketChoice standard(
      final LiqmapConfig config, final Contract contract, final String reason, final Moment at) {
    // They are amounts of the quote asset, and mean nothing in coins.
    if (contract == Contract.INVERSE) {
      throw new IllegalArgumentException(
          reason
              + "no bracket table of inverse contracts is known: give the maintenance rate with --mmr (and --amount), or describe the instrument with its brackets in a file for --config, and name it with --symbol");
    }
    return dated(
        config.engine().map().brackets().standard(),
        "standard brackets of the settings",
        reason
            + "the standard brackets are no venue's rule for an instrument; name one with --symbol, or give a rate with --mmr",
        at);
  }

  private static BracketChoice dated(
      final Dated<BracketTable> dated, final String whose, final String note, final Moment at) {
    final int index = at == null ? dated.size() - 1 : dated.indexAt(at.value());
    return new BracketChoice(
        dated.value(index), whose + ", from " + Moment.print(dated.from(index)), note);
  }

  private static InstrumentDefinition instrument(
      final List<InstrumentDefinition> known, final String symbol) {
    return known.stream()
        .filter((instrument) -> instrument.symbol().equals(symbol))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--symbol "
                        + symbol
                        + " isn't configured; known are "
                        + known.stream()
                            .limit(SHOWN)
                            .map(InstrumentDefinition::symbol)
                            .collect(Collectors.joining(", "))
                        + (known.size() > SHOWN ? " and " + (known.size() - SHOWN) + " more" : "")
                        + ". Leave it out for the standard brackets, or give a rate with --mmr"));
  }

  /**
   * A feed has no room for "binance-coinm": such instruments are "binance-coin"'s or "binance"'s.
   */
  private static boolean isSame(final String configured, final String venue) {
    return configured.equals(venue)
        || (configured.startsWith("binance") && venue.startsWith(configured));
  }

  private static String lower(final Contract contract) {
    return contract.name().toLowerCase(Locale.ROOT);
  }
}
