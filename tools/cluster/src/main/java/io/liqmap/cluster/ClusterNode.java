package io.liqmap.cluster;

import io.aeron.archive.client.ArchiveException;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.service.ClusteredServiceContainer;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.agrona.CloseHelper;

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

  private final ClusterSettings settings;
  private final Shard shard;
  private final Member self;
  private final Consumer<String> log;
  private final Path folder;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean isClosing;

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
    MemberPorts.requireFree(self, shard);
    final Path transport = settings.transport(shard, self.id());
    final NodeContexts contexts =
        new NodeContexts(
            settings,
            shard,
            self,
            folder,
            transport,
            new NodeErrors(log, this::fail, () -> service.progress().logPosition()),
            this::fail);
    // Left by a killed process they would say for ten seconds that it runs; the lock knows better.
    for (final String mark : MARKS) {
      Files.deleteIfExists(contexts.clusterFolder().resolve(mark));
      Files.deleteIfExists(contexts.archiveFolder().resolve(mark));
    }
    final Path share = settings.share(shard, self.id());
    FolderAccess.requireOwn(share);
    hashes = MemberHashes.open(settings.hashes(shard, self.id()), settings.hashEvery());
    final LiqmapConfig engine = settings.engine();
    final Outputs outputs =
        Outputs.share(
            share, engine.sharing().view(engine.engine()), engine.sharing().eventBytes(), hashes);
    service = new ShardService(engine.engine(), outputs, hashes, this::fail);
    driver = launchDriver(contexts);
    container = ClusteredServiceContainer.launch(contexts.container(service));
    final LogPurge purge =
        new LogPurge(
            contexts.clusterFolder().toFile(),
            contexts.archiveClient(),
            settings.keepLog(),
            settings.termLength());
    watch = new NodeWatch(settings, shard, self, service, hashes, driver, transport, purge, log);
    watch.start();
  }

  private ClusteredMediaDriver launchDriver(final NodeContexts contexts) throws IOException {
    try {
      return launch(contexts);
    } catch (final ArchiveException e) {
      final Path logs = contexts.archiveFolder();
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
      return launch(contexts);
    }
  }

  private static ClusteredMediaDriver launch(final NodeContexts contexts) {
    return ClusteredMediaDriver.launch(contexts.driver(), contexts.archive(), contexts.consensus());
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

  /** Ends the member. Any thread. */
  void fail(final Throwable cause) {
    // Parts that end since the member is closed aren't a failure.
    if (!isClosing) {
      failure.compareAndSet(null, cause);
    }
    ended.countDown();
  }

  /** Waits until the member has ended; returns why it did by itself, null if it was closed. */
  Throwable awaitFailure() throws InterruptedException {
    ended.await();
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
    isClosing = true;
    CloseHelper.quietCloseAll(watch, container, driver, service, hashes, lock);
    ended.countDown();
  }
}
