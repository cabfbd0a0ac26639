package io.liqmap.tools.importer;

import java.util.Locale;

/** Unit in which a file has open interest and liquidations. */
public enum AmountUnit {
  /** What is traded. */
  BASE,
  /** US dollars, or the stablecoin that the instrument is priced in. */
  USD,
  /** Contracts of the instrument's multiplier. */
  CONTRACTS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
