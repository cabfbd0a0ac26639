package io.liqmap.cluster;

import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import io.liqmap.cluster.protocol.AnswerDecoder;
import io.liqmap.cluster.protocol.MessageHeaderDecoder;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * A client's connection to the cluster of one shard: is kept alive, follows changes of leader, and
 * connects again when it is lost. Never waits. One thread.
 */
final class ShardConnection implements AutoCloseable {
  private static final long KEEP_ALIVE_NANOS = 500_000_000L;
  private static final long RECONNECT_NANOS = 200_000_000L;

  private final Supplier<AeronCluster.Context> contexts;
  private final Events events;
  private AeronCluster.AsyncConnect connecting;
  private AeronCluster cluster;
  private long keptAlive;
  private long retryAt = System.nanoTime();
  private boolean hasFailed;
  private String trouble;

  /** What a client learns. */
  interface Events {
    void onConnected();

    /** What was sent may have been lost. */
    void onLost();

    /** Commands under way may have been lost. */
    void onNewLeader();

    void onAnswer(AnswerDecoder answer);
  }

  /** Connects when it works. */
  ShardConnection(
      final ClientTransport transport,
      final ClusterSettings settings,
      final Shard shard,
      final String answersTo,
      final Events events) {
    this.events = events;
    final Answers answers = new Answers();
    contexts =
        () ->
            transport
                .client(settings, shard, answersTo, answers)
                .messageTimeoutNs(settings.heartbeatTimeoutNanos() * 2)
                .newLeaderTimeoutNs(settings.heartbeatTimeoutNanos() * 4);
  }

  /** Does what is due, and receives; returns whether there was anything. */
  boolean work(final long now) {
    if (cluster == null) {
      return connect(now);
    }
    int work = 0;
    try {
      work = cluster.pollEgress() + cluster.pollStateChanges();
      if (now - keptAlive > KEEP_ALIVE_NANOS) {
        keptAlive = now;
        work += cluster.sendKeepAlive() ? 1 : 0;
      }
    } catch (final RuntimeException e) {
      fail(e);
    }
    if (hasFailed || cluster.isClosed()) {
      lose(now);
      return true;
    }
    return work > 0;
  }

  private void fail(final RuntimeException cause) {
    trouble = cause.getMessage();
    hasFailed = true;
  }

  private boolean connect(final long now) {
    if (now < retryAt) {
      return false;
    }
    try {
      if (connecting == null) {
        connecting = AeronCluster.asyncConnect(contexts.get());
      }
      cluster = connecting.poll();
    } catch (final RuntimeException e) {
      trouble = e.getMessage();
      CloseHelper.quietClose(connecting);
      connecting = null;
      retryAt = now + RECONNECT_NANOS;
      return false;
    }
    if (cluster == null) {
      return false;
    }
    connecting = null;
    keptAlive = now;
    events.onConnected();
    return true;
  }

  private void lose(final long now) {
    CloseHelper.quietClose(cluster);
    cluster = null;
    hasFailed = false;
    retryAt = now + RECONNECT_NANOS;
    events.onLost();
  }

  /** Sends a command; false if there is no connection, or no room, now. */
  boolean offer(final DirectBuffer command, final int length) {
    if (cluster == null || hasFailed) {
      return false;
    }
    try {
      final long result = cluster.offer(command, 0, length);
      hasFailed = result == Publication.MAX_POSITION_EXCEEDED;
      return result > 0;
    } catch (final RuntimeException e) {
      fail(e);
      return false;
    }
  }

  /** What went wrong last; null if nothing did. */
  String trouble() {
    return trouble;
  }

  private final class Answers implements EgressListener {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AnswerDecoder answer = new AnswerDecoder();

    @Override
    public void onMessage(
        final long clusterSessionId,
        final long timestamp,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final Header position) {
      header.wrap(buffer, offset);
      if (header.schemaId() == MessageHeaderDecoder.SCHEMA_ID
          && header.templateId() == AnswerDecoder.TEMPLATE_ID) {
        answer.wrapAndApplyHeader(buffer, offset, header);
        events.onAnswer(answer);
      }
    }

    @Override
    public void onNewLeader(
        final long clusterSessionId,
        final long leadershipTermId,
        final int leaderMemberId,
        final String ingressEndpoints) {
      events.onNewLeader();
    }
  }

  @Override
  public void close() {
    CloseHelper.quietCloseAll(connecting, cluster);
  }
}
