package io.liqmap.tools.brackets;

import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.BracketTable;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Hyperliquid;
import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.tools.importer.ImportException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads bracket tables, and rejects those that have holes or contradict themselves. */
public final class VenueTiers {
  private static final Pattern BYBIT_LINEAR = Pattern.compile("([A-Z0-9]+)(USDT|PERP)");
  private static final Pattern BYBIT_INVERSE = Pattern.compile("([A-Z0-9]+)USD([HMUZ]\\d{2})?");
  private static final Pattern OKX_FAMILY = Pattern.compile("([A-Z0-9]+)-(USDT|USDC|USD)");
  private static final double NO_CAP = 1e18;
  private static final double TOLERANCE = 1e-6;
  private static final int DIGITS = 12;

  /** Hyperliquid lists no table of a lower id: the id is the leverage then, at any size. */
  private static final int FLAT_TABLES_BELOW = 50;

  /** Sizes of OKX's tiers are a whole step apart: 1,000 contracts and 1,000.01, or 1,001. */
  private static final double LARGEST_STEP = 1;

  private final Map<String, InstrumentDefinition> known = new HashMap<>();
  private final OptionalDouble price;
  private final List<String> notes = new ArrayList<>();

  /**
   * Makes a reader.
   *
   * @param instruments those of the settings: OKX doesn't say how large its contracts are
   * @param atPrice at which OKX's sizes become notional, quote asset per base asset, above 0
   */
  public VenueTiers(final List<InstrumentDefinition> instruments, final OptionalDouble atPrice) {
    instruments.stream()
        .filter((instrument) -> instrument.venue().equals("okx"))
        .forEach((instrument) -> known.put(instrument.symbol(), instrument));
    price = atPrice;
  }

  /**
   * Reads a file whole.
   *
   * @param wanted names of instruments, which BINANCE reads all; empty for all
   * @return tables in the order of the file
   * @throws ImportException if it isn't such a file, or a table has a hole or contradicts itself,
   *     saying where
   */
  public List<VenueBrackets> read(
      final BracketFormat format, final Path file, final List<String> wanted) throws IOException {
    final JsonNode root = JsonNode.read(file);
    final List<VenueBrackets> all =
        switch (format) {
          case BYBIT -> bybit(root, wanted);
          case OKX -> okx(root, wanted);
          case HYPERLIQUID -> hyperliquid(root, wanted);
          case BINANCE -> LeverageTiers.read(root);
        };
    if (all.isEmpty() && wanted.isEmpty()) {
      throw root.wrong("there is no instrument in it");
    }
    return all;
  }

  public List<String> notes() {
    return notes;
  }

  private List<VenueBrackets> bybit(final JsonNode root, final List<String> wanted)
      throws ImportException {
    requireAnswer(root, "retCode", "retMsg");
    final JsonNode result = root.isObject() && root.has("result") ? root.field("result") : root;
    if (result.isObject() && result.has("nextPageCursor")) {
      notes.add(
          "the answer has another page (nextPageCursor): instruments after this one's last are"
              + " missing, and the last may lack tiers");
    }
    final String category =
        result.isObject() && result.has("category") ? result.text("category") : "";
    final JsonNode list = result.isObject() ? result.field("list") : result;
    final List<VenueBrackets> tables = new ArrayList<>();
    for (final Map.Entry<String, List<JsonNode>> rows :
        groups(list, wanted, (row) -> row.text("symbol")).entrySet()) {
      tables.add(bybit(rows.getKey(), category, rows.getValue()));
    }
    return tables;
  }

  private VenueBrackets bybit(final String symbol, final String category, final List<JsonNode> rows)
      throws ImportException {
    final Matcher linear = BYBIT_LINEAR.matcher(symbol);
    final Matcher inverse = BYBIT_INVERSE.matcher(symbol);
    final boolean isInverse = inverse.matches() && !category.equals("linear");
    if (!isInverse && !linear.matches()) {
      throw rows.get(0)
          .wrong(symbol + " names no base and quote that are known; name others with --symbols");
    }
    sort(rows, "riskLimitValue");
    if (rows.get(0).has("isLowestRisk") && rows.get(0).number("isLowestRisk") != 1) {
      throw rows.get(0)
          .wrong(symbol + ": its lowest tier is missing, the first one here isn't isLowestRisk");
    }
    final double unit = bybitUnit(symbol, rows.get(0));
    final Rows table = new Rows(symbol);
    for (final JsonNode row : rows) {
      final double rate = row.number("maintenanceMargin") * unit;
      final double cap = row.number("riskLimitValue");
      final double leverage = row.number("maxLeverage");
      final double amount = table.amount(rate);
      if (row.has("mmDeduction")) {
        table.add(row, cap, rate, row.number("mmDeduction"), leverage);
      } else {
        if (amount > 0) {
          note(symbol + ": mmDeduction isn't given and was computed by Bybit's formula");
        }
        table.add(row, cap, rate, amount, leverage);
      }
    }
    final boolean isUsdc = !isInverse && linear.group(2).equals("PERP");
    return new VenueBrackets(
        "bybit",
        symbol,
        isInverse ? Contract.INVERSE : Contract.LINEAR,
        isInverse ? inverse.group(1) : linear.group(1),
        isInverse ? "USD" : isUsdc ? "USDC" : "USDT",
        table.make(rows.get(0)));
  }

