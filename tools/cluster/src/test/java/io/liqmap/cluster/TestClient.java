package io.liqmap.cluster;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.Header;
import io.liqmap.cluster.protocol.AnswerDecoder;
import io.liqmap.cluster.protocol.ApplyFramesEncoder;
import io.liqmap.cluster.protocol.BeginSessionEncoder;
import io.liqmap.cluster.protocol.EndSessionEncoder;
import io.liqmap.cluster.protocol.MessageHeaderDecoder;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.cluster.protocol.Outcome;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * A client that feeds a cluster on a thread of its own until it is asked to finish, and is as bad
 * as the network allows: it sends one block in a hundred again, and every block in flight when the
 * leader changes or an answer is late. It forgets what was acknowledged, so that frames that a
 * cluster loses after that are missing for ever.
 */
final class TestClient implements EgressListener, AutoCloseable {
  private static final int WINDOW = 64;
  private static final int AGAIN_ONE_IN = 100;
  private static final long LATE_NANOS = 1_000_000_000L;
  private static final long BETWEEN_REWINDS_NANOS = 100_000_000L;
  private static final long KEEP_ALIVE_NANOS = 500_000_000L;
  private static final int MESSAGE_SECONDS = 5;

  private final long session;
  private final NumberedBlocks blocks;
  private final SplittableRandom random;
  private final String ingress;
  private final String host;
  private final long betweenNanos;
  private final MediaDriver driver;
  private final Thread thread = new Thread(this::run, "client");

  private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
  private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
  private final ApplyFramesEncoder applyFrames = new ApplyFramesEncoder();
  private final BeginSessionEncoder beginSession = new BeginSessionEncoder();
  private final EndSessionEncoder endSession = new EndSessionEncoder();
  private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
  private final AnswerDecoder answer = new AnswerDecoder();

  private AeronCluster cluster;
  private boolean isConnected;
  private boolean hasBegun;
  private int firstInFlight;
  private int next;
  private int furthest;
  private long dueNanos;
  private long heardNanos;
  private long keptAliveNanos;
  private long rewoundNanos = System.nanoTime();

  private volatile boolean isFinishing;
  private volatile boolean isClosing;
  private volatile long acknowledged;
  private volatile long finalHash;
  private volatile long finalEvents;
  private volatile boolean hasEnded;
  private volatile Throwable failure;
  private final AtomicLong blocksSentAgain = new AtomicLong();
  private volatile String broken = "none broke";
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong leaderChanges = new AtomicLong();
  private volatile int sentBlocks;

