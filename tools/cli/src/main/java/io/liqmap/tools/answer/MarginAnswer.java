package io.liqmap.tools.answer;

import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Liquidation;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Position;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A liquidation price with every term, so that a person can check it by hand.
 *
 * @param venue as the user named it
 * @param contract linear or inverse
 * @param side long or short
 * @param quantity base asset (linear) or quote asset (inverse)
 * @param entryPrice price at which it was opened
 * @param leverage entry value over initial margin
 * @param margin cross or isolated
 * @param liquidationPrice NaN for none
 * @param bankruptcyPrice NaN for none
 * @param outcome at-price, at-once or never
 * @param bracket that applied
 * @param bracketTable its venue, date and age; null where a rate was given instead
 * @param maxLeverage that the bracket of the size at entry grants; NaN where no bracket says
 * @param isLeverageGranted whether that is enough; null where no bracket says
 * @param mmr maintenance margin rate
 * @param maintenanceAmount maintenance amount
 * @param formula with symbols
 * @param calculation the formula with numbers for its symbols
 * @param terms numbers by symbol
 * @param source of the formula
 * @param warnings why the answer may not be the venue's
 * @param notes what else the reader should know
 * @param caveat what the formula leaves out
 * @param hasAmount whether the maintenance amount is a part of the formula
 */
