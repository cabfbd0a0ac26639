package io.liqmap.cluster;

import io.liqmap.tools.command.ModuleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap cluster}. */
@Command(
    name = "cluster",
    description = ModuleCommand.Cluster.DESCRIPTION,
    subcommands = {
      NodeCommand.class,
      FeedCommand.class,
      StatusCommand.class,
      SnapshotCommand.class,
      CheckCommand.class
    })
public final class ClusterCommand implements ModuleCommand, Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command");
  }
}
