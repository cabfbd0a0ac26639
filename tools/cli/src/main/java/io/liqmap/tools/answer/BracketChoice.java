package io.liqmap.tools.answer;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.BracketsInForce;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.settings.LiqmapConfig;
import java.util.List;

/**
 * The bracket table of a calculation, and what its reader should know of it.
 *
 * @param whose instrument that they are of, empty for the standard ones
 * @param brackets table in force, with its date and what is to be said of its age
 * @param note why they may be the wrong ones; empty where nothing is to be said
 */
public record BracketChoice(String whose, BracketsInForce brackets, String note) {
  /**
   * Brackets that the settings have for a symbol.
   *
   * @param symbol {@code venue:symbol}, or a symbol: of several venues that of the formula's; null
   *     for the standard brackets
   * @param at time at which they hold, ns
   * @throws IllegalArgumentException if the settings have none that fit, saying what to do
   */
  public static BracketChoice of(
      final LiqmapConfig config,
      final String symbol,
      final String venue,
      final Contract contract,
      final long at) {
    if (symbol == null) {
      return standard(config, contract, "", at);
    }
    final InstrumentDefinition instrument = instrument(config.instruments(), symbol, venue);
    final Contract kind =
        instrument.contractKind() == ContractKind.INVERSE ? Contract.INVERSE : Contract.LINEAR;
    if (kind != contract) {
      throw new IllegalArgumentException(
          "--symbol "
              + symbol
              + " is "
              + Format.lower(kind)
              + ", --contract "
              + Format.lower(contract));
    }
    if (!config.engine().map().brackets().isConfigured(instrument.name())) {
      return standard(config, contract, symbol + " has no brackets of its own; ", at);
    }
    return new BracketChoice(
        symbol,
        config.engine().map().brackets().inForce(instrument.name(), at),
        BracketsUsed.isSame(instrument.venue(), venue)
            ? ""
            : "these brackets are " + instrument.venue() + "'s, not " + venue + "'s");
  }

  private static BracketChoice standard(
      final LiqmapConfig config, final Contract contract, final String reason, final long at) {
    // They are amounts of the quote asset, and mean nothing in coins.
    if (contract == Contract.INVERSE) {
      throw new IllegalArgumentException(
          reason
              + "the standard brackets are of linear contracts: name an inverse instrument that has"
              + " its own with --symbol, such as BTCUSD_PERP, or give the maintenance rate with"
              + " --mmr (and --amount)");
    }
    return new BracketChoice(
        "",
        config.engine().map().brackets().inForce(InstrumentName.parse(""), at),
        reason
            + "the standard brackets are no venue's rule for an instrument; name one with --symbol,"
            + " or give a rate with --mmr");
  }

  public BracketTable table() {
    return brackets.table();
  }

  /** Whose table it is, and its date. */
  public String origin() {
    return whose.isEmpty() ? brackets.description() : whose + ", " + brackets.description();
  }

  private static InstrumentDefinition instrument(
      final List<InstrumentDefinition> known, final String word, final String venue) {
    final List<InstrumentDefinition> ofVenue =
        InstrumentName.matching(word, known, InstrumentDefinition::name).stream()
            .filter((instrument) -> BracketsUsed.isSame(instrument.venue(), venue))
            .toList();
    if (ofVenue.size() == 1) {
      return ofVenue.get(0);
    }
    try {
      return InstrumentChoice.of(
          "--symbol", word, known, InstrumentDefinition::name, " isn't configured; known are");
    } catch (final IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + ". Leave it out for the standard brackets, or give a rate with --mmr",
          e);
    }
  }
}
