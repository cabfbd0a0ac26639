package io.liqmap.tools.command;

import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask max-pain}. */
@Command(
    name = "max-pain",
    description = "The price around which most would be liquidated: of longs, shorts, and both.")
final class AskMaxPain implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Override
  public Integer call() throws IOException {
    return ask.put("max-pain", QuestionAnswer.MostPain::of);
  }
}
