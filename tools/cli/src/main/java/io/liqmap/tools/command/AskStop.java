package io.liqmap.tools.command;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.QuestionAnswer;
import io.liqmap.tools.answer.StopQuestion;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask stop}. */
@Command(
    name = "stop",
    description = "Where in a range a stop has the least liquidations around it.")
final class AskStop implements Callable<Integer> {
  private static final double MOST_SIGMAS = 100;

  @ParentCommand private AskCommand ask;

  @Option(
      names = "--side",
      required = true,
      paramLabel = "long|short",
      description = "Side of the position that it closes.")
  private Side side;

  @Option(names = "--entry", required = true, paramLabel = "P", description = "Its entry.")
  private double entry;

  @Option(names = "--low", required = true, paramLabel = "P", description = "Lowest price.")
  private double low;

  @Option(names = "--high", required = true, paramLabel = "P", description = "Highest price.")
  private double high;

  @Option(
      names = "--own",
      paramLabel = "P",
      description = "A stop to compare with (default: the end that loses less).")
  private Double own;

  @Option(
      names = "--around-bps",
      defaultValue = "15",
      paramLabel = "BPS",
      description = "What counts as around it (default: ${DEFAULT-VALUE}).")
  private double around;

  @Option(
      names = "--noise-sigmas",
      defaultValue = "2",
      paramLabel = "K",
      description =
          "A stop nearer to mark than so many standard deviations of the price over --horizon is"
              + " none; 0 for no such rule (default: ${DEFAULT-VALUE}).")
  private double noise;

  @Option(
      names = "--horizon",
      defaultValue = "1h",
      paramLabel = "30m|4h|1d",
      converter = DurationConverter.class,
      description = "Time over which price is assumed to move (default: ${DEFAULT-VALUE}).")
  private Long horizon;

  @Override
  public Integer call() throws IOException {
    ask.requirePositive("--entry", entry);
    ask.requireRange(low, high);
    if (own != null) {
      ask.requirePositive("--own", own);
    }
    ask.requireBelowMark("--around-bps", around);
    if (!(noise >= 0 && noise <= MOST_SIGMAS)) {
      throw ask.wrong("--noise-sigmas has to be 0 to 100, was " + noise);
    }
    final StopQuestion stop =
        new StopQuestion(
            side, entry, low, high, own == null ? Double.NaN : own, around, noise, horizon);
    return ask.put("stop", this::requireLosingSide, (asked) -> QuestionAnswer.Stop.of(asked, stop));
  }

  /** Elsewhere a stop would trigger at once. */
  private void requireLosingSide(final double mark) {
    requireLosingSide("--low", low, mark);
    requireLosingSide("--high", high, mark);
    if (own != null) {
      requireLosingSide("--own", own, mark);
    }
  }

  private void requireLosingSide(final String option, final double price, final double mark) {
    if (!(side.sign() * (mark - price) > 0)) {
      throw ask.wrong(
          option
              + " "
              + Format.plain(price)
              + ": a "
              + Format.lower(side)
              + "'s stop lies "
              + (side == Side.LONG ? "below" : "above")
              + " mark, which is "
              + Format.price(mark)
              + " at that time; there it would trigger at once");
    }
  }
}
