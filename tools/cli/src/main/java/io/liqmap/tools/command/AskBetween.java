package io.liqmap.tools.command;

import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask between}. */
@Command(name = "between", description = "Notional between two prices, by side.")
final class AskBetween implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Option(names = "--low", required = true, paramLabel = "P", description = "Lower price.")
  private double low;

  @Option(names = "--high", required = true, paramLabel = "P", description = "Higher price.")
  private double high;

  @Override
  public Integer call() throws IOException {
    ask.requireRange(low, high);
    return ask.put("between", (asked) -> QuestionAnswer.Between.of(asked, low, high));
  }
}
