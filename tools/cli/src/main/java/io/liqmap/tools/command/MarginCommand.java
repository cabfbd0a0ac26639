package io.liqmap.tools.command;

import io.liqmap.engine.core.margin.Bracket;
import io.liqmap.engine.core.margin.Contract;
import io.liqmap.engine.core.margin.Dated;
import io.liqmap.engine.core.margin.Liquidation;
import io.liqmap.engine.core.margin.MarginRule;
import io.liqmap.engine.core.margin.Position;
import io.liqmap.engine.core.margin.Side;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.tools.answer.Advice;
import io.liqmap.tools.answer.BracketChoice;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.MarginAnswer;
import io.liqmap.tools.answer.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap margin}: the liquidation price of one position. */
@Command(
    name = "margin",
    description = {
      "Prints the liquidation price of one hypothetical position by the venue's formula, with every"
          + " term.",
      "Isolated margin of entry value over leverage; with --wallet the balance that backs it:"
          + " cross margin, or isolated with more added.",
      "Linear: quantity in the base asset, money in the quote asset. Inverse: quantity in the quote"
          + " asset (contracts times their value), money in the base asset."
    })
public final class MarginCommand implements Callable<Integer> {
  private static final String BINANCE = "binance";

  @Spec private CommandSpec spec;

  @Option(
      names = "--venue",
      required = true,
      paramLabel = "V",
      description =
          "binance (binance-usdm or binance-coinm by contract), bybit, okx, hyperliquid or bitmex.")
  private String venue;

  @Option(
      names = "--contract",
      required = true,
      paramLabel = "linear|inverse",
      description = "Kind of contract.")
  private Contract contract;

  @Option(
      names = "--side",
      required = true,
      paramLabel = "long|short",
      description = "Side of the position.")
  private Side side;

  @Option(names = "--entry", required = true, paramLabel = "P", description = "Entry price.")
  private double entry;

  @Option(
      names = "--quantity",
      required = true,
      paramLabel = "Q",
      description = "Size: base asset (linear) or quote asset (inverse).")
  private double quantity;

  @Option(
      names = "--leverage",
      required = true,
      paramLabel = "L",
      description = "Entry value over initial margin, 1 or more.")
  private double leverage;

  @Option(
      names = "--wallet",
      paramLabel = "W",
      description = "Balance that backs the position (default: entry value over leverage).")
  private Double wallet;

  @Option(
      names = "--other-maintenance",
      paramLabel = "M",
      description = "Maintenance margin of other positions in the wallet (default: 0).")
  private Double otherMaintenance;

  @Option(
      names = "--other-pnl",
      paramLabel = "U",
      description = "Unrealised profit of other positions in the wallet (default: 0).")
  private Double otherPnl;

  @Option(
      names = "--fee",
      paramLabel = "F",
      description =
          "Taker fee as a share, 0.0005 for 0.05 %%, where the formula has one (default: 0).")
  private Double fee;

  @Option(
      names = "--symbol",
      paramLabel = "S",
      description = "Instrument of the settings whose brackets hold (default: standard brackets).")
  private String symbol;

  @Option(
      names = "--mmr",
      paramLabel = "R",
      description = "Maintenance margin rate as a share, instead of brackets.")
  private Double mmr;

