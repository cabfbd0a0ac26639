package io.liqmap.cluster;

import io.aeron.Publication;
import io.aeron.cluster.service.Cluster;
import io.liqmap.cluster.protocol.MemberRole;
import io.liqmap.cluster.protocol.MemberStatusEncoder;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.tools.hashes.HashLog;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Publishes a member's status; nothing waits for readers. One thread. */
final class StatusMessage {
  static final int STREAM = 4_105;

  private static final int MOST_TROUBLE = 256;
  private static final int BYTES = 4_096;

  private final Shard shard;
  private final Member self;
  private final MemberHashes hashes;
  private final long settingsHash;
  private final int hashEvery;
  private final String java;
  private final long processId = ProcessHandle.current().pid();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BYTES]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MemberStatusEncoder status = new MemberStatusEncoder();

  StatusMessage(
      final ClusterSettings settings,
      final Shard shard,
      final Member self,
      final MemberHashes hashes) {
    this.shard = shard;
    this.self = self;
    this.hashes = hashes;
    settingsHash = SettingsHash.of(settings.engine().engine());
    hashEvery = settings.hashEvery();
    java = Runtime.version().toString();
  }

  void publish(
      final Publication publication,
      final StateProgress progress,
      final Cluster.Role role,
      final long commitPosition) {
    if (!publication.isConnected()) {
      return;
    }
    final List<HashLog.Line> last = hashes.recent();
    final MemberStatusEncoder.HashesEncoder group =
        status
            .wrapAndApplyHeader(buffer, 0, header)
            .member(self.id())
            .leader(progress.leader())
            .logPosition(progress.logPosition())
            .commitPosition(commitPosition)
            .snapshotPosition(progress.snapshotPosition())
            .events(progress.events())
            .sequence(progress.sequence())
            .eventTime(progress.eventTime())
            .duplicates(progress.duplicates())
            .gaps(progress.gaps())
            .refused(progress.refused())
            .settings(settingsHash)
            .processId(processId)
            .sent(System.currentTimeMillis() * 1_000_000L)
            .hashEvery(hashEvery)
            .role(role(role))
            .hashesCount(last.size());
    for (final HashLog.Line hash : last) {
      group.next().events(hash.events()).stateHash(hash.hash());
    }
    final String trouble = progress.trouble();
    status
        .shard(shard.name())
        .java(java)
        .trouble(trouble.substring(0, Math.min(MOST_TROUBLE, trouble.length())));
    // A status that isn't sent now is followed by a newer one.
    final long ignored =
        publication.offer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + status.encodedLength());
    assert ignored != 0;
  }

  private static MemberRole role(final Cluster.Role role) {
    return switch (role) {
      case FOLLOWER -> MemberRole.FOLLOWER;
      case CANDIDATE -> MemberRole.CANDIDATE;
      case LEADER -> MemberRole.LEADER;
    };
  }
}