  /**
   * Bybit has written rates as shares and as per cent: initial margin, which is 1 over the
   * leverage, says which.
   */
  private static double bybitUnit(final String symbol, final JsonNode row) throws ImportException {
    final double product = row.number("initialMargin") * row.number("maxLeverage");
    if (Math.abs(product - 1) < 0.1) {
      return 1;
    }
    if (Math.abs(product - 100) < 10) {
      return 0.01;
    }
    throw row.wrong(
        symbol
            + ": initialMargin "
            + row.text("initialMargin")
            + " is neither 1 / maxLeverage nor 100 / maxLeverage");
  }

  private List<VenueBrackets> okx(final JsonNode root, final List<String> wanted)
      throws ImportException {
    requireAnswer(root, "code", "msg");
    final JsonNode list = root.isObject() ? root.field("data") : root;
    final List<VenueBrackets> tables = new ArrayList<>();
    for (final Map.Entry<String, List<JsonNode>> rows :
        groups(list, wanted, VenueTiers::okxSymbol).entrySet()) {
      tables.add(okx(rows.getKey(), rows.getValue()));
    }
    return tables;
  }

  private static String okxSymbol(final JsonNode row) throws ImportException {
    final String family = row.text(row.has("instFamily") ? "instFamily" : "uly");
    if (family.isEmpty()) {
      throw row.wrong(
          "instFamily and uly are empty, as for spot margin: ask for instType=SWAP with an"
              + " instFamily");
    }
    return family + "-SWAP";
  }

  private VenueBrackets okx(final String symbol, final List<JsonNode> rows) throws ImportException {
    final JsonNode first = rows.get(0);
    final Matcher family =
        OKX_FAMILY.matcher(symbol.substring(0, symbol.length() - "-SWAP".length()));
    if (!family.matches()) {
      throw first.wrong(symbol + " names no base and quote that are known");
    }
    final InstrumentDefinition instrument = known.get(symbol);
    if (instrument == null) {
      throw first.wrong(
          symbol
              + ": OKX's tiers count contracts and don't say how large one is; describe the"
              + " instrument in the settings first, with its contract-multiplier, or name others"
              + " with --symbols");
    }
    if (price.isEmpty()) {
      throw first.wrong(
          symbol + ": OKX's tiers are sizes; say with --price at which price they become notional");
    }
    final boolean isInverse = family.group(2).equals("USD");
    final double contract =
        instrument.contractMultiplier() * Math.pow(10, instrument.quantityExponent());
    final double notional =
        isInverse ? contract / price.getAsDouble() : contract * price.getAsDouble();
    sort(rows, "tier");
    final Rows table = new Rows(symbol);
    double last = 0;
    for (final JsonNode row : rows) {
      final double least = row.number("minSz");
      if (least < last || least - last > LARGEST_STEP || (last == 0 && least > 0)) {
        throw row.wrong(
            symbol
                + ", tier "
                + row.text("tier")
                + ": its minSz is "
                + row.text("minSz")
                + ", the maxSz of the one before "
                + plain(last));
      }
      last = row.number("maxSz");
      final double rate = row.number("mmr");
      table.add(row, last * notional, rate, table.amount(rate), row.number("maxLever"));
    }
    note("OKX's sizes became notional at a price of " + plain(price.getAsDouble()));
    return new VenueBrackets(
        "okx",
        symbol,
        isInverse ? Contract.INVERSE : Contract.LINEAR,
        family.group(1),
        family.group(2),
        table.make(first));
  }

  private List<VenueBrackets> hyperliquid(final JsonNode root, final List<String> wanted)
      throws ImportException {
    // metaAndAssetCtxs answers with the same object and another.
    final JsonNode meta =
        root.isArray() && !root.elements("answers").isEmpty()
            ? root.elements("answers").get(0)
            : root;
    if (meta.has("collateralToken") && meta.number("collateralToken") != 0) {
      throw meta.wrong(
          "collateralToken isn't 0 (USDC): tables of other collaterals are not supported");
    }
    final Map<Long, JsonNode> tables = new HashMap<>();
    for (final JsonNode entry : meta.field("marginTables").elements("margin tables")) {
      final List<JsonNode> pair = entry.elements("an id and its table");
      if (pair.size() != 2) {
        throw entry.wrong("expected an id and its table");
      }
      tables.put((long) pair.get(0).asNumber("the id of a margin table"), pair.get(1));
    }
    final List<VenueBrackets> all = new ArrayList<>();
    for (final JsonNode asset : meta.field("universe").elements("assets")) {
      final String name = asset.text("name");
      final boolean isDelisted = asset.has("isDelisted") && asset.text("isDelisted").equals("true");
      if (wanted.isEmpty() ? !isDelisted : wanted.contains(name)) {
        all.add(
            new VenueBrackets(
                "hyperliquid", name, Contract.LINEAR, name, "USDC", table(asset, tables)));
      }
    }
    return all;
  }

