package io.liqmap.cluster;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.Publication;
import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.Cluster;
import io.liqmap.tools.answer.Format;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A member's housekeeping on a thread of its own: publishes its status, and as leader has the
 * cluster take a snapshot when the log has grown.
 */
final class NodeWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 100;

  private final ClusterSettings settings;
  private final Member self;
  private final ShardService service;
  private final ConsensusModule.Context consensus;
  private final Aeron aeron;
  private final Publication publication;
  private final StatusMessage message;
  private final Consumer<String> log;
  private final LogPurge purge;
  private final Thread thread;
  private volatile boolean isClosed;

  NodeWatch(
      final ClusterSettings settings,
      final Shard shard,
      final Member self,
      final ShardService service,
      final MemberHashes hashes,
      final ClusteredMediaDriver driver,
      final Path transport,
      final LogPurge purge,
      final Consumer<String> log) {
    this.settings = settings;
    this.self = self;
    this.service = service;
    this.consensus = driver.consensusModule().context();
    this.log = log;
    this.purge = purge;
    aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(transport.toString()));
    publication =
        aeron.addPublication(
            "aeron:udp?term-length=64k|control-mode=dynamic|control=" + self.statusEndpoint(shard),
            StatusMessage.STREAM);
    message = new StatusMessage(settings, shard, self, hashes);
    thread = new Thread(this::run, "liqmap-cluster-status");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    Cluster.Role last = null;
    long purgedAt = 0;
    try {
      while (!isClosed) {
        final Cluster.Role role = role();
        if (role != last) {
          log.accept("member " + self.id() + " is " + Format.lower(role));
          last = role;
        }
        final StateProgress progress = service.progress();
        message.publish(publication, progress, role, commitPosition());
        if (role == Cluster.Role.LEADER
            && commitPosition() - progress.snapshotPosition() >= settings.snapshotEvery()) {
          ClusterControl.ToggleState.SNAPSHOT.toggle(consensus.controlToggleCounter());
        }
        if (progress.snapshotPosition() != purgedAt && isSettled()) {
          purgedAt = progress.snapshotPosition();
          purge();
        }
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it takes commands: no snapshot is under way. */
  boolean isSettled() {
    final Counter state = consensus.moduleStateCounter();
    return !state.isClosed() && ConsensusModule.State.get(state) == ConsensusModule.State.ACTIVE;
  }

  private void purge() {
    try {
      final long bytes = purge.purge();
      log.accept(
          "member "
              + self.id()
              + " has a snapshot"
              + (bytes == 0 ? "" : ", " + bytes + " bytes of the log before it are removed"));
    } catch (final RuntimeException e) {
      // The log is kept for longer; the next snapshot tries again.
      log.accept("member " + self.id() + ": removing old log failed: " + e.getMessage());
    }
  }

  private Cluster.Role role() {
    final Counter counter = consensus.clusterNodeRoleCounter();
    return counter.isClosed() ? Cluster.Role.FOLLOWER : Cluster.Role.get(counter);
  }

  private long commitPosition() {
    final Counter counter = consensus.commitPositionCounter();
    return counter.isClosed() ? 0 : Math.max(0, counter.get());
  }

  boolean isLeader() {
    return role() == Cluster.Role.LEADER;
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    aeron.close();
  }
}
