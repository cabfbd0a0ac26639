package io.liqmap.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.logbuffer.Header;
import io.liqmap.engine.support.RealData;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/** A member whose service returns the beginning of each command, configured as a node is. */
final class EchoNode implements ClusteredService {
  /** Of a command: its header and fixed fields. */
  static final int ECHOED = 32;

  private EchoNode() {}

  /** Arguments: settings, member. Runs until it is killed. */
  public static void main(final String[] args) throws Exception {
    final ClusterSettings settings =
        ClusterSettings.load(Path.of(args[0]), RealData.root().resolve("config"));
    final Shard shard = settings.shards().get(0);
    final int member = Integer.parseInt(args[1]);
    final CountDownLatch ended = new CountDownLatch(1);
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    final NodeContexts contexts =
        new NodeContexts(
            settings,
            shard,
            settings.members().get(member),
            settings.folder(shard, member),
            settings.transport(shard, member),
            new NodeErrors(System.out::println, failure::set, () -> 0),
            (cause) -> {
              failure.set(cause);
              ended.countDown();
            });
    final ClusteredMediaDriver driver =
        ClusteredMediaDriver.launch(contexts.driver(), contexts.archive(), contexts.consensus());
    final ClusteredServiceContainer container =
        ClusteredServiceContainer.launch(contexts.container(new EchoNode()));
    ended.await();
    CloseHelper.quietCloseAll(container, driver);
    throw new IllegalStateException(failure.get());
  }

  @Override
  public void onSessionMessage(
      final ClientSession session,
      final long timestamp,
      final DirectBuffer buffer,
      final int offset,
      final int length,
      final Header header) {
    if (session != null) {
      session.offer(buffer, offset, Math.min(length, ECHOED));
    }
  }

  @Override
  public void onStart(final Cluster cluster, final Image snapshotImage) {
    // No state.
  }

  @Override
  public void onSessionOpen(final ClientSession session, final long timestamp) {
    // No state.
  }

  @Override
  public void onSessionClose(
      final ClientSession session, final long timestamp, final CloseReason reason) {
    // No state.
  }

  @Override
  public void onTimerEvent(final long correlationId, final long timestamp) {
    // No timers.
  }

  @Override
  public void onTakeSnapshot(final ExclusivePublication publication) {
    // No state.
  }

  @Override
  public void onRoleChange(final Cluster.Role newRole) {
    // The same in each role.
  }

  @Override
  public void onTerminate(final Cluster cluster) {
    // It is killed.
  }
}
