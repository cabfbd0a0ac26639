package io.liqmap.tools.brackets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.tools.importer.ImportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads leverage tiers of Binance USDⓈ-M as freqtrade keeps them: an object of lists, by names such
 * as BTC/USDT:USDT.
 */
public final class LeverageTiers {
  private static final Pattern NAME =
      Pattern.compile("([\\x21-\\x7e&&[^/:]]+)/([^/:]+):([^-/:]+)(?:-(\\d{6}))?");
  private static final long MAX_BYTES = 64 << 20;
  private static final String AMOUNT = "info.cum";
  private static final List<String> FIELDS =
      List.of("minNotional", "maxNotional", "maintenanceMarginRate", AMOUNT, "maxLeverage");

  private final Path file;
  private final JsonParser parser;

  private LeverageTiers(final Path path, final JsonParser json) {
    file = path;
    parser = json;
  }

  /**
   * Brackets of one symbol.
   *
   * @param symbol Binance's name of it: BTCUSDT, or BTCUSDT_241227 where it is delivered
   * @param base what is traded
   * @param quote what it is priced and margined in
   * @param table its brackets, quote asset
   */
  public record Symbol(String symbol, String base, String quote, BracketTable table) {}

  /**
   * Reads a file whole.
   *
   * @return its symbols, in the order of the file
   * @throws ImportException if it isn't such a file, or a table doesn't hold together, saying where
   */
  public static List<Symbol> read(final Path file) throws IOException {
    if (!Files.exists(file)) {
      throw ImportException.in(file, "doesn't exist", "check the path");
    }
    if (!Files.isRegularFile(file)) {
      throw ImportException.in(file, "isn't a file", "name the file of leverage tiers");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw ImportException.in(
          file,
          "has " + Files.size(file) + " bytes, leverage tiers have " + MAX_BYTES + " at most",
          "give the file as it was downloaded");
    }
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      return new LeverageTiers(file, json).symbols();
    } catch (final JsonProcessingException e) {
      throw new ImportException(
          file + place(e.getLocation()) + ": no JSON here; give the file as it was downloaded", e);
    }
  }

  private List<Symbol> symbols() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "an object of symbols { … }");
    final List<Symbol> symbols = new ArrayList<>();
    final Set<String> seen = new HashSet<>();
    while (next() != JsonToken.END_OBJECT) {
      final Symbol symbol = symbol(parser.currentName());
      if (!seen.add(symbol.symbol())) {
        throw wrong(symbol.symbol() + " is listed twice");
      }
      symbols.add(symbol);
    }
    if (parser.nextToken() != null) {
      throw wrong("the file continues behind its end");
    }
    if (symbols.isEmpty()) {
      throw wrong("the file has no symbol");
    }
    return symbols;
  }

  private Symbol symbol(final String name) throws IOException {
    final Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw wrong("the symbol " + ImportException.quote(name) + " isn't of the form BTC/USDT:USDT");
    }
    if (!parts.group(2).equals(parts.group(3))) {
      throw wrong(
          name + " is margined in " + parts.group(3) + ": only linear contracts can be read");
    }
    expect(next(), JsonToken.START_ARRAY, "a list of tiers [ … ] of " + name);
    final List<Bracket> brackets = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      brackets.add(bracket(name + ", bracket " + (brackets.size() + 1)));
    }
    final String delivery = parts.group(4) == null ? "" : "_" + parts.group(4);
    try {
      return new Symbol(
          parts.group(1) + parts.group(2) + delivery,
          parts.group(1),
          parts.group(2),
          new BracketTable(brackets));
    } catch (final IllegalArgumentException e) {
      throw wrong(name + ", " + e.getMessage());
    }
  }

  private Bracket bracket(final String place) throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT, "an object { … } at " + place);
    final Map<String, Double> values = new HashMap<>();
    fields("", place, values);
    for (final String field : FIELDS) {
      if (!values.containsKey(field)) {
        throw wrong(place + " has no " + field);
      }
    }
    return new Bracket(
        values.get("minNotional"),
        values.get("maxNotional"),
        values.get("maintenanceMarginRate"),
        values.get(AMOUNT),
        values.get("maxLeverage"));
  }

  private void fields(final String prefix, final String place, final Map<String, Double> values)
      throws IOException {
    while (next() != JsonToken.END_OBJECT) {
      final String field = prefix + parser.currentName();
      final JsonToken token = next();
      if (FIELDS.contains(field)) {
        values.put(field, number(place + ", " + field));
      } else if (token == JsonToken.START_OBJECT && prefix.isEmpty()) {
        fields(field + ".", place, values);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** A number, which info has as text. */
  private double number(final String place) throws IOException {
    final JsonToken token = parser.currentToken();
    if (token.isNumeric() || token == JsonToken.VALUE_STRING) {
      try {
        final double value = Double.parseDouble(parser.getText());
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (final NumberFormatException e) {
        // Reported below.
      }
    }
    throw wrong(place + " is " + ImportException.quote(parser.getText()) + ", expected a number");
  }

  private JsonToken next() throws IOException {
    final JsonToken token = parser.nextToken();
    if (token == null) {
      throw wrong("the file ends too early");
    }
    return token;
  }

  private void expect(final JsonToken token, final JsonToken expected, final String what)
      throws IOException {
    if (token != expected) {
      throw wrong("expected " + what);
    }
  }

  private ImportException wrong(final String what) {
    return new ImportException(
        file
            + place(parser.currentTokenLocation())
            + ": "
            + what
            + "; correct the file or download it again");
  }

  private static String place(final JsonLocation at) {
    return at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
