package io.liqmap.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.liqmap.engine.pipeline.EngineException;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.settings.EngineSettings;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentTerminationException;

/**
 * A shard's state machine as a service of Aeron Cluster: on each member it applies the commands of
 * the log, and on the leader its answers are sent.
 */
final class ShardService implements ClusteredService, AutoCloseable {
  private static final long CATCH_UP_NANOS = 10_000_000L;
  private static final long REPORT_NANOS = 50_000_000L;
  private static final int OFFERS = 3;

  private final EngineSettings settings;
  private final long settingsHash;
  private final Outputs outputs;
  private final MemberHashes hashes;
  private final Consumer<Throwable> onFailure;

  private Cluster cluster;
  private ShardMachine machine;
  private int leader = -1;
  private long snapshotPosition;
  private long caughtUp;
  private long reported;
  private volatile StateProgress progress = StateProgress.NONE;

  /**
   * Prepares the service.
   *
   * @param outputs with the log of hashes as their listener; closed with the service
   * @param onFailure what ended the service; the member has to end too
   */
  ShardService(
      final EngineSettings settings,
      final Outputs outputs,
      final MemberHashes hashes,
      final Consumer<Throwable> onFailure) {
    this.settings = settings;
    this.settingsHash = SettingsHash.of(settings);
    this.outputs = outputs;
    this.hashes = hashes;
    this.onFailure = onFailure;
  }

  @Override
  public void onStart(final Cluster started, final Image snapshotImage) {
    cluster = started;
    try {
      if (snapshotImage == null) {
        machine = ShardMachine.start(settings, null, outputs);
      } else {
        final SnapshotLoad snapshot = new SnapshotLoad();
        snapshot.read(snapshotImage, cluster.idleStrategy(), settingsHash);
        machine = ShardMachine.start(settings, snapshot.state(), outputs);
        snapshot.verify(machine.state().stateHash());
        snapshotPosition = cluster.logPosition();
      }
    } catch (final IOException | RuntimeException e) {
      throw end(e);
    }
    report();
  }

  @Override
  public void onSessionMessage(
      final ClientSession session,
      final long timestamp,
      final DirectBuffer buffer,
      final int offset,
      final int length,
      final Header header) {
    try {
      machine.onCommand(buffer, offset, length);
    } catch (final EngineException | RuntimeException e) {
      throw end(e);
    }
    if (hashes.difference() != null) {
      throw end(new IllegalStateException(hashes.difference()));
    }
    if (session != null) {
      answer(session);
    }
    reportIfDue(System.nanoTime());
  }

  /** A client that lost an answer asks again, so an answer that isn't sent at once is dropped. */
  private void answer(final ClientSession session) {
    for (int i = 0; i < OFFERS; i++) {
      if (session.offer(machine.answer(), 0, ShardMachine.ANSWER_BYTES) > 0) {
        return;
      }
    }
  }

  private AgentTerminationException end(final Throwable cause) {
    onFailure.accept(cause);
    return new AgentTerminationException(cause);
  }

  @Override
  public int doBackgroundWork(final long nowNanos) {
    final long now = System.nanoTime();
    if (machine == null || now - caughtUp < CATCH_UP_NANOS) {
      return 0;
    }
    caughtUp = now;
    machine.catchUp();
    reportIfDue(now);
    return 1;
  }

  private void reportIfDue(final long now) {
    if (now - reported > REPORT_NANOS) {
      reported = now;
      report();
    }
  }

  private void report() {
    progress =
        new StateProgress(
            cluster.logPosition(),
            snapshotPosition,
            leader,
            machine.state().events(),
            machine.lastSequence(),
            machine.state().time(),
            machine.duplicates(),
            machine.gaps(),
            machine.refused(),
            hashes.failure() == null ? "" : hashes.failure());
  }

  /** How far the state has come, up to a twentieth of a second ago; any thread. */
  StateProgress progress() {
    return progress;
  }

  @Override
  public void onTakeSnapshot(final ExclusivePublication publication) {
    try {
      new SnapshotWriter(publication, cluster.idleStrategy()).write(machine, settingsHash);
    } catch (final RuntimeException e) {
      throw end(e);
    }
    snapshotPosition = cluster.logPosition();
    report();
  }

  @Override
  public void onNewLeadershipTermEvent(
      final long leadershipTermId,
      final long logPosition,
      final long timestamp,
      final long termBaseLogPosition,
      final int leaderMemberId,
      final int logSessionId,
      final TimeUnit timeUnit,
      final int appVersion) {
    leader = leaderMemberId;
    report();
  }

  @Override
  public void onSessionOpen(final ClientSession session, final long timestamp) {
    // Feed sessions begin by a command.
  }

  @Override
  public void onSessionClose(
      final ClientSession session, final long timestamp, final CloseReason reason) {
    // A feed session outlives its client.
  }

  @Override
  public void onTimerEvent(final long correlationId, final long timestamp) {
    // Time comes from events alone.
  }

  @Override
  public void onRoleChange(final Cluster.Role newRole) {
    // The state is the same in each role.
  }

  @Override
  public void onTerminate(final Cluster ended) {
    // The member closes it.
  }

  /** Ends view and events; after the cluster's threads have ended. */
  @Override
  public void close() {
    if (machine != null) {
      machine.close();
    }
  }
}
