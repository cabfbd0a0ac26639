package io.liqmap.cluster;

import io.liqmap.tools.answer.Json;
import io.liqmap.tools.command.DurationConverter;
import io.liqmap.tools.command.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liqmap cluster status}: who leads, who is behind, whose hashes differ. */
@Command(
    name = "status",
    description = {
      "Listens to all members of all shards: who leads, how far each is behind, whether their",
      "states are equal. Exit code 1 where hashes or settings differ, a member is silent, no member",
      "leads, or one reports trouble."
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Print it again and again, until a signal.")
  private Long everyNanos;

  @Option(
      names = "--answers",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Address of this machine where members reach it (default: ${DEFAULT-VALUE}).")
  private String answers;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    final ClusterSettings settings = config.load();
    config.requireReachable(settings, answers);
    try (StatusWatch watch = new StatusWatch(settings, answers)) {
      watch.listenForAll(ClusterStatus.SILENCE_NANOS);
      ClusterStatus status = print(settings, watch);
      while (everyNanos != null) {
        watch.listen(everyNanos);
        status = print(settings, watch);
      }
      return status.isWell() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
  }

  private ClusterStatus print(final ClusterSettings settings, final StatusWatch watch)
      throws IOException {
    final ClusterStatus status = ClusterStatus.of(settings, watch);
    final PrintWriter out = config.commandLine().getOut();
    if (json) {
      Json.write(status, out);
    } else {
      status.print(out);
    }
    out.flush();
    return status;
  }
}
