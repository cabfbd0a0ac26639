package io.liqmap.gateway.venue;

import java.util.List;
import java.util.Optional;

/** The venues that need no key. */
public final class Venues {
  private static final List<Venue> ALL =
      List.of(Binance.USD_M, Bybit.INSTANCE, Okx.INSTANCE, Hyperliquid.INSTANCE, Binance.COIN_M);

  private Venues() {}

  /** All of them, in the order of their descriptions. */
  public static List<Venue> all() {
    return ALL;
  }

  /** The venue of a name, as in {@code --venue}. */
  public static Optional<Venue> named(final String name) {
    return ALL.stream().filter((venue) -> venue.name().equals(name)).findFirst();
  }
}