public record MarginAnswer(
    String venue,
    String contract,
    String side,
    double quantity,
    double entryPrice,
    double leverage,
    String margin,
    double liquidationPrice,
    double bankruptcyPrice,
    String outcome,
    BracketUsed bracket,
    BracketsUsed bracketTable,
    double maxLeverage,
    Boolean isLeverageGranted,
    double mmr,
    double maintenanceAmount,
    String formula,
    String calculation,
    Map<String, Double> terms,
    String source,
    List<String> warnings,
    List<String> notes,
    String caveat,
    @Json.TextOnly boolean hasAmount) {

  private static final String CAVEAT =
      "One hypothetical position, by the venue's formula: no funding, no partial liquidation, no"
          + " insurance, no change of brackets on the way.";

  private static final Pattern SYMBOL = Pattern.compile("[A-Za-z]+");

  record BracketUsed(
      Long number, double floor, double cap, double maxLeverage, String at, String table) {}

  /** By a maintenance rate that the user gave instead of brackets. */
  public static MarginAnswer withRate(
      final String venue, final Liquidation liquidation, final List<String> notes) {
    return of(venue, liquidation, "given by --mmr", null, Double.NaN, List.of(), notes);
  }

  /**
   * By brackets.
   *
   * @param maxLeverage that the bracket of the size at entry grants
   */
  public static MarginAnswer withBrackets(
      final String venue,
      final Liquidation liquidation,
      final BracketChoice choice,
      final double maxLeverage,
      final List<String> warnings,
      final List<String> notes) {
    return of(
        venue,
        liquidation,
        choice.origin(),
        BracketsUsed.of(choice.brackets(), venue),
        maxLeverage,
        warnings,
        notes);
  }

  private static MarginAnswer of(
      final String venue,
      final Liquidation liquidation,
      final String table,
      final BracketsUsed used,
      final double maxLeverage,
      final List<String> warnings,
      final List<String> notes) {
    final Position position = liquidation.position();
    final MarginRule rule = liquidation.rule();
    final Map<String, Double> terms = terms(liquidation);
    return new MarginAnswer(
        venue,
        Format.lower(rule.contract()),
        Format.lower(position.side()),
        position.quantity(),
        position.entryPrice(),
        position.leverage(),
        position.isCross() ? "cross" : "isolated",
        liquidation.price(),
        liquidation.bankruptcyPrice(),
        Format.lower(liquidation.outcome()).replace('_', '-'),
        bracket(liquidation, table),
        used,
        maxLeverage,
        Double.isNaN(maxLeverage) ? null : !(position.leverage() > maxLeverage),
        liquidation.bracket().maintenanceRate(),
        liquidation.maintenanceAmount(),
        rule.formula(),
        calculation(rule.formula(), terms),
        terms,
        rule.source(),
        List.copyOf(warnings),
        List.copyOf(notes),
        CAVEAT,
        rule.hasAmount());
  }

  private static BracketUsed bracket(final Liquidation liquidation, final String table) {
    final Bracket bracket = liquidation.bracket();
    final boolean isKnown = liquidation.bracketNumber() != 0;
    return new BracketUsed(
        isKnown ? (long) liquidation.bracketNumber() : null,
        isKnown ? bracket.floor() : Double.NaN,
        isKnown ? bracket.cap() : Double.NaN,
        isKnown ? bracket.maxLeverage() : Double.NaN,
        liquidation.rule().isBracketAtLiquidation() ? "at liquidation" : "at entry",
        table);
  }

  /** The terms of the formula, by symbol, in the order in which people read them. */
  private static Map<String, Double> terms(final Liquidation liquidation) {
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
    final String formula = liquidation.rule().formula();
    all.keySet()
        .removeIf((symbol) -> !Pattern.compile("\\b" + symbol + "\\b").matcher(formula).find());
    return all;
  }

  private static String calculation(final String formula, final Map<String, Double> terms) {
    return SYMBOL
        .matcher(formula)
        .replaceAll(
            (match) ->
                Matcher.quoteReplacement(
                    terms.containsKey(match.group())
                        ? bracketed(terms.get(match.group()))
                        : match.group()));
  }

  private static String bracketed(final double value) {
    return value < 0 ? "(" + Format.onPaper(value) + ")" : Format.onPaper(value);
  }

  public void print(final PrintWriter out) {
    final Lines to = new Lines(out, 20);
    to.line(
        "position",
        "%s %s, %s %s (%s) at %s, %sx, %s margin",
        venue,
        contract,
        side,
        Format.onPaper(quantity),
        isLinear() ? "base" : "quote",
        Format.onPaper(entryPrice),
        Format.onPaper(leverage),
        margin);
    warnings.forEach((warning) -> to.line("warning", "%s", warning));
    to.line("liquidation price", "%s", shownPrice());
    to.line(
        "bankruptcy price",
        "%s",
        Double.isNaN(bankruptcyPrice) ? "none" : Format.onPaper(bankruptcyPrice));
    to.line("bracket", "%s", shownBracket());
    to.line("mmr", "%s", Format.onPaper(mmr));
    to.line(
        "maintenance amount",
        "%s %s",
        Format.onPaper(maintenanceAmount),
        hasAmount ? isLinear() ? "quote" : "base" : "(not a part of this formula)");
    to.line("formula", "%s", formula);
    to.line("", "%s", calculation);
    terms.forEach(
        (symbol, value) ->
            to.line("", "  %-5s %-14s %s", symbol, Format.onPaper(value), meaning(symbol)));
    to.line("source", "%s", source);
    notes.forEach((note) -> to.line("note", "%s", note));
    to.blank();
    to.text(0, "%s", caveat);
    out.flush();
  }

  private boolean isLinear() {
    return contract.equals(Format.lower(Contract.LINEAR));
  }

  private String shownPrice() {
    return switch (outcome) {
      case "at-price" -> Format.onPaper(liquidationPrice);
      case "at-once" ->
          "none: the margin isn't above the maintenance margin, so it would be liquidated at once";
      default -> "none: no price uses the margin up";
    };
  }

  private String shownBracket() {
    return bracket.number == null
        ? bracket.table
        : bracket.number
            + ": from "
            + Format.onPaper(bracket.floor)
            + " to "
            + Format.onPaper(bracket.cap)
            + (isLinear() ? " quote" : " base")
            + ", at most "
            + Format.onPaper(bracket.maxLeverage)
            + "x, by the notional "
            + bracket.at
            + " ("
            + bracket.table
            + ")";
  }

  private String meaning(final String symbol) {
    return switch (symbol) {
      case "side" -> "1 long, −1 short";
      case "Q" -> "quantity";
      case "EP" -> "entry price";
      case "L" -> "leverage";
      case "WB" -> margin.equals("cross") ? "wallet balance" : "isolated margin";
      case "TMM" -> "maintenance margin of other positions";
      case "UPNL" -> "unrealised profit of other positions";
      case "MMR" -> "maintenance margin rate";
      case "cum" -> "maintenance amount";
      case "fee" -> "taker fee";
      default -> "bankruptcy price";
    };
  }
}
