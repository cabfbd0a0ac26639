package io.liqmap.tools.importer;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of a file's name such as BTCUSDT_PERP.A_1min.csv.
 *
 * @param market Coinalyze's name of the market without its exchange, or all of the name
 * @param code Coinalyze's letter or digit of the exchange, empty if the name has none
 * @param rest what follows, without the ending
 */
record CoinalyzeName(String market, String code, String rest) {
  private static final Pattern CODED = Pattern.compile("(.+?)\\.([A-Z0-9])(?=[_.-]|$)(.*)");
  private static final Pattern CONTRACT = Pattern.compile("([_-]?(PERP|PERPETUAL|SWAP))$");
  private static final Pattern FUNDING = Pattern.compile("(^|[^a-z])(predicted|funding)");
  private static final Pattern KIND =
      Pattern.compile(
          "ohlcv|open[_-]?interest|liquidations?|long[_-]?short([_-]?ratio)?|history|candles|bars|(?<![a-z])(oi|liq|ls|lsr|ratio)(?![a-z])");

  private static final Pattern KIND_FOLDER =
      Pattern.compile(
          "(ohlcv|bars|candles|open[_-]?interest|oi|liquidations?|liq|long[_-]?short([_-]?ratio)?|ratio|lsr?)([_-]?history)?");

  static CoinalyzeName of(final Path file) {
    final String stem = FileNames.stem(file.getFileName().toString());
    final Matcher coded = CODED.matcher(stem);
    return coded.matches()
        ? new CoinalyzeName(coded.group(1), coded.group(2), coded.group(3))
        : new CoinalyzeName(stem, "", "");
  }

  /** Whether the market is that of a venue's symbol. */
  boolean isOf(final String symbol) {
    if (!code.isEmpty()) {
      return isSame(market, symbol);
    }
    for (int i = market.length(); i > 0; i--) {
      if ((i == market.length() || "_-".indexOf(market.charAt(i)) >= 0)
          && isSame(market.substring(0, i), symbol)) {
        return true;
      }
    }
    return false;
  }

  /** Whether two names are of one market but for how a perpetual is marked and parts are joined. */
  static boolean isSame(final String name, final String symbol) {
    return name.equals(symbol) || plain(name).equals(plain(symbol));
  }

  private static String plain(final String name) {
    final String upper = name.toUpperCase(Locale.ROOT);
    return CONTRACT.matcher(upper).replaceFirst("").replaceAll("[-_/]", "");
  }

  static boolean isFunding(final Path file) {
    final Path folder = file.toAbsolutePath().normalize().getParent();
    return FUNDING.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT)).find()
        || (folder != null
            && folder.getFileName() != null
            && FUNDING.matcher(folder.getFileName().toString().toLowerCase(Locale.ROOT)).find());
  }

  /** What the files of one market and interval have in common, whatever their kind. */
  static String group(final Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    final CoinalyzeName name = of(file);
    if (!name.code.isEmpty()
        && folder != null
        && folder.getFileName() != null
        && KIND_FOLDER
            .matcher(folder.getFileName().toString().toLowerCase(Locale.ROOT))
            .matches()) {
      folder = folder.getParent();
    }
    final String rest = KIND.matcher(name.rest.toLowerCase(Locale.ROOT)).replaceAll("");
    return folder + "/" + name.code + rest.replaceAll("[_.-]+", "-").replaceAll("-$", "");
  }
}