  private BracketTable table(final JsonNode asset, final Map<Long, JsonNode> tables)
      throws ImportException {
    final String name = asset.text("name");
    final double highest = asset.number("maxLeverage");
    final Rows rows = new Rows(name);
    final long id = asset.has("marginTableId") ? (long) asset.number("marginTableId") : -1;
    final JsonNode listed = tables.get(id);
    if (listed == null) {
      if (id >= FLAT_TABLES_BELOW || (id >= 0 && id != highest)) {
        throw asset.wrong(name + ": its margin table " + id + " isn't in the answer");
      }
      rows.add(asset, NO_CAP, Hyperliquid.maintenanceRate(highest), 0, highest);
      return rows.make(asset);
    }
    final List<JsonNode> tiers = listed.field("marginTiers").elements("margin tiers");
    for (int i = 0; i < tiers.size(); i++) {
      final JsonNode tier = tiers.get(i);
      final double leverage = tier.number("maxLeverage");
      if (i == 0 && (tier.number("lowerBound") != 0 || leverage != highest)) {
        throw tier.wrong(
            name
                + ": its first margin tier begins at "
                + tier.text("lowerBound")
                + " with "
                + tier.text("maxLeverage")
                + "x, expected 0 with the asset's "
                + asset.text("maxLeverage")
                + "x");
      }
      if (leverage < 1) {
        throw tier.wrong(name + ": a leverage below 1");
      }
      final double rate = Hyperliquid.maintenanceRate(leverage);
      final double cap = i + 1 < tiers.size() ? tiers.get(i + 1).number("lowerBound") : NO_CAP;
      rows.add(tier, cap, rate, rows.amount(rate), leverage);
    }
    return rows.make(asset);
  }

  private static void requireAnswer(final JsonNode root, final String code, final String message)
      throws ImportException {
    if (root.isObject() && root.has(code) && root.number(code) != 0) {
      throw root.wrong(
          "the venue refused the request: "
              + code
              + " "
              + root.text(code)
              + (root.has(message) ? ", " + ImportException.quote(root.text(message)) : ""));
    }
  }

  private static Map<String, List<JsonNode>> groups(
      final JsonNode list, final List<String> wanted, final Name name) throws ImportException {
    final Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
    for (final JsonNode row : list.elements("tiers")) {
      final String symbol = name.of(row);
      if (wanted.isEmpty() || wanted.contains(symbol)) {
        groups.computeIfAbsent(symbol, (s) -> new ArrayList<>()).add(row);
      }
    }
    return groups;
  }

  private static void sort(final List<JsonNode> rows, final String field) throws ImportException {
    final Map<JsonNode, Double> keys = new HashMap<>();
    for (final JsonNode row : rows) {
      keys.put(row, row.number(field));
    }
    rows.sort(Comparator.comparing(keys::get));
  }

  private void note(final String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  private static String plain(final double value) {
    return BigDecimal.valueOf(value)
        .round(new MathContext(DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }

  @FunctionalInterface
  private interface Name {
    String of(JsonNode row) throws ImportException;
  }

  /** Rows of one table, in rising order. */
  private static final class Rows {
    private final String symbol;
    private final List<Bracket> brackets = new ArrayList<>();
    private double rate;
    private double cap;
    private double before;

    Rows(final String of) {
      symbol = of;
    }

    /** Maintenance amount of the next row by the recurrence (see {@link BracketTable}). */
    double amount(final double nextRate) {
      return brackets.isEmpty() ? 0 : cap * (nextRate - rate) + before;
    }

    void add(
        final JsonNode at,
        final double to,
        final double nextRate,
        final double amount,
        final double leverage)
        throws ImportException {
      final double expected = amount(nextRate);
      if (Math.abs(amount - expected) > TOLERANCE * Math.max(1, expected)) {
        throw at.wrong(
            symbol
                + ", tier "
                + (brackets.size() + 1)
                + ": its deduction is "
                + plain(amount)
                + ", the tiers before it give "
                + plain(expected)
                + " (a tier may be missing)");
      }
      // The computed one: a venue rounds what it prints.
      brackets.add(new Bracket(cap, to, nextRate, expected, leverage));
      cap = to;
      rate = nextRate;
      before = expected;
    }

    BracketTable make(final JsonNode at) throws ImportException {
      try {
        return new BracketTable(brackets);
      } catch (final IllegalArgumentException e) {
        throw at.wrong(symbol + ", " + e.getMessage());
      }
    }
  }
}
