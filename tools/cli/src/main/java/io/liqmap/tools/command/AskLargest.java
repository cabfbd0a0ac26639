package io.liqmap.tools.command;

import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask largest}. */
@Command(name = "largest", description = "The largest clusters near mark, of both sides.")
final class AskLargest implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Option(
      names = "--n",
      defaultValue = "5",
      paramLabel = "N",
      description = "How many at most, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--within-bps",
      defaultValue = "1000",
      paramLabel = "BPS",
      description = "How far from mark their near edges lie at most (default: ${DEFAULT-VALUE}).")
  private double within;

  @Override
  public Integer call() throws IOException {
    ask.requirePositive("--within-bps", within);
    if (count < 1 || count > AskCommand.CLUSTERS) {
      throw ask.wrong("--n has to be 1 to " + AskCommand.CLUSTERS + ", was " + count);
    }
    return ask.put("largest", (asked) -> QuestionAnswer.Largest.of(asked, within, count));
  }
}
