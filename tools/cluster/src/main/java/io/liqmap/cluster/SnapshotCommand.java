package io.liqmap.cluster;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.cluster.codecs.AdminRequestType;
import io.aeron.cluster.codecs.AdminResponseCode;
import io.aeron.exceptions.TimeoutException;
import io.aeron.logbuffer.Header;
import io.liqmap.tools.command.ExitCodes;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code liqmap cluster snapshot}: has all members take one. */
@Command(
    name = "snapshot",
    description = {
      "Has all members of a shard, or of each, take a snapshot, from which they start; the log",
      "before it is then removed, but for keep-log of the settings."
    })
final class SnapshotCommand implements Callable<Integer> {
  private static final long TIMEOUT_NANOS = 20_000_000_000L;
  private static final long POLL_MILLIS = 5;
  private static final long RETRY_NANOS = 1_000_000_000L;

  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--shard", paramLabel = "NAME", description = "The shard (default: all).")
  private String shard;

  @Option(
      names = "--answers",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Address of this machine where members reach it (default: ${DEFAULT-VALUE}).")
  private String answers;

  @Override
  public Integer call() throws IOException, InterruptedException {
    final ClusterSettings settings = config.load();
    config.requireReachable(settings, answers);
    final List<Shard> shards =
        shard == null ? settings.shards() : List.of(config.shard(settings, shard));
    try (ClientTransport transport = ClientTransport.launch()) {
      for (final Shard one : shards) {
        take(settings, one, transport, answers);
        config
            .commandLine()
            .getOut()
            .println("shard " + one.name() + ": a snapshot is being taken");
      }
    }
    return ExitCodes.DONE;
  }

  /**
   * Has a shard's members take a snapshot; returns when the leader has begun.
   *
   * @throws IOException if it refuses, or none leads
   */
  static void take(
      final ClusterSettings settings,
      final Shard shard,
      final ClientTransport transport,
      final String host)
      throws IOException, InterruptedException {
    final Response response = new Response();
    try (AeronCluster cluster =
        AeronCluster.connect(
            transport
                .client(settings, shard, Member.anyPort(host), response)
                .messageTimeoutNs(TIMEOUT_NANOS))) {
      final long start = System.nanoTime();
      long asked = 0;
      while (response.code == null) {
        final long now = System.nanoTime();
        if (now - start > TIMEOUT_NANOS) {
          throw new IOException(
              "shard " + shard.name() + ": no answer; see 'liqmap cluster status'");
        }
        if (asked == 0 || now - asked > RETRY_NANOS) {
          asked = cluster.sendAdminRequestToTakeASnapshot(1) ? now : 0;
        }
        cluster.pollEgress();
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (final TimeoutException e) {
      throw new IOException(
          "shard " + shard.name() + ": no member leads; see 'liqmap cluster status'", e);
    }
    if (response.code != AdminResponseCode.OK) {
      throw new IOException("shard " + shard.name() + ": no snapshot: " + response.message);
    }
  }

  private static final class Response implements EgressListener {
    private AdminResponseCode code;
    private String message;

    @Override
    public void onMessage(
        final long clusterSessionId,
        final long timestamp,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final Header header) {
      // Nothing else was asked.
    }

    @Override
    public void onAdminResponse(
        final long clusterSessionId,
        final long correlationId,
        final AdminRequestType requestType,
        final AdminResponseCode responseCode,
        final String text,
        final DirectBuffer payload,
        final int payloadOffset,
        final int payloadLength) {
      code = responseCode;
      message = text;
    }
  }
}
