package io.liqmap.tools.command;

import io.liqmap.engine.feed.InstrumentDefinition;
import io.liqmap.engine.files.PlainFile;
import io.liqmap.tools.config.BracketsFile;
import io.liqmap.tools.config.LiqmapConfig;
import io.liqmap.tools.importer.LeverageTiers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code liqmap brackets}: leverage tiers to settings. */
@Command(
    name = "brackets",
    description = {
      "Turns leverage tiers of Binance USD-M (JSON in freqtrade's form) into a file for --config.",
      "A table with holes, or whose amounts break the recurrence, is refused."
    })
public final class BracketsCommand implements Callable<Integer> {
  private static final int MOST_IDS = 65_536;

  @Spec private CommandSpec spec;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      converter = Moment.Converter.class,
      description = "Day (midnight UTC) or time from which the tables hold.")
  private Moment from;

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
      description = "Only these, as Binance names them: BTCUSDT,XRPUSDT (default: all).")
  private List<String> symbols;

  @Option(
      names = "--first-id",
      paramLabel = "N",
      description =
          "Id of the first instrument that config/instruments.conf doesn't have (default: behind its ids).")
  private Integer firstId;

  @Parameters(paramLabel = "INPUT", description = "The JSON file.")
  private Path input;

  @Override
  public Integer call() throws IOException {
    if (from.isSequence()) {
      throw wrong("--from is a date here, such as 2024-10-24");
    }
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
    final List<LeverageTiers.Symbol> chosen = chosen(LeverageTiers.read(input));
    final BracketsFile file = new BracketsFile(settings, from.value(), first(settings));
    for (final LeverageTiers.Symbol symbol : chosen) {
      file.add(symbol.symbol(), symbol.base(), symbol.quote(), symbol.table());
    }
    write(file.text(input.getFileName().toString()));
    print(chosen, file);
    return ExitCodes.DONE;
  }

  private int first(final LiqmapConfig settings) {
    return firstId != null
        ? firstId
        : 1 + settings.instruments().stream().mapToInt(InstrumentDefinition::id).max().orElse(-1);
  }

  private List<LeverageTiers.Symbol> chosen(final List<LeverageTiers.Symbol> all) {
    if (symbols == null) {
      return all;
    }
    final List<String> there = all.stream().map(LeverageTiers.Symbol::symbol).toList();
    for (final String symbol : symbols) {
      if (!there.contains(symbol)) {
        throw wrong("--symbols " + symbol + ": " + input + " has no such symbol");
      }
    }
    return all.stream().filter((symbol) -> symbols.contains(symbol.symbol())).toList();
  }

  /** Whole or not at all: what stood there before stays until then. */
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

  private void print(final List<LeverageTiers.Symbol> chosen, final BracketsFile file) {
    final PrintWriter to = spec.commandLine().getOut();
    final int rows = chosen.stream().mapToInt((symbol) -> symbol.table().brackets().size()).sum();
    to.printf(
        Locale.ROOT,
        "%s  %s instruments, %s brackets, from %s%n",
        out,
        Figures.count(chosen.size()),
        Figures.count(rows),
        Moment.print(from.value()));
    to.printf(
        Locale.ROOT,
        "    %s defined anew, %s of config/instruments.conf with one more table%n",
        Figures.count(file.added()),
        Figures.count(file.extended()));
    to.flush();
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
