package io.liqmap.tools.brackets;

import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Contract;

/**
 * The bracket table of one instrument, as its venue gives it.
 *
 * @param venue as settings name it
 * @param symbol the venue's name of the instrument
 * @param contract kind of contract
 * @param base what is traded
 * @param quote what it is priced in
 * @param table brackets, quote asset for linear contracts, base asset for inverse ones
 */
public record VenueBrackets(
    String venue,
    String symbol,
    Contract contract,
    String base,
    String quote,
    BracketTable table) {}
