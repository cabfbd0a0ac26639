package io.liqmap.tools.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the kind of a file from what the user wrote before it, its name, its folders or its rows.
 */
final class FileNames {
  private static final Pattern PACKED = Pattern.compile("(\\.csv)?(\\.gz|\\.zip)?$");
  private static final Pattern KLINE_INTERVAL = Pattern.compile("\\d+(s|m|h|d|w|mo)");
  private static final Pattern OTHER_KLINES = Pattern.compile("(.+)-\\d+(?:s|m|h|d|w|mo)(-.*)?");
  private static final List<String> NO_MARKS =
      List.of("klines", "indexPriceKlines", "premiumIndexKlines", "continuousKlines");
  private static final String SYMBOL_TAKEN = "neither name nor content say the symbol: taken for ";
  private static final Pattern RECORDING = Pattern.compile("\\.(gz|txt|log|jsonl|ndjson)$");
  private static final int FOLDERS = 6;
  private static final int PEEKED = 200;

  private static final Map<String, InputKind> BINANCE =
      Map.of(
          "aggTrades", InputKind.AGG_TRADES,
          "metrics", InputKind.METRICS,
          "fundingRate", InputKind.FUNDING_RATE,
          "markPriceKlines", InputKind.MARK_PRICE_KLINES);

  private static final Map<String, InputKind> TARDIS =
      Map.of(
          "trades", InputKind.TRADES,
          "derivative_ticker", InputKind.DERIVATIVE_TICKER,
          "liquidations", InputKind.LIQUIDATIONS);

  private static final List<InputKind> COINALYZE =
      List.of(
          InputKind.BARS,
          InputKind.BAR_OPEN_INTEREST,
          InputKind.BAR_LIQUIDATION,
          InputKind.LONG_SHORT_RATIO);

  private final ImportFormat format;
  private final String symbol;
  private final long maxExpanded;

  FileNames(final ImportFormat of, final String instrument, final long maxExpandedBytes) {
    format = of;
    symbol = instrument;
    maxExpanded = maxExpandedBytes;
  }

  /** Name without what says how it is packed. */
  static String stem(final String name) {
    return PACKED.matcher(name).replaceFirst("");
  }

  String example() {
    return switch (format) {
      case BINANCE ->
          symbol + "-aggTrades-2024-08-05.zip (or -metrics-, -fundingRate-, -markPriceKlines-)";
      case TARDIS ->
          "binance-futures_trades_2024-08-05_"
              + symbol
              + ".csv.gz (or derivative_ticker, liquidations)";
      case BYBIT -> symbol + "2024-08-05.csv.gz";
      case HYPERLIQUID_POSITIONS ->
          "positions-20260713.csv.gz, with the columns "
              + String.join(",", HyperliquidPositionsSource.COLUMNS);
      case BINANCE_WS -> symbol.toLowerCase(Locale.ROOT) + "_20240805.gz";
      case VENUE_FRAMES -> "okx-20261130T16.frames.gz";
      case COINALYZE ->
          symbol
              + "-ohlcv.csv (and -open-interest.csv, -liquidation.csv, -long-short-ratio.csv), or "
              + symbol
              + "_PERP.A_1hour.csv with Coinalyze's column names";
    };
  }

  /** The file if its name says that it is of the symbol and of a kind that is imported, or null. */
  InputFile recogniseByName(final Path file) {
    final String name = file.getFileName().toString();
    final InputKind kind =
        switch (format) {
          case BINANCE -> isPacked(name, ".zip") ? binanceKind(file, stem(name)) : null;
          case TARDIS -> isPacked(name, ".csv.gz") ? tardisKind(file, stem(name)) : null;
          case COINALYZE -> coinalyzeKind(name);
          case BYBIT ->
              isPacked(name, ".csv.gz") && isOfSymbol(name, symbol)
                  ? InputKind.PUBLIC_TRADES
                  : null;
          case BINANCE_WS, VENUE_FRAMES -> framesKind(name.toLowerCase(Locale.ROOT));
          case HYPERLIQUID_POSITIONS ->
              isPacked(name, ".csv.gz") && name.contains("positions") ? InputKind.POSITIONS : null;
        };
    return kind == null ? null : file(file, kind);
  }

  /** The kind that a user wrote before a path, as in markPriceKlines=FILE; null if none. */
  InputKind kindBefore(final Path input) {
    final String text = input.toString();
    for (final InputKind kind : kinds()) {
      if (text.startsWith(kind + "=") && text.length() > kind.toString().length() + 1) {
        return kind;
      }
    }
    return null;
  }

