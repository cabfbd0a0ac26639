package io.liqmap.cluster;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import io.liqmap.cluster.protocol.AnswerDecoder;
import io.liqmap.cluster.protocol.ApplyFramesDecoder;
import io.liqmap.cluster.protocol.ApplyFramesEncoder;
import io.liqmap.cluster.protocol.BeginSessionEncoder;
import io.liqmap.cluster.protocol.EndSessionEncoder;
import io.liqmap.cluster.protocol.MessageHeaderDecoder;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.cluster.protocol.Outcome;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.shared.view.ViewMemory;
import io.liqmap.engine.shared.view.ViewReader;
import io.liqmap.engine.support.ChildJvm;
import io.liqmap.tools.Liqmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Members in processes of their own, with the engine or an echo as their service. */
final class MeasuredShard implements MeasuredWay, EgressListener {
  private static final int WINDOW = 64;
  private static final long SESSION = 1;
  private static final long KEEP_ALIVE_NANOS = 500_000_000L;

  private final ClusterSettings settings;
  private final Shard shard;
  private final boolean isEcho;
  private final List<Process> processes = new ArrayList<>();
  private final ClientTransport transport;
  private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
  private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
  private final ApplyFramesEncoder apply = new ApplyFramesEncoder();
  private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
  private final AnswerDecoder answer = new AnswerDecoder();
  private final ApplyFramesDecoder returned = new ApplyFramesDecoder();
  private final AeronCluster client;
  private ViewMemory view;
  private ViewReader reader;
  private long sent;
  private long answers;
  private long answered;
  private boolean hasBegun;
  private boolean hasEnded;
  private long hash;
  private long keptAlive;

  MeasuredShard(final Path folder, final LoopbackCluster cluster, final boolean isEcho)
      throws IOException {
    this.isEcho = isEcho;
    settings = cluster.settings();
    shard = settings.shards().get(0);
    transport = ClientTransport.launch(settings.idle());
    for (final Member member : settings.members()) {
      final List<String> command =
          isEcho
              ? ChildJvm.command(
                  EchoNode.class, ShardFiguresTest.FLAGS, cluster.file(), member.id())
              : ChildJvm.command(
                  Liqmap.class,
                  ShardFiguresTest.FLAGS,
                  "cluster",
                  "node",
                  "--config",
                  cluster.file(),
                  "--member",
                  member.id());
      processes.add(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out-" + member.id()).toFile())
              .start());
    }
    client = connect();
    if (isEcho) {
      hasBegun = true;
      return;
    }
    final int length =
        new BeginSessionEncoder().wrapAndApplyHeader(out, 0, headerOut).session(SESSION).limit();
    Await.until(() -> "the session's beginning", () -> offer(length));
    Await.until(() -> "an answer to it", this::pollBegun);
    openView();
  }

  private AeronCluster connect() {
    final AeronCluster[] connected = new AeronCluster[1];
    Await.until(
        () -> "a connection",
        () -> {
          try {
            connected[0] =
                AeronCluster.connect(
                    transport
                        .client(settings, shard, Member.anyPort("127.0.0.1"), this)
                        .messageTimeoutNs(TimeUnit.SECONDS.toNanos(5)));
            return true;
          } catch (final RuntimeException e) {
            return false;
          }
        });
    return connected[0];
  }

  private boolean pollBegun() {
    poll();
    return hasBegun;
  }

  private boolean pollEnded() {
    poll();
    return hasEnded;
  }

  private void openView() throws IOException {
    final Path file = settings.share(shard, client.leaderMemberId()).resolve(Outputs.VIEW_FILE);
    Await.until(() -> "a view " + file, () -> Files.exists(file));
    view = ViewMemory.open(file);
    reader = new ViewReader(view, 0);
  }

  private boolean offer(final int length) {
    return client.offer(out, 0, length) > 0;
  }

  @Override
  public boolean send(final MeasuredFlow flow, final int first, final int end) {
    if (sent - answers >= WINDOW) {
      return false;
    }
    final int start = flow.start(first);
    apply
        .wrapAndApplyHeader(out, 0, headerOut)
        .session(SESSION)
        .first(first)
        .frameCount(end - first)
        .putFrames(flow.frames(), start, flow.start(end) - start);
    if (!offer(apply.limit())) {
      return false;
    }
    sent++;
    return true;
  }

  @Override
  public void poll() {
    client.pollEgress();
    if (reader != null) {
      reader.refresh();
    }
    final long now = System.nanoTime();
    if (now - keptAlive > KEEP_ALIVE_NANOS) {
      keptAlive = now;
      client.sendKeepAlive();
    }
  }

  @Override
  public void onMessage(
      final long clusterSessionId,
      final long timestamp,
      final DirectBuffer buffer,
      final int offset,
      final int length,
      final Header header) {
    headerIn.wrap(buffer, offset);
    if (headerIn.templateId() == ApplyFramesDecoder.TEMPLATE_ID) {
      returned.wrapAndApplyHeader(buffer, offset, headerIn);
      answers++;
      answered = returned.first() + returned.frameCount();
      return;
    }
    answer.wrapAndApplyHeader(buffer, offset, headerIn);
    if (answer.outcome() == Outcome.ENDED) {
      hash = answer.stateHash();
      hasEnded = true;
    } else if (answer.outcome() != Outcome.ACCEPTED) {
      throw new IllegalStateException(answer.toString());
    } else if (hasBegun) {
      answers++;
      answered = answer.applied();
    } else {
      hasBegun = true;
    }
  }

  @Override
  public long answered() {
    return answered;
  }

  @Override
  public long viewed() {
    return reader == null ? 0 : reader.sequence();
  }

  @Override
  public long finish(final int frames) {
    if (isEcho) {
      return 0;
    }
    final int length =
        new EndSessionEncoder()
            .wrapAndApplyHeader(out, 0, headerOut)
            .session(SESSION)
            .frameCount(frames)
            .limit();
    Await.until(() -> "the session's end", () -> offer(length));
    Await.until(() -> "an answer to it", this::pollEnded);
    return hash;
  }

  @Override
  public void close() {
    CloseHelper.quietCloseAll(client, view, transport);
    for (final Process process : processes) {
      process.destroyForcibly();
    }
    for (final Process process : processes) {
      process.onExit().join();
    }
  }
}
