package io.liqmap.tools.command;

import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask market}. */
@Command(
    name = "market",
    description =
        "Funding, basis, change of open interest, account ratio and taker flow, with their times.")
final class AskMarket implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Override
  public Integer call() throws IOException {
    return ask.put("market", QuestionAnswer.Market::of);
  }
}