  /**
   * Begins to feed.
   *
   * @param host where answers come to
   * @param betweenNanos between two blocks
   */
  TestClient(
      final long seed,
      final ClusterSettings settings,
      final String host,
      final Path transport,
      final long betweenNanos) {
    session = seed;
    blocks = new NumberedBlocks(seed);
    random = new SplittableRandom(seed);
    ingress = Member.ingress(settings.members(), settings.shards().get(0));
    this.host = host;
    this.betweenNanos = betweenNanos;
    driver =
        MediaDriver.launch(
            new MediaDriver.Context()
                .aeronDirectoryName(transport.toString())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idle())
                .termBufferSparseFile(true)
                .publicationTermBufferLength(1 << 20)
                .errorHandler((e) -> {}));
    thread.setDaemon(true);
    thread.start();
  }

  private static BackoffIdleStrategy idle() {
    return new BackoffIdleStrategy(1, 1, 1_000, 500_000);
  }

  private void run() {
    try {
      while (!isClosing && !hasEnded) {
        try {
          step();
        } catch (final AeronException e) {
          // On a new connection all that isn't acknowledged is sent again.
          broken = String.valueOf(e.getMessage()).split("[:=]", 2)[0];
          disconnect();
          LockSupport.parkNanos(50_000_000);
        }
      }
    } catch (final RuntimeException | Error e) {
      failure = e;
    } finally {
      disconnect();
    }
  }

  private void step() {
    if (cluster == null || cluster.isClosed()) {
      connect();
    }
    final int heard = cluster.pollEgress();
    final long now = System.nanoTime();
    if (now - heardNanos > LATE_NANOS && (next > firstInFlight || isFinishing || !hasBegun)) {
      sendAllAgain(now);
    }
    int sent = 0;
    if (!hasBegun) {
      LockSupport.parkNanos(100_000);
    } else if (isFinishing && next == furthest) {
      sent = firstInFlight == furthest ? end() : 0;
    } else if (next < furthest || (next - firstInFlight < WINDOW && now - dueNanos >= 0)) {
      sent = sendNext(now);
    }
    if (heard + sent == 0) {
      if (now - keptAliveNanos > KEEP_ALIVE_NANOS) {
        keptAliveNanos = now;
        cluster.sendKeepAlive();
      }
      LockSupport.parkNanos(200_000);
    }
  }

  private void connect() {
    connections.incrementAndGet();
    cluster =
        AeronCluster.connect(
            new AeronCluster.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .ingressChannel("aeron:udp?term-length=1m")
                .ingressEndpoints(ingress)
                .egressChannel("aeron:udp?term-length=1m|endpoint=" + host + ":0")
                .egressListener(this)
                .messageTimeoutNs(TimeUnit.SECONDS.toNanos(MESSAGE_SECONDS))
                .errorHandler((e) -> {}));
    isConnected = true;
    sendAllAgain(System.nanoTime());
  }

  private void disconnect() {
    if (isConnected) {
      isConnected = false;
      try {
        cluster.close();
      } catch (final AeronException e) {
        cluster = null;
      }
    }
    cluster = null;
  }

  /** Asks where to continue, and sends all that isn't acknowledged. */
  private void sendAllAgain(final long now) {
    heardNanos = now;
    blocksSentAgain.addAndGet(furthest - firstInFlight);
    next = firstInFlight;
    beginSession.wrapAndApplyHeader(out, 0, headerOut).session(session);
    offer(beginSession.limit());
  }

  private int sendNext(final long now) {
    if (next == furthest) {
      dueNanos = Math.max(dueNanos + betweenNanos, now - 10 * betweenNanos);
    }
    if (!send(next)) {
      return 0;
    }
    next++;
    furthest = Math.max(furthest, next);
    sentBlocks = furthest;
    if (random.nextInt(AGAIN_ONE_IN) == 0) {
      blocksSentAgain.incrementAndGet();
      // As likely one that was acknowledged as one that wasn't.
      send(Math.max(0, next - 1 - random.nextInt(WINDOW)));
    }
    return 1;
  }

  private boolean send(final int number) {
    final NumberedBlocks.Block block = blocks.get(number);
    applyFrames
        .wrapAndApplyHeader(out, 0, headerOut)
        .session(session)
        .first(block.first())
        .frameCount(block.frames())
        .putFrames(block.bytes(), 0, block.bytes().length);
    return offer(applyFrames.limit());
  }

  private int end() {
    endSession
        .wrapAndApplyHeader(out, 0, headerOut)
        .session(session)
        .frameCount(furthest == 0 ? 0 : blocks.get(furthest - 1).end());
    return offer(endSession.limit()) ? 1 : 0;
  }

  private boolean offer(final int length) {
    return cluster.offer(out, 0, length) > 0;
  }

  @Override
  public void onMessage(
      final long clusterSessionId,
      final long timestamp,
      final DirectBuffer buffer,
      final int offset,
      final int length,
      final Header header) {
    headerIn.wrap(buffer, offset);
    if (headerIn.templateId() != AnswerDecoder.TEMPLATE_ID) {
      return;
    }
    answer.wrapAndApplyHeader(buffer, offset, headerIn);
    heardNanos = System.nanoTime();
    final Outcome outcome = answer.outcome();
    if (outcome == Outcome.REFUSED) {
      throw new IllegalStateException("refused: " + answer);
    }
    if (outcome == Outcome.ENDED) {
      finalHash = answer.stateHash();
      finalEvents = answer.events();
      hasEnded = true;
      return;
    }
    hasBegun |= outcome == Outcome.ACCEPTED;
    while (firstInFlight < furthest && blocks.get(firstInFlight).end() <= answer.applied()) {
      acknowledged = blocks.get(firstInFlight).end();
      firstInFlight++;
    }
    next = Math.max(next, firstInFlight);
    if (outcome == Outcome.GAP && heardNanos - rewoundNanos > BETWEEN_REWINDS_NANOS) {
      // Each block after the missing ones is answered so: only the first answer counts.
      rewoundNanos = heardNanos;
      blocksSentAgain.addAndGet(next - firstInFlight);
      next = firstInFlight;
    }
  }

  @Override
  public void onNewLeader(
      final long clusterSessionId,
      final long leadershipTermId,
      final int leaderMemberId,
      final String ingressEndpoints) {
    leaderChanges.incrementAndGet();
    blocksSentAgain.addAndGet(next - firstInFlight);
    next = firstInFlight;
  }

  /** Frames that were acknowledged. */
  long acknowledged() {
    requireNoFailure();
    return acknowledged;
  }

  /** Waits until some frames more were acknowledged; returns how long that took. */
  long awaitProgress(final int frames) {
    final long from = acknowledged();
    return Await.until(
        () -> frames + " frames after " + from + ": " + this,
        () -> acknowledged() >= from + frames);
  }

  /** Sends no more frames, and waits until all are acknowledged and the session has ended. */
  void finish() {
    isFinishing = true;
    Await.until(
        () -> "all frames acknowledged: " + this,
        () -> {
          requireNoFailure();
          return hasEnded;
        });
  }

  private void requireNoFailure() {
    if (failure != null) {
      throw new AssertionError("the client failed", failure);
    }
  }

  /** The cluster's hash at the session's end. */
  long finalHash() {
    return finalHash;
  }

  long finalEvents() {
    return finalEvents;
  }

  /** All that was sent, in order and once. */
  int blocks() {
    return sentBlocks;
  }

  NumberedBlocks.Block block(final int number) {
    return blocks.get(number);
  }

  @Override
  public String toString() {
    return String.format(
        "%d blocks sent and %d again, %d frames acknowledged, %d connections (%s), %d leaders",
        sentBlocks,
        blocksSentAgain.get(),
        acknowledged,
        connections.get(),
        broken,
        leaderChanges.get());
  }

  @Override
  public void close() {
    isClosing = true;
    try {
      thread.join(10_000);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    driver.close();
  }
}
