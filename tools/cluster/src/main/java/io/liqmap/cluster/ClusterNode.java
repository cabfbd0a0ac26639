package io.liqmap.cluster;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.security.AuthorisationService;
import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.pipeline.Outputs;
import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.tools.hashes.HashLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * One member of one shard: transport, archive, consensus and state machine in this process.
 *
 * <pre>
 *   clients ──▶ consensus module ──▶ log ──▶ archive (folder/archive)
 *                   ▲    │                      │ when a majority has it
 *   other members ◀─┘    ▼                      ▼
 *                     elections            state machine ──▶ view, events, counters, hashes
 * </pre>
 */
final class ClusterNode implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final List<String> MARKS =
      List.of("cluster-mark.dat", "cluster-mark-service-0.dat", "archive-mark.dat");
  private static final String ARCHIVE_REQUESTS = "aeron:ipc?term-length=128k";

  /** Commands may be as large as a block of a feed. */
  static final String COMMAND_CHANNEL = "aeron:udp?term-length=16m";

  private static final int ANSWER_TERM = 1 << 18;
  private static final long HEARTBEATS_PER_TIMEOUT = 10;
  private static final long ELECTION_STATUSES_PER_TIMEOUT = 10;
  private static final long CANVASS_TIMEOUTS = 4;
  private static final long LOW_SPACE = 64L << 20;

  private final ClusterSettings settings;
  private final Shard shard;
  private final Member self;
  private final Consumer<String> log;
  private final Path folder;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private NodeErrors errors;
  private HeldFile lock;
  private MemberHashes hashes;
  private ShardService service;
  private ClusteredMediaDriver driver;
  private ClusteredServiceContainer container;
  private NodeWatch watch;

  private ClusterNode(
      final ClusterSettings settings,
      final Shard shard,
      final int member,
      final Consumer<String> log) {
    this.settings = settings;
    this.shard = shard;
    this.self = settings.members().get(member);
    this.log = log;
    this.folder = settings.folder(shard, member);
  }

  /**
   * Starts a member; it takes state and log from its folder, and what it lacks from the others.
   *
   * @param log what an operator should know, a line at a time
   * @throws IOException if a folder is held by another process, or isn't writable
   */
  static ClusterNode launch(
      final ClusterSettings settings,
      final Shard shard,
      final int member,
      final Consumer<String> log)
      throws IOException {
    final ClusterNode node = new ClusterNode(settings, shard, member, log);
    try {
      node.start();
      return node;
    } catch (final IOException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private void start() throws IOException {
    FolderAccess.requireOwn(folder);
    lock = hold(folder.resolve(LOCK));
    // Left by a killed process they would say for ten seconds that it runs; the lock knows better.
    for (final String mark : MARKS) {
      Files.deleteIfExists(folder.resolve("cluster").resolve(mark));
      Files.deleteIfExists(folder.resolve("archive").resolve(mark));
    }
    final Path transport = settings.transport(shard, self.id());
    final Path share = settings.share(shard, self.id());
    FolderAccess.requireOwn(share);
    hashes = MemberHashes.open(settings.hashes(shard, self.id()), settings.hashEvery());
    final LiqmapConfig engine = settings.engine();
    final Outputs outputs =
        Outputs.share(
            share, engine.sharing().view(engine.engine()), engine.sharing().eventBytes(), hashes);
    service = new ShardService(engine.engine(), outputs, hashes, this::fail);
    errors = new NodeErrors(log, this::fail, () -> service.progress().logPosition());
    driver = launchDriver(transport);
    container = ClusteredServiceContainer.launch(container(transport));
    final LogPurge purge =
        new LogPurge(
            folder.resolve("cluster").toFile(),
            archiveClient(transport),
            settings.keepLog(),
            settings.termLength());
    watch = new NodeWatch(settings, shard, self, service, hashes, driver, transport, purge, log);
    watch.start();
  }

  private ClusteredMediaDriver launchDriver(final Path transport) throws IOException {
    try {
      return ClusteredMediaDriver.launch(
          driver(transport), archive(transport), consensus(transport));
    } catch (final ArchiveException e) {
      final Path logs = folder.resolve("archive");
      log.accept("the log may end inside a message, cutting that off: " + e.getMessage());
      if (!LogRepair.repair(logs.toFile())) {
        throw new IOException(
            logs
                + ": is damaged: "
                + e.getMessage()
                + "; remove "
                + folder
                + ", so that the member takes the log from the others, if those run",
            e);
      }
      return ClusteredMediaDriver.launch(
          driver(transport), archive(transport), consensus(transport));
    }
  }

  private static HeldFile hold(final Path file) throws IOException {
    final HeldFile held = Files.exists(file) ? HeldFile.acquire(file) : HeldFile.create(file);
    if (held == null) {
      throw new IOException(
          file.getParent()
              + ": another process runs this member; stop that one, or name another --member");
    }
    return held;
  }

  private MediaDriver.Context driver(final Path transport) {
    return new MediaDriver.Context()
        .aeronDirectoryName(transport.toString())
        .dirDeleteOnStart(true)
        .dirDeleteOnShutdown(true)
        .threadingMode(ThreadingMode.SHARED)
        .sharedIdleStrategy(idle())
        .termBufferSparseFile(true)
        .errorHandler(errors.of("transport"))
        .terminationHook(() -> fail(new IllegalStateException("the transport was ended")));
  }

  private Archive.Context archive(final Path transport) {
    return new Archive.Context()
        .aeronDirectoryName(transport.toString())
        .archiveDir(folder.resolve("archive").toFile())
        .controlChannel(self.archiveChannel(shard))
        .localControlChannel(ARCHIVE_REQUESTS)
        .replicationChannel(self.anyPort())
        .recordingEventsEnabled(false)
        .segmentFileLength(settings.termLength())
        .fileSyncLevel(settings.sync().ordinal())
        .catalogFileSyncLevel(settings.sync().ordinal())
        .lowStorageSpaceThreshold(LOW_SPACE)
        .threadingMode(ArchiveThreadingMode.SHARED)
        .idleStrategySupplier(ClusterNode::idle)
        .errorHandler(errors.of("archive"));
  }

  private AeronArchive.Context archiveClient(final Path transport) {
    return new AeronArchive.Context()
        .aeronDirectoryName(transport.toString())
        .controlRequestChannel(ARCHIVE_REQUESTS)
        .controlResponseChannel(ARCHIVE_REQUESTS);
  }

  private ConsensusModule.Context consensus(final Path transport) {
    final long timeout = settings.heartbeatTimeoutNanos();
    return new ConsensusModule.Context()
        .aeronDirectoryName(transport.toString())
        .clusterDir(folder.resolve("cluster").toFile())
        .clusterId(shard.number())
        .clusterMemberId(self.id())
        .clusterMembers(Member.cluster(settings.members(), shard))
        .ingressChannel(COMMAND_CHANNEL)
        .egressChannel("aeron:udp?term-length=" + ANSWER_TERM)
        .logChannel("aeron:udp?term-length=" + settings.termLength())
        .replicationChannel(self.anyPort())
        .archiveContext(archiveClient(transport))
        .leaderHeartbeatTimeoutNs(timeout)
        .leaderHeartbeatIntervalNs(timeout / HEARTBEATS_PER_TIMEOUT)
        .electionTimeoutNs(timeout / 2)
        .electionStatusIntervalNs(timeout / ELECTION_STATUSES_PER_TIMEOUT)
        .startupCanvassTimeoutNs(timeout * CANVASS_TIMEOUTS)
        .sessionTimeoutNs(settings.sessionTimeoutNanos())
        .fileSyncLevel(settings.sync().ordinal())
        .authorisationServiceSupplier(() -> AuthorisationService.ALLOW_ALL)
        .idleStrategySupplier(ClusterNode::idle)
        .errorHandler(errors.of("consensus"))
        .terminationHook(() -> fail(new IllegalStateException("the consensus module has ended")));
  }

  private ClusteredServiceContainer.Context container(final Path transport) {
    return new ClusteredServiceContainer.Context()
        .aeronDirectoryName(transport.toString())
        .clusterDir(folder.resolve("cluster").toFile())
        .clusterId(shard.number())
        .archiveContext(archiveClient(transport))
        .clusteredService(service)
        .idleStrategySupplier(ClusterNode::idle)
        .errorHandler(errors.of("service"))
        .terminationHook(() -> fail(new IllegalStateException("the service has ended")));
  }

  /** How threads of members and clients wait. */
  static IdleStrategy idle() {
    return new BackoffIdleStrategy(
        10, 10, TimeUnit.MICROSECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(1));
  }

  /** Ends the member. Any thread. */
  void fail(final Throwable cause) {
    failure.compareAndSet(null, cause);
    ended.countDown();
  }

  /** Waits until the member has ended by itself; returns why. */
  Throwable awaitFailure() throws InterruptedException {
    ended.await();
    return failure.get();
  }

  /** Why the member ended by itself; null while it runs. */
  Throwable failure() {
    return failure.get();
  }

  /** How far its state has come. */
  StateProgress progress() {
    return service.progress();
  }

  /** Whether it leads. */
  boolean isLeader() {
    return watch.isLeader();
  }

  /** Whether it takes commands: no snapshot is under way. */
  boolean isSettled() {
    return watch.isSettled();
  }

  /** The last hashes of its state. */
  List<HashLog.Line> hashes() {
    return hashes.recent();
  }

  @Override
  public void close() {
    // Its own end isn't a failure.
    failure.compareAndSet(null, new IllegalStateException("closed"));
    CloseHelper.quietCloseAll(watch, container, driver, service, hashes, lock);
    ended.countDown();
  }
}
