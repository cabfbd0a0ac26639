package io.liqmap.engine.core.margin;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * What an instrument is called: its venue, and the venue's symbol of it. Immutable, for any thread.
 *
 * @param venue without a colon; empty where it isn't stated
 * @param symbol the venue's name of it
 */
public record InstrumentName(String venue, String symbol) {
  private static final char SEPARATOR = ':';

  /** Reads a full name, as {@link #toString} writes it; a venue has no colon, a symbol may. */
  public static InstrumentName parse(final String full) {
    final int end = full.indexOf(SEPARATOR);
    return end < 0
        ? new InstrumentName("", full)
        : new InstrumentName(full.substring(0, end), full.substring(end + 1));
  }

  /**
   * The instruments that a word may mean: the one of that full name, otherwise all of that symbol.
   *
   * @param word {@code venue:symbol}, or a symbol
   */
  public static <T> List<T> matching(
      final String word, final Collection<T> all, final Function<T, InstrumentName> name) {
    final List<T> full =
        all.stream().filter((one) -> name.apply(one).toString().equals(word)).toList();
    return full.isEmpty()
        ? all.stream().filter((one) -> name.apply(one).symbol().equals(word)).toList()
        : full;
  }

  /** The symbol, or the full name where others have the symbol as well. */
  public String among(final Collection<InstrumentName> all) {
    return all.stream().anyMatch((one) -> !one.equals(this) && one.symbol.equals(symbol))
        ? toString()
        : symbol;
  }

  /** Full name, {@code venue:symbol}; the symbol alone without a venue. */
  @Override
  public String toString() {
    return venue.isEmpty() ? symbol : venue + SEPARATOR + symbol;
  }
}
