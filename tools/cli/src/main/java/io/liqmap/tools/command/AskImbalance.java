package io.liqmap.tools.command;

import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask imbalance}. */
@Command(name = "imbalance", description = "Longs against shorts near mark, -1 to 1.")
final class AskImbalance implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Option(
      names = "--within-bps",
      defaultValue = "500",
      paramLabel = "BPS",
      description = "How far from mark, below 10000 (default: ${DEFAULT-VALUE}).")
  private double within;

  @Override
  public Integer call() throws IOException {
    ask.requireBelowMark("--within-bps", within);
    return ask.put("imbalance", (asked) -> QuestionAnswer.Imbalance.of(asked, within));
  }
}
