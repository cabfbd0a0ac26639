package io.liqmap.benchmarks.venue;

import io.liqmap.codecs.feed.ContractKind;
import io.liqmap.codecs.feed.OpenInterestSides;
import io.liqmap.codecs.feed.OpenInterestUnit;
import io.liqmap.engine.feed.FeedOrigin;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.gateway.venue.Venue;
import io.liqmap.gateway.venue.Venues;
import java.util.List;

/** The venues of a session, each with one instrument of the same number. */
public final class SessionVenues {
  /** How many. */
  public static final int COUNT = 4;

  private static final List<Venue> VENUES =
      List.of(named("binance-usdm"), named("bybit"), named("okx"), named("hyperliquid"));

  private SessionVenues() {}

  private static Venue named(final String name) {
    return Venues.named(name).orElseThrow();
  }

  /** A venue by its number. */
  public static Venue venue(final int number) {
    return VENUES.get(number);
  }

  /** Its instrument. */
  public static InstrumentDefinition instrument(final int number) {
    return switch (number) {
      case VenueSession.BINANCE -> instrument(number, "BTCUSDT", "USDT", -2, -3, 10, 1, 1_000);
      case VenueSession.BYBIT -> instrument(number, "BTCUSDT", "USDT", -2, -3, 10, 1, 1_000);
      case VenueSession.OKX -> instrument(number, "BTC-USDT-SWAP", "USDT", -1, -2, 1, 1, 1);
      default -> instrument(number, "BTC", "USDC", -1, -5, 1, 1, 100_000);
    };
  }

  private static InstrumentDefinition instrument(
      final int number,
      final String symbol,
      final String quote,
      final int priceExponent,
      final int quantityExponent,
      final long tick,
      final long lot,
      final long multiplier) {
    return new InstrumentDefinition(
        number,
        symbol,
        VENUES.get(number).name(),
        "BTC",
        quote,
        priceExponent,
        quantityExponent,
        ContractKind.LINEAR,
        OpenInterestUnit.BASE,
        number == VenueSession.BYBIT ? OpenInterestSides.BOTH : OpenInterestSides.ONE,
        tick,
        lot,
        multiplier,
        FeedOrigin.NOT_STATED);
  }
}
