package io.liqmap.cluster;

import io.liqmap.tools.command.Home;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Settings of a cluster, which each command takes. */
final class ConfigOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings with a section cluster, as config/cluster.conf has one.")
  private Path config;

  ClusterSettings load() {
    return ClusterSettings.load(config, Home.config());
  }

  /** A shard by its name, or the only one. */
  Shard shard(final ClusterSettings settings, final String name) {
    final Optional<Shard> shard = settings.shard(name);
    if (shard.isEmpty()) {
      throw usage(
          name == null
              ? "--shard has to be one of " + settings.shardNames()
              : "--shard " + name + " is none of " + settings.shardNames());
    }
    return shard.get();
  }

  /** Requires an address that members on other machines reach, where there are some. */
  void requireReachable(final ClusterSettings settings, final String answers) {
    if (!settings.isOnLoopback() && answers.startsWith("127.")) {
      throw usage(
          "--answers: members on other machines can't reach "
              + answers
              + "; name this machine's address");
    }
  }

  ParameterException usage(final String message) {
    return new ParameterException(commandLine(), message);
  }

  CommandLine commandLine() {
    return spec.commandLine();
  }

  /** Prints a line for an operator. */
  void say(final String line) {
    commandLine().getErr().println(line);
    commandLine().getErr().flush();
  }
}
