package io.liqmap.tools.command;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.files.PlainFile;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Moment;
import io.liqmap.tools.brackets.BracketFormat;
import io.liqmap.tools.brackets.BracketsFile;
import io.liqmap.tools.brackets.VenueBrackets;
import io.liqmap.tools.brackets.VenueTiers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code liqmap brackets}: venues' tables of tiers to settings. */
@Command(
    name = "brackets",
    description = {
      "Turns venues' tables of tiers (JSON) into a file for --config.",
      "  binance      leverage tiers of USD-M in freqtrade's form",
      "  bybit        answers of GET /v5/market/risk-limit",
      "  okx          answers of GET /api/v5/public/position-tiers, instType=SWAP, with --price",
      "  hyperliquid  answers of POST /info, type meta",
      "A table with holes, or whose amounts break the recurrence, is rejected."
    })
public final class BracketsCommand implements Callable<Integer> {
  private static final int MOST_IDS = 65_536;

  @Spec private CommandSpec spec;

  @Option(
      names = "--format",
      defaultValue = "binance",
      paramLabel = "F",
      description = "Whose form: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private BracketFormat format;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      converter = MomentConverter.class,
      description = "Day (midnight UTC) or time from which the tables hold, where that is known.")
  private Moment from;

  @Option(
      names = "--seen",
      paramLabel = "DATE",
      converter = MomentConverter.class,
      description =
          "Instead of --from: day or time of the copy. Between two dates the nearer copy is used.")
  private Moment seen;

  @Option(
      names = "--price",
      paramLabel = "P",
      description = "For okx: price at which its sizes become notional.")
  private Double price;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "File of settings to write.")
  private Path out;

  @Option(
      names = "--symbols",
      split = ",",
      paramLabel = "S",
      description = "Only these, as the venue names them: BTCUSDT,XRPUSDT (default: all).")
  private List<String> symbols;

  @Option(
      names = "--first-id",
      paramLabel = "N",
      description =
          "Id of the first instrument that config/instruments.conf doesn't have (default: after"
              + " its ids).")
  private Integer firstId;

  @Parameters(paramLabel = "INPUT", description = "The JSON file.")
  private Path input;

  @Override
  public Integer call() throws IOException {
    if ((from == null) == (seen == null)) {
      throw wrong(
          "give the tables' date: --from if the venue said when they began, --seen for the day of a"
              + " copy");
    }
    final Moment date = from == null ? seen : from;
    if (date.isSequence()) {
      throw wrong((from == null ? "--seen" : "--from") + " is a date here, such as 2024-10-24");
    }
    checkPrice();
    if (Files.isDirectory(out)) {
      throw wrong("--out " + out + " is a folder; name a file in it");
    }
    if (Files.exists(out) && Files.exists(input) && Files.isSameFile(out, input)) {
      throw wrong("--out " + out + " is the input as well; name another file");
    }
    if (firstId != null && (firstId < 0 || firstId >= MOST_IDS)) {
      throw wrong("--first-id " + firstId + ": ids are 0 to " + (MOST_IDS - 1));
    }
    final LiqmapConfig settings = LiqmapConfig.load(null, Home.config());
    final VenueTiers venue =
        new VenueTiers(
            settings.instruments(),
            price == null ? OptionalDouble.empty() : OptionalDouble.of(price));
    final List<VenueBrackets> chosen =
        chosen(venue.read(format, input, symbols == null ? List.of() : symbols));
    final BracketsFile file =
        new BracketsFile(settings, date.value(), from == null, first(settings));
    chosen.forEach(file::add);
    write(file.text(input.getFileName().toString()));
    print(chosen, file, date);
    venue.notes().forEach((note) -> spec.commandLine().getOut().println("    " + note));
    spec.commandLine().getOut().flush();
    return ExitCodes.DONE;
  }

  private void checkPrice() {
    if (price != null && format != BracketFormat.OKX) {
      throw wrong("--price is for okx alone: the tiers of " + format + " are notional already");
    }
    if (price == null && format == BracketFormat.OKX) {
      throw wrong(
          "--price is missing: OKX's tiers are sizes, which become notional at a price, such as"
              + " today's");
    }
    if (price != null && !(price > 0 && price < Double.POSITIVE_INFINITY)) {
      throw wrong("--price " + price + ": has to be above 0");
    }
  }

  private int first(final LiqmapConfig settings) {
    return firstId != null
        ? firstId
        : 1 + settings.instruments().stream().mapToInt(InstrumentDefinition::id).max().orElse(-1);
  }

  private List<VenueBrackets> chosen(final List<VenueBrackets> all) {
    if (symbols == null) {
      return all;
    }
    final List<String> there = all.stream().map(VenueBrackets::symbol).toList();
    for (final String symbol : symbols) {
      if (!there.contains(symbol)) {
        throw wrong("--symbols " + symbol + ": " + input + " has no such symbol");
      }
    }
    return all.stream().filter((symbol) -> symbols.contains(symbol.symbol())).toList();
  }

  /** Writes the file whole or not at all. */
  private void write(final String text) throws IOException {
    final Path folder = out.toAbsolutePath().getParent();
    PlainFile.requireReplaceable(out);
    Files.createDirectories(folder);
    final Path draft = Files.createTempFile(folder, ".brackets", ".tmp");
    try {
      Files.writeString(draft, text, StandardCharsets.UTF_8);
      Files.move(draft, out, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void print(final List<VenueBrackets> chosen, final BracketsFile file, final Moment date) {
    final PrintWriter to = spec.commandLine().getOut();
    final int rows = chosen.stream().mapToInt((symbol) -> symbol.table().brackets().size()).sum();
    to.printf(
        Locale.ROOT,
        "%s  %s instruments, %s brackets, %s %s%n",
        out,
        Format.count(chosen.size()),
        Format.count(rows),
        from == null ? "as seen on" : "from",
        Format.time(date.value()));
    to.printf(
        Locale.ROOT,
        "    %s newly defined, %s of config/instruments.conf with one more table%n",
        Format.count(file.added()),
        Format.count(file.extended()));
    to.flush();
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
