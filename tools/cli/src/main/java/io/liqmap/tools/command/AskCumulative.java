package io.liqmap.tools.command;

import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask cumulative}. */
@Command(
    name = "cumulative",
    description = "What would be liquidated if mark went straight to a price, or to several.")
final class AskCumulative implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Option(
      names = "--to",
      required = true,
      arity = "1..*",
      split = ",",
      paramLabel = "P",
      description = "Prices.")
  private double[] prices;

  @Override
  public Integer call() throws IOException {
    for (final double price : prices) {
      ask.requirePositive("--to", price);
    }
    return ask.put("cumulative", (asked) -> QuestionAnswer.Cumulative.of(asked, prices));
  }
}
