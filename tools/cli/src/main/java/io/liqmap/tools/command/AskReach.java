package io.liqmap.tools.command;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask reach}. */
@Command(
    name = "reach",
    description = "The price at which what would be liquidated from mark on reaches a notional.")
final class AskReach implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Option(
      names = "--side",
      required = true,
      paramLabel = "long|short",
      description = "Side of the positions.")
  private Side side;

  @Option(names = "--notional", required = true, paramLabel = "X", description = "Notional.")
  private double notional;

  @Override
  public Integer call() throws IOException {
    ask.requirePositive("--notional", notional);
    return ask.put("reach", (asked) -> QuestionAnswer.Reach.of(asked, side, notional));
  }
}
