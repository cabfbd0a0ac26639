package io.liqmap.tools.command;

import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask touch}. */
@Command(
    name = "touch",
    description = "Probability that price touches a level, under a driftless random walk.")
final class AskTouch implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Option(names = "--price", required = true, paramLabel = "P", description = "Level.")
  private double price;

  @Option(
      names = "--horizon",
      required = true,
      paramLabel = "30m|4h|1d",
      converter = DurationConverter.class,
      description = "Within which time.")
  private Long horizon;

  @Override
  public Integer call() throws IOException {
    ask.requirePositive("--price", price);
    return ask.put("touch", (asked) -> QuestionAnswer.Touch.of(asked, price, horizon));
  }
}
