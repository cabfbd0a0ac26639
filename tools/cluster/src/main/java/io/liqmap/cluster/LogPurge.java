package io.liqmap.cluster;

import io.aeron.Aeron;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.RecordingLog;
import java.io.File;
import java.util.Comparator;
import java.util.List;

/**
 * Removes what a member no longer needs once it has a snapshot: files of the log before it, but for
 * the part that is to be kept, and all snapshots but the last two. One thread.
 *
 * <pre>
 *   log        │ removed │ keep-log │            │ replayed at a start
 *   snapshots    removed   removed    kept         kept, the last
 *              0         └ whole files only
 * </pre>
 */
final class LogPurge {
  private static final int KEPT_SNAPSHOTS = 2;

  private final File clusterFolder;
  private final AeronArchive.Context archive;
  private final long keepLog;
  private final int termLength;

  /** Position of the oldest snapshot that is kept: those before it are removed already. */
  private long oldestSnapshot;

  /**
   * Prepares it.
   *
   * @param archive of the member
   * @param keepLog bytes to keep before the last snapshot
   * @param termLength of the log, and length of its files
   */
  LogPurge(
      final File clusterFolder,
      final AeronArchive.Context archive,
      final long keepLog,
      final int termLength) {
    this.clusterFolder = clusterFolder;
    this.archive = archive;
    this.keepLog = keepLog;
    this.termLength = termLength;
  }

  /** Removes what can be; returns how many bytes of the log were removed. */
  long purge() {
    try (RecordingLog log = new RecordingLog(clusterFolder, false)) {
      final RecordingLog.Entry ofService = log.getLatestSnapshot(0);
      final RecordingLog.Entry ofConsensus =
          log.getLatestSnapshot(ConsensusModule.Configuration.SERVICE_ID);
      final long recording = log.findLastTermRecordingId();
      if (ofService == null || ofConsensus == null || recording == Aeron.NULL_VALUE) {
        return 0;
      }
      final long until =
          Math.min(ofService.logPosition, ofConsensus.logPosition) - Math.max(0, keepLog);
      try (AeronArchive client = AeronArchive.connect(archive.clone())) {
        purgeSnapshots(log, client);
        return until <= 0 ? 0 : purgeLog(client, recording, until);
      }
    }
  }

  /** A snapshot is a recording of the service and one of the consensus module, at one position. */
  private void purgeSnapshots(final RecordingLog log, final AeronArchive client) {
    final List<RecordingLog.Entry> snapshots =
        log.entries().stream()
            .filter((entry) -> entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT && entry.isValid)
            .filter((entry) -> entry.logPosition >= oldestSnapshot)
            .toList();
    final List<Long> positions =
        snapshots.stream()
            .map((entry) -> entry.logPosition)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    if (positions.size() <= KEPT_SNAPSHOTS) {
      return;
    }
    final long oldest = positions.get(KEPT_SNAPSHOTS - 1);
    for (final RecordingLog.Entry entry : snapshots) {
      if (entry.logPosition < oldest && exists(client, entry.recordingId)) {
        client.purgeRecording(entry.recordingId);
      }
    }
    oldestSnapshot = oldest;
  }

  /** The entry of a snapshot outlives its recording. */
  private static boolean exists(final AeronArchive client, final long recording) {
    return client.listRecording(
            recording,
            (session,
                correlation,
                id,
                startTime,
                stopTime,
                startPosition,
                stopPosition,
                initialTerm,
                segmentLength,
                term,
                mtu,
                publisher,
                stream,
                channel,
                original,
                source) -> {})
        > 0;
  }

  private long purgeLog(final AeronArchive client, final long recording, final long until) {
    final long start = client.getStartPosition(recording);
    final long from = AeronArchive.segmentFileBasePosition(start, until, termLength, termLength);
    if (from <= start) {
      return 0;
    }
    client.purgeSegments(recording, from);
    return from - start;
  }
}
