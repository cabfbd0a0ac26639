package io.liqmap.backfill;

import io.liqmap.tools.command.ModuleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap backfill}. */
@Command(name = "backfill", description = ModuleCommand.Backfill.DESCRIPTION)
public final class BackfillCommand implements ModuleCommand, Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command");
  }
}
