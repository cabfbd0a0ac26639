package io.liqmap.tools.brackets;

import java.util.Locale;

/** In whose form bracket tables come. */
public enum BracketFormat {
  /** Leverage tiers of Binance USDⓈ-M as freqtrade keeps them. */
  BINANCE,
  /** Answers of Bybit's {@code GET /v5/market/risk-limit}. */
  BYBIT,
  /** Answers of OKX's {@code GET /api/v5/public/position-tiers}. */
  OKX,
  /** Answers of Hyperliquid's {@code POST /info} of type {@code meta}. */
  HYPERLIQUID;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