  private List<InputKind> kinds() {
    return switch (format) {
      case BINANCE -> List.copyOf(BINANCE.values());
      case TARDIS -> List.copyOf(TARDIS.values());
      case COINALYZE -> COINALYZE;
      case BYBIT, BINANCE_WS, VENUE_FRAMES, HYPERLIQUID_POSITIONS -> List.of();
    };
  }

  Path pathAfter(final Path input, final InputKind kind) {
    return Path.of(input.toString().substring(kind.toString().length() + 1));
  }

  /**
   * The file as the kind that the user says it is.
   *
   * @throws ImportException if its name says that it is of another symbol
   */
  InputFile ofKind(final Path file, final InputKind kind) throws ImportException {
    if (format == ImportFormat.BINANCE) {
      requireBinanceSymbol(file, stem(file.getFileName().toString()));
    } else if (format == ImportFormat.COINALYZE) {
      requireMarket(file);
    }
    return file(file, kind);
  }

  /** The file, in a folder whose files are of a kind, if its name says that it is of the symbol. */
  InputFile ofKindInFolder(final Path file, final InputKind kind) {
    return isOfSymbol(file) ? file(file, kind) : null;
  }

  boolean isOfSymbol(final Path file) {
    final String name = file.getFileName().toString();
    return isOfSymbol(name, symbol)
        || (format == ImportFormat.COINALYZE && CoinalyzeName.of(file).isOf(symbol));
  }

  /** The file if its name, or else its rows, say that it is of the symbol and imported; or null. */
  InputFile recogniseInFolder(final Path file) throws IOException {
    final InputFile byName = recogniseByName(file);
    if (byName != null) {
      return byName;
    }
    try {
      if (format == ImportFormat.BINANCE && isKlineName(file)) {
        return klinesByRows(file);
      }
      if (format == ImportFormat.COINALYZE && isOfSymbol(file)) {
        final InputKind kind = coinalyzeKindByRows(file);
        return kind == null ? null : file(file, kind);
      }
    } catch (final ImportException e) {
      return null;
    }
    return null;
  }

  /**
   * The file, by name or by header.
   *
   * @throws ImportException if it is of another symbol, or of no known kind
   */
  InputFile recognise(final Path file) throws IOException {
    final InputFile byName = recogniseByName(file);
    if (byName != null) {
      return byName;
    }
    return switch (format) {
      case BINANCE -> binanceByHeader(file);
      case TARDIS -> tardisByHeader(file);
      case COINALYZE -> coinalyzeByRows(file);
      case BYBIT -> bybitByHeader(file);
      case BINANCE_WS, VENUE_FRAMES -> file(file, InputKind.FRAMES);
      case HYPERLIQUID_POSITIONS -> file(file, InputKind.POSITIONS);
    };
  }

