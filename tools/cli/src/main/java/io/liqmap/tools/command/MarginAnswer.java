package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Liquidation;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Position;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A liquidation price with every term, so that a person can check it by hand.
 *
 * @param venue as the user named it
 * @param liquidation what the rule says
 * @param brackets whose brackets they are, and from when
 * @param table their venue, date and age; null where a rate was given instead
 * @param maxLeverage that the bracket of the size at entry grants; NaN where no bracket says
 * @param warnings why the answer may not be the venue's
 * @param notes what else the reader should know
 */
record MarginAnswer(
    String venue,
    Liquidation liquidation,
    String brackets,
    BracketsUsed table,
    double maxLeverage,
    List<String> warnings,
    List<String> notes) {
  static final String CAVEAT =
      "One hypothetical position, by the venue's formula: no funding, no partial liquidation, no"
          + " insurance, no change of brackets on the way.";

  private static final Pattern SYMBOL = Pattern.compile("[A-Za-z]+");

  /** Copies the lists. */
  MarginAnswer {
    warnings = List.copyOf(warnings);
    notes = List.copyOf(notes);
  }

  /** The terms of the formula, by symbol, in the order in which people read them. */
  Map<String, Double> terms() {
    final Position position = liquidation.position();
    final Map<String, Double> all = new LinkedHashMap<>();
    all.put("side", (double) position.side().sign());
    all.put("Q", position.quantity());
    all.put("EP", position.entryPrice());
    all.put("L", position.leverage());
    all.put("WB", liquidation.rule().walletBalance(position));
    all.put("TMM", position.otherMaintenance());
    all.put("UPNL", position.otherProfit());
    all.put("MMR", liquidation.bracket().maintenanceRate());
    all.put("cum", liquidation.maintenanceAmount());
    all.put("fee", position.feeRate());
    all.put(
        "BP",
        Double.isNaN(liquidation.bankruptcyPrice())
            ? Double.POSITIVE_INFINITY
            : liquidation.bankruptcyPrice());
    final Map<String, Double> used = new LinkedHashMap<>();
    all.forEach(
        (symbol, value) -> {
          if (Pattern.compile("\\b" + symbol + "\\b").matcher(formula()).find()) {
            used.put(symbol, value);
          }
        });
    return used;
  }

  /** The formula with the numbers put in for the symbols. */
  String calculation() {
    final Map<String, Double> terms = terms();
    return SYMBOL
        .matcher(formula())
        .replaceAll(
            (match) ->
                Matcher.quoteReplacement(
                    terms.containsKey(match.group())
                        ? bracketed(terms.get(match.group()))
                        : match.group()));
  }

  void print(final PrintWriter out) {
    final Position position = liquidation.position();
    final MarginRule rule = liquidation.rule();
    final boolean linear = rule.contract() == Contract.LINEAR;
    line(
        out,
        "position",
        "%s %s, %s %s (%s) at %s, %sx, %s margin",
        venue,
        lower(rule.contract()),
        lower(position.side()),
        plain(position.quantity()),
        linear ? "base" : "quote",
        plain(position.entryPrice()),
        plain(position.leverage()),
        position.isCross() ? "cross" : "isolated");
    for (final String warning : warnings) {
      line(out, "warning", "%s", warning);
    }
    line(out, "liquidation price", "%s", shownPrice());
    line(
        out,
        "bankruptcy price",
        "%s",
        Double.isNaN(liquidation.bankruptcyPrice())
            ? "none"
            : plain(liquidation.bankruptcyPrice()));
    line(out, "bracket", "%s", shownBracket());
    line(out, "mmr", "%s", plain(liquidation.bracket().maintenanceRate()));
    line(
        out,
        "maintenance amount",
        "%s %s",
        plain(liquidation.maintenanceAmount()),
        rule.hasAmount() ? linear ? "quote" : "base" : "(not a part of this formula)");
    line(out, "formula", "%s", formula());
    line(out, "", "%s", calculation());
    for (final Map.Entry<String, Double> term : terms().entrySet()) {
      line(
          out,
          "",
          "  %-5s %-14s %s",
          term.getKey(),
          plain(term.getValue()),
          meaning(term.getKey()));
    }
    line(out, "source", "%s", rule.source());
    for (final String note : notes) {
      line(out, "note", "%s", note);
    }
    out.println();
    out.println(Lines.wrap(CAVEAT, 0));
    out.flush();
  }

  void write(final PrintWriter out) throws IOException {
    final Position position = liquidation.position();
    final Bracket bracket = liquidation.bracket();
    try (JsonGenerator json = Json.on(out)) {
      json.writeStartObject();
      json.writeStringField("venue", venue);
      json.writeStringField("contract", lower(liquidation.rule().contract()));
      json.writeStringField("side", lower(position.side()));
      number(json, "quantity", position.quantity());
      number(json, "entryPrice", position.entryPrice());
      number(json, "leverage", position.leverage());
      json.writeStringField("margin", position.isCross() ? "cross" : "isolated");
      number(json, "liquidationPrice", liquidation.price());
      number(json, "bankruptcyPrice", liquidation.bankruptcyPrice());
      json.writeStringField("outcome", lower(liquidation.outcome()).replace('_', '-'));
      json.writeObjectFieldStart("bracket");
      if (liquidation.bracketNumber() == 0) {
        json.writeNullField("number");
        json.writeNullField("floor");
        json.writeNullField("cap");
        json.writeNullField("maxLeverage");
      } else {
        json.writeNumberField("number", liquidation.bracketNumber());
        number(json, "floor", bracket.floor());
        number(json, "cap", bracket.cap());
        number(json, "maxLeverage", bracket.maxLeverage());
      }
      json.writeStringField("at", bracketPlace());
      json.writeStringField("table", brackets);
      json.writeEndObject();
      if (table == null) {
        json.writeNullField("bracketTable");
      } else {
        table.write(json);
      }
      number(json, "maxLeverage", maxLeverage);
      if (Double.isNaN(maxLeverage)) {
        json.writeNullField("isLeverageGranted");
      } else {
        json.writeBooleanField("isLeverageGranted", !(position.leverage() > maxLeverage));
      }
      number(json, "mmr", bracket.maintenanceRate());
      number(json, "maintenanceAmount", liquidation.maintenanceAmount());
      json.writeStringField("formula", formula());
      json.writeStringField("calculation", calculation());
      json.writeObjectFieldStart("terms");
      for (final Map.Entry<String, Double> term : terms().entrySet()) {
        number(json, term.getKey(), term.getValue());
      }
      json.writeEndObject();
      json.writeStringField("source", liquidation.rule().source());
      texts(json, "warnings", warnings);
      texts(json, "notes", notes);
      json.writeStringField("caveat", CAVEAT);
      json.writeEndObject();
    }
    out.println();
    out.flush();
  }

  /** A number as it stands on paper: no exponent, no grouping, at most twelve digits. */
  static String plain(final double value) {
    if (Double.isInfinite(value)) {
      return "∞";
    }
    final BigDecimal rounded = new BigDecimal(value).round(new MathContext(12));
    return rounded.stripTrailingZeros().toPlainString().replace('-', '−');
  }

  private String formula() {
    return liquidation.rule().formula();
  }

  private String shownPrice() {
    return switch (liquidation.outcome()) {
      case AT_PRICE -> plain(liquidation.price());
      case AT_ONCE ->
          "none: the margin isn't above the maintenance margin, so it would be liquidated at once";
      case NEVER -> "none: no price uses the margin up";
    };
  }

  private String shownBracket() {
    final Bracket bracket = liquidation.bracket();
    if (liquidation.bracketNumber() == 0) {
      return brackets;
    }
    return String.format(
        Locale.ROOT,
        "%d: from %s to %s %s, at most %sx, by the notional %s (%s)",
        liquidation.bracketNumber(),
        plain(bracket.floor()),
        plain(bracket.cap()),
        liquidation.rule().contract() == Contract.LINEAR ? "quote" : "base",
        plain(bracket.maxLeverage()),
        bracketPlace(),
        brackets);
  }

  private String bracketPlace() {
    return liquidation.rule().isBracketAtLiquidation() ? "at liquidation" : "at entry";
  }

  private String meaning(final String symbol) {
    return switch (symbol) {
      case "side" -> "1 long, −1 short";
      case "Q" -> "quantity";
      case "EP" -> "entry price";
      case "L" -> "leverage";
      case "WB" -> liquidation.position().isCross() ? "wallet balance" : "isolated margin";
      case "TMM" -> "maintenance margin of other positions";
      case "UPNL" -> "unrealised profit of other positions";
      case "MMR" -> "maintenance margin rate";
      case "cum" -> "maintenance amount";
      case "fee" -> "taker fee";
      default -> "bankruptcy price";
    };
  }

  private static String bracketed(final double value) {
    return value < 0 ? "(" + plain(value) + ")" : plain(value);
  }

  private static void line(
      final PrintWriter out, final String name, final String format, final Object... values) {
    out.println(
        Lines.wrap(
            String.format(Locale.ROOT, "%-20s", name) + String.format(Locale.ROOT, format, values),
            20));
  }

  private static void number(final JsonGenerator json, final String name, final double value)
      throws IOException {
    Json.number(json, name, value);
  }

  private static void texts(final JsonGenerator json, final String name, final List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (final String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String lower(final Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
