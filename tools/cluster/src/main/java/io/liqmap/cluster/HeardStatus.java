package io.liqmap.cluster;

import io.liqmap.cluster.protocol.MemberRole;
import io.liqmap.cluster.protocol.MemberStatusDecoder;
import io.liqmap.cluster.protocol.MessageHeaderDecoder;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * What a member said of itself last.
 *
 * @param heardNanos when, by this process's clock
 * @param progress of its state
 * @param role in its cluster
 * @param commitPosition up to which it knows that a majority has the log
 * @param settings hash of the settings that decide the state
 * @param processId of the member
 * @param java version
 * @param hashes of its state by counts of events
 */
record HeardStatus(
    long heardNanos,
    StateProgress progress,
    MemberRole role,
    long commitPosition,
    long settings,
    long processId,
    String java,
    Map<Long, Long> hashes) {

  /** Reads a message of a shard's member; null if it is none. */
  static HeardStatus read(
      final DirectBuffer buffer,
      final int offset,
      final int length,
      final Shard shard,
      final Member member) {
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    if (length < MessageHeaderDecoder.ENCODED_LENGTH + MemberStatusDecoder.BLOCK_LENGTH) {
      return null;
    }
    header.wrap(buffer, offset);
    if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
        || header.templateId() != MemberStatusDecoder.TEMPLATE_ID) {
      return null;
    }
    final MemberStatusDecoder status = new MemberStatusDecoder();
    status.wrapAndApplyHeader(buffer, offset, header);
    final Map<Long, Long> hashes = new TreeMap<>();
    for (final MemberStatusDecoder.HashesDecoder hash : status.hashes()) {
      hashes.put(hash.events(), hash.stateHash());
    }
    if (status.member() != member.id() || !status.shard().equals(shard.name())) {
      return null;
    }
    final String java = status.java();
    return new HeardStatus(
        System.nanoTime(),
        new StateProgress(
            status.logPosition(),
            status.snapshotPosition(),
            status.leader(),
            status.events(),
            status.sequence(),
            status.eventTime(),
            status.duplicates(),
            status.gaps(),
            status.refused(),
            status.trouble()),
        status.role(),
        status.commitPosition(),
        status.settings(),
        status.processId(),
        java,
        hashes);
  }
}
