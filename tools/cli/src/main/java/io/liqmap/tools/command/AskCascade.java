package io.liqmap.tools.command;

import io.liqmap.tools.answer.QuestionAnswer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code liqmap ask cascade}. */
@Command(
    name = "cascade",
    description = "How far a price shock carries when what it sweeps moves price farther.")
final class AskCascade implements Callable<Integer> {
  @ParentCommand private AskCommand ask;

  @Option(
      names = "--shock-bps",
      required = true,
      paramLabel = "BPS",
      description = "Share of mark: below 0 down, into the longs; above 0 up, into the shorts.")
  private double shock;

  @Override
  public Integer call() throws IOException {
    if (!(shock >= -9_999 && shock <= 100_000 && shock != 0)) {
      throw ask.wrong("--shock-bps has to be -9999 to 100000 and not 0, was " + shock);
    }
    return ask.put("cascade", (asked) -> QuestionAnswer.Cascade.of(asked, shock));
  }
}
