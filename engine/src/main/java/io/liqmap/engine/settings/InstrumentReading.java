package io.liqmap.engine.settings;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the instruments, and holds that ids are their own, and venue and symbol together. */
final class InstrumentReading {
  private static final Range EXPONENT = Range.of(-12, 6);
  private static final Range COUNT = Range.of(0, 65_536);
  private static final int STANDARD_EXPONENT = -8;
  private static final int MAX_ASSET = 12;
  private static final int MAX_SYMBOL = 32;

  private final Map<InstrumentName, Dated<BracketTable>> brackets = new HashMap<>();
  private final Map<Integer, Section> ids = new HashMap<>();
  private final Map<InstrumentName, Section> names = new HashMap<>();
  private final List<InstrumentDefinition> definitions = new ArrayList<>();

  void read(final Section top, final String key) {
    definitions.addAll(top.list(key, "symbol", COUNT, this::instrument));
  }

  /** Instruments that nothing is wrong with, in their order. */
  List<InstrumentDefinition> definitions() {
    return definitions;
  }

  /** Brackets of the instruments that have some of their own. */
  Map<InstrumentName, Dated<BracketTable>> brackets() {
    return brackets;
  }

  /** Reports the instruments that the engine has no room for. */
  void checkRoom(final int maxInstruments) {
    ids.forEach(
        (id, at) -> {
          if (id >= maxInstruments) {
            at.reject(
                "id",
                Integer.toString(id),
                "a whole number, 0 to " + (maxInstruments - 1) + ": below max-instruments");
          }
        });
  }

  private InstrumentDefinition instrument(final Section at) {
    final int id = at.whole("id", Range.of(0, 65_535));
    if (at.isSound()) {
      checkOwn(at, "id", Integer.toString(id), ids.putIfAbsent(id, at));
    }
    final String symbol = at.ascii("symbol", MAX_SYMBOL);
    final String venue = venue(at);
    final InstrumentName name = new InstrumentName(venue, symbol);
    if (!symbol.isEmpty() && !venue.isEmpty()) {
      checkOwn(at, "symbol", "\"" + name + "\"", names.putIfAbsent(name, at));
    }
    final String base = at.ascii("base", MAX_ASSET);
    final String quote = at.ascii("quote", MAX_ASSET);
    final ContractKind contract =
        at.choice("contract", List.of(ContractKind.LINEAR, ContractKind.INVERSE));
    final int priceExponent = exponent(at, "price-exponent");
    final int quantityExponent = exponent(at, "quantity-exponent");
    final long tick = at.mantissa("tick-size", priceExponent);
    final long lot = at.mantissa("lot-size", quantityExponent);
    final long multiplier = multiplier(at, quantityExponent);
    final Section openInterest = at.section("open-interest");
    final OpenInterestUnit unit =
        openInterest.choice(
            "unit",
            List.of(OpenInterestUnit.BASE, OpenInterestUnit.CONTRACTS, OpenInterestUnit.QUOTE));
    final OpenInterestSides sides =
        openInterest.choice("sides", List.of(OpenInterestSides.ONE, OpenInterestSides.BOTH));
    openInterest.end();
    if (at.has("brackets")) {
      final Dated<BracketTable> own = BracketReading.read(at, "brackets");
      if (own != null) {
        brackets.put(name, own);
      }
    }
    return at.make(
        () ->
            new InstrumentDefinition(
                id,
                symbol,
                venue,
                base,
                quote,
                priceExponent,
                quantityExponent,
                contract,
                unit,
                sides,
                tick,
                lot,
                multiplier,
                FeedOrigin.NOT_STATED));
  }

  private static String venue(final Section at) {
    final String venue = at.ascii("venue", MAX_ASSET);
    if (venue.indexOf(':') >= 0) {
      at.reject("venue", "\"" + venue + "\"", "a name without a colon, as in binance-usdm:BTCUSDT");
    }
    return venue;
  }

  private static int exponent(final Section at, final String key) {
    return at.has(key) ? at.whole(key, EXPONENT, STANDARD_EXPONENT) : STANDARD_EXPONENT;
  }

  /** One where it isn't given: quantities are amounts already. */
  private static long multiplier(final Section at, final int quantityExponent) {
    if (at.has("contract-multiplier") || quantityExponent > 0) {
      return at.mantissa("contract-multiplier", quantityExponent);
    }
    return BigDecimal.ONE.scaleByPowerOfTen(-quantityExponent).longValueExact();
  }

  private static void checkOwn(
      final Section at, final String key, final String value, final Section other) {
    if (other != null) {
      at.reject(
          key,
          value,
          "one of its own: it is taken by the instrument at " + Problems.place(other.origin(key)));
    }
  }
}
