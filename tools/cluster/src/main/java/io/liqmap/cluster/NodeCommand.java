package io.liqmap.cluster;

import io.liqmap.tools.answer.Format;
import io.liqmap.tools.command.SignalExit;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liqmap cluster node}: one member of one shard. */
@Command(
    name = "node",
    description = {
      "Runs one member of one shard: it keeps the log, takes part in elections, and applies the",
      "feed as an engine does. Ends on a signal; started again it continues."
    })
final class NodeCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--member",
      required = true,
      paramLabel = "N",
      description = "Its place among the members of the settings, from 0.")
  private int member;

  @Option(
      names = "--shard",
      paramLabel = "NAME",
      description = "The shard (default: the only one).")
  private String shard;

  @Override
  public Integer call() throws IOException, InterruptedException {
    final ClusterSettings settings = config.load();
    if (member < 0 || member >= settings.members().size()) {
      throw config.usage(
          "--member has to be 0 to " + (settings.members().size() - 1) + ", was " + member);
    }
    final Shard own = config.shard(settings, shard);
    final ClusterNode node =
        ClusterNode.launch(
            settings,
            own,
            member,
            (line) -> config.say(Format.printable("shard " + own.name() + ": " + line)));
    // A full disk may end a thread of the archive where it records the error: what is left of a
    // member would neither work nor say so.
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> node.fail(error));
    final SignalExit onSignal = SignalExit.on(config.commandLine(), node::close);
    final Throwable failure = node.awaitFailure();
    if (failure == null) {
      return onSignal.await();
    }
    onSignal.cancel();
    node.close();
    throw new IOException(
        "shard " + own.name() + ", member " + member + " ended: " + text(failure), failure);
  }

  private static String text(final Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
