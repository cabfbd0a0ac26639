package io.liqmap.tools.live;

import io.liqmap.engine.feed.InstrumentDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Finds the instruments that {@code --symbols} names in what venues list. */
public final class SymbolChoice {
  private static final int NEAR = 5;

  private SymbolChoice() {}

  /**
   * Finds them.
   *
   * @param symbols {@code BTCUSDT}, of all venues that list it, or {@code okx:BTC-USDT-SWAP}
   * @param listed instruments by venue, in the order of the venues
   * @param absent venues that didn't answer: a symbol that only they may list is left out
   * @param notices gets what is left out
   * @return chosen ones by venue
   * @throws IllegalArgumentException if a symbol is unknown, with the names that are near it
   */
  public static Map<String, List<InstrumentDefinition>> of(
      final List<String> symbols,
      final Map<String, List<InstrumentDefinition>> listed,
      final List<String> absent,
      final Consumer<String> notices) {
    final Map<String, List<InstrumentDefinition>> chosen = new LinkedHashMap<>();
    listed.keySet().forEach((venue) -> chosen.put(venue, new ArrayList<>()));
    for (final String symbol : symbols) {
      // A symbol may have a colon of its own.
      final int colon = symbol.indexOf(':');
      final String prefix = colon < 0 ? "" : symbol.substring(0, colon);
      final String venue = listed.containsKey(prefix) ? prefix : "";
      final String name = venue.isEmpty() ? symbol : symbol.substring(colon + 1);
      final List<InstrumentDefinition> found =
          listed.entrySet().stream()
              .filter((of) -> venue.isEmpty() || of.getKey().equals(venue))
              .flatMap((of) -> of.getValue().stream())
              .filter((it) -> it.symbol().equals(name))
              .toList();
      if (found.isEmpty() && (absent.isEmpty() || !venue.isEmpty())) {
        throw unknown(symbol, name, venue, listed);
      }
      if (found.isEmpty()) {
        final String of = absent.contains(prefix) ? prefix : String.join(" or ", absent);
        notices.accept(symbol + " is left out with " + of);
      }
      for (final InstrumentDefinition it : found) {
        if (!chosen.get(it.venue()).contains(it)) {
          chosen.get(it.venue()).add(it);
        }
      }
    }
    return chosen;
  }

  private static IllegalArgumentException unknown(
      final String symbol,
      final String name,
      final String venue,
      final Map<String, List<InstrumentDefinition>> listed) {
    final String near =
        listed.values().stream()
            .flatMap(List::stream)
            .filter((it) -> venue.isEmpty() || it.venue().equals(venue))
            .sorted(
                Comparator.comparingInt(
                        (InstrumentDefinition it) -> distance(plain(it.symbol()), plain(name)))
                    .thenComparing(InstrumentDefinition::symbol))
            .limit(NEAR)
            .map((it) -> it.venue() + ":" + it.symbol())
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        symbol
            + ": no perpetual of this name is listed by "
            + (venue.isEmpty() ? String.join(", ", listed.keySet()) : venue)
            + (near.isEmpty() ? "" : "; near it are " + near));
  }

  /** Without what venues put between the parts of a name. */
  private static String plain(final String symbol) {
    return symbol.toUpperCase(Locale.ROOT).replace("-SWAP", "").replaceAll("[-_/]", "");
  }

  /** Changes of single characters that make one text of another. */
  private static int distance(final String one, final String other) {
    int[] before = new int[other.length() + 1];
    for (int j = 0; j < before.length; j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      final int[] now = new int[before.length];
      now[0] = i;
      for (int j = 1; j < now.length; j++) {
        final int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(changed, 1 + Math.min(now[j - 1], before[j]));
      }
      before = now;
    }
    return before[other.length()];
  }
}
