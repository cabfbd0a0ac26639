package io.liqmap.tools.importer;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds columns whose names are spelt differently by archives, REST interfaces and exports.
 *
 * <p>Names of more than one letter match without regard to case, underscores and blanks, so that
 * {@code sum_open_interest} is {@code sumOpenInterest}; single letters match exactly.
 */
final class ColumnNames {
  private static final Map<String, List<String>> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("agg_trade_id", List.of("a")),
          Map.entry("price", List.of("p")),
          Map.entry("quantity", List.of("q", "qty")),
          Map.entry("first_trade_id", List.of("f")),
          Map.entry("last_trade_id", List.of("l")),
          Map.entry("transact_time", List.of("T", "timestamp", "time")),
          Map.entry("is_buyer_maker", List.of("m")),
          Map.entry("create_time", List.of("timestamp")),
          Map.entry("calc_time", List.of("fundingTime")),
          Map.entry("last_funding_rate", List.of("fundingRate")),
          Map.entry("timestamp", List.of("T", "time")),
          Map.entry("symbol", List.of("s")),
          Map.entry("side", List.of("S")),
          Map.entry("size", List.of("v")),
          Map.entry("t", List.of("time", "timestamp", "date", "datetime")),
          Map.entry("o", List.of("open")),
          Map.entry("h", List.of("high")),
          Map.entry("l", List.of("low", "longs", "long", "longPercent")),
          Map.entry("c", List.of("close")),
          Map.entry("v", List.of("volume")),
          Map.entry("bv", List.of("takerBuyVolume", "buyVolume")),
          Map.entry("tx", List.of("trades")),
          Map.entry("btx", List.of("takerBuyTrades", "buyTrades")),
          Map.entry("r", List.of("ratio")),
          Map.entry("s", List.of("shorts", "short", "shortPercent")));

  private ColumnNames() {}

  /** Position of a column in a header; −1 if it isn't there. */
  static int find(final List<String> header, final String name) {
    final int exact = header.indexOf(name);
    if (exact >= 0) {
      return exact;
    }
    for (int i = 0; i < header.size(); i++) {
      if (isSame(name, header.get(i))) {
        return i;
      }
    }
    for (final String other : OTHER_NAMES.getOrDefault(name, List.of())) {
      for (int i = 0; i < header.size(); i++) {
        if (isSame(other, header.get(i))) {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean isSame(final String name, final String other) {
    return (name.length() > 1 && other.length() > 1)
        ? plain(name).equals(plain(other))
        : name.equals(other);
  }

  private static String plain(final String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace(" ", "");
  }
}