  @Option(
      names = "--amount",
      paramLabel = "A",
      description = "Maintenance amount that goes with --mmr (default: 0).")
  private Double amount;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Day or time whose rules and brackets hold (default: the latest).")
  private Moment at;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over config/engine.conf.")
  private Path config;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    final String known = knownVenue();
    final Dated<MarginRule> rules = MarginRule.of(known, contract);
    checkNumbers();
    if (at != null && at.isSequence()) {
      throw wrong("--at is a time here, such as 2026-05-27");
    }
    final MarginRule rule = rules.value(at == null ? rules.size() - 1 : rules.indexAt(at.value()));
    checkTerms(rule);
    final Position position = position();
    final List<String> notes = new ArrayList<>();
    if (rules.size() > 1) {
      notes.add(period(rules, rule));
    }
    final MarginAnswer answer =
        mmr == null
            ? withBrackets(known, rule, position, notes)
            : withRate(known, rule, position, notes);
    if (json) {
      Json.write(answer, spec.commandLine().getOut());
    } else {
      answer.print(spec.commandLine().getOut());
    }
    return ExitCodes.DONE;
  }

  private String knownVenue() {
    final String name = venue.toLowerCase(Locale.ROOT);
    if (name.equals(BINANCE)) {
      return BINANCE + (contract == Contract.LINEAR ? "-usdm" : "-coinm");
    }
    if (!MarginRule.venues().contains(name)) {
      throw wrong(
          "--venue "
              + venue
              + " isn't known; known are "
              + BINANCE
              + ", "
              + String.join(", ", MarginRule.venues()));
    }
    if (!MarginRule.isKnown(name, contract)) {
      final Contract other = contract == Contract.LINEAR ? Contract.INVERSE : Contract.LINEAR;
      throw wrong(
          "--venue "
              + name
              + " has no "
              + Format.lower(contract)
              + " contracts here, only "
              + Format.lower(other));
    }
    return name;
  }

  private void checkNumbers() {
    checkAbove("--entry", entry, 0);
    checkAbove("--quantity", quantity, 0);
    checkFrom("--leverage", leverage, 1);
    if (wallet != null) {
      checkAbove("--wallet", wallet, 0);
    } else if (otherMaintenance != null || otherPnl != null) {
      throw wrong("--other-maintenance and --other-pnl are shares in a --wallet; give that too");
    }
    if (otherMaintenance != null) {
      checkFrom("--other-maintenance", otherMaintenance, 0);
    }
    if (otherPnl != null && !Double.isFinite(otherPnl)) {
      throw wrong("--other-pnl " + otherPnl + ": has to be a finite number");
    }
    if (fee != null) {
      checkShare("--fee", fee, fee >= 0);
    }
    if (mmr != null) {
      checkShare("--mmr", mmr, mmr > 0);
      if (symbol != null) {
        throw wrong("--mmr and --symbol both say which bracket holds; give one of them");
      }
    }
    if (amount != null) {
      checkFrom("--amount", amount, 0);
      if (mmr == null) {
        throw wrong("--amount goes with --mmr; give that too");
      }
    }
    final double value = contract.notional(quantity, entry);
    if (!(value > 1e-30 && value < 1e30)) {
      throw wrong(
          "--quantity " + quantity + " at --entry " + entry + ": beyond what can be calculated");
    }
  }

  private void checkTerms(final MarginRule rule) {
    if (fee != null && !rule.hasFee()) {
      throw wrong("--fee: the formula of --venue " + venue + " has no fee; leave it out");
    }
    if (amount != null && !rule.hasAmount()) {
      throw wrong(
          "--amount: the formula of --venue " + venue + " has no maintenance amount; leave it out");
    }
  }

  private Position position() {
    final Position isolated =
        Position.isolated(side, quantity, entry, leverage).withFee(fee == null ? 0 : fee);
    return wallet == null
        ? isolated
        : isolated.withWallet(
            wallet,
            otherMaintenance == null ? 0 : otherMaintenance,
            otherPnl == null ? 0 : otherPnl);
  }

  private MarginAnswer withRate(
      final String known,
      final MarginRule rule,
      final Position position,
      final List<String> notes) {
    final Bracket bracket =
        new Bracket(0, Double.MAX_VALUE, mmr, amount == null ? 0 : amount, Double.MAX_VALUE);
    return MarginAnswer.withRate(known, rule.liquidate(position, bracket), notes);
  }

  private MarginAnswer withBrackets(
      final String known,
      final MarginRule rule,
      final Position position,
      final List<String> notes) {
    final BracketChoice choice;
    final LiqmapConfig loaded = LiqmapConfig.load(config, Home.config());
    try {
      choice = BracketChoice.of(loaded, symbol, known, contract, time());
    } catch (final IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    final Liquidation liquidation = rule.liquidate(position, choice.table());
    final List<String> warnings = new ArrayList<>();
    if (!choice.note().isEmpty()) {
      warnings.add(choice.note());
    }
    if (!choice.brackets().warning().isEmpty()) {
      warnings.add(Advice.withCommands(choice.brackets().warning()));
    }
    final Bracket atEntry = choice.table().of(position.notional(contract));
    if (leverage > atEntry.maxLeverage()) {
      warnings.add(
          "the bracket of this size at entry grants at most "
              + Format.onPaper(atEntry.maxLeverage())
              + "x: the venue would not open it at "
              + Format.onPaper(leverage)
              + "x");
    }
    if (position.notional(contract) > atEntry.cap()) {
      warnings.add("the position is larger than the last bracket; that one is used");
    }
    return MarginAnswer.withBrackets(
        known, liquidation, choice, atEntry.maxLeverage(), warnings, notes);
  }

  private long time() {
    final Instant now = Instant.now();
    return at == null ? now.getEpochSecond() * 1_000_000_000L + now.getNano() : at.value();
  }

  private static String period(final Dated<MarginRule> rules, final MarginRule rule) {
    int index = 0;
    while (rules.value(index) != rule) {
      index++;
    }
    return "this formula holds "
        + (index == 0
            ? "before " + Format.time(rules.until(index))
            : "from " + Format.time(rules.from(index)) + "; --at names another day");
  }

  private void checkAbove(final String option, final double value, final double low) {
    if (!(value > low && value < Double.POSITIVE_INFINITY)) {
      throw wrong(option + " " + value + ": has to be a number above " + Format.onPaper(low));
    }
  }

  private void checkFrom(final String option, final double value, final double low) {
    if (!(value >= low && value < Double.POSITIVE_INFINITY)) {
      throw wrong(option + " " + value + ": has to be " + Format.onPaper(low) + " or more");
    }
  }

  private void checkShare(final String option, final double value, final boolean isAboveLow) {
    if (!isAboveLow || !(value < 1)) {
      throw wrong(
          option + " " + value + ": is a share, such as 0.005 for 0.5 %, above 0 and below 1");
    }
  }

  private ParameterException wrong(final String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
