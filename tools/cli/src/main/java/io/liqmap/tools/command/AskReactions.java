package io.liqmap.tools.command;

import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask reactions}. */
@Command(name = "reactions", description = "What price did after mark had cleared clusters.")
final class AskReactions implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Override
  public Integer call() throws IOException {
    ask.requireTracked("reactions");
    return ask.put("reactions", QuestionAnswer.AfterClearing::of);
  }
}
