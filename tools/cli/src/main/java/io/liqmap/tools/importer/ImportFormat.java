package io.liqmap.tools.importer;

import java.util.Locale;
import java.util.Optional;

/** Whose files they are. */
public enum ImportFormat {
  /** data.binance.vision, USD-M: aggTrades, metrics, fundingRate, markPriceKlines. */
  BINANCE,
  /** Tardis: trades, derivative_ticker, liquidations. */
  TARDIS,
  /** Coinalyze: ohlcv, open-interest, liquidation, long-short-ratio. */
  COINALYZE,
  /** public.bybit.com: trades. */
  BYBIT,
  /** Recorded frames of Binance's USD-M WebSocket, each after its time of receipt. */
  BINANCE_WS,
  /** Frames of venues as 'liqmap live --record' keeps them. */
  VENUE_FRAMES,
  /** Snapshots of Hyperliquid accounts, a row for each position. */
  HYPERLIQUID_POSITIONS;

  /** The format of this name, in any case; empty if there is none. */
  public static Optional<ImportFormat> of(final String name) {
    for (final ImportFormat format : values()) {
      if (format.toString().equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
