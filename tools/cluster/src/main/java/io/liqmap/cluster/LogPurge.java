package io.liqmap.cluster;

import io.aeron.Aeron;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.RecordingLog;
import java.io.File;

/**
 * Removes what a member no longer needs once it has a snapshot: files of the log before it, but for
 * the part that is to be kept. One thread.
 *
 * <pre>
 *   log   │ removed │ keep-log │ snapshot │ replayed at a start
 *         0         └ whole files only
 * </pre>
 */
final class LogPurge {
  private final File clusterFolder;
  private final AeronArchive.Context archive;
  private final long keepLog;
  private final int termLength;

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
      return until <= 0 ? 0 : purge(recording, until);
    }
  }

  private long purge(final long recording, final long until) {
    try (AeronArchive client = AeronArchive.connect(archive.clone())) {
      final long start = client.getStartPosition(recording);
      final long from = AeronArchive.segmentFileBasePosition(start, until, termLength, termLength);
      if (from <= start) {
        return 0;
      }
      client.purgeSegments(recording, from);
      return from - start;
    }
  }
}
