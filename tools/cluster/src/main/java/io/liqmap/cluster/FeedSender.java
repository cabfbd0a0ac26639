package io.liqmap.cluster;

import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import io.liqmap.cluster.protocol.AnswerDecoder;
import io.liqmap.cluster.protocol.BeginSessionEncoder;
import io.liqmap.cluster.protocol.EndSessionEncoder;
import io.liqmap.cluster.protocol.MessageHeaderDecoder;
import io.liqmap.cluster.protocol.MessageHeaderEncoder;
import io.liqmap.cluster.protocol.Outcome;
import io.liqmap.engine.feed.FrameCursor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends a feed session to one shard, at least once: keeps what isn't acknowledged, and after a
 * change of leader, a lost connection or a gap asks where to continue and sends from there. One
 * thread.
 *
 * <pre>
 *   CONNECTING ─▶ BEGINNING ─▶ STREAMING ─▶ ENDING ─▶ DONE
 *       ▲  lost       ▲  silence, new leader │  │
 *       └─────────────┴──────────────────────┴──┘
 * </pre>
 */
final class FeedSender implements AutoCloseable {
  /** Frames of a command, in bytes, where one frame isn't longer. */
  static final int PIECE_BYTES = 16 << 10;

  private static final int WINDOW = 64;
  private static final long ASK_AGAIN_NANOS = 1_000_000_000L;
  private static final long KEEP_ALIVE_NANOS = 500_000_000L;
  private static final long RECONNECT_NANOS = 200_000_000L;

  private enum Stage {
    CONNECTING,
    BEGINNING,
    STREAMING,
    ENDING,
    DONE
  }

  private final ClientTransport transport;
  private final ClusterSettings settings;
  private final Shard shard;
  private final String answersTo;
  private final long session;
  private final Answers answers = new Answers();
  private final ShardReport report;

  private Stage stage = Stage.CONNECTING;
  private AeronCluster.AsyncConnect connecting;
  private AeronCluster cluster;

  /**
   * Not acknowledged, in the order of the session; the first {@link #sent} of them are under way.
   */
  private final Deque<Piece> pieces = new ArrayDeque<>();

  private final Deque<Piece> spare = new ArrayDeque<>();
  private Piece open = new Piece();
  private int sent;

  /** Sent ones from here on were sent before. */
  private long everSent;

  private String refusal;
  private boolean hasBegun;
  private boolean isClosing;
  private boolean isRequiredLater;
  private long frames;
  private long applied;
  private long follows;
  private long gapAt = -1;
  private long progressed;
  private long asked;
  private long keptAlive;
  private long retryAt;
  private long interrupted;

