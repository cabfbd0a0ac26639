package io.liqmap.cluster;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.security.AuthorisationService;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * How the settings configure the parts of one member; a context is used once.
 *
 * @param folder of the member: its archive and its cluster's files
 * @param transport folder of the media driver
 * @param onEnd what ended a part that the others need
 */
record NodeContexts(
    ClusterSettings settings,
    Shard shard,
    Member self,
    Path folder,
    Path transport,
    NodeErrors errors,
    Consumer<Throwable> onEnd) {
  /** Commands may be as large as a block of a feed. */
  static final String COMMAND_CHANNEL = "aeron:udp?term-length=16m";

  private static final String ARCHIVE_REQUESTS = "aeron:ipc?term-length=128k";
  private static final int ANSWER_TERM = 1 << 18;
  private static final long HEARTBEATS_PER_TIMEOUT = 10;
  private static final long ELECTION_STATUSES_PER_TIMEOUT = 10;
  private static final long CANVASS_TIMEOUTS = 4;
  private static final long LOW_SPACE = 64L << 20;

  Path archiveFolder() {
    return folder.resolve("archive");
  }

  Path clusterFolder() {
    return folder.resolve("cluster");
  }

  MediaDriver.Context driver() {
    return new MediaDriver.Context()
        .aeronDirectoryName(transport.toString())
        .dirDeleteOnStart(true)
        .dirDeleteOnShutdown(true)
        .threadingMode(ThreadingMode.SHARED)
        .sharedIdleStrategy(settings.idle())
        .termBufferSparseFile(true)
        .errorHandler(errors.of("transport"))
        .terminationHook(ending("the transport was ended"));
  }

  Archive.Context archive() {
    return new Archive.Context()
        .aeronDirectoryName(transport.toString())
        .archiveDir(archiveFolder().toFile())
        .controlChannel(self.archiveChannel(shard))
        .localControlChannel(ARCHIVE_REQUESTS)
        .replicationChannel(self.anyPort())
        .recordingEventsEnabled(false)
        .segmentFileLength(settings.termLength())
        .fileSyncLevel(settings.sync().ordinal())
        .catalogFileSyncLevel(settings.sync().ordinal())
        .lowStorageSpaceThreshold(LOW_SPACE)
        .threadingMode(ArchiveThreadingMode.SHARED)
        .idleStrategySupplier(settings::idle)
        .errorHandler(errors.of("archive"));
  }

  AeronArchive.Context archiveClient() {
    return new AeronArchive.Context()
        .aeronDirectoryName(transport.toString())
        .controlRequestChannel(ARCHIVE_REQUESTS)
        .controlResponseChannel(ARCHIVE_REQUESTS);
  }

  ConsensusModule.Context consensus() {
    final long timeout = settings.heartbeatTimeoutNanos();
    return new ConsensusModule.Context()
        .aeronDirectoryName(transport.toString())
        .clusterDir(clusterFolder().toFile())
        .clusterId(shard.number())
        .clusterMemberId(self.id())
        .clusterMembers(Member.cluster(settings.members(), shard))
        .ingressChannel(COMMAND_CHANNEL)
        .egressChannel("aeron:udp?term-length=" + ANSWER_TERM)
        .logChannel("aeron:udp?term-length=" + settings.termLength())
        .replicationChannel(self.anyPort())
        .archiveContext(archiveClient())
        .leaderHeartbeatTimeoutNs(timeout)
        .leaderHeartbeatIntervalNs(timeout / HEARTBEATS_PER_TIMEOUT)
        .electionTimeoutNs(timeout / 2)
        .electionStatusIntervalNs(timeout / ELECTION_STATUSES_PER_TIMEOUT)
        .startupCanvassTimeoutNs(timeout * CANVASS_TIMEOUTS)
        .sessionTimeoutNs(settings.sessionTimeoutNanos())
        .fileSyncLevel(settings.sync().ordinal())
        .authorisationServiceSupplier(() -> AuthorisationService.ALLOW_ALL)
        .idleStrategySupplier(settings::idle)
        .errorHandler(errors.of("consensus"))
        .terminationHook(ending("the consensus module has ended"));
  }

  ClusteredServiceContainer.Context container(final ClusteredService service) {
    return new ClusteredServiceContainer.Context()
        .aeronDirectoryName(transport.toString())
        .clusterDir(clusterFolder().toFile())
        .clusterId(shard.number())
        .archiveContext(archiveClient())
        .clusteredService(service)
        .idleStrategySupplier(settings::idle)
        .errorHandler(errors.of("service"))
        .terminationHook(ending("the service has ended"));
  }

  private Runnable ending(final String why) {
    return () -> onEnd.accept(new IllegalStateException(why));
  }
}
