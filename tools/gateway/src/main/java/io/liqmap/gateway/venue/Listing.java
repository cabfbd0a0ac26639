package io.liqmap.gateway.venue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes definitions of what a venue lists.
 *
 * <p>Prices have eight decimals, or two more than the tick's where that is finer. Quantities have
 * eight, or as many as the lot where contracts are inverse, or three where the lot is 0.1 or more:
 * of coins that are traded by the piece, open interest at eight decimals exceeds what a feed's
 * mantissa holds (2⁵³ · 10⁻⁸ are 90 million coins). Contracts that a definition can't hold (names
 * beyond ASCII, asset names beyond 12 characters) are left out.
 */
final class Listing {
  private static final int DECIMALS = 8;
  private static final int MORE_THAN_TICK = 2;
  private static final int MAX_DECIMALS = 12;
  private static final int DECIMALS_OF_COARSE_LOTS = 3;
  private static final BigDecimal COARSE_LOT = new BigDecimal("0.1");

  private final String venue;
  private final OpenInterestSides sides;
  private final Map<String, InstrumentDefinition> definitions = new LinkedHashMap<>();

  Listing(final String of, final OpenInterestSides counts) {
    venue = of;
    sides = counts;
  }

  /** Adds a contract; of the same symbol the first stays. */
  void add(
      final String symbol,
      final String base,
      final String quote,
      final ContractKind kind,
      final OpenInterestUnit unit,
      final BigDecimal tick,
      final BigDecimal lot,
      final BigDecimal multiplier) {
    final int ofTick = decimals(tick);
    final int priceDecimals =
        ofTick > DECIMALS ? Math.min(MAX_DECIMALS, ofTick + MORE_THAN_TICK) : DECIMALS;
    final int quantityDecimals =
        venue.equals("okx")
            ? DECIMALS
            : kind == ContractKind.INVERSE
                ? decimals(lot)
                : lot.compareTo(COARSE_LOT) < 0 ? DECIMALS : DECIMALS_OF_COARSE_LOTS;
    try {
      definitions.putIfAbsent(
          symbol,
          new InstrumentDefinition(
              definitions.size(),
              symbol,
              venue,
              base,
              quote,
              -priceDecimals,
              -quantityDecimals,
              kind,
              unit,
              sides,
              tick.movePointRight(priceDecimals).longValueExact(),
              lot.movePointRight(quantityDecimals).longValueExact(),
              multiplier.movePointRight(quantityDecimals).longValueExact(),
              FeedOrigin.NOT_STATED));
    } catch (final IllegalArgumentException | ArithmeticException e) {
      // Left out: see above.
    }
  }

  private static int decimals(final BigDecimal step) {
    return Math.max(0, step.stripTrailingZeros().scale());
  }

  List<InstrumentDefinition> definitions() {
    return new ArrayList<>(definitions.values());
  }
}