  private final UnsafeBuffer request = new UnsafeBuffer(new byte[64]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final BeginSessionEncoder begin = new BeginSessionEncoder();
  private final EndSessionEncoder end = new EndSessionEncoder();

  /**
   * Prepares a session.
   *
   * @param answersTo channel of this client, which the members send answers to
   */
  FeedSender(
      final ClientTransport transport,
      final ClusterSettings settings,
      final Shard shard,
      final String answersTo,
      final long session) {
    this.transport = transport;
    this.settings = settings;
    this.shard = shard;
    this.answersTo = answersTo;
    this.session = session;
    this.report = new ShardReport(shard.name());
    final long now = System.nanoTime();
    progressed = now;
    retryAt = now;
    open.begin(0);
  }

  /** Whether the cluster has said how far the session is. */
  boolean hasBegun() {
    return hasBegun;
  }

  /** Sequence of the last message before the session. */
  long follows() {
    return follows;
  }

  /** Whether no frame may be added until more are acknowledged. */
  boolean isFull() {
    return pieces.size() >= WINDOW;
  }

  boolean isDone() {
    return stage == Stage.DONE;
  }

  /** Whether all frames that were added are acknowledged. */
  boolean isAcknowledged() {
    return hasBegun && open.isEmpty() && pieces.isEmpty();
  }

  /** Time since anything was acknowledged, ns. */
  long silence() {
    return System.nanoTime() - progressed;
  }

  ShardReport report() {
    return report;
  }

  /** Adds the session's next frame; its block may be reused. */
  void add(
      final DirectBuffer block,
      final int offset,
      final int length,
      final long shift,
      final boolean isLast) {
    if (frames == 0 && isRequiredLater && isNumbered(length)) {
      checkLater(FrameCursor.sequence(block, offset) - shift);
    }
    frames++;
    if (frames <= applied) {
      // Another client, or an earlier run, had it applied.
      report.before++;
      open.begin(frames);
      return;
    }
    open.add(block, offset, length, shift);
    if (isLast || open.framesLength() >= PIECE_BYTES) {
      flush();
    }
  }

  private static boolean isNumbered(final int length) {
    return length >= FrameCursor.SEQUENCE_OFFSET + Long.BYTES;
  }

  /** A feed whose messages count as repeats of another's would be lost without an error. */
  private void checkLater(final long sequence) {
    if (follows > 0 && sequence <= follows) {
      refusal =
          "shard "
              + shard.name()
              + ": the feed starts at sequence "
              + sequence
              + ", but the cluster had another one up to "
              + follows
              + ", so that its messages would count as repeats; give feeds of the same time to one command, which"
              + " merges them";
    }
  }

  /** Has the session refused if it starts before the end of the shard's last one. */
  void requireLater(final boolean isRequired) {
    isRequiredLater = isRequired;
  }

  /** Has the frames sent that a command isn't full of yet. */
  void flush() {
    if (open.isEmpty()) {
      return;
    }
    open.finish(session);
    pieces.add(open);
    open = spare.isEmpty() ? new Piece() : spare.poll();
    open.begin(frames);
  }

  /** The same where nothing is under way: a feed that is slow doesn't wait for more. */
  void flushIfIdle() {
    if (pieces.isEmpty()) {
      flush();
    }
  }

  /** Why sending is no use; null while it is. */
  String refusal() {
    return refusal;
  }

  /** The feed has ended: the session ends when all is acknowledged. */
  void end() {
    flush();
    isClosing = true;
  }

  /** Sends and receives what can be without waiting; returns whether anything was. */
  boolean work() {
    final long now = System.nanoTime();
    if (cluster == null) {
      return connect(now);
    }
    if (cluster.isClosed()) {
      lost(now);
      return true;
    }
    final int before = pieces.size();
    int work = 0;
    try {
      work += cluster.pollEgress() + cluster.pollStateChanges();
      if (cluster.isClosed()) {
        lost(now);
        return true;
      }
      work += send(now);
      if (now - keptAlive > KEEP_ALIVE_NANOS) {
        keptAlive = now;
        work += cluster.sendKeepAlive() ? 1 : 0;
      }
    } catch (final RuntimeException e) {
      report.trouble = e.getMessage();
      lost(now);
    }
    return work > 0 || pieces.size() != before;
  }

  private boolean connect(final long now) {
    if (now < retryAt) {
      return false;
    }
    try {
      if (connecting == null) {
        connecting =
            AeronCluster.asyncConnect(
                transport
                    .client(settings, shard, answersTo, answers)
                    .messageTimeoutNs(settings.heartbeatTimeoutNanos() * 2)
                    .newLeaderTimeoutNs(settings.heartbeatTimeoutNanos() * 4));
      }
      cluster = connecting.poll();
    } catch (final RuntimeException e) {
      report.trouble = e.getMessage();
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
    askWhere();
    return true;
  }

  private void lost(final long now) {
    CloseHelper.quietClose(cluster);
    cluster = null;
    retryAt = now + RECONNECT_NANOS;
    if (stage != Stage.DONE) {
      stage = Stage.CONNECTING;
      interrupt();
    }
  }

  /** Counts a change of leader, or a connection that was lost. */
  private void interrupt() {
    if (hasBegun && interrupted == 0) {
      interrupted = progressed;
      report.failovers++;
    }
  }

  private void askWhere() {
    stage = Stage.BEGINNING;
    asked = 0;
  }

  private int send(final long now) {
    switch (stage) {
      case BEGINNING -> {
        if (isAskDue(now)) {
          begin.wrapAndApplyHeader(request, 0, header).session(session);
          return ask(now, begin.encodedLength());
        }
      }
      case STREAMING -> {
        return stream(now);
      }
      case ENDING -> {
        if (isAskDue(now)) {
          end.wrapAndApplyHeader(request, 0, header).session(session).frameCount(frames);
          return ask(now, end.encodedLength());
        }
      }
      case CONNECTING, DONE -> {}
    }
    return 0;
  }

  private boolean isAskDue(final long now) {
    return asked == 0 || now - asked > ASK_AGAIN_NANOS;
  }

  private int ask(final long now, final int length) {
    if (!offer(request, MessageHeaderEncoder.ENCODED_LENGTH + length)) {
      return 0;
    }
    asked = now;
    return 1;
  }

  private int stream(final long now) {
    if (sent > 0 && now - progressed > ASK_AGAIN_NANOS && now - asked > ASK_AGAIN_NANOS) {
      askWhere();
      return 1;
    }
    if (isClosing && pieces.isEmpty()) {
      stage = Stage.ENDING;
      asked = 0;
      return 1;
    }
    int offered = 0;
    int at = 0;
    for (final Piece piece : pieces) {
      if (at == sent) {
        if (!offer(piece.buffer(), piece.length())) {
          break;
        }
        if (sent == 0 && offered == 0) {
          // The silence of an idle feed isn't the cluster's.
          progressed = Math.max(progressed, interrupted == 0 ? now : progressed);
        }
        sent++;
        offered++;
        report.resent += piece.next() <= everSent ? 1 : 0;
        everSent = Math.max(everSent, piece.next());
      }
      at++;
    }
    return offered;
  }

  private boolean offer(final DirectBuffer message, final int length) {
    final long result = cluster.offer(message, 0, length);
    if (result == Publication.MAX_POSITION_EXCEEDED) {
      cluster.close();
    }
    return result > 0;
  }

  private void acknowledge(final AnswerDecoder answer) {
    if (answer.applied() > applied || stage == Stage.BEGINNING) {
      final long now = System.nanoTime();
      if (interrupted != 0) {
        report.longestFailoverNanos = Math.max(report.longestFailoverNanos, now - interrupted);
        interrupted = 0;
      }
      progressed = now;
    }
    applied = Math.max(applied, answer.applied());
    while (!pieces.isEmpty() && pieces.peek().next() <= applied) {
      spare.add(pieces.poll());
      sent = Math.max(0, sent - 1);
    }
    report.frames = applied;
    report.sequence = answer.sequence();
    report.events = answer.events();
  }

  private void onAnswer(final AnswerDecoder answer) {
    if (answer.session() != session) {
      return;
    }
    final Outcome outcome = answer.outcome();
    if (outcome == Outcome.UNKNOWN_SESSION) {
      askWhere();
      return;
    }
    final boolean isBeginning = stage == Stage.BEGINNING;
    if (isBeginning && answer.applied() < applied) {
      refusal =
          "shard "
              + shard.name()
              + ": "
              + applied
              + " frames of session "
              + session
              + " were acknowledged, but the cluster now has "
              + answer.applied()
              + ": its folders were removed, or it forgot the session; give the whole feed again";
      return;
    }
    acknowledge(answer);
    if (isBeginning) {
      follows = answer.follows();
      hasBegun = true;
      gapAt = -1;
      sent = 0;
      stage = Stage.STREAMING;
    } else if (outcome == Outcome.GAP && answer.applied() != gapAt) {
      // Each command behind the gap is answered alike: once is enough.
      report.gaps++;
      gapAt = answer.applied();
      sent = 0;
      stage = Stage.STREAMING;
    } else if (stage == Stage.ENDING) {
      if (outcome == Outcome.ENDED) {
        report.stateHash = answer.stateHash();
        stage = Stage.DONE;
      } else if (answer.applied() > frames) {
        refusal =
            "shard "
                + shard.name()
                + ": session "
                + session
                + " has "
                + answer.applied()
                + " frames, this feed "
                + frames
                + ": another feed was sent as this session; name one of its own with --session";
      }
    }
  }

  /** What comes from the cluster. */
  private final class Answers implements EgressListener {
    private final MessageHeaderDecoder answerHeader = new MessageHeaderDecoder();
    private final AnswerDecoder answer = new AnswerDecoder();

    @Override
    public void onMessage(
        final long clusterSessionId,
        final long timestamp,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final Header position) {
      answerHeader.wrap(buffer, offset);
      if (answerHeader.schemaId() == MessageHeaderDecoder.SCHEMA_ID
          && answerHeader.templateId() == AnswerDecoder.TEMPLATE_ID) {
        answer.wrapAndApplyHeader(buffer, offset, answerHeader);
        onAnswer(answer);
      }
    }

    @Override
    public void onNewLeader(
        final long clusterSessionId,
        final long leadershipTermId,
        final int leaderMemberId,
        final String ingressEndpoints) {
      if (stage != Stage.DONE) {
        interrupt();
        askWhere();
      }
    }
  }

  @Override
  public void close() {
    CloseHelper.quietCloseAll(connecting, cluster);
  }
}
