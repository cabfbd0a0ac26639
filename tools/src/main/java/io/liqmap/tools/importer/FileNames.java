package io.liqmap.tools.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells the kind of a file from its name, else from its folders or its header. */
final class FileNames {
  private static final Pattern PACKED = Pattern.compile("(\\.csv)?(\\.gz|\\.zip)?$");
  private static final Pattern KLINE_INTERVAL = Pattern.compile("\\d+(s|m|h|d|w|mo)");
  private static final Pattern RECORDING = Pattern.compile("\\.(gz|txt|log|jsonl|ndjson)$");
  private static final int FOLDERS = 6;

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

  /** What a name looks like. */
  String example() {
    return switch (format) {
      case BINANCE ->
          symbol + "-aggTrades-2024-08-05.zip (or -metrics-, -fundingRate-, -markPriceKlines-)";
      case TARDIS ->
          "binance-futures_trades_2024-08-05_"
              + symbol
              + ".csv.gz (or derivative_ticker, liquidations)";
      case BYBIT -> symbol + "2024-08-05.csv.gz";
      case BINANCE_WS -> symbol.toLowerCase(Locale.ROOT) + "_20240805.gz";
      case COINALYZE ->
          symbol + "-ohlcv.csv (and -open-interest.csv, -liquidation.csv, -long-short-ratio.csv)";
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
          case BINANCE_WS -> framesKind(name.toLowerCase(Locale.ROOT));
        };
    return kind == null ? null : file(file, kind);
  }

  /**
   * The file, by name or by header.
   *
   * @throws ImportException if it is of another symbol, or its kind can't be told
   */
  InputFile recognise(final Path file) throws IOException {
    final InputFile byName = recogniseByName(file);
    if (byName != null) {
      return byName;
    }
    return switch (format) {
      case BINANCE -> binanceByHeader(file);
      case TARDIS -> tardisByHeader(file);
      case COINALYZE -> throw coinalyzeUnknown(file);
      case BYBIT -> bybitByHeader(file);
      case BINANCE_WS -> file(file, InputKind.FRAMES);
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
    // Klines of the mark price are named like those of trades: only the folder tells.
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
      if (rows.hasColumn("agg_trade_id")) {
        return new InputFile(
            file,
            InputKind.AGG_TRADES,
            List.of("neither name nor content say the symbol: taken for " + symbol));
      }
      if (rows.hasColumn("sum_open_interest")) {
        return file(file, InputKind.METRICS);
      }
      if (rows.hasColumn("last_funding_rate")) {
        return new InputFile(
            file,
            InputKind.FUNDING_RATE,
            List.of("neither name nor content say the symbol: taken for " + symbol));
      }
      if (rows.hasColumn("taker_buy_volume")) {
        throw ImportException.in(
            file,
            "klines, but neither its name nor a folder says that they are of the mark price",
            "name it "
                + symbol
                + "-markPriceKlines-… or keep it in a folder markPriceKlines; prices of trades come"
                + " from aggTrades");
      }
    }
    throw unknown(file);
  }

  /** A name like ETHUSDT-aggTrades-… is refused for BTCUSDT, whatever is inside. */
  private void requireBinanceSymbol(final Path file, final String stem) throws ImportException {
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

  /** A symbol with no letter behind it: BTCUSDT2024-08-05 is of BTCUSDT and not of BTCUSD. */
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

  private ImportException coinalyzeUnknown(final Path file) {
    final String name = file.getFileName().toString();
    for (final InputKind kind : COINALYZE) {
      final String ending = "-" + kind + ".csv";
      if (name.endsWith(ending)) {
        return otherSymbol(file, name.substring(0, name.length() - ending.length()));
      }
    }
    return unknown(file);
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
