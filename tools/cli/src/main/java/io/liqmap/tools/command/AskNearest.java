package io.liqmap.tools.command;

import io.liqmap.engine.core.margin.Side;
import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask nearest}. */
@Command(
    name = "nearest",
    description = "The cluster nearest to mark: of longs below it, of shorts above it.")
final class AskNearest implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Option(
      names = "--side",
      required = true,
      paramLabel = "long|short",
      description = "Side of the positions.")
  private Side side;

  @Option(
      names = "--min-notional",
      defaultValue = "0",
      paramLabel = "X",
      description = "Only clusters with at least this notional (default: ${DEFAULT-VALUE}).")
  private double least;

  @Override
  public Integer call() throws IOException {
    if (!(least >= 0 && least <= AskCommand.MOST)) {
      throw ask.wrong("--min-notional has to be 0 to 1e15, was " + least);
    }
    return ask.put("nearest", (asked) -> QuestionAnswer.Nearest.of(asked, side, least));
  }
}