  private static boolean isPacked(final String name, final String archive) {
    final String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".csv") || lower.endsWith(archive);
  }

  private InputKind binanceKind(final Path file, final String stem) {
    if (!stem.startsWith(symbol + "-")) {
      return null;
    }
    final String type = binanceType(stem.substring(symbol.length() + 1));
    // Klines of the mark price are named like those of trades: only the folder differs.
    return KLINE_INTERVAL.matcher(type.toLowerCase(Locale.ROOT)).matches()
            && isBelow(file, "markPriceKlines")
        ? InputKind.MARK_PRICE_KLINES
        : BINANCE.get(type);
  }

  private static String binanceType(final String rest) {
    final int end = rest.indexOf('-');
    return end < 0 ? rest : rest.substring(0, end);
  }

  private InputFile binanceByHeader(final Path file) throws IOException {
    final String name = file.getFileName().toString();
    requireBinanceSymbol(file, stem(name));
    if (name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
      final String entry = stem(DataFile.entryName(file));
      requireBinanceSymbol(file, entry);
      final InputKind kind = binanceKind(file, entry);
      if (kind != null) {
        return file(file, kind);
      }
    }
    try (CsvRows rows = new CsvRows(file, maxExpanded)) {
      if (rows.hasColumn("sum_open_interest")) {
        return file(file, InputKind.METRICS);
      }
      if (rows.hasColumn("calc_time") && rows.hasColumn("last_funding_rate")) {
        return new InputFile(
            file,
            InputKind.FUNDING_RATE,
            rows.hasColumn("symbol") ? List.of() : List.of(SYMBOL_TAKEN + symbol));
      }
      final KnownFiles known = rows.known();
      if (known != null && !rows.isKlines()) {
        throw ImportException.in(file, known.what(), known.advice());
      }
      if (rows.hasColumn("agg_trade_id") && rows.hasColumn("is_buyer_maker")) {
        return new InputFile(file, InputKind.AGG_TRADES, List.of(SYMBOL_TAKEN + symbol));
      }
      if (!rows.isKlines()) {
        throw unknown(file);
      }
    }
    final InputFile marks = klinesByRows(file);
    if (marks == null) {
      throw ImportException.in(
          file,
          "holds klines that aren't of the mark price: they have traded volume, prices of 0 or less, or are in a folder of other klines",
          "leave it out; prices of trades come from aggTrades, mark prices from markPriceKlines");
    }
    return marks;
  }

  private boolean isKlineName(final Path file) {
    final String stem = stem(file.getFileName().toString());
    return stem.startsWith(symbol + "-")
        && KLINE_INTERVAL
            .matcher(binanceType(stem.substring(symbol.length() + 1)).toLowerCase(Locale.ROOT))
            .matches();
  }

  /**
   * Klines as those of the mark price if nothing was traded in them and no price is 0 or less, as
   * in the premium index; null otherwise. Those of the index price look the same.
   */
  private InputFile klinesByRows(final Path file) throws IOException {
    for (final String folder : NO_MARKS) {
      if (isBelow(file, folder)) {
        return null;
      }
    }
    try (CsvRows rows = new CsvRows(file, maxExpanded)) {
      final int[] at = rows.columns(MarkPriceKlinesSource.COLUMNS, MarkPriceKlinesSource.NEEDED);
      for (int i = 0; i < PEEKED && rows.next(); i++) {
        final Row row = rows.row();
        if (!row.isUnknownOrZero(at[MarkPriceKlinesSource.VOLUME])
            || row.text(at[3]).startsWith("-")) {
          return null;
        }
      }
    }
    return new InputFile(
        file,
        InputKind.MARK_PRICE_KLINES,
        List.of(
            "klines without volume: taken for those of the mark price; those of the index price look the same"
                + (isKlineName(file) ? "" : ", and nothing says the symbol: taken for " + symbol)));
  }

  /** A name like ETHUSDT-aggTrades-… is rejected for BTCUSDT, whatever is inside. */
  private void requireBinanceSymbol(final Path file, final String stem) throws ImportException {
    final Matcher klines = OTHER_KLINES.matcher(stem);
    if (klines.matches() && !klines.group(1).equals(symbol) && !stem.startsWith(symbol + "-")) {
      throw otherSymbol(file, klines.group(1));
    }
    for (final String type : BINANCE.keySet()) {
      final int at = stem.indexOf("-" + type);
      if (at > 0 && !stem.substring(0, at).equals(symbol)) {
        throw otherSymbol(file, stem.substring(0, at));
      }
    }
  }

  private InputKind tardisKind(final Path file, final String stem) {
    if (stem.equals(symbol)) {
      for (final Map.Entry<String, InputKind> kind : TARDIS.entrySet()) {
        if (isBelow(file, kind.getKey())) {
          return kind.getValue();
        }
      }
      return null;
    }
    return stem.endsWith("_" + symbol)
            || stem.endsWith("-" + symbol)
            || stem.startsWith(symbol + "_")
        ? tardisType(stem)
        : null;
  }

  private static InputKind tardisType(final String stem) {
    for (final Map.Entry<String, InputKind> kind : TARDIS.entrySet()) {
      if (Pattern.compile("(^|[_-])" + kind.getKey() + "([_-]|$)").matcher(stem).find()) {
        return kind.getValue();
      }
    }
    return null;
  }

  /** The symbol of a file that the user named is checked row by row. */
  private InputFile tardisByHeader(final Path file) throws IOException {
    final InputKind byName = tardisType(stem(file.getFileName().toString()));
    if (byName != null) {
      return file(file, byName);
    }
    try (CsvRows rows = new CsvRows(file, maxExpanded)) {
      if (rows.hasColumn("open_interest") && rows.hasColumn("mark_price")) {
        return file(file, InputKind.DERIVATIVE_TICKER);
      }
      if (rows.hasColumn("side") && rows.hasColumn("amount")) {
        throw ImportException.in(
            file,
            "trades and liquidations have the same columns, and its name doesn't say which it"
                + " holds",
            "name it like " + example());
      }
    }
    throw unknown(file);
  }

  /** A symbol with no letter after it: BTCUSDT2024-08-05 is of BTCUSDT and not of BTCUSD. */
  private static boolean isOfSymbol(final String name, final String instrument) {
    return name.startsWith(instrument)
        && name.length() > instrument.length()
        && !Character.isLetter(name.charAt(instrument.length()));
  }

  private InputKind framesKind(final String name) {
    return RECORDING.matcher(name).find() && isOfSymbol(name, symbol.toLowerCase(Locale.ROOT))
        ? InputKind.FRAMES
        : null;
  }

  /** The symbol is checked row by row. */
  private InputFile bybitByHeader(final Path file) throws IOException {
    try (CsvRows rows = new CsvRows(file, maxExpanded)) {
      if (rows.hasColumn("size") && rows.hasColumn("side") && rows.hasColumn("timestamp")) {
        return file(file, InputKind.PUBLIC_TRADES);
      }
      if (rows.known() != null) {
        throw ImportException.in(file, rows.known().what(), rows.known().advice());
      }
    }
    throw unknown(file);
  }

  private InputKind coinalyzeKind(final String name) {
    for (final InputKind kind : COINALYZE) {
      if (name.equals(symbol + "-" + kind + ".csv")) {
        return kind;
      }
    }
    return null;
  }

  private InputFile coinalyzeByRows(final Path file) throws IOException {
    final String name = file.getFileName().toString();
    for (final InputKind kind : COINALYZE) {
      final String ending = "-" + kind + ".csv";
      if (name.endsWith(ending)) {
        final String market = name.substring(0, name.length() - ending.length());
        if (!CoinalyzeName.isSame(market, symbol)) {
          throw otherSymbol(file, market);
        }
        return file(file, kind);
      }
    }
    requireMarket(file);
    if (CoinalyzeName.isFunding(file)) {
      throw ImportException.in(
          file,
          "holds funding rates, which aren't imported from Coinalyze",
          "leave it out, or rename it if it holds something else");
    }
    final InputKind kind = coinalyzeKindByRows(file);
    if (kind == null) {
      throw unknown(file);
    }
    return new InputFile(
        file,
        kind,
        CoinalyzeName.of(file).isOf(symbol) ? List.of() : List.of(SYMBOL_TAKEN + symbol));
  }

  private void requireMarket(final Path file) throws ImportException {
    final CoinalyzeName name = CoinalyzeName.of(file);
    if (!name.code().isEmpty() && !name.isOf(symbol)) {
      throw otherSymbol(file, name.market());
    }
  }

  /** By columns, since names as BTCUSDT_PERP.A_1min.csv say no kind; null if they say none. */
  private InputKind coinalyzeKindByRows(final Path file) throws IOException {
    if (CoinalyzeName.isFunding(file)) {
      return null;
    }
    try (CsvRows rows = new CsvRows(file, maxExpanded)) {
      if (!rows.hasHeader()) {
        return rows.next() && rows.row().isTimeLike(0) ? byFields(rows.row().fields()) : null;
      }
      if (!rows.hasColumn("t")) {
        return null;
      }
      final boolean hasPrices =
          rows.hasColumn("o") && rows.hasColumn("h") && rows.hasColumn("l") && rows.hasColumn("c");
      if (hasPrices) {
        return rows.hasColumn("v") ? InputKind.BARS : InputKind.BAR_OPEN_INTEREST;
      }
      if (rows.hasColumn("r")) {
        return InputKind.LONG_SHORT_RATIO;
      }
      return rows.hasColumn("l") && rows.hasColumn("s") ? InputKind.BAR_LIQUIDATION : null;
    }
  }

  private static InputKind byFields(final int fields) {
    return switch (fields) {
      case 3 -> InputKind.BAR_LIQUIDATION;
      case 4 -> InputKind.LONG_SHORT_RATIO;
      case 5 -> InputKind.BAR_OPEN_INTEREST;
      case 9 -> InputKind.BARS;
      default -> null;
    };
  }

  private ImportException otherSymbol(final Path file, final String other) {
    return ImportException.in(
        file,
        "is of " + ImportException.quote(other) + ", not of " + symbol,
        "give files of " + symbol + " or another --symbol");
  }

  private ImportException unknown(final Path file) {
    return ImportException.in(
        file,
        "is no kind of file that is imported as " + format,
        "file names have to be like " + example());
  }

  private static boolean isBelow(final Path file, final String folder) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    for (int i = 0; i < FOLDERS && parent != null && parent.getFileName() != null; i++) {
      if (parent.getFileName().toString().equals(folder)) {
        return true;
      }
      parent = parent.getParent();
    }
    return false;
  }

  private static InputFile file(final Path path, final InputKind kind) {
    return new InputFile(path, kind, List.of());
  }
}
