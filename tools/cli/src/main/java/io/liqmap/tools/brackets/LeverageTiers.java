package io.liqmap.tools.brackets;

import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.tools.importer.ImportException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leverage tiers of Binance USDⓈ-M as freqtrade keeps them: an object of lists, by names such as
 * BTC/USDT:USDT, or BTC/USDT:USDT-241227 with a day of delivery.
 */
final class LeverageTiers {
  private static final Pattern NAME =
      Pattern.compile("([\\x21-\\x7e&&[^/:]]+)/([^/:]+):([^-/:]+)(?:-(\\d{6}))?");

  private LeverageTiers() {}

  static List<VenueBrackets> read(final JsonNode root) throws ImportException {
    final List<VenueBrackets> tables = new ArrayList<>();
    final Set<String> seen = new HashSet<>();
    for (final Map.Entry<String, JsonNode> entry : root.fields("symbols").entrySet()) {
      final VenueBrackets table = table(entry.getKey(), entry.getValue());
      if (!seen.add(table.symbol())) {
        throw entry.getValue().wrong(table.symbol() + " is listed twice");
      }
      tables.add(table);
    }
    return tables;
  }

  private static VenueBrackets table(final String name, final JsonNode list)
      throws ImportException {
    final Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw list.wrong(
          "the symbol " + ImportException.quote(name) + " isn't of the form BTC/USDT:USDT");
    }
    if (!parts.group(2).equals(parts.group(3))) {
      throw list.wrong(
          name + " is margined in " + parts.group(3) + ": only linear contracts can be read");
    }
    final List<Bracket> brackets = new ArrayList<>();
    JsonNode last = list;
    for (final JsonNode tier : list.elements("tiers of " + name)) {
      brackets.add(bracket(tier, name + ", bracket " + (brackets.size() + 1)));
      last = tier;
    }
    final String delivery = parts.group(4) == null ? "" : "_" + parts.group(4);
    try {
      return new VenueBrackets(
          "binance-usdm",
          parts.group(1) + parts.group(2) + delivery,
          Contract.LINEAR,
          parts.group(1),
          parts.group(2),
          new BracketTable(brackets));
    } catch (final IllegalArgumentException e) {
      throw last.wrong(name + ", " + e.getMessage());
    }
  }

  private static Bracket bracket(final JsonNode tier, final String place) throws ImportException {
    tier.fields("fields at " + place);
    return new Bracket(
        number(tier, place, "minNotional"),
        number(tier, place, "maxNotional"),
        number(tier, place, "maintenanceMarginRate"),
        number(tier, place, "info", "cum"),
        number(tier, place, "maxLeverage"));
  }

  private static double number(final JsonNode tier, final String place, final String... path)
      throws ImportException {
    final String name = String.join(".", path);
    JsonNode node = tier;
    for (final String field : path) {
      if (!node.has(field)) {
        throw node.wrong(place + " has no " + name);
      }
      node = node.field(field);
    }
    return node.asNumber(place + ", " + name);
  }
}
